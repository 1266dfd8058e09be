"""Finding: from what a visitor wants to the entries that fit, how many remain with every further choice, what is near.

`find(wanted, …)` is the one way in. A count beside a choice is computed like the hits after choosing it, so it cannot
differ from them. Whoever needs the hits elsewhere (feeds, open data) takes `Found.ids`, all of them in order.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time

from verbund.core import search
from verbund.offers.indexing import KIND
from verbund.offers.models import OfferLanguage
from verbund.offers.stock import BANDS, NEVER, WIDEST, Layers, Matches, Near, Stock, as_set, positions_of, signs_of

RADII = (2, 5, 10, 25)
USUAL_RADIUS = 25
NO_LIMIT = 0
YES_OR_NO = ("kostenlos", "stufenlos", "kinder", "frauen", "ohne")
"""Free of charge, step-free, with child care, women only, without registration: by their names in the address."""
WHEN = ("heute", "woche")
MODES = tuple(OfferLanguage.Mode.values)
MOST_HITS = 100_000
MOST_MATCHES_KEPT = 1_000_000
"""Hits of searches kept in memory, all together: some 8 MB."""

FARTHEST = len(BANDS)


@dataclass(frozen=True)
class Spot:
    """A place to search around: a point, what it is called, its district (key); rounded where it is somebody's own."""

    latitude: float
    longitude: float
    name: str
    district: str = ""
    is_rounded: bool = False


@dataclass(frozen=True)
class Wanted:
    """What a visitor wants. Empty values want nothing; `weekday` counts from Monday, 0; hours are those of Berlin."""

    words: str = ""
    spot: Spot | None = None
    umkreis: int = USUAL_RADIUS
    anliegen: str = ""
    fuer: str = ""
    spricht: str = ""
    auch: bool = False
    tag: int | None = None
    von: time | None = None
    bis: time | None = None
    wann: str = ""
    yes: frozenset[str] = frozenset()

    def without(self, name: str) -> "Wanted":
        """Return the same without one filter, by its name in the address."""
        if name in YES_OR_NO:
            return replace(self, yes=self.yes - {name})
        if name == "was":
            return replace(self, words="")
        if name == "ort":
            return replace(self, spot=None, umkreis=USUAL_RADIUS)
        return replace(self, **{name: getattr(Wanted(), name)})

    def with_choice(self, name: str, value) -> "Wanted":
        """Return the same with one more filter."""
        return replace(self, yes=self.yes | {name}) if name in YES_OR_NO else replace(self, **{name: value})

    @property
    def when(self) -> tuple:
        """What is wanted of days and hours."""
        return self.wann, self.tag, self.von, self.bis

    @property
    def chosen(self) -> list[str]:
        """The names of the filters that are in use, in the order of the page; words and place are none."""
        names = ["anliegen", "wann", "tag", "von", "bis", "spricht", "fuer"]
        found = [name for name in names if getattr(self, name) not in {"", None}]
        return found + [name for name in YES_OR_NO if name in self.yes]


@dataclass
class Found:
    """The answer: ids in order, how many remain with each further choice, what was searched instead of a slip."""

    wanted: Wanted
    positions: list[int]
    ids: list[int]
    counts: dict[tuple[str, object], int]
    km: dict[int, float]
    corrected: str = ""

    @property
    def total(self) -> int:
        return len(self.ids)


class Question:
    """What visitors want, asked to the stock of a moment: each part keeps a set of entries, all parts what fits.

    Parts that depend on the place keep a set for each layer, and must be met by one and the same place of an entry.
    """

    def __init__(self, stock: Stock, words: int | None, now: datetime):
        self.stock, self.words, self.now = stock, words, now

    def answer(self, wanted: Wanted) -> int:
        """Return the set of entries that fit."""
        return self._common(self._parts(wanted).values()) & self._somewhere(self._at_place(wanted).values())

    def counts(self, wanted: Wanted) -> dict[tuple[str, object], int]:
        """Return how many fit with one more choice, for every choice the page offers, by name and value."""
        stock, parts, at_place = self.stock, self._parts(wanted), self._at_place(wanted)
        found: dict[tuple[str, object], int] = {}
        placed = self._somewhere(at_place.values())
        for name in ("anliegen", "fuer"):
            others = self._common(_but(name, parts)) & placed
            for code, _picture in stock.words.vocabulary[name]:
                found[name, code] = (others & stock.choices.get((name, code), 0)).bit_count()
        everywhere = self._common(parts.values())
        others_at_place = self._layers(_but("zeit", at_place), everywhere)
        found |= self._counts_of_languages(wanted, others_at_place)
        for name, values in (("tag", range(7)), ("wann", WHEN)):
            for value in values:
                at_time = self._at_time(**{**self._time_of(wanted), name: value})
                found[name, value] = _count(others_at_place, at_time)
        everything = everywhere & placed
        for name in YES_OR_NO:
            found[name, True] = (everything & stock.choices.get((name, "1"), 0)).bit_count()
        found["stufenlos", True] = _count(self._layers(at_place.values(), everywhere), stock.without_steps)
        if wanted.spot:
            others_at_place = self._layers(_but("ort", at_place), everywhere)
            for radius in (*RADII, NO_LIMIT):
                found["umkreis", radius] = _count(others_at_place, self._near(wanted.spot, radius))
        return found

    def _counts_of_languages(self, wanted: Wanted, others: Layers) -> dict[tuple[str, object], int]:
        """Return how many of a set speak each language at the wanted time: always, or in just those hours."""
        times = self.stock.at(*wanted.when, self.now)
        if times.bits is not None:
            others = [one & at_time for one, at_time in zip(others, times.bits, strict=True)]
        anywhere, found = _union(others), {}
        for code in self.stock.words.language_names:
            speaking = anywhere & self._always(code, wanted.auch)
            if then := times.speaking.get(code):
                speaking |= _union([one & bits for one, bits in zip(others, then, strict=True)])
            found["spricht", code] = speaking.bit_count()
        return found

    def _always(self, language: str, auch: bool) -> int:
        """Return the entries that speak a language at all times."""
        always = 0
        for mode in MODES if auch else MODES[:1]:
            always |= self.stock.spoken.get((language, mode), 0)
        return always

    def _parts(self, wanted: Wanted) -> dict[str, int | None]:
        """Return the set that each part of the wish keeps; None where it keeps all."""
        choices = self.stock.choices
        parts = {name: choices.get((name, "1"), 0) for name in wanted.yes if name != "stufenlos"}
        return parts | {
            "was": self.words if wanted.words else None,
            "anliegen": choices.get(("anliegen", wanted.anliegen), 0) if wanted.anliegen else None,
            "fuer": choices.get(("fuer", wanted.fuer), 0) if wanted.fuer else None,
        }

    def _at_place(self, wanted: Wanted) -> dict[str, Layers | None]:
        """Return the sets that each part of the wish about the place keeps; None where it keeps all."""
        return {
            "stufenlos": self.stock.without_steps if "stufenlos" in wanted.yes else None,
            "ort": self._near(wanted.spot, wanted.umkreis) if wanted.spot else None,
            "zeit": self._at_time(**self._time_of(wanted)),
        }

    def _common(self, parts: Iterable[int | None]) -> int:
        bits = self.stock.everything
        for part in parts:
            if part is not None:
                bits &= part
        return bits

    def _somewhere(self, parts: Iterable[Layers | None]) -> int:
        """Return the entries that have one place which meets all parts."""
        return _union(self._layers(parts, self.stock.everything))

    def _layers(self, parts: Iterable[Layers | None], bits: int) -> Layers:
        """Return what of a set meets all parts, for each layer."""
        found = [bits] * self.stock.depth
        for part in parts:
            if part is not None:
                found = [one & other for one, other in zip(found, part, strict=True)]
        return found

    def _near(self, spot: Spot, radius: int) -> Layers | None:
        return self.stock.around(spot.latitude, spot.longitude).up_to(radius) if radius != NO_LIMIT else None

    @staticmethod
    def _time_of(wanted: Wanted) -> dict:
        return {name: getattr(wanted, name) for name in ("wann", "tag", "von", "bis", "spricht", "auch")}

    def _at_time(self, *, wann: str, tag: int | None, von, bis, spricht: str, auch: bool) -> Layers | None:
        """Return the entries with a date in the wanted time that then speak the language; None where all do."""
        times = self.stock.at(wann, tag, von, bis, self.now)
        if not spricht:
            return times.bits
        always = self._always(spricht, auch)
        then = times.speaking.get(spricht) or [0] * self.stock.depth
        if times.bits is None:
            return [always | bits for bits in then]
        return [(always | bits) & at_time for bits, at_time in zip(then, times.bits, strict=True)]


def _but(name: str, parts: dict) -> Iterable:
    """Return all parts of a wish but one."""
    return (part for key, part in parts.items() if key != name)


def _union(layers: Layers) -> int:
    bits = 0
    for one in layers:
        bits |= one
    return bits


def _count(layers: Layers, others: Layers | None) -> int:
    """Return how many entries lie in both, in one and the same layer."""
    if others is None:
        return _union(layers).bit_count()
    return _union([one & other for one, other in zip(layers, others, strict=True)]).bit_count()


def find(stock: Stock, wanted: Wanted, *, now: datetime) -> Found:
    """Return what fits, best first; `now` is the time in Berlin. At most three statements, none without words."""
    matches = by_words(stock, wanted.words) if wanted.words else None
    question = Question(stock, matches and matches.bits, now)
    near = None
    if wanted.spot:
        widest = None if wanted.umkreis == NO_LIMIT else WIDEST
        near = stock.around(wanted.spot.latitude, wanted.spot.longitude, widest)
    positions = _in_order(stock, question.answer(wanted), matches, near)
    return Found(
        wanted=wanted,
        positions=positions,
        ids=[stock.ids[pos] for pos in positions],
        counts=question.counts(wanted),
        km=near.km if near else {},
        corrected=matches.corrected if matches and positions else "",
    )


def by_words(stock: Stock, words: str) -> Matches:
    """Return what has the words, kept with the stock; two statements for words not asked for before."""
    found = stock.matches.get(words)
    if found is None:
        hits = search.search(KIND, words, limit=MOST_HITS)
        order = array("L", [stock.position[pk] for pk in hits.ids if pk in stock.position])
        while stock.matches and sum(len(one.order) for one in stock.matches.values()) + len(order) > MOST_MATCHES_KEPT:
            stock.matches.pop(next(iter(stock.matches)))
        found = stock.matches[words] = Matches(order, as_set(order), hits.corrected)
    return found


def _in_order(stock: Stock, bits: int, matches: Matches | None, near: Near | None) -> list[int]:
    """Return the positions of a set: by distance in bands, then rank of the words or the next date."""
    if matches is not None:
        signs = signs_of(bits, len(stock.ids))
        found = [pos for pos in matches.order if signs[pos] == "1"]
        return sorted(found, key=lambda pos: near.bands.get(pos, FARTHEST)) if near else found
    found = positions_of(bits)
    if near is None:
        return sorted(found, key=stock.rank.__getitem__)
    rank, bands, km, coming = stock.rank, near.bands, near.km, stock.coming
    return sorted(
        found,
        key=lambda pos: (
            bands.get(pos, FARTHEST),
            coming[pos][0] if pos in coming else NEVER,
            km.get(pos, 0),
            rank[pos],
        ),
    )
