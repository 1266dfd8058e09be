"""Who may: the centre or unit that has an enquiry answers it; numbers are for units and ministries, too."""

from verbund.advising import permissions
from verbund.advising.models import Enquiry
from verbund.core.acting import Actor

reads_numbers = permissions.reads_work
"""Centres their own numbers, coordination units and ministries those of all."""


def has_enquiries(actor: Actor) -> bool:
    """Centres and the coordination of the units answer citizens."""
    return permissions.works_in_centre(actor) or permissions.coordinates(actor)


def answers(actor: Actor, enquiry: Enquiry) -> bool:
    """Staff and lead of the centre that has it, the coordination of the unit that has it."""
    return has_enquiries(actor) and actor.organisation_id == enquiry.responsible_id
