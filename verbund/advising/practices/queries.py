"""What can be asked about practices, and what a person may see of them."""

from django.db.models import Q, QuerySet

from verbund.accounts.roles import Role
from verbund.advising.education import within_own_field
from verbund.advising.models import Practice, PracticeMaterial, PracticeQuestion, PracticeUse
from verbund.advising.permissions import coordinates, works_in_centre
from verbund.advising.practices.lifecycle import WITH_THE_UNIT, PracticeStatus
from verbund.core.acting import Actor
from verbund.directory.models import Centre

RELEASED = Q(status=PracticeStatus.RELEASED)


def practices_visible_to(actor: Actor) -> QuerySet[Practice]:
    """Return the practices a person may open: those of the own centre, and released ones in all centres and units.

    The coordination also reads what is or was submitted to it; the school unit reads education.
    """
    found = Practice.objects.select_related("centre__organisation", "field", "stage", "municipality", "venture")
    if works_in_centre(actor):
        return found.filter(RELEASED | Q(centre_id=actor.organisation_id))
    if coordinates(actor):
        return found.filter(within_own_field(actor), status__in=WITH_THE_UNIT)
    return found.filter(RELEASED, within_own_field(actor)) if actor.role == Role.CONTROLLER else found.none()


def practices_kept(actor: Actor) -> QuerySet[Practice]:
    """Return the practices of the own centre, which its people write."""
    found = practices_visible_to(actor)
    return found.filter(centre_id=actor.organisation_id) if works_in_centre(actor) else found.none()


def practices_to_review(actor: Actor) -> QuerySet[Practice]:
    """Return what waits for the coordination unit."""
    found = practices_visible_to(actor)
    return found.filter(status=PracticeStatus.SUBMITTED) if coordinates(actor) else found.none()


def materials_kept(actor: Actor) -> QuerySet[PracticeMaterial]:
    return PracticeMaterial.objects.filter(practice__in=practices_kept(actor)).select_related("practice")


def open_question(practice: Practice) -> PracticeQuestion | None:
    return practice.questions.filter(answered_on=None).first()


def use_of(practice: Practice, centre_id: int | None) -> PracticeUse | None:
    """Return how far a centre has come with a practice."""
    return practice.uses.filter(centre_id=centre_id).first()


def centre_of(actor: Actor) -> Centre:
    return Centre.objects.select_related("carrier", "organisation").get(pk=actor.organisation_id)
