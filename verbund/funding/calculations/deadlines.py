"""Deadlines: the nominal last day, the day on which something is due, and why that is another one.

Rule: § 31 (3) VwVfG NRW, § 193 BGB; a day fixed by the authority as a calendar day does not move. Months are counted
by § 188 (2), (3) BGB. Every function takes `holidays` (names by day); without, the calendar of the Land is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from verbund.core import dates

NEXT_BANK_DAY, PREVIOUS_BANK_DAY = "NEXT_BANK_DAY", "PREVIOUS_BANK_DAY"

type Holidays = Mapping[date, str]


@dataclass(frozen=True)
class Deadline:
    """A deadline: its nominal last day, the day it is due, and the reason for each day passed over, in their order."""

    nominal: date
    due: date
    because: tuple[str, ...]


def due(nominal: date, *, fixed: bool = False, holidays: Holidays | None = None) -> Deadline:
    """Return when a period that nominally ends on `nominal` is due.

    A Saturday, Sunday or holiday moves it to the next working day (§ 31 (3) VwVfG NRW), unless the authority fixed the
    day and said so (`fixed`). `because` names each day passed over: the holiday, else "Samstag" or "Sonntag".
    24 and 31 December and carnival are working days. Raises `dates.NoCalendar` for a year without a holiday calendar.
    """
    if fixed:
        return Deadline(nominal, nominal, ())
    day, because = dates.shift(nominal, _calendar(nominal, holidays))
    return Deadline(nominal, day, tuple(because))


def proof_of_use_due(
    period_end: date, *, months: int = 3, fixed: bool = False, holidays: Holidays | None = None
) -> Deadline:
    """Return when the proof of use for a grant period that ends on `period_end` is due.

    Three months (`months` of the guideline's row), counted from the day after the period: 30 April → 31 July.
    Rule: directives of the programmes (KI 2023), § 188 (2), (3) BGB.
    """
    return due(dates.months_after(period_end, months), fixed=fixed, holidays=holidays)


def use_within_two_months(
    event_on: date, *, months: int = 2, fixed: bool = False, holidays: Holidays | None = None
) -> Deadline:
    """Return until when money paid out on `event_on` must be used.

    The day of the same number two months on, else the last day of that month (31 December → 28 or 29 February).
    Rule: ANBest-G 1.4, VV 7.2 to § 44 LHO, § 49a (4) VwVfG NRW.
    """
    return due(dates.add_months(event_on, months), fixed=fixed, holidays=holidays)


def pay_day(nominal: date, *, shift: str = NEXT_BANK_DAY, holidays: Holidays | None = None) -> Deadline:
    """Return the bank day on which money of a payout date is paid: 1 May is always a holiday.

    `shift` is the guideline's policy value PAYOUT_ON_HOLIDAY: NEXT_BANK_DAY or PREVIOUS_BANK_DAY (not prescribed, mark
    D). Bank days are the working days of the Land.
    """
    if shift == PREVIOUS_BANK_DAY:
        day, because = dates.shift_back(nominal, _calendar(nominal, holidays))
        return Deadline(nominal, day, tuple(because))
    return due(nominal, holidays=holidays)


def _calendar(nominal: date, holidays: Holidays | None) -> dict[date, str]:
    return dates.calendar_around(nominal) if holidays is None else dict(holidays)
