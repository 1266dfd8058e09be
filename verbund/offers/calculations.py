"""When something takes place: from rules, extra and cancelled dates, closures and holidays to dates. No database.

Days and times are those of Berlin. The order of rules: a closure or a cancelled date beats everything, an extra date
beats holidays, a rule keeps to its weekdays, its rhythm, its period and what it says about holidays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

WEEK_OF_MONTH = {"FIRST": 1, "SECOND": 2, "THIRD": 3, "FOURTH": 4}


@dataclass(frozen=True, order=True)
class Date:
    """One date on which an offer takes place; `slot` is the id of its rule, None for an extra date."""

    day: date
    opens: time
    closes: time
    slot: int | None = None
    by_appointment: bool = False


@dataclass(frozen=True)
class Calendar:
    """Public holidays as days, school holidays as pairs of first and last day, both included."""

    public_holidays: frozenset[date] = frozenset()
    school_holidays: tuple[tuple[date, date], ...] = ()

    def is_school_holiday(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.school_holidays)


def dates_between(
    first: date, last: date, *, slots: Iterable, changes: Iterable = (), closures: Iterable = (), calendar: Calendar
) -> list[Date]:
    """Return the dates from `first` to `last`, both included, in order.

    `slots` have weekday, opens, closes, rhythm, valid_from, valid_until, in_school_holidays, on_public_holidays and
    by_appointment; `changes` day, kind, opens, closes; `closures` first_day and last_day (see `models.times`).
    """
    changes, closures = list(changes), list(closures)
    cancelled = {change.day for change in changes if change.kind == "CANCELLED"}
    found = {
        Date(day, slot.opens, slot.closes, slot.pk, slot.by_appointment)
        for slot in slots
        for day in _days_of(slot, first, last)
        if _is_kept(slot, day, calendar)
    }
    found |= {
        Date(change.day, change.opens, change.closes)
        for change in changes
        if change.kind == "EXTRA" and first <= change.day <= last
    }
    return sorted(
        (one for one in found if one.day not in cancelled and not _is_closed(one.day, closures)),
        key=lambda one: (one.day, one.opens, one.closes, one.slot or 0),
    )


def _days_of(slot, first: date, last: date) -> Iterable[date]:
    """Yield the days of a rule's weekday and rhythm within its period and the asked days."""
    begin = max(first, slot.valid_from) if slot.valid_from else first
    end = min(last, slot.valid_until) if slot.valid_until else last
    day = begin + timedelta(days=(slot.weekday - begin.weekday()) % 7)
    while day <= end:
        if _is_in_rhythm(slot.rhythm, day):
            yield day
        day += timedelta(days=7)


def _is_in_rhythm(rhythm: str, day: date) -> bool:
    if rhythm == "EVEN_WEEKS":
        return day.isocalendar().week % 2 == 0
    if rhythm == "ODD_WEEKS":
        return day.isocalendar().week % 2 == 1
    if rhythm == "LAST":
        return (day + timedelta(days=7)).month != day.month
    return rhythm not in WEEK_OF_MONTH or (day.day - 1) // 7 + 1 == WEEK_OF_MONTH[rhythm]


def _is_kept(slot, day: date, calendar: Calendar) -> bool:
    """Whether a rule holds on a day that may be a holiday."""
    if day in calendar.public_holidays and not slot.on_public_holidays:
        return False
    return slot.in_school_holidays or not calendar.is_school_holiday(day)


def _is_closed(day: date, closures: list) -> bool:
    return any(closure.first_day <= day <= closure.last_day for closure in closures)


def age_in_days(checked_on: date | None, on: date) -> int | None:
    """Return for how many days nobody has checked an entry; None where nobody ever did."""
    return None if checked_on is None else max((on - checked_on).days, 0)
