"""Who works where in this app: the centre with its own, the coordination units with advice, others with numbers."""

from verbund.accounts.roles import Role
from verbund.core.acting import Actor
from verbund.directory.models import Organisation

CENTRE_SIDE = frozenset({Role.CENTRE_STAFF, Role.CENTRE_LEAD})
READS_NUMBERS = frozenset({Role.COORDINATOR, Role.CONTROLLER, Role.MINISTRY_READER, Role.MINISTRY_APPROVER})


def works_in_centre(actor: Actor) -> bool:
    """Staff and lead of a centre."""
    return actor.role in CENTRE_SIDE and actor.organisation_id is not None


def leads_centre(actor: Actor) -> bool:
    """The lead of a centre."""
    return actor.role == Role.CENTRE_LEAD and actor.organisation_id is not None


def coordinates(actor: Actor) -> bool:
    """The coordination of a unit: it advises the centres."""
    return actor.role == Role.COORDINATOR


def coordinates_education_only(actor: Actor) -> bool:
    """The unit for schools and the school ministry read the field integration through education, nothing else."""
    return actor.field_of_work == Organisation.Field.EDUCATION


def reads_numbers(actor: Actor) -> bool:
    """Coordination units and ministries: counts of the centres' work."""
    return actor.role in READS_NUMBERS


def works_with_a_centre(actor: Actor) -> bool:
    """Members of a provider: they find the joint work their house takes part in."""
    return actor.role == Role.PROVIDER_MEMBER and actor.organisation_id is not None


def reads_work(actor: Actor) -> bool:
    """A centre its own work; coordination units and ministries the numbers of all. Partners read neither."""
    return works_in_centre(actor) or reads_numbers(actor)


def finds_this_part(actor: Actor) -> bool:
    """Whoever has anything to do here at all."""
    return reads_work(actor) or works_with_a_centre(actor)
