"""Who takes over lists: staff and lead of a centre, for their own centre."""

from verbund.offers.queries import CENTRE_SIDE


def can_import(actor) -> bool:
    return actor.organisation_id is not None and actor.role in CENTRE_SIDE


def can_work_on(actor, run) -> bool:
    """Staff and lead of the centre whose list it is."""
    return can_import(actor) and actor.organisation_id == run.centre_id
