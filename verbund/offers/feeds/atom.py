"""Entries written as Atom (RFC 4287): what is new or changed, for feed readers."""

from collections.abc import Collection
from datetime import date, datetime, time
from itertools import islice
from urllib.parse import urlsplit

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join

from verbund.core.dates import BERLIN
from verbund.offers import queries, reading
from verbund.offers.feeds import words
from verbund.offers.feeds.events import MOST_IN_A_LIST
from verbund.offers.models import Offer
from verbund.offers.stock import Stock
from verbund.offers.views.pages import whole_address_of

MOST_ENTRIES = 30
NAMED_IN = 2026
"""The year from which the tag of a feed (RFC 4151) names its address. Never changed."""


def newest(ids: Collection[int], *, on: date) -> list[Offer]:
    """Return those public entries that changed last, newest first, with their partners; at most two statements."""
    wanted = frozenset(ids)
    rows = queries.public_offers(on=on).order_by("-changed_at", "-pk")
    full = rows.select_related("partner__organisation")
    if len(wanted) <= MOST_IN_A_LIST:
        return list(full.filter(pk__in=wanted)[:MOST_ENTRIES])
    chosen = (pk for pk in rows.values_list("pk", flat=True).iterator() if pk in wanted)
    return list(full.filter(pk__in=list(islice(chosen, MOST_ENTRIES))))


def write(offers: list[Offer], stock: Stock, *, name: str, source: str, here: str, language: str) -> bytes:
    """Return entries as a feed; `source` is the page they come from, `here` the address of the feed itself.

    One statement, none for German.
    """
    parts = urlsplit(here)
    tag = f"tag:{parts.hostname},{NAMED_IN}:{parts.path}" + (f"?{parts.query}" if parts.query else "")
    feed = Atom1Feed(
        words.line(name), source, "", language=language, feed_url=here, feed_guid=tag, author_name=urlsplit(here).netloc
    )
    texts = words.translated([offer.pk for offer in offers], language)
    for offer in offers:
        _add(feed, offer, stock, texts.get(offer.pk), language)
    return feed.writeString("utf-8").encode()


def _add(feed: Atom1Feed, offer: Offer, stock: Stock, text, language: str) -> None:
    where = words.line(reading.where(stock.places.get(stock.position.get(offer.pk), [])))
    said = [*words.about(offer, text), *([where] if where else [])]
    feed.add_item(
        words.line(text.title if text else offer.title),
        whole_address_of(offer.pk, language),
        format_html_join("", "<p>{}</p>", ((one,) for one in said)),
        author_name=words.line(offer.partner.organisation.name),
        unique_id=offer.uid.urn,
        pubdate=offer.published_on and datetime.combine(offer.published_on, time(), BERLIN),
        updateddate=offer.changed_at,
    )
