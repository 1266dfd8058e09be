"""Shares of what pays for an offer, over time. No database."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal


def holds_on(row, on: date) -> bool:
    """Whether a row with `valid_from` and `valid_until` (both included, None: no limit) holds on a day."""
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_until is None or on <= row.valid_until)


def first_day_not_whole(rows: Iterable) -> tuple[date, Decimal] | None:
    """Return the first day on which rows hold whose shares are not one together, with their sum; None where all are.

    A day on which no row holds says nothing, and is right.
    """
    rows = list(rows)
    days = {row.valid_from or date.min for row in rows}
    days |= {row.valid_until + timedelta(days=1) for row in rows if row.valid_until}
    for day in sorted(days):
        shares = [row.share for row in rows if holds_on(row, day)]
        if shares and sum(shares) != 1:
            return day, sum(shares, Decimal(0))
    return None
