"""Who describes a practice, who releases it, who takes it up."""

from verbund.accounts.roles import Role
from verbund.advising.models import Practice
from verbund.advising.permissions import coordinates, works_in_centre
from verbund.core.acting import Actor


def finds_practices(actor: Actor) -> bool:
    """All centres and the coordination units."""
    return works_in_centre(actor) or actor.role in {Role.COORDINATOR, Role.CONTROLLER}


def keeps_practice(actor: Actor, practice: Practice) -> bool:
    """Staff and lead of the centre that describes it."""
    return works_in_centre(actor) and actor.organisation_id == practice.centre_id


def can_review(actor: Actor, practice: Practice) -> bool:
    """The coordination of a unit; what it does not see it cannot review."""
    return coordinates(actor)


def reads_course(actor: Actor, practice: Practice) -> bool:
    """Who describes it and who releases it: they read questions and history, and take a name out."""
    return keeps_practice(actor, practice) or can_review(actor, practice)


def can_take_up(actor: Actor, practice: Practice) -> bool:
    """Any other centre, once it is released."""
    return works_in_centre(actor) and actor.organisation_id != practice.centre_id and practice.is_released
