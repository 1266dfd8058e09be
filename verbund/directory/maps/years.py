"""The columns of the years: how many centres stood where at the end of each, as places in a small drawing."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from verbund.directory.maps.coverage import STATE_PATTERNS, STATES, Count

COLUMN, BAR, UNIT, LABEL = 40, 30, 4, 32


@dataclass(frozen=True)
class YearCount:
    """How many centres stood where on the day that stands for a year, and the address of the map of that day."""

    year: int
    day: date
    count: Count
    href: str
    is_current: bool

    @property
    def text(self) -> str:
        """The counts in words."""
        return _(
            "%(year)s: %(running)s belegt in Betrieb, %(preparing)s belegt in Vorbereitung, "
            "%(in_range)s Zeitraum umfasst den Tag, %(none)s noch keines"
        ) % {
            "year": self.year,
            "running": self.count.running,
            "preparing": self.count.preparing,
            "in_range": self.count.in_range,
            "none": self.count.none,
        }


def chart(years: list[YearCount]) -> dict:
    """Return the columns with their bars, the running ones at the bottom; every centre is `UNIT` high."""
    most = max(one.count.total for one in years)
    return {
        "width": COLUMN * len(years),
        "height": most * UNIT + LABEL,
        "label_y": most * UNIT + LABEL - 9,
        "column_width": COLUMN,
        "bar_width": BAR,
        "columns": [
            {
                "href": one.href,
                "text": one.text,
                "short": f"’{one.year % 100:02}",
                "is_current": one.is_current,
                "x": COLUMN * index,
                "bar_x": COLUMN * index + (COLUMN - BAR) // 2,
                "middle": COLUMN * index + COLUMN // 2,
                "bars": _bars(one.count, most),
            }
            for index, one in enumerate(years)
        ],
    }


def _bars(count: Count, most: int) -> list[dict]:
    bars, below = [], most
    for state in STATES:
        if number := count.of(state):
            below -= number
            bars.append({"pattern": STATE_PATTERNS[state], "y": below * UNIT, "height": number * UNIT})
    return bars
