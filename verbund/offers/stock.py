"""What is public, held ready in memory for the finder: for every choice a visitor can make the set of entries it keeps.

A set is one whole number with a bit for each entry, so that joining and counting sets takes microseconds: the count
beside a choice is the number of hits after choosing it, because both are computed in the same way. Brought in step
when the sign of `versions.newest_change` or the day is another; how, stands in `stocktaking`.

An entry may have several places. What depends on the place (distance, dates, getting in without steps) is kept in a set
for each layer: the first holds what is true at the first place of each entry, the second at its second, and so on. What
a visitor wants of the place must be true in one and the same layer.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from math import cos, hypot, radians

KM_PER_DEGREE = 111.2
DISTANCES_KEPT = 200_000
TIMES_KEPT = 300
DAYS_AHEAD = 7
BANDS = (2, 5, 10, 25, 50, 100)
"""Kilometres up to which distances count as alike when hits are put in order."""

WIDEST = 25
"""Kilometres up to which distances are computed at first; those of the whole land only where somebody asks for it."""

DAWN, MIDNIGHT = time.min, time.max
NEVER = (date.max, time.min, time.min)

Hours = tuple[int, time, time]
Coming = tuple[date, time, time]
Point = tuple[float, float]
Layers = list[int]
"""A set for each layer: entries at their first place, at their second, …"""


@dataclass(frozen=True, slots=True)
class Where:
    """Where an entry takes place; `latitude` is None by telephone or online. Of a protected place only the town."""

    name: str
    town: str
    latitude: float | None
    longitude: float | None
    is_protected: bool
    is_step_free: bool


@dataclass(frozen=True)
class Words:
    """How needs, audiences and languages are called, and which there are, in their order."""

    term_names: dict[tuple[str, str, str], str]
    language_names: dict[str, tuple[str, str]]
    vocabulary: dict[str, list[tuple[str, str]]]
    options: dict[tuple[str, str], list] = field(default_factory=dict)


@dataclass(frozen=True)
class Matches:
    """Which entries have some words: positions with the best first, as a set, and what was searched instead."""

    order: "array[int]"
    bits: int
    corrected: str


@dataclass(frozen=True)
class Times:
    """Which entries have a date in a time (None: any will do), and which then speak a language, by its code."""

    bits: Layers | None
    speaking: dict[str, Layers]


@dataclass
class Near:
    """Kilometres from a point by position, up to a distance; missing where it is farther or nothing is known.

    `km_at` says it for each layer, `km` of the nearest place.
    """

    km_at: list[dict[int, float]]
    within: dict[int, Layers] = field(default_factory=dict)

    @cached_property
    def km(self) -> dict[int, float]:
        found = dict(self.km_at[0])
        for further in self.km_at[1:]:
            for pos, km in further.items():
                found[pos] = min(km, found.get(pos, km))
        return found

    def up_to(self, radius: int) -> Layers:
        """Return the entries with a place within so many kilometres."""
        if radius not in self.within:
            self.within[radius] = [as_set(pos for pos, km in at.items() if km <= radius) for at in self.km_at]
        return self.within[radius]

    @cached_property
    def bands(self) -> dict[int, int]:
        """Which distances count as alike."""
        return {pos: bisect_left(BANDS, km) for pos, km in self.km.items()}


@dataclass
class Stock:
    """All public entries of a day: their ids by position, sets by choice, and what a card says besides its text.

    `members` are the entries of each centre. The position of an entry that went stays empty. Sets that depend on the
    place have the number of their layer at the end of the key; `points` are in the order of the layers.
    """

    sign: str
    day: date
    numbers: dict[int, int]
    ids: list[int]
    position: dict[int, int]
    members: dict[int, int]
    choices: dict[tuple[str, str], int]
    spoken: dict[tuple[str, str], int]
    step_free: dict[int, int]
    spoken_then: dict[tuple[str, Hours, int], int]
    spoken_soon: dict[tuple[str, Coming, int], int]
    weekly: dict[tuple[Hours, int], int]
    soon: dict[tuple[Coming, int], int]
    places: dict[int, list[Where]]
    points: dict[int, list[Point]]
    languages: dict[int, list[tuple[str, str, bool]]]
    coming: dict[int, list[Coming]]
    words: Words
    order_before: list[int] = field(default_factory=list)
    near: dict[tuple[Point, int | None], Near] = field(default_factory=dict)
    times: dict[tuple, Times] = field(default_factory=dict)
    matches: dict[str, Matches] = field(default_factory=dict)
    cards: dict[tuple, str] = field(default_factory=dict)

    @cached_property
    def everything(self) -> int:
        return as_set(self.position.values())

    @cached_property
    def order(self) -> list[int]:
        """All positions by their next date; nearly sorted to begin with where only a centre has changed."""
        ids, coming = self.ids, self.coming
        begun = [*self.order_before, *range(len(self.order_before), len(ids))]
        return sorted(begun, key=lambda pos: (coming[pos][0] if pos in coming else NEVER, ids[pos]))

    @cached_property
    def rank(self) -> list[int]:
        """The place of each position in that order."""
        ranks = [0] * len(self.ids)
        for rank, pos in enumerate(self.order):
            ranks[pos] = rank
        return ranks

    @cached_property
    def depth(self) -> int:
        """How many places the entry with the most of them has."""
        return max((len(points) for points in self.points.values()), default=1)

    @cached_property
    def spots(self) -> dict[Point, list[tuple[int, int]]]:
        """Which entries, with which layer, take place at a point: many share one."""
        found: dict[Point, list[tuple[int, int]]] = {}
        for pos, points in self.points.items():
            for layer, point in enumerate(points):
                found.setdefault(point, []).append((pos, layer))
        return found

    @cached_property
    def without_steps(self) -> Layers:
        """Which entries have a place one gets into without steps."""
        return [self.step_free.get(layer, 0) for layer in range(self.depth)]

    def next_of(self, position: int, day: date, now: time) -> Coming | None:
        """Return the first date to come that is not over yet."""
        return next((one for one in self.coming.get(position, ()) if one[0] > day or one[2] > now), None)

    def around(self, latitude: float, longitude: float, widest: int | None = WIDEST) -> Near:
        """Return how far everything is from a point, up to so many kilometres (None: all), computed once for each."""
        key = ((latitude, longitude), widest)
        if key not in self.near:
            if sum(len(at) for near in self.near.values() for at in near.km_at) >= DISTANCES_KEPT:
                self.near.clear()
            self.near[key] = self._measured(latitude, longitude, widest)
        return self.near[key]

    def _measured(self, latitude: float, longitude: float, widest: int | None) -> Near:
        """Compute distances on the flat: exact enough for a land (0.2 % at 100 km)."""
        per_degree = KM_PER_DEGREE * cos(radians(latitude))
        limit = widest or KM_PER_DEGREE * 360
        highest = limit / KM_PER_DEGREE
        km_at: list[dict[int, float]] = [{} for _layer in range(self.depth)]
        for (lat, lon), sites in self.spots.items():
            if -highest <= lat - latitude <= highest:
                far = hypot((lat - latitude) * KM_PER_DEGREE, (lon - longitude) * per_degree)
                if far <= limit:
                    for pos, layer in sites:
                        km_at[layer][pos] = far
        return Near(km_at)

    def at(self, wann: str, tag: int | None, von: time | None, bis: time | None, now: datetime) -> Times:
        """Return what takes place in a time, computed once for each: an overlap of hours is enough."""
        key = (wann, tag, von, bis, now if wann else None)
        if key not in self.times:
            if len(self.times) >= TIMES_KEPT:
                self.times.clear()
            self.times[key] = self._timed(wann, tag, von, bis, now)
        return self.times[key]

    def _timed(self, wann: str, tag: int | None, von: time | None, bis: time | None, now: datetime) -> Times:
        table, spoken = (self.soon, self.spoken_soon) if wann else (self.weekly, self.spoken_then)
        is_any = not (wann or tag is not None or von or bis)
        fitting = {when for when, _layer in table if is_any or fits(when, wann, tag, von, bis, now)}
        speaking: dict[str, Layers] = {}
        for (code, when, layer), bits in spoken.items():
            if when in fitting:
                speaking.setdefault(code, [0] * self.depth)[layer] |= bits
        at_time = [0] * self.depth
        for (when, layer), bits in table.items():
            if when in fitting:
                at_time[layer] |= bits
        return Times(None if is_any else at_time, speaking)


def fits(when: tuple, wann: str, tag: int | None, von: time | None, bis: time | None, now: datetime) -> bool:
    """Whether a date (with `wann`), or else a weekday with hours, lies in a time of a day."""
    first, opens, closes = when
    if wann and not _is_to_come(wann, first, closes, now):
        return False
    weekday = first.weekday() if wann else first
    if tag is not None and weekday != tag:
        return False
    return closes > (von or DAWN) and opens < (bis or MIDNIGHT)


def _is_to_come(name: str, day: date, closes: time, now: datetime) -> bool:
    if day == now.date():
        return closes > now.time()
    return name == "woche" and day < now.date() + timedelta(days=DAYS_AHEAD)


def as_set(positions: Iterable[int]) -> int:
    """Return positions as one number with a bit for each."""
    found = list(positions)
    if not found:
        return 0
    bits = bytearray(max(found) // 8 + 1)
    for one in found:
        bits[one >> 3] |= 1 << (one & 7)
    return int.from_bytes(bits, "little")


def signs_of(bits: int, length: int) -> str:
    """Return a set as text with a sign for each position: "1" where the entry is in it."""
    return f"{bits:0{length}b}"[::-1]


def positions_of(bits: int) -> list[int]:
    """Return the positions of a set, in order."""
    signs = bin(bits)[:1:-1]
    found, at = [], signs.find("1")
    while at >= 0:
        found.append(at)
        at = signs.find("1", at + 1)
    return found
