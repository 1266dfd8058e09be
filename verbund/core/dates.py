"""Days in Berlin: today, working days, holidays of the Land, months, and deadlines that move to a working day."""

import calendar
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

BERLIN = ZoneInfo("Europe/Berlin")
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


_shown_day: ContextVar[date | None] = ContextVar("shown_day", default=None)


def today() -> date:
    """Return the day it is in Berlin; in the demonstration the day somebody chose for it (`core.demo_day`)."""
    return _shown_day.get() or timezone.now().astimezone(BERLIN).date()


@contextmanager
def on_demo_day(day: date | None):
    """Let `today()` answer with `day` inside the block; None changes nothing. Instants stay real."""
    token = _shown_day.set(day)
    try:
        yield
    finally:
        _shown_day.reset(token)


def day_in_berlin(moment) -> date:
    """Return the Berlin day of an instant: 21:59:59 UTC on 31 March is still 31 March in summer time."""
    return moment.astimezone(BERLIN).date()


def add_months(day: date, months: int) -> date:
    """Return the day of the same number `months` later, else the last day of that month (§ 188 (2), (3) BGB)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def holidays_from(day: date, *, days: int = 14) -> dict[date, str]:
    """Return the holidays of the Land (rows) from `day` on, by day."""
    from verbund.core.models import Holiday

    rows = Holiday.objects.filter(day__gte=day, day__lte=day + timedelta(days=days))
    return dict(rows.values_list("day", "name"))


def shift(day: date, holidays: dict[date, str] | None = None) -> tuple[date, list[str]]:
    """Move a deadline that ends on a Saturday, Sunday or holiday to the next working day.

    Returns the day it is due and, for each day passed over, its reason (the holiday's name, else the weekday).
    Rule: § 31 (3) VwVfG NRW, § 193 BGB; 24 and 31 December and carnival are working days.
    """
    if holidays is None:
        holidays = holidays_from(day)
    because: list[str] = []
    while day in holidays or day.weekday() >= 5:
        because.append(holidays.get(day) or WEEKDAYS[day.weekday()])
        day += timedelta(days=1)
    return day, because


def next_working_day(day: date) -> date:
    """Return `day` itself if it is a working day, else the next one."""
    return shift(day)[0]


def is_working_day(day: date) -> bool:
    return shift(day)[0] == day
