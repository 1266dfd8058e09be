"""When an offer takes place: rules, rhythms, holidays, extra and cancelled dates, closures."""

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.offers.calculations import Calendar, Date, dates_between

MONDAY = date(2026, 11, 23)
NO_HOLIDAYS = Calendar()


def rule(weekday=1, rhythm="WEEKLY", **more):
    values = {
        "pk": 1,
        "weekday": weekday,
        "opens": time(15),
        "closes": time(17),
        "rhythm": rhythm,
        "valid_from": None,
        "valid_until": None,
        "in_school_holidays": True,
        "on_public_holidays": False,
        "by_appointment": False,
    }
    return SimpleNamespace(**(values | more))


def change(kind, day, opens=None, closes=None):
    return SimpleNamespace(kind=kind, day=day, opens=opens, closes=closes)


def days(first, last, **facts) -> list[str]:
    facts = {"slots": [rule()], "calendar": NO_HOLIDAYS} | facts
    return [f"{one.day:%d.%m.}" for one in dates_between(first, last, **facts)]


def test_a_tuesday_rule_meets_every_tuesday_of_the_asked_days_both_ends_included():
    assert days(date(2026, 11, 24), date(2026, 12, 8)) == ["24.11.", "01.12.", "08.12."]


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        ("WEEKLY", ["03.11.", "10.11.", "17.11.", "24.11."]),
        ("EVEN_WEEKS", ["10.11.", "24.11."]),
        ("ODD_WEEKS", ["03.11.", "17.11."]),
        ("FIRST", ["03.11."]),
        ("SECOND", ["10.11."]),
        ("FOURTH", ["24.11."]),
        ("LAST", ["24.11."]),
    ],
)
def test_a_rhythm_chooses_among_the_weekdays(rhythm, expected):
    assert days(date(2026, 11, 1), date(2026, 11, 30), slots=[rule(rhythm=rhythm)]) == expected


def test_a_rule_holds_in_its_period_only():
    slot = rule(valid_from=date(2026, 11, 10), valid_until=date(2026, 11, 17))
    assert days(date(2026, 11, 1), date(2026, 11, 30), slots=[slot]) == ["10.11.", "17.11."]


def test_on_a_public_holiday_nothing_takes_place_unless_the_rule_says_so():
    calendar = Calendar(public_holidays=frozenset({date(2026, 11, 24)}))
    assert days(MONDAY, date(2026, 11, 30), calendar=calendar) == []
    assert days(MONDAY, date(2026, 11, 30), calendar=calendar, slots=[rule(on_public_holidays=True)]) == ["24.11."]


def test_a_rule_may_rest_in_the_school_holidays():
    calendar = Calendar(school_holidays=((date(2026, 12, 23), date(2027, 1, 6)),))
    resting = rule(in_school_holidays=False)
    assert days(date(2026, 12, 20), date(2027, 1, 12), calendar=calendar, slots=[resting]) == ["22.12.", "12.01."]


def test_a_cancelled_date_is_gone_and_an_extra_one_is_there_even_on_a_holiday():
    calendar = Calendar(public_holidays=frozenset({date(2026, 12, 25)}))
    changes = [
        change("CANCELLED", date(2026, 12, 22)),
        change("EXTRA", date(2026, 12, 25), time(10), time(12)),
    ]
    assert days(date(2026, 12, 20), date(2026, 12, 31), calendar=calendar, changes=changes) == ["25.12.", "29.12."]


def test_a_closure_beats_extra_dates_and_rules():
    closure = SimpleNamespace(first_day=date(2026, 12, 1), last_day=date(2026, 12, 8))
    changes = [change("EXTRA", date(2026, 12, 5), time(10), time(12))]
    assert days(MONDAY, date(2026, 12, 15), closures=[closure], changes=changes) == ["24.11.", "15.12."]


def test_two_rules_on_one_day_stand_in_the_order_of_their_hours():
    slots = [rule(pk=1, opens=time(17), closes=time(19)), rule(pk=2, opens=time(9), closes=time(11))]
    found = dates_between(MONDAY, date(2026, 11, 29), slots=slots, calendar=NO_HOLIDAYS)
    assert [(one.opens, one.slot) for one in found] == [(time(9), 2), (time(17), 1)]


@given(
    first=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    length=st.integers(0, 120),
    weekday=st.integers(0, 6),
    rhythm=st.sampled_from(["WEEKLY", "EVEN_WEEKS", "ODD_WEEKS", "FIRST", "SECOND", "THIRD", "FOURTH", "LAST"]),
)
def test_every_date_lies_within_the_asked_days_on_its_weekday(first, length, weekday, rhythm):
    last = first + timedelta(days=length)
    found = dates_between(first, last, slots=[rule(weekday, rhythm)], calendar=NO_HOLIDAYS)
    assert all(first <= one.day <= last and one.day.weekday() == weekday for one in found)
    assert found == sorted(set(found), key=lambda one: one.day)
    weekly = {one.day for one in dates_between(first, last, slots=[rule(weekday)], calendar=NO_HOLIDAYS)}
    assert {one.day for one in found} <= weekly
    assert found == [] or isinstance(found[0], Date)
