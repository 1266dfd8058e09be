"""Who looks at what came in, and asks partners."""

from verbund.offers.queries import CENTRE_SIDE


def reads_feedback(actor) -> bool:
    """Staff and lead of a centre."""
    return actor.role in CENTRE_SIDE and actor.organisation_id is not None
