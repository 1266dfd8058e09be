"""A line against what is there: new, changed, unchanged, perhaps the same. Reads once, then asks memory."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

from rapidfuzz import fuzz, process

from verbund.directory.calculations import folded
from verbund.offers.content import TEXT_FIELDS, At, Hours, OfferContent
from verbund.offers.importing.hours import in_order
from verbund.offers.lifecycle import OfferStatus
from verbund.offers.models import Offer, OfferAtPlace, OfferLanguage, Place

SIMILAR = 82
"""From which likeness of two titles (0 to 100) on they may mean the same."""

SIMILAR_PARTNER = 90
NEW_PLACE = 0
"""Stands for a place that is only made when the line is taken over."""

DAYS = {"valid_from", "valid_until"}


class Known:
    """Entries, partners and places of a centre, held in memory for comparing a whole list; three statements.

    Without entries (`has_offers=False`) it only knows places; one statement.
    """

    def __init__(self, centre_id: int, *, has_offers: bool = True):
        self.keyed: set[int] = set()
        self.by_key: dict[str, int] = {}
        self.by_title: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.of_partner: dict[str, dict[int, str]] = defaultdict(dict)
        self.at_place: dict[int, dict[int, str]] = defaultdict(dict)
        self.places_of: dict[int, set[int | None]] = defaultdict(set)
        self.versions: dict[int, int] = {}
        self._load_places(centre_id)
        if has_offers:
            self._load_offers(centre_id)

    def _load_places(self, centre_id: int) -> None:
        self.place_names: dict[str, list[int]] = defaultdict(list)
        self.place_addresses: dict[tuple[str, str], int] = {}
        self.named_places: dict[tuple[str, str], int] = {}
        rows = Place.objects.filter(centre_id=centre_id).order_by("-pk")
        for pk, name, street, postcode in rows.values_list("pk", "name", "street", "postcode"):
            self.learn_place(pk, name, street, postcode)

    def learn_place(self, pk: int, name: str, street: str, postcode: str) -> None:
        self.place_names[folded(name)].append(pk)
        self.named_places[folded(name), postcode] = pk
        if street:
            self.place_addresses[folded(street), postcode] = pk

    def _load_offers(self, centre_id: int) -> None:
        offers = Offer.objects.filter(partner__centre_id=centre_id).exclude(status=OfferStatus.ENDED)
        at = OfferAtPlace.objects.filter(offer__in=offers).values_list("offer_id", "place_id")
        for offer, place in at:
            self.places_of[offer].add(place)
        rows = offers.order_by("-pk").values_list(
            "pk", "title", "external_key", "version", "partner__organisation__name"
        )
        for pk, title, key, version, partner in rows:
            self.versions[pk] = version
            name = folded(partner)
            if key:
                self.by_key[key] = pk
                self.keyed.add(pk)
            self.by_title[name, folded(title)].append(pk)
            self.of_partner[name][pk] = folded(title)
            for place in self.places_of[pk]:
                if place:
                    self.at_place[place][pk] = folded(title)

    def place_of(self, place: dict | None) -> int | None:
        """Return the id of the place a line names, NEW_PLACE for one to be made, None where it names none."""
        if not place:
            return None
        name, postcode = folded(place["name"]), place.get("postcode", "")
        if (found := self.named_places.get((name, postcode))) is not None:
            return found
        if place.get("street") and (found := self.place_addresses.get((folded(place["street"]), postcode))):
            return found
        if not place.get("municipality"):
            named = self.place_names.get(name, [])
            return named[0] if len(named) == 1 else None
        return NEW_PLACE

    def find(self, said: dict, place: int | None) -> tuple[int | None, bool]:
        """Return the entry a line means, and whether that is sure; (None, True) for a new one."""
        key = said.get("external_key")
        if key and key in self.by_key:
            return self.by_key[key], True
        partner, title = folded(said["partner"]), folded(said["title"])
        if key and not self._is_without_key(partner, title):
            return self._similar(partner, title, place)
        for pk in self.by_title.get((partner, title), ()):
            places = self.places_of[pk]
            if place is None or not places or place in places:
                return pk, True
        return self._similar(partner, title, place)

    def _is_without_key(self, partner: str, title: str) -> bool:
        """Whether entries of this title have no key of another line: then the line may mean one of them."""
        return any(pk not in self.keyed for pk in self.by_title.get((partner, title), ()))

    def _similar(self, partner: str, title: str, place: int | None) -> tuple[int | None, bool]:
        pools = [self.of_partner.get(partner, {})]
        if place:
            pools.append(self.at_place.get(place, {}))
        if partner not in self.of_partner and self.of_partner:
            other = process.extractOne(
                partner, self.of_partner.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=SIMILAR_PARTNER
            )
            if other:
                pools.append(self.of_partner[other[0]])
        found = None
        for pool in filter(None, pools):
            one = process.extractOne(title, pool, scorer=fuzz.token_sort_ratio, score_cutoff=SIMILAR)
            if one and (found is None or one[1] > found[1]):
                found = one
        return (found[2], False) if found else (None, True)


def key_of(said: dict) -> tuple:
    """Return what makes two lines of one list the same."""
    if said.get("external_key"):
        return ("key", said["external_key"])
    place = said.get("place") or {}
    where = (folded(place.get("name", "")), place.get("postcode", ""), folded(place.get("street", "")))
    return (folded(said["partner"]), folded(said["title"]), where)


def empty_content() -> OfferContent:
    """Return the content of an entry about which nothing is known."""
    blank = Offer()
    return OfferContent(values={name: getattr(blank, name) for name in TEXT_FIELDS})


def content_of(said: dict, base: OfferContent | None, place: int | None) -> OfferContent:
    """Return the content an entry has after a line was taken over; what the line does not say stays as it was."""
    is_new = base is None
    base = base or empty_content()
    values = base.values | (said.get("if_new", {}) if is_new else {}) | _typed(said.get("values", {}))
    if values["is_free"]:
        values["amount_fee"] = None
    return OfferContent(
        values=values,
        terms=_terms(said, base),
        languages=_languages(said, base),
        at=_places(said, base, place),
    )


def _typed(values: dict) -> dict:
    found = dict(values)
    for name in DAYS & found.keys():
        found[name] = date.fromisoformat(found[name])
    if found.get("amount_fee") is not None:
        found["amount_fee"] = Decimal(found["amount_fee"])
    return found


def _terms(said: dict, base: OfferContent) -> tuple:
    named = {(kind, code) for kind, code in said.get("terms", ())}
    kinds = {kind for kind, _code in named}
    kept = {term for term in base.terms if term[0] not in kinds}
    return tuple(sorted(named | kept))


def _languages(said: dict, base: OfferContent) -> tuple:
    if "languages" not in said:
        return base.languages
    modes = dict(base.languages)
    return tuple(sorted((code, modes.get(code, OfferLanguage.Mode.SPOKEN.value)) for code in said["languages"]))


def _places(said: dict, base: OfferContent, place: int | None) -> tuple[At, ...]:
    """Return places and hours: those of the line in place of those at the same place, others stay."""
    if place is None and not said.get("is_remote"):
        if len(base.at) != 1 or not ({"hours", "hours_note"} & said.keys()):
            return base.at
        return (_with_hours(base.at[0], said),)
    old = next((at for at in base.at if at.place == place), None)
    new = _with_hours(old or At(place=place), said)
    room = (said.get("place") or {}).get("room")
    new = replace(new, room=room) if room else new
    return tuple(new if at is old else at for at in base.at) if old else (*base.at, new)


def _with_hours(at: At, said: dict) -> At:
    """Return a place with the hours of a line; a rule that was there keeps what the line cannot say."""
    note = said.get("hours_note")
    if "hours" not in said:
        return replace(at, hours_note=note) if note else at
    before = {(one.weekday, one.opens, one.closes, one.rhythm): one for one in at.hours}
    rules = [
        (weekday, time.fromisoformat(opens), time.fromisoformat(closes), rhythm)
        for weekday, opens, closes, rhythm in said["hours"]
    ]
    found = [before.get(rule) or Hours(rule[0], rule[1], rule[2], rule[3]) for rule in rules]
    return replace(at, hours=in_order(found))
