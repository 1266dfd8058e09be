"""What can be asked about who pays: the notices a centre can name, and which offers a grant pays for."""

from django.db.models import Q, QuerySet

from verbund.core.acting import Actor
from verbund.funding import queries as funding
from verbund.funding.models import Decision, GrantNotice
from verbund.offers.models import Offer, OfferFunding
from verbund.offers.queries import offers_visible_to


def notices_for(offer: Offer, actor: Actor) -> QuerySet[GrantNotice]:
    """Return the notices of the offer's centre that this person may read and that grant something, newest first.

    Of each grant the version that counts, and the one the offer names already.
    """
    named = OfferFunding.objects.filter(offer=offer, notice__isnull=False).values("notice")
    found = funding.notices_visible_to(actor).filter(decision__application__centre=offer.partner.centre_id)
    return found.exclude(decision__kind=Decision.Kind.REFUSAL).filter(Q(successor=None) | Q(pk__in=named))


def paid_by(notice: GrantNotice, actor: Actor) -> QuerySet[OfferFunding]:
    """Return what a grant, in whatever version of its notice, pays for, of the offers this person may open."""
    found = OfferFunding.objects.filter(
        notice__decision__application=notice.application, offer__in=offers_visible_to(actor)
    )
    return found.select_related("offer__partner__organisation", "notice").order_by("item", "offer__title", "pk")
