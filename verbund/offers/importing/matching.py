"""A line against what is there: new, changed, unchanged, perhaps the same. Reads once, then asks memory."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from functools import cache, lru_cache

from verbund.directory import calculations
from verbund.offers.content import TEXT_FIELDS, At, Hours, OfferContent
from verbund.offers.importing.hours import in_order
from verbund.offers.importing.likeness import Names
from verbund.offers.lifecycle import OfferStatus
from verbund.offers.models import Offer, OfferAtPlace, OfferLanguage, Place

SIMILAR = 82
"""From which likeness of two titles (0 to 100) on they may mean the same."""

SIMILAR_PARTNER = 90
NEW_PLACE = 0
"""Stands for a place that is only made when the line is taken over."""

DAYS = {"valid_from", "valid_until"}
folded = lru_cache(20_000)(calculations.folded)
"""Names of places and partners stand in many lines."""


class Known:
    """Entries, partners and places of a centre, held in memory for comparing a whole list; three statements.

    Without entries (`has_offers=False`) it only knows places; one statement.
    """

    def __init__(self, centre_id: int, *, has_offers: bool = True):
        self.keyed: set[int] = set()
        self.by_key: dict[str, int] = {}
        self.by_title: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.of_partner: dict[str, Names] = defaultdict(Names)
        self.at_place: dict[int, Names] = defaultdict(Names)
        self.partners = Names()
        self.partner_names: list[str] = []
        self.likenesses: dict[str, str] = {}
        self.places_of: dict[int, tuple[int | None, ...]] = {}
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
            self.places_of[offer] = (*self.places_of.get(offer, ()), place)
        rows = offers.order_by("-pk").values_list(
            "pk", "title", "external_key", "version", "partner__organisation__name"
        )
        for pk, title, key, version, partner in rows:
            self.versions[pk] = version
            name = folded(partner)
            if key:
                self.by_key[key] = pk
                self.keyed.add(pk)
            plain = calculations.folded(title)
            self.by_title[name, plain].append(pk)
            self.of_partner[name].add(pk, plain)
            for place in self.places_of.get(pk, ()):
                if place:
                    self.at_place[place].add(pk, plain)
        self.partner_names = list(self.of_partner)
        for number, name in enumerate(self.partner_names):
            self.partners.add(number, name)

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
        """Return the entry a line means, and whether that is sure; (None, True) for a new one.

        A line with the number of an entry comes from our own table and means just that one.
        """
        if "own_number" in said:
            return said["own_number"], True
        key = said.get("external_key")
        if key and key in self.by_key:
            return self.by_key[key], True
        partner, title = folded(said["partner"]), calculations.folded(said["title"])
        if key and not self._is_without_key(partner, title):
            return self._similar(partner, title, place)
        for pk in self.by_title.get((partner, title), ()):
            places = self.places_of.get(pk, ())
            if place is None or not places or place in places:
                return pk, True
        return self._similar(partner, title, place)

    def _is_without_key(self, partner: str, title: str) -> bool:
        """Whether entries of this title have no key of another line: then the line may mean one of them."""
        return any(pk not in self.keyed for pk in self.by_title.get((partner, title), ()))

    def _similar(self, partner: str, title: str, place: int | None) -> tuple[int | None, bool]:
        pools = [self.of_partner.get(partner), self.at_place.get(place) if place else None]
        if partner not in self.of_partner:
            pools.append(self.of_partner.get(self._like(partner)))
        found = None
        for pool in filter(None, pools):
            one = pool.nearest(title, least=SIMILAR)
            if one and (found is None or one[0] > found[0]):
                found = one
        return (found[1], False) if found else (None, True)

    def _like(self, partner: str) -> str:
        """Return the known partner whose name is most like another; computed once for each name."""
        if partner not in self.likenesses:
            found = self.partners.nearest(partner, least=SIMILAR_PARTNER)
            self.likenesses[partner] = self.partner_names[found[1]] if found else ""
        return self.likenesses[partner]


def key_of(said: dict) -> tuple:
    """Return what makes two lines of one list the same."""
    if "own_number" in said:
        return ("number", said["own_number"])
    if said.get("external_key"):
        return ("key", said["external_key"])
    place = said.get("place") or {}
    where = (folded(place.get("name", "")), place.get("postcode", ""), folded(place.get("street", "")))
    return (folded(said["partner"]), calculations.folded(said["title"]), where)


@cache
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
    room = (said.get("place") or {}).get("room")
    if old is None:
        return (*base.at, At(place, room or "", "", said.get("hours_note") or "", _rules(said, {})))
    new = _with_hours(replace(old, room=room) if room else old, said)
    return tuple(new if at is old else at for at in base.at)


def _with_hours(at: At, said: dict) -> At:
    """Return a place with the hours of a line; a rule that was there keeps what the line cannot say."""
    note = said.get("hours_note")
    at = replace(at, hours_note=note) if note else at
    if "hours" not in said:
        return at
    before = {(one.weekday, one.opens, one.closes, one.rhythm): one for one in at.hours}
    return replace(at, hours=_rules(said, before))


def _rules(said: dict, before: dict[tuple, Hours]) -> tuple[Hours, ...]:
    rules = [_rule(*rule) for rule in said.get("hours", ())]
    return in_order(before.get((one.weekday, one.opens, one.closes, one.rhythm), one) for one in rules)


@lru_cache(5_000)
def _rule(weekday: int, opens: str, closes: str, rhythm: str) -> Hours:
    return Hours(weekday, time.fromisoformat(opens), time.fromisoformat(closes), rhythm)
