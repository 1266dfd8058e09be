"""Deadlines: when something is due, why it is another day, and what days never come out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.core.dates import NoCalendar
from verbund.core.reference import computed
from verbund.funding.calculations.deadlines import (
    NEXT_BANK_DAY,
    PREVIOUS_BANK_DAY,
    due,
    pay_day,
    proof_of_use_due,
    use_within_two_months,
)

HOLIDAYS = {day: name for year in range(2011, 2042) for day, name in computed(year).items()}


@pytest.mark.django_db
def test_the_proof_of_use_for_2023_is_due_on_2_april_2024_because_of_easter():
    deadline = proof_of_use_due(date(2023, 12, 31))
    assert deadline == due(date(2024, 3, 31))
    assert (deadline.due, deadline.because) == (date(2024, 4, 2), ("Sonntag", "Ostermontag"))


@pytest.mark.parametrize(
    ("period_end", "nominal"),
    [
        (date(2023, 4, 30), date(2023, 7, 31)),
        (date(2023, 12, 31), date(2024, 3, 31)),
        (date(2023, 11, 30), date(2024, 2, 29)),
        (date(2022, 11, 30), date(2023, 2, 28)),
        (date(2023, 11, 29), date(2024, 2, 29)),
        (date(2022, 11, 29), date(2023, 2, 28)),
        (date(2023, 8, 30), date(2023, 11, 30)),
        (date(2024, 2, 29), date(2024, 5, 31)),
    ],
)
def test_three_months_are_counted_from_the_day_after_the_period(period_end, nominal):
    assert proof_of_use_due(period_end, holidays=HOLIDAYS).nominal == nominal


@pytest.mark.parametrize(
    ("event_on", "nominal"),
    [
        (date(2023, 12, 31), date(2024, 2, 29)),
        (date(2022, 12, 31), date(2023, 2, 28)),
        (date(2023, 7, 31), date(2023, 9, 30)),
        (date(2024, 2, 29), date(2024, 4, 29)),
    ],
)
def test_money_is_used_within_two_months_or_by_the_end_of_the_shorter_month(event_on, nominal):
    assert use_within_two_months(event_on, holidays=HOLIDAYS).nominal == nominal


def test_a_day_the_authority_fixed_does_not_move():
    assert due(date(2024, 3, 31), fixed=True).due == date(2024, 3, 31)
    assert due(date(2024, 3, 31), fixed=True).because == ()


@pytest.mark.parametrize("day", [date(2024, 12, 24), date(2024, 12, 31), date(2024, 2, 12)])
def test_christmas_eve_new_years_eve_and_carnival_monday_are_working_days(day):
    assert due(day, holidays=HOLIDAYS).due == day


def test_the_one_off_holiday_of_2017_counts_in_that_year_only():
    assert due(date(2017, 10, 31), holidays=HOLIDAYS).due == date(2017, 11, 2)
    assert due(date(2018, 10, 31), holidays=HOLIDAYS).due == date(2018, 10, 31)


@pytest.mark.parametrize("year", range(2012, 2040))
def test_1_may_is_never_a_pay_day(year):
    nominal = date(year, 5, 1)
    later = pay_day(nominal, shift=NEXT_BANK_DAY, holidays=HOLIDAYS).due
    earlier = pay_day(nominal, shift=PREVIOUS_BANK_DAY, holidays=HOLIDAYS).due
    assert date(year, 4, 28) <= earlier < nominal < later <= date(year, 5, 4)
    assert earlier.weekday() < 5
    assert later.weekday() < 5


@pytest.mark.django_db
def test_years_without_rows_are_computed_and_others_refused():
    assert due(date(2050, 5, 1)).due == date(2050, 5, 2)
    with pytest.raises(NoCalendar, match="1994"):
        due(date(1994, 12, 31))


def easter(year: int) -> date:
    """Return Easter Sunday (Gauss, in Lichtenberg's form): another source than the calendar's library."""
    k = year // 100
    m = 15 + (3 * k + 3) // 4 - (8 * k + 13) // 25
    a = year % 19
    d = (19 * a + m) % 30
    r = (d + a // 11) // 29
    og = 21 + d - r
    sz = 7 - (year + year // 4 + 2 - (3 * k + 3) // 4) % 7
    return date(year, 3, 1) + timedelta(og + 7 - (og - sz) % 7 - 1)


def is_free(day: date) -> bool:
    fixed = {(1, 1), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26)}
    movable = {-2, 1, 39, 50, 60}
    return (
        day.weekday() >= 5
        or (day.month, day.day) in fixed
        or (day - easter(day.year)).days in movable
        or day == date(2017, 10, 31)
    )


@given(st.dates(date(2012, 1, 1), date(2040, 12, 15)))
def test_what_is_due_is_the_first_working_day_from_the_nominal_one(nominal):
    deadline = due(nominal, holidays=HOLIDAYS)
    expected = nominal
    while is_free(expected):
        expected += timedelta(1)
    assert deadline.due == expected >= nominal
    assert len(deadline.because) == (expected - nominal).days
