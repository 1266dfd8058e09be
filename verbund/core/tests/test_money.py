"""Money: German notation, rounding, spreading."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from verbund.core.money import (
    EURO,
    LARGEST,
    AmountError,
    MoneyFormField,
    NotDivisible,
    format_amount,
    format_euro,
    parse_amount,
    round_half_up,
    spread,
    to_cents,
)

CENTS = st.integers(min_value=0, max_value=int(LARGEST * 100))
FRACTIONS = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("57.000,00", "57000.00"),
        ("57000", "57000.00"),
        ("57.000", "57000.00"),
        ("57000,5", "57000.50"),
        (" 57.000,00 € ", "57000.00"),
        ("1.234.567,89", "1234567.89"),
        ("57\u202f000,00".replace("\u202f", "."), "57000.00"),
        ("0,01", "0.01"),
        ("999.999.999.999,99", "999999999999.99"),
    ],
)
def test_amounts_are_read_as_germans_write_them(typed, amount):
    assert parse_amount(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "1.5",
        "0,125",
        "12,345.67",
        "57,000.00",
        "1.00",
        "1..000",
        "1.0000",
        "-5",
        "1e5",
        "٥٧",
        "0x10",
        "NaN",
        "Infinity",
        "1 000",
        "1000000000000",
        "57.000,00 € €",
        "57.000,00\x00",
    ],
)
def test_what_could_be_read_in_two_ways_or_not_at_all_is_refused(typed):
    with pytest.raises(AmountError):
        parse_amount(typed)


@given(CENTS)
def test_every_amount_is_read_back_as_it_was_printed(cents):
    amount = Decimal(cents) / 100

    assert parse_amount(format_euro(amount)) == amount


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_is_refused(typed):
    try:
        amount = parse_amount(typed)
    except AmountError:
        return
    assert Decimal(0) <= amount <= LARGEST


def test_an_amount_is_printed_with_points_comma_and_a_narrow_space():
    assert format_euro(Decimal("57000")) == "57.000,00\u202f€"
    assert format_amount(Decimal("-1234567.8")) == "-1.234.567,80"


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("14166.50", 14167), ("14166.49", 14166), ("0.5", 1), ("-0.5", -1), ("-14166.50", -14167), ("0", 0)],
)
def test_half_a_euro_is_rounded_up(amount, rounded):
    assert round_half_up(Decimal(amount), EURO) == rounded


@given(FRACTIONS)
def test_rounding_moves_an_amount_by_at_most_half_a_cent(amount):
    rounded = to_cents(amount)

    assert abs(Fraction(rounded) - amount) <= Fraction(1, 200)
    assert rounded.as_tuple().exponent == -2


@given(FRACTIONS)
def test_a_rounded_amount_stays_as_it_is(amount):
    assert to_cents(to_cents(amount)) == to_cents(amount)


def test_170000_euros_in_twelve_months_are_eight_times_14167_and_four_times_14166():
    assert spread(Decimal("170000"), 12, Decimal(1)) == [Decimal("14167")] * 8 + [Decimal("14166")] * 4


@given(CENTS, st.integers(min_value=1, max_value=400))
def test_the_parts_of_an_amount_sum_to_it_and_differ_by_at_most_one_unit(cents, parts):
    amount, unit = Decimal(cents) / 100, Decimal("0.01")
    shares = spread(amount, parts, unit)

    assert sum(shares) == amount
    assert len(shares) == parts
    assert shares == sorted(shares, reverse=True)
    assert shares[0] - shares[-1] <= unit


@pytest.mark.parametrize(
    ("amount", "parts", "unit", "field"),
    [("100.50", 2, "1", "amount"), ("-1", 2, "1", "amount"), ("100", 0, "1", "parts"), ("100", -3, "1", "parts")],
)
def test_what_cannot_be_spread_in_whole_units_is_refused(amount, parts, unit, field):
    with pytest.raises(NotDivisible) as refusal:
        spread(Decimal(amount), parts, Decimal(unit))

    assert refusal.value.field == field


class AmountForm(forms.Form):
    amount = MoneyFormField()


@pytest.mark.parametrize("typed", ["viel", "1.5", "57,000.00", "-5", "9" * 23])
def test_a_wrong_amount_is_named_at_its_field_and_stays_as_it_was_typed(typed):
    form = AmountForm({"amount": typed})

    assert list(form.errors) == ["amount"]
    assert f'value="{typed}"' in str(form["amount"])


def test_an_amount_that_is_there_already_is_shown_in_german_notation():
    assert 'value="57.000,00"' in str(AmountForm(initial={"amount": Decimal("57000")})["amount"])
