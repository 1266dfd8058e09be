"""The record of processing on the screen."""

from verbund.core.acting import Actor
from verbund.core.permissions import gate
from verbund.core.privacy.processing import record_of_processing
from verbund.core.views import show

READERS = {"DATA_PROTECTION_OFFICER", "OPERATOR"}


def can_read_record_of_processing(actor: Actor) -> bool:
    """The data protection officer and the operator."""
    return actor.role in READERS


@gate(may=can_read_record_of_processing)
def processing(request):
    return show(request, "core/processing.html", {"activities": record_of_processing()})
