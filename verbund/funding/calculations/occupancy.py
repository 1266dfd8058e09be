"""How much of a year a post counts as occupied: by months, days, half months or started months.

Shares are counted in millionths (they have up to six places), so that everything stays exact. The days of all rows of
a post count together. Rule: the pro-rata method of the guideline; none is prescribed by the directives (mark D).
"""

from calendar import isleap, monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import accumulate

from verbund.programmes.rules import DAYS, HALF_MONTHS, MONTHS, STARTED_MONTHS

MILLIONTHS = 1_000_000
DAYS_FOR_A_MONTH = 15


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Counted:
    """`weighted` units (each at its mean share) of the `of` units a year has.

    `units` is how many units count at all; `share` is their common mean share, None if it differs.
    """

    weighted: Fraction
    of: int
    units: int
    share: Fraction | None


def days_in(year: int) -> int:
    """Return 365 or 366."""
    return 366 if isleap(year) else 365


def day_of(year: int, index: int) -> date:
    """Return the day with the number `index` (from 0) in the year."""
    return date(year, 1, 1) + timedelta(days=index)


def daily_shares(year: int, rows: Iterable[tuple[Fraction, Sequence[Period]]]) -> list[int]:
    """Return for each day of the year the sum of the shares, in millionths. Periods must lie inside the year."""
    changes = [0] * (days_in(year) + 1)
    for share, periods in rows:
        millionths = int(share * MILLIONTHS)
        for period in periods:
            changes[period.first.timetuple().tm_yday - 1] += millionths
            changes[period.last.timetuple().tm_yday] -= millionths
    return list(accumulate(changes[:-1]))


def count_occupied(method: str, year: int, shares: Sequence[int]) -> Counted:
    """Return what the days count by the method; `shares` holds one sum of shares per day, in millionths.

    MONTHS: a month with at least 15 occupied days is one, other months nothing. HALF_MONTHS: started halves (1st–15th,
    16th–end). STARTED_MONTHS: started months. Each at the mean share of its occupied days. DAYS: share × days.
    """
    if method == DAYS:
        occupied = [share for share in shares if share]
        common = Fraction(occupied[0], MILLIONTHS) if len(set(occupied)) == 1 else None
        return Counted(Fraction(sum(occupied), MILLIONTHS), days_in(year), len(occupied), common)
    stretches = _halves(year) if method == HALF_MONTHS else _months(year)
    least = DAYS_FOR_A_MONTH if method == MONTHS else 1
    means = []
    for first, end in stretches:
        occupied = [share for share in shares[first:end] if share]
        if len(occupied) >= least:
            means.append(Fraction(sum(occupied), len(occupied) * MILLIONTHS))
    return Counted(sum(means, Fraction(0)), len(stretches), len(means), means[0] if len(set(means)) == 1 else None)


def in_words(method: str, counted: Counted) -> str:
    """Return the counted time as a German factor: "9/12 Monate", "260/365 Tage", "17/24 halbe Monate"."""
    unit = {MONTHS: "Monate", STARTED_MONTHS: "angefangene Monate", HALF_MONTHS: "halbe Monate", DAYS: "Tage"}[method]
    if counted.share is None and counted.units:
        return f"({_exact(counted.weighted)}) / {counted.of} {unit}, nach Anteil gewichtet"
    return f"{counted.units}/{counted.of} {unit}"


@cache
def _months(year: int) -> list[tuple[int, int]]:
    ends = list(accumulate(monthrange(year, month)[1] for month in range(1, 13)))
    return list(zip([0, *ends[:-1]], ends, strict=True))


@cache
def _halves(year: int) -> list[tuple[int, int]]:
    return [half for first, end in _months(year) for half in ((first, first + 15), (first + 15, end))]


def _exact(value: Fraction) -> str:
    whole, rest = divmod(value, 1)
    return f"{whole} + {rest}" if rest else str(whole)
