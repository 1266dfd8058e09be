"""The post plan as a picture over the months: what is drawn where. Pure geometry on shares and days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

WIDTH, EDGE = 960, 8
LINE, TITLE, BAR, GAP = 22, 24, 30, 14
LETTER, PADDING, MONTH_WIDTH, DAY_WIDTH = 9, 6, 44, 100


@dataclass(frozen=True)
class Segment:
    """Days on which nothing changes: how much is funded and how much of it occupied, in full posts."""

    first: date
    last: date
    funded: Decimal
    occupied: Decimal

    @property
    def vacant(self) -> Decimal:
        return self.funded - self.occupied


@dataclass(frozen=True)
class Row:
    """What one line of the picture shows: a post, or all posts of a class."""

    title: str
    segments: tuple[Segment, ...]

    @property
    def capacity(self) -> Decimal:
        """Return the most that is funded on any day: the full height of the line."""
        return max((segment.funded for segment in self.segments), default=Decimal(0))


@dataclass(frozen=True)
class Label:
    """A text in its box."""

    text: str
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Box:
    """A rectangle: occupied (filled) or vacant (hatched)."""

    x: float
    y: float
    width: float
    height: float
    is_vacant: bool


@dataclass(frozen=True)
class Line:
    """A vertical line with its label."""

    x: float
    label: Label


@dataclass(frozen=True)
class Picture:
    """The whole drawing; `day` is None where the day lies outside of the year."""

    height: int
    months: list[Line]
    titles: list[Label]
    boxes: list[Box]
    day: Line | None
    width: int = WIDTH


def segments_of(funded: Iterable, occupied: Iterable, *, year: int) -> tuple[Segment, ...]:
    """Return the year as segments from stretches (share, first, last), without the days on which nothing is funded.

    What is occupied beyond what is funded on a day is not shown: it does not count.
    """
    beginning, end = date(year, 1, 1), date(year, 12, 31)
    known = [list(funded), list(occupied)]
    edges = {beginning, end + timedelta(days=1)}
    for stretch in (*known[0], *known[1]):
        edges |= {max(stretch.first, beginning), min(stretch.last, end) + timedelta(days=1)}
    days = sorted(edge for edge in edges if beginning <= edge <= end + timedelta(days=1))
    found: list[Segment] = []
    for first, following in pairwise(days):
        sums = [sum((one.share for one in stretches if one.covers(first)), Decimal(0)) for stretches in known]
        if sums[0]:
            _append(found, Segment(first, following - timedelta(days=1), sums[0], min(sums)))
    return tuple(found)


def _append(found: list[Segment], segment: Segment) -> None:
    """Append a segment, or lengthen the one before if nothing changes between them."""
    before = found[-1] if found else None
    is_same = before and (before.funded, before.occupied) == (segment.funded, segment.occupied)
    if before and is_same and before.last + timedelta(days=1) == segment.first:
        found[-1] = Segment(before.first, segment.last, segment.funded, segment.occupied)
    else:
        found.append(segment)


def drawn(rows: list[Row], *, year: int, on: date) -> Picture:
    """Return the picture of a year: a line for each row, as high as what is funded, filled as far as it is occupied."""
    day = _day_line(on) if on.year == year else None
    y, titles, boxes = LINE * (2 if day else 1) + 4, [], []
    for row in rows:
        titles.append(Label(row.title, EDGE, y, len(row.title) * LETTER + 2 * PADDING))
        y += TITLE
        for segment in row.segments:
            boxes += _boxes(segment, row.capacity, bottom=y + BAR)
        y += BAR + GAP
    months = [_month(date(year, month, 1)) for month in range(1, 13)]
    return Picture(height=y, months=months, titles=titles, boxes=boxes, day=day)


def _at(day: date) -> float:
    """Return the place of the beginning of a day, from left to right over its year."""
    beginning, end = date(day.year, 1, 1), date(day.year, 12, 31)
    share = Decimal((day - beginning).days) / ((end - beginning).days + 1)
    return round(EDGE + share * (WIDTH - 2 * EDGE), 1)


def _after(day: date) -> float:
    return Decimal(WIDTH - EDGE) if (day.month, day.day) == (12, 31) else _at(day + timedelta(days=1))


def _boxes(segment: Segment, capacity: Decimal, *, bottom: int) -> list[Box]:
    left, right = _at(segment.first), _after(segment.last)
    filled = round(BAR * segment.occupied / capacity, 1)
    hatched = round(BAR * segment.funded / capacity, 1) - filled
    width = right - left
    boxes = [Box(left, bottom - filled, width, filled, is_vacant=False)] if filled else []
    return [*boxes, Box(left, bottom - filled - hatched, width, hatched, is_vacant=True)] if hatched else boxes


def _month(first: date) -> Line:
    x = _at(first)
    return Line(x, Label(str(MONTHS_3[first.month]), x + 2, 2, MONTH_WIDTH))


def _day_line(day: date) -> Line:
    x = _at(day)
    left = min(max(x - DAY_WIDTH // 2, Decimal(0)), Decimal(WIDTH - DAY_WIDTH))
    return Line(x, Label(_("heute"), left, LINE, DAY_WIDTH))
