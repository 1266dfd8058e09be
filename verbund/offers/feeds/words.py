"""What calendars and feeds say of an entry, in words that break no line and no format."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from verbund.offers.models import Offer, OfferText
from verbund.offers.opendata.mapping import MADE_UP
from verbund.offers.opendata.values import text as clean


def line(said: str) -> str:
    """Return a text in one line, without signs nobody sees."""
    return " ".join(clean(said).replace("\x0b", " ").split())


def translated(offers: Collection[int], language: str) -> dict[int, OfferText]:
    """Return the texts of entries in a language by entry; one statement, none for German."""
    if language == "de" or not offers:
        return {}
    return {text.offer_id: text for text in OfferText.objects.shown_in(language).filter(offer__in=list(offers))}


def about(offer: Offer, text: OfferText | None) -> Iterable[str]:
    """Yield what one gets, by whom, and what a reader must know of a translation."""
    if text:
        yield line(offer.title)
    yield line(text.summary if text else offer.summary)
    yield line(offer.partner.organisation.name)
    if text and not text.checked_on:
        yield _("Die Übersetzung ist nicht geprüft.")
    if offer.is_demo:
        yield str(MADE_UP)
