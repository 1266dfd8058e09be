"""What of funding lies in the hands of one person, and how it goes to another."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.accounts.roles import Role
from verbund.core import audit, handover
from verbund.core.acting import Actor
from verbund.core.dates import today
from verbund.core.errors import DomainError
from verbund.directory.models import Membership
from verbund.directory.queries import valid_on
from verbund.funding.lifecycle import DECIDED, ApplicationStatus
from verbund.funding.models import ConflictDeclaration, GrantApplication


class CannotTakeOver(DomainError):
    """The person has no such function, or declared a conflict of interest for this application."""


def register() -> None:
    handover.register(
        "applications",
        gettext_lazy("Antrag in Prüfung"),
        query=applications_of,
        reassign=reassign_application,
        why_not=why_not,
    )


def applications_of(person) -> QuerySet[GrantApplication]:
    """Return the applications a person is the officer of and that are not decided or withdrawn."""
    open_ones = GrantApplication.objects.filter(officer=person)
    open_ones = open_ones.exclude(status__in=[*DECIDED, ApplicationStatus.WITHDRAWN])
    return open_ones.select_related("call__programme", "centre__organisation").order_by("pk")


def why_not(application: GrantApplication, to) -> str:
    """Return why a person cannot become the officer of an application; empty if they can."""
    memberships = Membership.objects.filter(valid_on(today()), user=to)
    if not memberships.filter(role__in=[Role.GRANT_OFFICER, Role.GRANT_APPROVER]).exists() or not to.is_active:
        return _("Die Person hat heute keine Funktion in der Förderung.")
    if ConflictDeclaration.objects.filter(application=application, person=to, has_conflict=True).exists():
        return _("Die Person hat hier einen Interessenkonflikt erklärt.")
    return ""


def reassign_application(application: GrantApplication, *, to, on: date, actor: Actor) -> None:
    """Make another person the officer; the row is locked. Raises CannotTakeOver."""
    if reason := why_not(application, to):
        raise CannotTakeOver(reason)
    before = {"officer": application.officer_id}
    application.officer = to
    application.save(update_fields=["officer"])
    audit.record("hand_over_officer", application, actor=actor, before=before, after={"officer": to.pk})
