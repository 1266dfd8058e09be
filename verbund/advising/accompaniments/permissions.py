"""Who may do what with accompaniments and institutions."""

from verbund.advising.permissions import leads_centre, reads_work, works_in_centre


def can_write(actor, record=None) -> bool:
    """Staff and lead of the centre write all of its accompaniments, also those a colleague began."""
    return works_in_centre(actor) and (record is None or record.centre_id == actor.organisation_id)


def can_merge(actor, record=None) -> bool:
    """The lead says that two institutions are one, and takes it back."""
    return leads_centre(actor) and (record is None or record.centre_id == actor.organisation_id)


sees_overview = reads_work
"""The centre its own; coordination units and ministries the numbers of all, those for schools of education only."""
