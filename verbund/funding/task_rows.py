"""What all tasks about a grant have in common: what they print, and from whom they are kept."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from verbund.core.acting import Actor
from verbund.core.worklist import Task
from verbund.funding.models import ConflictDeclaration, GrantApplication

JOINED = ("call__programme", "centre__organisation")
PRINTED = ("call__budget_year", "call__programme__name", "centre__organisation__name")


def task(
    actor: Actor, application: GrantApplication, title: str, url: str, *, reason: str = "", due_on: date | None = None
) -> Task:
    """Return a task about an application; `with_names` joins what it prints."""
    return Task(
        title=title,
        subject=str(application.call),
        url=url,
        due_on=due_on,
        centre=str(application.centre),
        reason=reason,
        deputised=actor.on_behalf_of is not None,
    )


def with_names(found: QuerySet, path: str = "", *, also: tuple[str, ...] = ()) -> QuerySet:
    """Join what a task prints of the application reached by `path` (with trailing __), and no more of it.

    The rows themselves and what they lead to by a name in `also` come whole. Of the other tables a list needs names
    only; all their columns would take longer than the rest of the statement.
    """
    kind = found.model
    whole = [field.name for field in kind._meta.concrete_fields]
    for name in also:
        whole += [f"{name}__{field.name}" for field in kind._meta.get_field(name).related_model._meta.concrete_fields]
    joined = found.select_related(*(f"{path}{end}" for end in JOINED), *also)
    return joined.only(*whole, *(f"{path}{end}" for end in PRINTED))


def in_conflict(actor: Actor, path: str) -> Exists:
    """Return the condition that the person, or whom they stand in for, declared a conflict of interest."""
    declared = ConflictDeclaration.objects.filter(person_id__in=actor.persons, has_conflict=True)
    return Exists(declared.filter(application_id=OuterRef(path)))
