"""Entries at their places written as GeoJSON (RFC 7946): for maps of towns and portals.

A protected place has no point and no name: only its town is told. What is by telephone or online has neither.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from verbund.offers import queries
from verbund.offers.feeds import words
from verbund.offers.feeds.events import MOST_IN_A_LIST
from verbund.offers.models import Language, Offer, OfferAtPlace, OfferLanguage, Term
from verbund.offers.opendata.mapping import MADE_UP
from verbund.offers.views.pages import whole_address_of

MOST_FEATURES = 2_000


@dataclass(frozen=True)
class Names:
    """Needs and spoken languages of entries by their German names."""

    needs: dict[int, list[str]]
    languages: dict[int, list[str]]


def at_places(ids: Collection[int], *, on: date) -> tuple[list[OfferAtPlace], bool]:
    """Return where public entries take place, in the order of the entries, and whether there are more than 2,000."""
    order = {pk: number for number, pk in enumerate(ids)}
    rows = OfferAtPlace.objects.filter(offer__in=queries.public_offers(on=on))
    if len(order) <= MOST_IN_A_LIST:
        rows = rows.filter(offer__in=list(order))
    pairs = (pair for pair in rows.values_list("offer_id", "pk") if pair[0] in order)
    wanted = sorted(pairs, key=lambda pair: (order[pair[0]], pair[1]))
    chosen = [pk for _offer, pk in islice(wanted, MOST_FEATURES)]
    full = OfferAtPlace.objects.select_related("offer__partner__organisation", "place__municipality").in_bulk(chosen)
    return [full[pk] for pk in chosen], len(wanted) > MOST_FEATURES


def write(rows: list[OfferAtPlace], *, source: str, language: str, is_cut: bool) -> bytes:
    """Return entries at places as a FeatureCollection; `source` is the page of the same search. Four statements."""
    ids = {row.offer_id for row in rows}
    texts, names = words.translated(ids, language), _names(ids)
    head = {"type": "FeatureCollection", "source": source, "language": language, "is_complete": not is_cut}
    features = [_feature(row, texts.get(row.offer_id), names, language) for row in rows]
    return json.dumps(head | {"features": features}, ensure_ascii=False, separators=(",", ":")).encode()


def _feature(row: OfferAtPlace, text, names: Names, language: str) -> dict:
    offer, place = row.offer, row.place
    is_open = place is not None and not place.is_protected
    has_point = is_open and place.latitude is not None
    point = {"type": "Point", "coordinates": [float(place.longitude), float(place.latitude)]} if has_point else None
    said = {
        "title": words.line(text.title if text else offer.title),
        "summary": words.line(text.summary if text else offer.summary),
        "provider": words.line(offer.partner.organisation.name),
        "url": whole_address_of(offer.pk, language),
        "town": place.municipality.name if place else "",
        "place": words.line(place.name) if is_open else "",
        "street": words.line(place.street) if is_open else "",
        "postcode": place.postcode if is_open else "",
        "is_protected": bool(place and place.is_protected),
        "is_remote": row.is_remote,
        "is_free": offer.is_free,
        "is_paused": offer.status == "PAUSED",
        "needs": names.needs.get(offer.pk, []),
        "languages": names.languages.get(offer.pk, []),
        "checked_on": offer.checked_on and offer.checked_on.isoformat(),
    }
    if offer.is_demo:
        said["note"] = str(MADE_UP)
    return {"type": "Feature", "id": str(row.uid), "geometry": point, "properties": said}


def _names(ids: Collection[int]) -> Names:
    terms = Offer.terms.through.objects.filter(offer__in=ids, term__kind=Term.Kind.NEED)
    needs = terms.order_by("term__position", "term_id").values_list("offer_id", "term__name")
    spoken = OfferLanguage.objects.filter(offer__in=ids).order_by("language__position", "pk")
    known = dict(Language.objects.values_list("code", "name"))
    named = ((offer, known[code]) for offer, code in spoken.values_list("offer_id", "language_id"))
    return Names(_lists(needs), _lists(named))


def _lists(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, dict[str, None]] = {}
    for offer, name in pairs:
        found.setdefault(offer, {})[name] = None
    return {offer: list(names) for offer, names in found.items()}
