"""Which records the pages of keeping open, and who may do what there."""

from verbund.offers import permissions, queries
from verbund.offers.models import BulkChange, Place

keeps_offers = permissions.keeps_offers
can_publish = permissions.can_publish_offer
can_edit = permissions.can_edit_offer


def kept(actor):
    """Return the entries a person keeps, with partner and centre."""
    return queries.kept_offers(actor).select_related("partner__organisation", "partner__centre__organisation")


def kept_partners(actor):
    return queries.kept_partners(actor).select_related("organisation", "centre__organisation")


def centre_of(actor) -> int | None:
    """Return the id of the centre whose places a person's entries may use."""
    if actor.role in queries.CENTRE_SIDE:
        return actor.organisation_id
    return queries.kept_partners(actor).values_list("centre_id", flat=True).first()


def places(actor):
    """Return the places a person's entries may use."""
    centre_id = centre_of(actor)
    return queries.places_of_centre(centre_id) if centre_id else Place.objects.none()


def places_of_own_centre(actor):
    """Return the places a person may change: those of the own centre."""
    return queries.places_of_centre(actor.organisation_id) if is_of_a_centre(actor) else Place.objects.none()


def bulk_changes(actor):
    """Return the bulk changes of the own house."""
    if not keeps_offers(actor):
        return BulkChange.objects.none()
    return BulkChange.objects.filter(organisation_id=actor.organisation_id)


def is_of_a_centre(actor) -> bool:
    """Staff and lead of a centre: they look after partners and places."""
    return actor.organisation_id is not None and actor.role in queries.CENTRE_SIDE
