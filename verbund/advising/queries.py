"""What all kinds of work ask: the own centre, and the words of the vocabulary in use."""

from django.db.models import QuerySet

from verbund.core.acting import Actor
from verbund.directory.models import Centre
from verbund.offers.models import Term


def own_centre(actor: Actor) -> Centre:
    """Return the centre somebody works in, with its carrier."""
    return Centre.objects.select_related("organisation", "carrier").get(pk=actor.organisation_id)


def terms(kind: str) -> QuerySet[Term]:
    """Return the words of a kind that are in use."""
    return Term.objects.filter(kind=kind, is_in_use=True)
