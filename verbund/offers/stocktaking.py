"""Reading the stock of the finder from the database: all of it once a day, and after a change that of the centre."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from threading import Lock

from django.db.models import Min, Q

from verbund.offers import queries, versions
from verbund.offers.lifecycle import OfferStatus
from verbund.offers.models import (
    Language,
    Occurrence,
    Offer,
    OfferAtPlace,
    OfferLanguage,
    PlaceFeature,
    ShownVersion,
    Term,
    TermName,
)
from verbund.offers.stock import DAYS_AHEAD, Coming, Point, Stock, Where, Words, as_set, positions_of

SETS = ("choices", "spoken", "step_free", "spoken_then", "spoken_soon", "weekly", "soon")
BY_ENTRY = ("places", "points", "languages", "coming")

_kept: list[Stock] = []
_lock = Lock()


def current(sign: str, day: date) -> Stock:
    """Return the stock for the sign read before; some twelve statements where it is another, else none."""
    kept = _kept[0] if _kept else None
    if kept and kept.sign == sign and kept.day == day:
        return kept
    with _lock:
        kept = _kept[0] if _kept else None
        if not (kept and kept.sign == sign and kept.day == day):
            kept = _in_step(kept, sign, day)
            _kept[:] = [kept]
    return kept


def forget() -> None:
    """Read all anew when the stock is asked for next."""
    _kept.clear()


def _in_step(kept: Stock | None, sign: str, day: date) -> Stock:
    """Return the stock of now: with the changed centres read anew, or all where that is not enough."""
    numbers = versions.numbers()
    changed = {scope for scope, number in numbers.items() if kept is None or kept.numbers.get(scope) != number}
    if kept is None or kept.day != day or ShownVersion.EVERYTHING in changed or kept.numbers.keys() - numbers.keys():
        return _read_all(sign, day, numbers)
    if not changed:  # somebody with an older sign was here meanwhile
        return replace(kept, sign=sign)
    return _renewed(kept, sign, numbers, changed)


@dataclass
class Reading:
    """What was read of some centres (None: of all): positions by set, and what stands with each entry.

    `sites` names position and layer of each entry at a place.
    """

    centres: Collection[int] | None
    position: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    choices: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    spoken: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    step_free: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    sites: dict[int, tuple[int, int]] = field(default_factory=dict)
    spoken_then: dict[tuple, list[int]] = field(default_factory=lambda: defaultdict(list))
    spoken_soon: dict[tuple, list[int]] = field(default_factory=lambda: defaultdict(list))
    weekly: dict[tuple, list[int]] = field(default_factory=lambda: defaultdict(list))
    soon: dict[tuple, list[int]] = field(default_factory=lambda: defaultdict(list))
    places: dict[int, list[Where]] = field(default_factory=lambda: defaultdict(list))
    points: dict[int, list[Point]] = field(default_factory=lambda: defaultdict(list))
    languages: dict[int, list[tuple[str, str, bool]]] = field(default_factory=lambda: defaultdict(list))
    coming: dict[int, list[Coming]] = field(default_factory=lambda: defaultdict(list))

    def of(self, path: str) -> Q:
        """Return the condition that keeps to the centres; `path` leads to the entry ("offer__")."""
        return Q() if self.centres is None else Q(**{f"{path}partner__centre__in": self.centres})

    def sets(self, name: str) -> dict:
        return {key: as_set(positions) for key, positions in getattr(self, name).items()}


def _read_all(sign: str, day: date, numbers: dict[int, int]) -> Stock:
    read, ids = Reading(None), []
    for pk, *said in _offers(read, day):
        read.position[pk] = len(ids)
        ids.append(pk)
        _note(read, read.position[pk], *said)
    _read_rest(read, day)
    return Stock(
        sign=sign,
        day=day,
        numbers=numbers,
        ids=ids,
        position=read.position,
        members=read.sets("members"),
        words=_words(),
        **{name: read.sets(name) for name in SETS},
        **{name: dict(getattr(read, name)) for name in BY_ENTRY},
    )


def _renewed(kept: Stock, sign: str, numbers: dict[int, int], changed: set[int]) -> Stock:
    """Return the stock with the entries of some centres read anew; whoever uses the old one is not disturbed.

    An entry keeps its position, a new one is put at the end.
    """
    read, ids = Reading(changed), list(kept.ids)
    old = 0
    for centre in changed:
        old |= kept.members.get(centre, 0)
    for pk, *said in _offers(read, kept.day):
        pos = kept.position.get(pk)
        if pos is None:
            pos = len(ids)
            ids.append(pk)
        read.position[pk] = pos
        old |= 1 << pos  # also where it belonged to another centre before
        _note(read, pos, *said)
    _read_rest(read, kept.day)
    is_old = set(positions_of(old))
    return Stock(
        sign=sign,
        day=kept.day,
        numbers=numbers,
        ids=ids,
        position={pk: pos for pk, pos in kept.position.items() if pos not in is_old} | read.position,
        members=_joined(kept.members, read.sets("members"), old),
        words=kept.words,
        order_before=kept.order,
        cards={key: card for key, card in kept.cards.items() if key[0] not in is_old},
        **{name: _joined(getattr(kept, name), read.sets(name), old) for name in SETS},
        **{name: _replaced(getattr(kept, name), getattr(read, name), is_old) for name in BY_ENTRY},
    )


def _joined(kept: dict, new: dict, old: int) -> dict:
    """Return sets without the old entries and with the new ones."""
    found = {key: bits & ~old for key, bits in kept.items()}
    for key, bits in new.items():
        found[key] = found.get(key, 0) | bits
    return {key: bits for key, bits in found.items() if bits}


def _replaced(kept: dict, new: dict, is_old: set[int]) -> dict:
    return {pos: value for pos, value in kept.items() if pos not in is_old} | new


def _offers(read: Reading, day: date):
    """Return all public entries: id, centre, and what can be said by yes or no."""
    rows = queries.public_offers(on=day).filter(read.of("")).order_by("pk")
    names = ("pk", "partner__centre", "is_free", "child_care", "is_women_only", "registration", "status")
    return rows.values_list(*names)


def _note(read: Reading, pos: int, centre: int, is_free, child_care, is_women_only, registration, status) -> None:
    read.members[centre].append(pos)
    said = {
        "kostenlos": is_free,
        "kinder": child_care == Offer.Known.YES,
        "frauen": is_women_only,
        "ohne": registration == Offer.Registration.NONE,
        "offen": status == OfferStatus.PUBLISHED,
    }
    for name, is_so in said.items():
        if is_so:
            read.choices[name, "1"].append(pos)


def _read_rest(read: Reading, day: date) -> None:
    _read_terms(read)
    _read_places(read)
    _read_times(read, day, _read_languages(read))


def _read_terms(read: Reading) -> None:
    names = {Term.Kind.NEED: "anliegen", Term.Kind.AUDIENCE: "fuer"}
    rows = Offer.terms.through.objects.filter(read.of("offer__"), term__kind__in=names)
    for offer, kind, code in rows.values_list("offer_id", "term__kind", "term__code"):
        if offer in read.position:
            read.choices[names[kind], code].append(read.position[offer])


def _read_places(read: Reading) -> None:
    """Read where each entry takes place, and how far it can be away."""
    yes = PlaceFeature.objects.filter(feature__code="step-free", value=PlaceFeature.Value.YES)
    step_free = set(yes.values_list("place_id", flat=True))
    rows = OfferAtPlace.objects.filter(read.of("offer__")).order_by("pk").values_list(
        "pk", "offer_id", "is_remote", "place_id", "place__is_protected", "place__name", "place__latitude",
        "place__longitude", "place__municipality__name", "place__municipality__latitude",
        "place__municipality__longitude", "offer__partner__centre__seat", "offer__partner__centre__latitude",
        "offer__partner__centre__longitude",
    )  # fmt: skip
    for at, offer, is_remote, place, is_protected, name, lat, lon, town, town_lat, town_lon, *centre in rows:
        pos = read.position.get(offer)
        if pos is None:
            continue
        read.sites[at] = pos, len(read.points[pos])
        if is_remote:
            read.places[pos].append(Where("", centre[0], None, None, is_protected=False, is_step_free=False))
            read.points[pos].append((float(centre[1]), float(centre[2])))
            continue
        point = (float(town_lat), float(town_lon)) if lat is None or is_protected else (float(lat), float(lon))
        is_step_free = place in step_free
        read.places[pos].append(Where("" if is_protected else name, town, *point, is_protected, is_step_free))
        read.points[pos].append(point)
        if is_step_free:
            read.step_free[read.sites[at][1]].append(pos)


def _read_languages(read: Reading) -> dict[int, list[str]]:
    """Read the languages of the entries; return those of single hours, by rule."""
    of_hours: dict[int, list[str]] = defaultdict(list)
    rows = OfferLanguage.objects.filter(read.of("offer__")).order_by("language__position", "pk")
    for offer, slot, code, mode in rows.values_list("offer_id", "slot_id", "language_id", "mode"):
        pos = read.position.get(offer)
        if pos is None:
            continue
        if slot is not None:
            of_hours[slot].append(code)
        else:
            read.spoken[code, mode].append(pos)
        if all(known != code for known, _mode, _always in read.languages[pos]):
            read.languages[pos].append((code, mode, slot is None))
    return of_hours


def _read_times(read: Reading, day: date, of_hours: dict[int, list[str]]) -> None:
    """Read the dates to come: by weekday and hours for all weeks, by day for the next ones, the first of each entry."""
    dates = Occurrence.objects.filter(read.of("at__offer__"), day__gte=day).order_by()
    rules = dates.values_list("at_id", "slot_id", "weekday", "opens", "closes")
    grouped = rules.annotate(first=Min("day"), second=Min("day", filter=Q(day__gt=day)))
    for at, slot, weekday, opens, closes, *days in grouped:
        if at not in read.sites:
            continue
        pos, layer = read.sites[at]
        hours = (weekday, opens, closes)
        read.weekly[hours, layer].append(pos)
        for code in of_hours.get(slot, ()):
            read.spoken_then[code, hours, layer].append(pos)
        read.coming[pos] += [(one, opens, closes) for one in dict.fromkeys(days) if one]
    near = dates.filter(day__lt=day + timedelta(days=DAYS_AHEAD))
    for at, slot, *when in near.values_list("at_id", "slot_id", "day", "opens", "closes"):
        if at not in read.sites:
            continue
        pos, layer = read.sites[at]
        read.soon[tuple(when), layer].append(pos)
        for code in of_hours.get(slot, ()):
            read.spoken_soon[code, tuple(when), layer].append(pos)
    for found in read.coming.values():
        found.sort()


def _words() -> Words:
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
    languages = Language.objects.filter(is_spoken=True).order_by("position").values_list("code", "name", "native_name")
    return Words(names, {code: (name, native) for code, name, native in languages}, vocabulary)
