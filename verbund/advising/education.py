"""Which work belongs to "Integration durch Bildung": the part the coordination unit for schools reads."""

from django.db.models import Q

from verbund.advising import permissions
from verbund.core.acting import Actor

EDUCATION_FIELDS = ("early-education", "school-development", "school-work")
"""The fields of action that make up "Integration durch Bildung", beside everything that names a stage."""


def of_education() -> Q:
    """The condition on work that belongs to integration through education."""
    return Q(stage__isnull=False) | Q(field__code__in=EDUCATION_FIELDS)


def within_own_field(actor: Actor) -> Q:
    """The condition on work of the field an actor is responsible for: all, for the school unit education."""
    return of_education() if permissions.coordinates_education_only(actor) else Q()
