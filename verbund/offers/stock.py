"""What is public, held ready in memory for the finder: for every choice a visitor can make the set of entries it keeps.

A set is one whole number with a bit for each entry, so that joining and counting sets takes microseconds: the count
beside a choice is the number of hits after choosing it, because both are computed in the same way. Made anew when the
sign of `indexing.newest_change` or the day is another.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from math import cos, hypot, radians
from threading import Lock

from django.db.models import Min, Q

from verbund.offers import queries
from verbund.offers.lifecycle import OfferStatus
from verbund.offers.models import Language, Occurrence, Offer, OfferAtPlace, OfferLanguage, PlaceFeature, Term, TermName

KM_PER_DEGREE = 111.2
CENTRES_KEPT = 200
DAYS_AHEAD = 7
BANDS = (2, 5, 10, 25, 50, 100)
"""Kilometres up to which distances count as alike when hits are put in order."""

Hours = tuple[int, time, time]
Coming = tuple[date, time, time]


@dataclass(frozen=True, slots=True)
class Where:
    """Where an entry takes place; `latitude` is None by telephone or online. Of a protected place only the town."""

    name: str
    town: str
    latitude: float | None
    longitude: float | None
    is_protected: bool
    is_step_free: bool


@dataclass
class Stock:
    """All public entries of a day: their ids by position, sets by choice, and what a card says besides its text."""

    sign: str
    day: date
    ids: list[int]
    position: dict[int, int]
    choices: dict[tuple[str, str], int]
    spoken: dict[tuple[str, str], int]
    spoken_then: dict[tuple[str, Hours], int]
    spoken_soon: dict[tuple[str, Coming], int]
    weekly: dict[Hours, int]
    soon: dict[Coming, int]
    places: dict[int, list[Where]]
    languages: dict[int, list[tuple[str, str, bool]]]
    coming: dict[int, list[Coming]]
    term_names: dict[tuple[str, str, str], str]
    language_names: dict[str, tuple[str, str]]
    vocabulary: dict[str, list[tuple[str, str]]]
    points: list[tuple[int, float, float]]
    near: dict[tuple[float, float], "Near"] = field(default_factory=dict)
    matches: dict[str, "Matches"] = field(default_factory=dict)
    cards: dict[tuple, str] = field(default_factory=dict)

    @property
    def everything(self) -> int:
        return (1 << len(self.ids)) - 1

    def next_of(self, position: int, day: date, now: time) -> Coming | None:
        """Return the first date to come that is not over yet."""
        return next((one for one in self.coming.get(position, ()) if one[0] > day or one[2] > now), None)

    def around(self, latitude: float, longitude: float) -> "Near":
        """Return how far everything is from a point, computed once for each point."""
        key = (latitude, longitude)
        if key not in self.near:
            if len(self.near) >= CENTRES_KEPT:
                self.near.clear()
            self.near[key] = _near(self, latitude, longitude)
        return self.near[key]


@dataclass(frozen=True)
class Matches:
    """Which entries have some words: the rank of each position, all as a set, and what was searched instead."""

    ranks: dict[int, int]
    bits: int
    corrected: str


@dataclass
class Near:
    """Kilometres from a point by position; missing where nothing is known."""

    km: dict[int, float]
    within: dict[int, int] = field(default_factory=dict)

    def up_to(self, radius: int) -> int:
        """Return the set of entries within so many kilometres."""
        if radius not in self.within:
            self.within[radius] = as_set(pos for pos, km in self.km.items() if km <= radius)
        return self.within[radius]


def as_set(positions: Iterable[int]) -> int:
    """Return positions as one number with a bit for each."""
    found = list(positions)
    if not found:
        return 0
    bits = bytearray(max(found) // 8 + 1)
    for one in found:
        bits[one >> 3] |= 1 << (one & 7)
    return int.from_bytes(bits, "little")


def positions_of(bits: int) -> list[int]:
    """Return the positions of a set, in order."""
    signs = bin(bits)[:1:-1]
    found, at = [], signs.find("1")
    while at >= 0:
        found.append(at)
        at = signs.find("1", at + 1)
    return found


def band(km: float | None) -> int:
    """Return which distances count as alike."""
    if km is None:
        return len(BANDS)
    return bisect_left(BANDS, km)


_kept: list[Stock] = []
_lock = Lock()


def current(sign: str, day: date) -> Stock:
    """Return the stock for the sign read before, made anew when it is another; some ten statements then."""
    kept = _kept[0] if _kept else None
    if kept and kept.sign == sign and kept.day == day:
        return kept
    with _lock:
        kept = _kept[0] if _kept else None
        if not (kept and kept.sign == sign and kept.day == day):
            kept = _load(sign, day)
            _kept[:] = [kept]
    return kept


def _load(sign: str, day: date) -> Stock:
    sets: dict[tuple[str, str], list[int]] = defaultdict(list)
    ids = _offers(day, sets)
    position = {pk: number for number, pk in enumerate(ids)}
    _terms(position, sets)
    places, points = _places(position, sets)
    languages, of_hours, spoken = _languages(position)
    times = _times(day, position, of_hours)
    names, vocabulary = _vocabulary()
    return Stock(
        sign=sign,
        day=day,
        ids=ids,
        position=position,
        choices=_as_sets(sets),
        spoken=_as_sets(spoken),
        places=places,
        languages=languages,
        term_names=names,
        language_names={code: (name, native) for code, name, native in _language_rows()},
        vocabulary=vocabulary,
        points=points,
        **times,
    )


def _as_sets(lists: dict) -> dict:
    return {key: as_set(positions) for key, positions in lists.items()}


def _language_rows():
    return Language.objects.filter(is_spoken=True).order_by("position").values_list("code", "name", "native_name")


def _offers(day: date, sets: dict) -> list[int]:
    """Return the ids of all public entries, and note what can be said by yes or no."""
    rows = queries.public_offers(on=day).order_by("pk")
    ids = []
    names = ("pk", "is_free", "child_care", "is_women_only", "registration", "status")
    for number, (pk, is_free, child_care, women, registration, status) in enumerate(rows.values_list(*names)):
        ids.append(pk)
        said = {
            "kostenlos": is_free,
            "kinder": child_care == Offer.Known.YES,
            "frauen": women,
            "ohne": registration == Offer.Registration.NONE,
            "offen": status == OfferStatus.PUBLISHED,
        }
        for name, is_so in said.items():
            if is_so:
                sets[name, "1"].append(number)
    return ids


def _terms(position: dict, sets: dict) -> None:
    names = {Term.Kind.NEED: "anliegen", Term.Kind.AUDIENCE: "fuer"}
    rows = Offer.terms.through.objects.filter(term__kind__in=names)
    for offer, kind, code in rows.values_list("offer_id", "term__kind", "term__code"):
        if offer in position:
            sets[names[kind], code].append(position[offer])


def _places(position: dict, sets: dict) -> tuple[dict, list]:
    """Return where each entry takes place, and all points with their entry."""
    step_free = set(
        PlaceFeature.objects.filter(feature__code="step-free", value=PlaceFeature.Value.YES).values_list(
            "place_id", flat=True
        )
    )
    places: dict[int, list[Where]] = defaultdict(list)
    points = []
    rows = OfferAtPlace.objects.order_by("pk").values_list(
        "offer_id", "is_remote", "place_id", "place__is_protected", "place__name", "place__latitude",
        "place__longitude", "place__municipality__name", "place__municipality__latitude",
        "place__municipality__longitude", "offer__partner__centre__seat", "offer__partner__centre__latitude",
        "offer__partner__centre__longitude",
    )  # fmt: skip
    for offer, is_remote, place, is_protected, name, lat, lon, town, town_lat, town_lon, *centre in rows:
        pos = position.get(offer)
        if pos is None:
            continue
        if is_remote:
            places[pos].append(Where("", centre[0], None, None, is_protected=False, is_step_free=False))
            points.append((pos, float(centre[1]), float(centre[2])))
            continue
        point = (float(town_lat), float(town_lon)) if lat is None or is_protected else (float(lat), float(lon))
        is_step_free = place in step_free
        places[pos].append(Where("" if is_protected else name, town, *point, is_protected, is_step_free))
        points.append((pos, *point))
        if is_step_free:
            sets["stufenlos", "1"].append(pos)
    return places, points


def _languages(position: dict) -> tuple[dict, dict, dict]:
    """Return the languages by entry, those of single hours by rule, and sets by language and mode of the others."""
    by_offer: dict[int, list] = defaultdict(list)
    of_hours: dict[int, list[str]] = defaultdict(list)
    spoken: dict[tuple[str, str], list[int]] = defaultdict(list)
    rows = OfferLanguage.objects.order_by("language__position", "pk")
    for offer, slot, code, mode in rows.values_list("offer_id", "slot_id", "language_id", "mode"):
        pos = position.get(offer)
        if pos is None:
            continue
        if slot is not None:
            of_hours[slot].append(code)
        else:
            spoken[code, mode].append(pos)
        if all(known != code for known, _mode, _always in by_offer[pos]):
            by_offer[pos].append((code, mode, slot is None))
    return by_offer, of_hours, spoken


def _times(day: date, position: dict, of_hours: dict) -> dict:
    """Return the dates to come: by weekday and hours for all weeks, by day for the next ones, and the first of each."""
    weekly, soon, then, then_soon = (defaultdict(list) for _number in range(4))
    coming: dict[int, list[Coming]] = defaultdict(list)
    rules = Occurrence.objects.filter(day__gte=day).values_list("at__offer_id", "slot_id", "weekday", "opens", "closes")
    grouped = rules.annotate(first=Min("day"), second=Min("day", filter=Q(day__gt=day))).order_by()
    for offer, slot, weekday, opens, closes, *days in grouped:
        pos = position.get(offer)
        if pos is None:
            continue
        hours = (weekday, opens, closes)
        weekly[hours].append(pos)
        for code in of_hours.get(slot, ()):
            then[code, hours].append(pos)
        coming[pos] += [(one, opens, closes) for one in dict.fromkeys(days) if one]
    near = Occurrence.objects.filter(day__gte=day, day__lt=day + timedelta(days=DAYS_AHEAD)).order_by()
    for offer, slot, *when in near.values_list("at__offer_id", "slot_id", "day", "opens", "closes"):
        pos = position.get(offer)
        if pos is None:
            continue
        soon[tuple(when)].append(pos)
        for code in of_hours.get(slot, ()):
            then_soon[code, tuple(when)].append(pos)
    for dates in coming.values():
        dates.sort()
    return {
        "weekly": _as_sets(weekly),
        "soon": _as_sets(soon),
        "spoken_then": _as_sets(then),
        "spoken_soon": _as_sets(then_soon),
        "coming": dict(coming),
    }


def _vocabulary() -> tuple[dict, dict]:
    """Return the names of needs and audiences by language, and the codes and pictures in their order."""
    kinds = {Term.Kind.NEED: "anliegen", Term.Kind.AUDIENCE: "fuer"}
    names: dict[tuple[str, str, str], str] = {}
    vocabulary: dict[str, list] = {name: [] for name in kinds.values()}
    terms = Term.objects.filter(kind__in=kinds, is_in_use=True).order_by("kind", "position")
    for kind, code, name, picture in terms.values_list("kind", "code", "name", "picture"):
        names[kinds[kind], code, "de"] = name
        vocabulary[kinds[kind]].append((code, picture))
    rows = TermName.objects.filter(term__kind__in=kinds)
    for kind, code, language, name in rows.values_list("term__kind", "term__code", "language_id", "name"):
        names[kinds[kind], code, language] = name
    return names, vocabulary


def _near(stock: Stock, latitude: float, longitude: float) -> Near:
    """Compute all distances from a point, on the flat: exact enough for a land (0.2 % at 100 km)."""
    per_degree = KM_PER_DEGREE * cos(radians(latitude))
    km: dict[int, float] = {}
    for pos, lat, lon in stock.points:
        far = hypot((lat - latitude) * KM_PER_DEGREE, (lon - longitude) * per_degree)
        if far < km.get(pos, 1e9):
            km[pos] = far
    return Near(km)
