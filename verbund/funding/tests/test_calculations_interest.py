"""Interest on money claimed back: the examples, its lines, and a day-by-day computation of another kind beside it."""

from calendar import isleap
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.funding.calculations import InputRefused
from verbund.funding.calculations.interest import Repayment, interest_on
from verbund.programmes.rules import ACT_365, ACT_ACT, DAY_COUNTS, THIRTY_E_360, BaseRate, Surcharge
from verbund.programmes.shipped import dated_rows

RATES = dated_rows().all_base_rates()
SURCHARGES = dated_rows().interest_rules_on(date(2024, 1, 1)).surcharges
FIRST, LAST = RATES[0].first, RATES[-1].last
DAY = timedelta(days=1)


def interest(principal, first, last, *, repayments=(), day_count=ACT_365, surcharges=SURCHARGES):
    return interest_on(Decimal(principal), first, last, RATES, surcharges, day_count, repayments)


def test_ten_thousand_euros_late_for_all_of_2022_cost_412_euros():
    result = interest(10_000, date(2022, 1, 1), date(2022, 12, 31))
    assert (result.total, len(result.lines)) == (Decimal("412.00"), 1)
    assert result.lines[0].formula == "10.000,00\u202f€ × (−0,88\u202f% + 5\u202f%) × 365/365 Tage"


def test_ten_thousand_euros_until_4_may_2023_still_carry_five_points():
    assert interest(10_000, date(2023, 1, 1), date(2023, 5, 4)).total == Decimal("224.90")


def test_the_surcharge_falls_on_5_may_2023_and_begins_a_line():
    result = interest(10_000, date(2023, 5, 4), date(2023, 5, 5))
    assert [line.label for line in result.lines] == ["04.05.2023 – 04.05.2023", "05.05.2023 – 05.05.2023"]
    assert [line.amount for line in result.lines] == [Decimal("1.81"), Decimal("1.27")]


def test_a_repayment_lowers_the_principal_from_the_day_after():
    paid = [Repayment(date(2022, 6, 30), Decimal(4_000))]
    lines = interest(10_000, date(2022, 6, 30), date(2022, 7, 1), repayments=paid).lines
    assert [line.formula.split("\u202f")[0] for line in lines] == ["10.000,00", "6.000,00"]


def test_nothing_runs_on_what_is_paid_back_in_full():
    paid = [Repayment(date(2022, 1, 31), Decimal(10_000))]
    until_then = interest(10_000, date(2022, 1, 1), date(2022, 1, 31)).total
    assert interest(10_000, date(2022, 1, 1), date(2022, 12, 31), repayments=paid).total == until_then


def test_a_half_year_with_the_same_base_rate_begins_no_line():
    assert len(interest(1_000, date(2016, 7, 1), date(2022, 12, 31)).lines) == 1
    assert len(interest(1_000, date(2016, 6, 30), date(2022, 12, 31)).lines) == 2


@pytest.mark.parametrize(
    ("day_count", "first", "last", "expected"),
    [
        (ACT_365, date(2024, 1, 1), date(2024, 12, 31), "651.21"),  # 182/365 at 6.62 %, 184/365 at 6.37 %
        (ACT_ACT, date(2024, 1, 1), date(2024, 12, 31), "649.43"),
        (THIRTY_E_360, date(2024, 1, 1), date(2024, 12, 31), "649.50"),
        (ACT_365, date(2024, 2, 29), date(2024, 2, 29), "1.81"),
        (ACT_ACT, date(2024, 2, 29), date(2024, 2, 29), "1.81"),
        (THIRTY_E_360, date(2024, 2, 29), date(2024, 2, 29), "3.68"),  # to the 1st: two days of a month of thirty
        (THIRTY_E_360, date(2024, 3, 30), date(2024, 3, 30), "0.00"),  # the 31st counts as the 30th
    ],
)
def test_leap_years_follow_the_day_count(day_count, first, last, expected):
    assert interest(10_000, first, last, day_count=day_count).total == Decimal(expected)


@pytest.mark.parametrize(
    ("first", "last", "half_year", "field"),
    [
        (date(2025, 7, 1), date(2026, 1, 1), "1. Halbjahr 2026", "to"),
        (date(2026, 8, 1), date(2026, 8, 1), "2. Halbjahr 2026", "from"),
        (date(2011, 12, 31), date(2012, 1, 1), "2. Halbjahr 2011", "from"),
    ],
)
def test_a_half_year_without_a_base_rate_is_refused_by_name(first, last, half_year, field):
    with pytest.raises(InputRefused, match=half_year) as refusal:
        interest(10_000, first, last)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("principal", "paid", "field"),
    [
        ("0", [], "principal"),
        ("-1", [], "principal"),
        ("100", [(date(2021, 12, 31), "1")], "repayments[0].on"),
        ("100", [(date(2023, 1, 1), "1")], "repayments[0].on"),
        ("100", [(date(2022, 1, 1), "0")], "repayments[0].amount"),
        ("100", [(date(2022, 1, 1), "-5")], "repayments[0].amount"),
        ("100", [(date(2022, 3, 1), "60"), (date(2022, 2, 1), "50")], "repayments[0].amount"),
    ],
)
def test_sums_and_repayments_that_cannot_be_right_are_refused(principal, paid, field):
    repayments = [Repayment(on, Decimal(amount)) for on, amount in paid]
    with pytest.raises(InputRefused) as refusal:
        interest(principal, date(2022, 1, 1), date(2022, 12, 31), repayments=repayments)
    assert refusal.value.field == field


def test_interest_below_zero_counts_as_nothing_and_the_lines_say_so():
    none = [Surcharge(FIRST, Decimal(0))]
    result = interest(10_000, date(2022, 1, 1), date(2022, 12, 31), surcharges=none)
    assert [line.amount for line in result.lines] == [Decimal("-88.00"), Decimal("88.00")]
    assert result.total == 0
    mixed = interest(10_000, date(2022, 12, 1), date(2023, 1, 31), surcharges=none)
    assert mixed.total == Decimal("13.76") - Decimal("7.47")


# --- compared with days counted one by one


def day_by_day(principal, first, last, rates, surcharges, day_count, repayments) -> Fraction:
    """Sum the interest of each single day: another way to the same exact sum."""
    total, day, left = Fraction(0), first, Fraction(principal)
    while day <= last:
        base = next(rate.percent for rate in rates if rate.first <= day <= rate.last)
        points = [one.points for one in surcharges if one.first <= day and (one.last is None or day <= one.last)][-1]
        if day_count == THIRTY_E_360:
            after = day + DAY
            of_a_year = Fraction(
                360 * (after.year - day.year)
                + 30 * (after.month - day.month)
                + (min(after.day, 30) - min(day.day, 30)),
                360,
            )
        else:
            of_a_year = Fraction(1, 366 if day_count == ACT_ACT and isleap(day.year) else 365)
        total += left * (Fraction(base) + Fraction(points)) / 100 * of_a_year
        left -= sum(Fraction(one.amount) for one in repayments if one.on == day)
        day += DAY
    return total


days = st.dates(FIRST, LAST)


@st.composite
def claims(draw):
    """A sum, a period of up to three years with base rates, a day count, and repayments that fit."""
    first = draw(days)
    last = min(first + timedelta(draw(st.integers(0, 1_100))), LAST)
    cents = draw(st.integers(1, 10**9))
    parts = draw(st.lists(st.tuples(st.integers(0, (last - first).days), st.integers(1, 10)), max_size=4))
    paid = [Repayment(first + timedelta(after), Decimal(cents * part // 40) / 100) for after, part in parts]
    return Decimal(cents) / 100, first, last, draw(st.sampled_from(DAY_COUNTS)), [one for one in paid if one.amount]


@given(claims())
def test_the_sum_is_that_of_its_single_days_and_of_its_lines(claim):
    principal, first, last, day_count, paid = claim
    result = interest(principal, first, last, day_count=day_count, repayments=paid)
    assert result.exact == day_by_day(principal, first, last, RATES, SURCHARGES, day_count, paid)
    assert sum(line.amount for line in result.lines) == result.total
    assert abs(Fraction(result.total) - result.exact) <= Fraction(len(result.lines), 200)


@given(claims(), st.data())
def test_splitting_a_period_changes_nothing_before_rounding_and_a_cent_per_line_after(claim, data):
    principal, first, last, day_count, _paid = claim
    if first == last:
        return
    middle = first + timedelta(data.draw(st.integers(0, (last - first).days - 1)))
    whole = interest(principal, first, last, day_count=day_count)
    halves = [
        interest(principal, first, middle, day_count=day_count),
        interest(principal, middle + DAY, last, day_count=day_count),
    ]
    assert whole.exact == sum(half.exact for half in halves)
    more_lines = sum(len(half.lines) for half in halves) - len(whole.lines)
    assert 0 <= more_lines <= 1
    assert abs(whole.total - sum(half.total for half in halves)) <= more_lines * Decimal("0.01")


@given(claims())
def test_paying_back_never_costs_more(claim):
    principal, first, last, day_count, paid = claim
    with_repayments = interest(principal, first, last, day_count=day_count, repayments=paid)
    assert with_repayments.exact <= interest(principal, first, last, day_count=day_count).exact


def test_of_two_base_rates_for_a_day_the_one_that_began_last_counts():
    rates = [
        BaseRate(date(2022, 1, 1), date(2022, 12, 31), Decimal(1)),
        BaseRate(date(2022, 7, 1), date(2022, 12, 31), Decimal(2)),
    ]
    lines = interest_on(Decimal(36_500), date(2022, 6, 30), date(2022, 7, 1), rates, [Surcharge(FIRST, 0)]).lines
    assert [line.amount for line in lines] == [1, 2]
