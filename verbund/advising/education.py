"""What belongs to "Integration durch Bildung": a stage of the education chain, or one of its three fields of action."""

from django.db.models import Q
from django.utils.translation import gettext as _

from verbund.advising import permissions
from verbund.core.acting import Actor
from verbund.offers.models import Term

FIELDS = frozenset({"early-education", "school-development", "school-work"})
"""The codes of the three fields along the education chain; codes of the vocabulary are never used anew."""


def in_education(prefix: str = "") -> Q:
    """Return the condition for work that belongs to it; `prefix` leads to the piece of work ("opening__")."""
    return Q(**{f"{prefix}stage__isnull": False}) | Q(**{f"{prefix}field__code__in": FIELDS})


def is_education(field: Term | None, stage: Term | None) -> bool:
    """Whether a piece of work with this field and stage belongs to it."""
    return stage is not None or (field is not None and field.code in FIELDS)


def what_counts() -> str:
    """Return the sentence for forms that says what belongs to it, with the names the fields bear now."""
    names = (
        Term.objects.filter(kind=Term.Kind.FIELD, code__in=FIELDS).order_by("position").values_list("name", flat=True)
    )
    fields = ", ".join(f"„{name}“" for name in names)
    return _("Zu „Integration durch Bildung“ zählt, was eine Stufe hat oder in einem dieser Felder liegt: %s.") % fields


def within_own_field(actor: Actor, prefix: str = "") -> Q:
    """Return the condition for work of the field an actor is responsible for: all, for the school unit education."""
    return in_education(prefix) if permissions.coordinates_education_only(actor) else Q()
