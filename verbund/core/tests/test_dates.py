"""Days in Berlin: today, months, working days, deadlines that move."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.core import dates

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2024-03-31T21:59:59+00:00", date(2024, 3, 31)),
        ("2024-03-31T22:00:00+00:00", date(2024, 4, 1)),
        ("2012-12-31T22:59:59+00:00", date(2012, 12, 31)),
        ("2012-12-31T23:00:00+00:00", date(2013, 1, 1)),
    ],
)
def test_the_day_changes_at_midnight_in_berlin(time_machine, moment, day):
    time_machine.move_to(datetime.fromisoformat(moment), tick=False)

    assert dates.today() == day
    assert dates.day_in_berlin(datetime.fromisoformat(moment).astimezone(UTC)) == day


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2024, 4, 30), 1, date(2024, 5, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
    ],
)
def test_a_period_of_months_ends_on_the_day_of_the_same_number_or_the_last_of_the_month(day, months, later):
    assert dates.add_months(day, months) == later


@given(DAYS, st.integers(min_value=0, max_value=600))
def test_months_later_is_the_same_number_of_day_or_an_earlier_one(day, months):
    later = dates.add_months(day, months)

    assert later.day <= day.day
    assert (later.year - day.year) * 12 + later.month - day.month == months


@given(DAYS, st.sets(st.integers(min_value=0, max_value=20), max_size=8))
def test_a_deadline_moves_to_the_first_working_day_and_says_why(day, offsets):
    holidays = {day + timedelta(days=offset): f"Feiertag {offset}" for offset in offsets}

    due, because = dates.shift(day, holidays)

    assert due.weekday() < 5
    assert due not in holidays
    assert len(because) == (due - day).days
    assert all(day + timedelta(days=passed) in holidays or (day + timedelta(days=passed)).weekday() >= 5
               for passed in range(len(because)))  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("nominal", "due", "because"),
    [
        (date(2024, 3, 31), date(2024, 4, 2), ["Sonntag", "Ostermontag"]),
        (date(2012, 12, 31), date(2012, 12, 31), []),
        (date(2024, 12, 24), date(2024, 12, 24), []),
        (date(2017, 10, 31), date(2017, 11, 2), None),
        (date(2023, 6, 8), date(2023, 6, 9), ["Fronleichnam"]),
        (date(2024, 2, 12), date(2024, 2, 12), []),
    ],
    ids=["Ostern 2024", "Silvester", "Heiligabend", "Reformationstag 2017", "Fronleichnam", "Rosenmontag"],
)
def test_the_calendar_of_the_state_decides(nominal, due, because):
    found, reasons = dates.shift(nominal)

    assert found == due
    assert because is None or reasons == because


@pytest.mark.django_db
def test_a_working_day_is_its_own_next_working_day():
    assert dates.next_working_day(date(2024, 4, 2)) == date(2024, 4, 2)
    assert dates.is_working_day(date(2024, 4, 2))
    assert not dates.is_working_day(date(2024, 4, 1))
