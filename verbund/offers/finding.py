"""Finding: from what a visitor wants to the entries that fit, how many remain with every further choice, what is near.

`find(wanted, …)` is the one way in. A count beside a choice is computed like the hits after choosing it, so it cannot
differ from them. Whoever needs the hits elsewhere (feeds, open data) takes `Found.ids`, all of them in order.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import chain

from verbund.core import search
from verbund.offers.indexing import KIND
from verbund.offers.models import OfferLanguage
from verbund.offers.stock import DAYS_AHEAD, Matches, Stock, as_set, band, positions_of

RADII = (2, 5, 10, 25)
USUAL_RADIUS = 25
NO_LIMIT = 0
YES_OR_NO = ("kostenlos", "stufenlos", "kinder", "frauen", "ohne")
"""Free of charge, step-free, with child care, women only, without registration: by their names in the address."""
WHEN = ("heute", "woche")
MODES = tuple(OfferLanguage.Mode.values)
MOST_HITS = 100_000
MATCHES_KEPT = 200
DAWN, MIDNIGHT = time.min, time.max
NEVER = [(date.max, time.min, time.min)]


@dataclass(frozen=True)
class Spot:
    """A place somebody named: a point, what it is called, and its district (key)."""

    latitude: float
    longitude: float
    name: str
    district: str = ""


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
    alternatives: list["Alternative"] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Alternative:
    """A way on where nothing was found: which filter to leave or change, and how many hits that brings."""

    name: str
    value: object
    count: int


class Question:
    """What a visitor wants, asked to the stock of a moment."""

    def __init__(self, stock: Stock, words: int | None, now: datetime):
        self.stock, self.words, self.now = stock, words, now
        self._times: dict = {}

    def answer(self, wanted: Wanted) -> int:
        """Return the set of entries that fit."""
        stock = self.stock
        bits = stock.everything if self.words is None or not wanted.words else self.words
        for name in wanted.yes:
            bits &= stock.choices.get((name, "1"), 0)
        for name, value in (("anliegen", wanted.anliegen), ("fuer", wanted.fuer)):
            if value:
                bits &= stock.choices.get((name, value), 0)
        if wanted.spot and wanted.umkreis != NO_LIMIT:
            bits &= self._near(wanted).up_to(wanted.umkreis)
        at_time, speaking = self._at_time(wanted)
        if at_time is not None:
            bits &= at_time
        return bits & speaking if wanted.spricht else bits

    def _near(self, wanted: Wanted):
        return self.stock.around(wanted.spot.latitude, wanted.spot.longitude)

    def _at_time(self, wanted: Wanted) -> tuple[int | None, int]:
        """Return the entries with a date in the wanted time (None: any), and those that then speak the language."""
        key = (wanted.wann, wanted.tag, wanted.von, wanted.bis, wanted.spricht, wanted.auch)
        if key not in self._times:
            self._times[key] = self._compute_time(wanted)
        return self._times[key]

    def _compute_time(self, wanted: Wanted) -> tuple[int | None, int]:
        code, stock = wanted.spricht, self.stock
        speaking = 0
        for mode in MODES if wanted.auch else MODES[:1]:
            speaking |= stock.spoken.get((code, mode), 0)
        is_any = not (wanted.wann or wanted.tag is not None or wanted.von or wanted.bis)
        if is_any and not code:
            return None, 0
        table, then = (stock.soon, stock.spoken_soon) if wanted.wann else (stock.weekly, stock.spoken_then)
        at_time = speaking_then = 0
        for when, bits in table.items():
            if is_any or self.fits(wanted, when):
                at_time |= bits
                speaking_then |= then.get((code, when), 0) if code else 0
        return (None if is_any else at_time), speaking | speaking_then

    def fits(self, wanted: Wanted, when: tuple) -> bool:
        """Whether a date, or a weekday with hours, lies in the wanted time: an overlap of hours is enough."""
        first, opens, closes = when
        if wanted.wann and not self._is_to_come(wanted.wann, first, closes):
            return False
        weekday = first.weekday() if wanted.wann else first
        if wanted.tag is not None and weekday != wanted.tag:
            return False
        return closes > (wanted.von or DAWN) and opens < (wanted.bis or MIDNIGHT)

    def _is_to_come(self, name: str, day, closes: time) -> bool:
        if day == self.stock.day:
            return closes > self.now.time()
        return name == "woche" and day < self.stock.day + timedelta(days=DAYS_AHEAD)


def find(stock: Stock, wanted: Wanted, *, now: datetime) -> Found:
    """Return what fits, best first; `now` is the time in Berlin. At most three statements, none without words."""
    matches = _by_words(stock, wanted.words) if wanted.words else None
    question = Question(stock, matches and matches.bits, now)
    bits = question.answer(wanted)
    near = stock.around(wanted.spot.latitude, wanted.spot.longitude) if wanted.spot else None
    positions = _in_order(stock, bits, matches and matches.ranks, near)
    found = Found(
        wanted=wanted,
        positions=positions,
        ids=[stock.ids[pos] for pos in positions],
        counts={
            (name, value): question.answer(wanted.with_choice(name, value)).bit_count()
            for name, value in choices(stock, wanted)
        },
        km=near.km if near else {},
        corrected=matches.corrected if matches else "",
    )
    if not positions:
        found.alternatives = _alternatives(question, wanted)
    return found


def choices(stock: Stock, wanted: Wanted) -> list[tuple[str, object]]:
    """Return every choice the page offers, as names and values of the address."""
    return [
        *(("anliegen", code) for code, _picture in stock.vocabulary["anliegen"]),
        *(("fuer", code) for code, _picture in stock.vocabulary["fuer"]),
        *(("spricht", code) for code in stock.language_names),
        *(("tag", number) for number in range(7)),
        *(("wann", name) for name in WHEN),
        *((name, True) for name in YES_OR_NO),
        *((("umkreis", radius) for radius in (*RADII, NO_LIMIT)) if wanted.spot else ()),
    ]


def _by_words(stock: Stock, words: str) -> Matches:
    """Return what has the words, kept with the stock; two statements for words not asked for before."""
    found = stock.matches.get(words)
    if found is None:
        hits = search.search(KIND, words, limit=MOST_HITS)
        ranks = {stock.position[pk]: rank for rank, pk in enumerate(hits.ids) if pk in stock.position}
        if len(stock.matches) >= MATCHES_KEPT:
            stock.matches.clear()
        found = stock.matches[words] = Matches(ranks, as_set(ranks), hits.corrected)
    return found


def _in_order(stock: Stock, bits: int, ranks: dict[int, int] | None, near) -> list[int]:
    """Return the positions of a set: by distance in bands, then rank of the words or the next date."""
    found = positions_of(bits)
    km = near.km if near else {}
    if ranks is not None:
        return sorted(found, key=lambda pos: (band(km.get(pos)), ranks[pos])) if near else sorted(found, key=ranks.get)
    coming = stock.coming
    if near:
        return sorted(found, key=lambda pos: (band(km.get(pos)), coming.get(pos, NEVER)[0], km.get(pos, 0)))
    return sorted(found, key=lambda pos: (coming.get(pos, NEVER)[0], pos))


def _alternatives(question: Question, wanted: Wanted) -> list[Alternative]:
    """Return what to leave or widen where nothing fits, the fullest first; and where words fail, the eight needs."""
    found = []
    if wanted.spot and wanted.umkreis != NO_LIMIT:
        wider = chain((radius for radius in RADII if radius > wanted.umkreis), [NO_LIMIT])
        found += [_alternative(question, wanted, "umkreis", radius) for radius in wider]
        found = [one for one in found if one.count][:1]
    leaving = [
        Alternative(name, None, question.answer(wanted.without(name)).bit_count())
        for name in [*wanted.chosen, *(["was"] if wanted.words else [])]
    ]
    found += sorted((one for one in leaving if one.count), key=lambda one: -one.count)
    if wanted.words and not question.words:
        bare = Wanted(spot=wanted.spot, umkreis=wanted.umkreis)
        needs = [_alternative(question, bare, "anliegen", code) for code, _pic in question.stock.vocabulary["anliegen"]]
        found += [one for one in needs if one.count]
    return found


def _alternative(question: Question, wanted: Wanted, name: str, value) -> Alternative:
    return Alternative(name, value, question.answer(wanted.with_choice(name, value)).bit_count())
