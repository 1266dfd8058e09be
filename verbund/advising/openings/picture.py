"""The state of the administration as a picture: what is drawn where. Pure geometry on counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from verbund.advising.openings.council import Row, Year
from verbund.advising.openings.lifecycle import MeasureKind

WIDTH, EDGE, NAMES = 960, 8, 236
HEAD, LINE, BAR, TEXT = 30, 52, 16, 23
YEAR_NAMES, YEAR_LINE = 90, 34
FULL, HATCHED, EMPTY = "full", "hatched", "empty"


@dataclass(frozen=True)
class Label:
    """A text in its box."""

    text: str
    x: Decimal
    y: int
    width: int


@dataclass(frozen=True)
class Box:
    """A rectangle: full, hatched or empty."""

    x: Decimal
    y: int
    width: Decimal
    height: int
    shape: str


@dataclass(frozen=True)
class Picture:
    """The whole drawing."""

    height: int
    labels: list[Label]
    boxes: list[Box]
    lines: list[int]
    width: int = WIDTH


def of_offices(rows: list[Row]) -> Picture:
    """Return a line for each office and a column for each kind: a bar as long as there are measures, filled as done."""
    column = Decimal(WIDTH - NAMES - EDGE) / len(MeasureKind)
    unit = (column - 14) / max([1, *(cell.number for row in rows for cell in row.cells)])
    labels = [Label(str(kind.label), NAMES + column * place, 6, int(column)) for place, kind in enumerate(MeasureKind)]
    boxes, lines, y = [], [], HEAD
    for row in rows:
        lines.append(y)
        labels.append(Label(row.name, Decimal(EDGE), y + 6, NAMES - 2 * EDGE))
        if not row.total.number:
            labels.append(Label(row.says_why_empty, Decimal(NAMES), y + 13, WIDTH - NAMES - EDGE))
        for place, cell in enumerate(row.cells):
            x = NAMES + column * place
            if cell.number:
                said = _("%(done)s von %(all)s") % {"done": cell.done, "all": cell.number}
                labels.append(Label(said, x, y + 3, int(column)))
                boxes += _bar(x, y + 3 + TEXT, unit, (cell.done, cell.running, cell.planned))
        y += LINE
    return Picture(height=y + 4, labels=labels, boxes=boxes, lines=lines)


def of_years(years: list[Year]) -> Picture:
    """Return a bar for each year: goals reached, partly reached, not reached."""
    unit = Decimal(WIDTH - YEAR_NAMES - EDGE) / max([1, *(one.number for one in years)])
    labels, boxes, y = [], [], 6
    for one in years:
        labels.append(Label(str(one.year), Decimal(EDGE), y + 4, YEAR_NAMES - EDGE))
        boxes += _bar(Decimal(YEAR_NAMES), y, unit, (one.reached, one.partly, one.not_reached), height=YEAR_LINE - 8)
        y += YEAR_LINE
    return Picture(height=y, labels=labels, boxes=boxes, lines=[])


def _bar(x: Decimal, y: int, unit: Decimal, counts: Iterable[int], *, height: int = BAR) -> list[Box]:
    """Return the parts of a bar one after the other; a part without anything is not drawn."""
    found = []
    for count, shape in zip(counts, (FULL, HATCHED, EMPTY), strict=True):
        if count:
            width = round(unit * count, 1)
            found.append(Box(round(x, 1), y, width, height, shape))
            x += width
    return found
