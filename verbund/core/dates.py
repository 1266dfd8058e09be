"""Days in Berlin: today, working days, holidays of the Land, months, and deadlines that move to a working day."""

import calendar
from collections.abc import Container
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core.errors import DomainError

BERLIN = ZoneInfo("Europe/Berlin")
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
CALENDAR_FROM, CALENDAR_UNTIL = 1995, 2100
"""Years whose holidays are known: the Land has had its present ones since 1995."""


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


def after_working_days(day: date, number: int, holidays: Container[date]) -> date:
    """Return the last of so many working days after a day, Monday to Friday; the day itself does not count."""
    while number:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            number -= 1
    return day


def months_after(day: date, months: int) -> date:
    """Return the last day of a period of months that begins with the day after `day`: 30 April and 3 → 31 July.

    It ends with the day of the same number as `day`, which for the end of a month is the end of a month, and with the
    last day where the month has no such day (§ 187 (2), § 188 (2), (3) BGB).
    """
    is_end_of_month = (day + timedelta(days=1)).day == 1
    return (
        add_months(day + timedelta(days=1), months) - timedelta(days=1) if is_end_of_month else add_months(day, months)
    )


class NoCalendar(DomainError):
    """The holidays of the year are not known, so no working day can be told."""

    def __init__(self, year: int) -> None:
        text = _("Für das Jahr %(year)s ist kein Feiertagskalender hinterlegt (nur %(first)s bis %(last)s).")
        super().__init__(text % {"year": year, "first": CALENDAR_FROM, "last": CALENDAR_UNTIL})


def calendar_around(day: date, *, days: int = 14) -> dict[date, str]:
    """Return the holidays of the Land from `days` before a day until `days` after it, by day.

    Rows come first; for a year without any (or before a database exists) the days are computed as those rows were.
    Raises NoCalendar for a year outside 1995 to 2100.
    """
    from verbund.core.models import Holiday
    from verbund.core.reference import computed
    from verbund.core.stored import has_table

    if not CALENDAR_FROM <= day.year <= CALENDAR_UNTIL:
        raise NoCalendar(day.year)
    first, last = day - timedelta(days=days), day + timedelta(days=days)
    years = {first.year, last.year}
    of_these_years = Holiday.objects.filter(day__year__in=years).values_list("day", "name")
    found = dict(of_these_years) if has_table(Holiday) else {}
    missing = years - {holiday.year for holiday in found}
    return {**found, **{holiday: name for year in missing for holiday, name in computed(year).items()}}


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


def shift_back(day: date, holidays: dict[date, str]) -> tuple[date, list[str]]:
    """Move a day on a Saturday, Sunday or holiday to the working day before it; reasons as in `shift`."""
    because: list[str] = []
    while day in holidays or day.weekday() >= 5:
        because.append(holidays.get(day) or WEEKDAYS[day.weekday()])
        day -= timedelta(days=1)
    return day, because


def next_working_day(day: date) -> date:
    """Return `day` itself if it is a working day, else the next one."""
    return shift(day)[0]


def is_working_day(day: date) -> bool:
    return shift(day)[0] == day
