"""Sums of shares by day: how much of the confirmed posts is filled, and on which day most. No database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Stretch:
    """A share of a full post filled from `first` to `last`, both days included."""

    share: Decimal
    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


def filled_on(stretches: Iterable[Stretch], day: date) -> Decimal:
    """Return how many full posts are filled on a day."""
    return sum((stretch.share for stretch in stretches if stretch.covers(day)), Decimal(0))


def fullest_day(stretches: Iterable[Stretch]) -> tuple[date, Decimal] | None:
    """Return the first of the days on which most is filled, and how much; None without stretches.

    The sum only rises where a stretch begins, so looking at the first days is looking at all days.
    """
    known = list(stretches)
    beginnings = sorted({stretch.first for stretch in known})
    sums = [(day, filled_on(known, day)) for day in beginnings]
    return max(sums, key=lambda pair: pair[1], default=None)
