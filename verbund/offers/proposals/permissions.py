"""Who decides on proposals: the centre they are for."""

from verbund.offers.queries import CENTRE_SIDE


def checks_proposals(actor) -> bool:
    """Staff and lead of a centre."""
    return actor.organisation_id is not None and actor.role in CENTRE_SIDE


def can_decide_proposal(actor, proposal) -> bool:
    """Staff and lead of the centre the proposal is for."""
    return checks_proposals(actor) and actor.organisation_id == proposal.centre_id
