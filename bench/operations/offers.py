"""The public pages of the offers, with ten thousand entries."""

from itertools import cycle, product
from urllib.parse import urlencode

from bench import large
from bench.harness import Figures, Visitor, measure
from bench.offers_world import KEY, OFFERS, WHAT, prepare
from bench.registry import operation
from verbund.directory.models import Municipality
from verbund.offers.models import Offer

WORDS = [*WHAT, "Deutsch lernen", "Beratung", "تعلم اللغة الألمانية", "kurse", "treffen"]
CHOSEN = ["", "tag=1", "kostenlos=1&spricht=ar", "wann=woche", "tag=2&von=14:00&bis=18:00", "fuer=women"]


@operation("public_search", limit="page", goal="≥ 20 % of the page limit, ≤ 6 SQL")
def public_search() -> Figures:
    """The finder with words, place and filters, 20 hits and the counts of all choices; each address asked once."""
    prepare()
    visitor = Visitor()
    asked = cycle(addresses())
    figures = measure(lambda: visitor.get(next(asked)).expect(200), rows=Offer.objects.count())
    again = measure(lambda: visitor.get("/angebote/?was=Deutschkurs&ort=42651&tag=1").expect(200))
    figures.more = {"same_address_ms": round(again.cpu_ms, 3)}
    return figures


@operation("public_search_100k", limit="full-text page", goal="≥ 20 % of the full-text page limit, ≤ 6 SQL")
def public_search_100k() -> Figures:
    """The same with a hundred thousand entries, in a database of their own (`bench/large.py`)."""
    return large.measured("public_search_100k", WORDS, addresses)


@operation("public_offer_detail", limit="page", goal="≥ 30 % of the page limit, ≤ 5 SQL")
def public_offer_detail() -> Figures:
    """The page of an entry, as a visitor opens it."""
    prepare()
    visitor, offer = Visitor(), Offer.objects.filter(external_key=f"{KEY}77").get()
    return measure(lambda: visitor.get(offer.get_absolute_url()).expect(200), rows=OFFERS)


@operation("public_unchanged", limit="hello", goal="≥ 30 % of hello")
def public_unchanged() -> Figures:
    """A page of the finder the visitor's browser has already."""
    prepare()
    visitor, address = Visitor(), "/angebote/?was=Deutschkurs&ort=42651"
    sign = visitor.get(address).expect(200).headers["ETag"]
    return measure(lambda: visitor.get(address, {"HTTP_IF_NONE_MATCH": sign}).expect(304), rows=OFFERS)


def addresses() -> list[str]:
    """Return more addresses than are measured, from many towns: a visitor's first look at each."""
    towns = Municipality.objects.order_by("ags").values_list("name", flat=True)[:30]
    return [
        f"/angebote/?{urlencode({'was': words, 'ort': town})}&{chosen}"
        for town, words, chosen in product(towns, WORDS, CHOSEN)
    ]
