"""The sum of shares by day, tried day by day against the short way."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from verbund.staffing.calculations import Stretch, filled_on, fullest_day

YEAR = [date(2024, 1, 1) + timedelta(days=number) for number in range(366)]
shares = st.sampled_from([Decimal(text) for text in ("0.25", "0.5", "0.75", "0.892857", "1")])


@st.composite
def stretches(draw):
    first, last = sorted((draw(st.sampled_from(YEAR)), draw(st.sampled_from(YEAR))))
    return Stretch(draw(shares), first, last)


def test_a_day_counts_from_its_first_to_its_last_included():
    half = Stretch(Decimal("0.5"), date(2024, 2, 1), date(2024, 7, 31))
    assert filled_on([half], date(2024, 1, 31)) == 0
    assert filled_on([half], date(2024, 2, 1)) == Decimal("0.5")
    assert filled_on([half], date(2024, 7, 31)) == Decimal("0.5")
    assert filled_on([half], date(2024, 8, 1)) == 0


def test_one_after_the_other_never_adds_up():
    first = Stretch(Decimal(1), date(2024, 1, 1), date(2024, 7, 31))
    second = Stretch(Decimal(1), date(2024, 8, 1), date(2024, 12, 31))
    assert fullest_day([first, second]) == (date(2024, 1, 1), Decimal(1))


def test_without_stretches_there_is_no_fullest_day():
    assert fullest_day([]) is None


@given(st.lists(stretches(), min_size=1, max_size=6))
def test_the_fullest_day_is_the_fullest_of_all_days(known):
    by_day = {day: sum(one.share for one in known if one.first <= day <= one.last) for day in YEAR}
    most = max(by_day.values())
    first = min(day for day in YEAR if by_day[day] == most)
    assert fullest_day(known) == (first, most)
