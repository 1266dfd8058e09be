"""What the public pages of proposals have in common: limits, and what a form is about."""

from django.http import Http404

from verbund.core.dates import today
from verbund.directory.models import Centre, Municipality
from verbund.offers import entry as pages_of_entries
from verbund.offers import speaking
from verbund.offers.freshness.operations import LinkOver
from verbund.offers.models import Offer
from verbund.offers.proposals import direct, drafts, queries
from verbund.offers.proposals.entry import Start
from verbund.offers.speaking import answer

READ_OR_SEND = ["GET", "HEAD", "POST"]
LIMITS = {
    # what is sent: (by one sender in an hour, by all)
    "proposal": (40, 600),
    "proposal-draft": (1_500, 60_000),
    "proposal-answer": (60, 1_000),
    "proposal-mail": (20, 600),
}


def refused(request, purpose: str):
    """Return the page that asks to wait where too many forms of a kind came; otherwise None."""
    of_one, of_all = LIMITS[purpose]
    return speaking.refused(request, purpose, of_one=of_one, of_all=of_all)


def start_of(said) -> Start:
    """Return what a form is about, from its hidden fields. Raises Http404, LinkOver."""
    if token := said.get(drafts.HOUSE):
        return _start_of_house(token, said)
    if pk := said.get(drafts.OFFER):
        return start_of_change(number_of(pk))
    return start_in_town(said.get(drafts.TOWN, ""))


def _start_of_house(token: str, said) -> Start:
    house = house_of(token)
    if pk := said.get(drafts.OFFER):
        return start_of_change(number_of(pk), house=house)
    return start_in_town(said.get(drafts.TOWN, ""), house=house)


def house_of(token: str):
    """Return the partner behind a link. Raises Http404 for a link that never was, LinkOver for one that ended."""
    house = direct.house_of(token, on=today())
    if house is None:
        raise Http404
    return house.partner


def start_in_town(key: str, *, house=None) -> Start:
    """Begin a new entry; the town decides which centre is responsible, of a partner its own."""
    town = Municipality.objects.filter(pk=key[:8]).first()
    if house:
        return Start(_centre(house.centre_id), town=town, house=house)
    centre = queries.centre_for(town) if town else None
    if centre is None:
        raise Http404
    return Start(centre, town=town)


def start_of_change(pk: int, *, house=None) -> Start:
    """Begin a change of an entry that everybody may read; by a link, of one's own."""
    offer: Offer | None = pages_of_entries.visible(pk, on=today())
    if offer is None or (house and offer.partner_id != house.pk):
        raise Http404
    return Start(_centre(offer.partner.centre_id), offer=offer, house=house)


def _centre(pk: int) -> Centre:
    return Centre.objects.select_related("organisation").get(pk=pk)


def number_of(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404
    return int(text)


def link_over(request, refusal: LinkOver):
    """410: a link of a partner that has ended."""
    return answer(request, "offers/proposals/link_over.html", {"sentence": str(refusal)}, status=410)
