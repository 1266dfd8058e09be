"""Who may: staff and lead of a centre write their own centre's networks; all others see numbers at most."""

from verbund.advising.permissions import works_in_centre


def keeps_networks(actor, _record=None) -> bool:
    """Staff and lead of the centre; which records they find at all is the queries' question."""
    return works_in_centre(actor)
