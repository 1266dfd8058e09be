"""What can be asked about offers, and what a person may see of them. What is not visible does not exist."""

from datetime import date

from django.db.models import Q, QuerySet

from verbund.accounts.roles import Role
from verbund.core.acting import Actor
from verbund.directory.models import Partner
from verbund.offers.lifecycle import PUBLIC, OfferStatus
from verbund.offers.models import Offer, Place

CENTRE_SIDE = frozenset({Role.CENTRE_STAFF, Role.CENTRE_LEAD})
READS_ALL = frozenset({Role.COORDINATOR, Role.CONTROLLER})


def public_offers(*, on: date) -> QuerySet[Offer]:
    """Return what everybody sees: published or paused entries whose time is not over."""
    return Offer.objects.filter(_public(on))


def ended_offers(*, on: date) -> QuerySet[Offer]:
    """Return what everybody saw once and that is over. What was never public stays unknown."""
    is_over = Q(status=OfferStatus.ENDED) | Q(status__in=PUBLIC, valid_until__lt=on)
    return Offer.objects.filter(is_over, published_on__isnull=False)


def _public(on: date) -> Q:
    return Q(status__in=PUBLIC) & (Q(valid_until=None) | Q(valid_until__gte=on))


def offers_visible_to(actor: Actor) -> QuerySet[Offer]:
    """Return the entries a person may open: all that are public, those of the own house, the own centre's partners'.

    The coordination units also read what is not published.
    """
    found = Offer.objects.select_related("partner__organisation", "partner__centre__organisation")
    if actor.role in READS_ALL:
        return found
    seen = Q(status__in=PUBLIC)
    if actor.organisation_id is not None:
        if actor.role in CENTRE_SIDE:
            seen |= Q(partner__centre_id=actor.organisation_id)
        if actor.role == Role.PROVIDER_MEMBER:
            seen |= Q(partner_id=actor.organisation_id)
    return found.filter(seen)


def kept_offers(actor: Actor) -> QuerySet[Offer]:
    """Return the entries a person keeps: those of the own centre's partners, or of the own organisation."""
    if actor.organisation_id is None:
        return Offer.objects.none()
    if actor.role in CENTRE_SIDE:
        return Offer.objects.filter(partner__centre_id=actor.organisation_id)
    if actor.role == Role.PROVIDER_MEMBER:
        return Offer.objects.filter(partner_id=actor.organisation_id)
    return Offer.objects.none()


def kept_partners(actor: Actor) -> QuerySet[Partner]:
    """Return the partners for which a person may make entries."""
    found = Partner.objects.select_related("organisation")
    if actor.organisation_id is None:
        return found.none()
    if actor.role in CENTRE_SIDE:
        return found.filter(centre_id=actor.organisation_id)
    return found.filter(pk=actor.organisation_id) if actor.role == Role.PROVIDER_MEMBER else found.none()


def places_of_centre(centre_id: int) -> QuerySet[Place]:
    """Return the places a centre's entries may use."""
    return Place.objects.filter(centre_id=centre_id).select_related("municipality")
