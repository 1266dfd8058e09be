"""Spreading a pot: by equal parts, by weight and by the FlüAG key, to the last unit."""

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.funding.calculations import InputRefused
from verbund.funding.calculations.allocation import AllocationRow, allocate, flueag_shares
from verbund.programmes.shipped import dated_rows

RULES = dated_rows().allocation_rules_on(date(2024, 1, 1))
CENT, EURO = Decimal("0.01"), Decimal(1)


def town(name, population, area="0", weight=None):
    return AllocationRow(name, weight, population, Fraction(area))


def spread(pot, rows, key="FLUEAG", unit=EURO, **rules):
    return allocate(Decimal(pot), rows, key=key, unit=unit, rules=replace(RULES, **rules))


def test_equal_parts_give_the_rest_to_the_first_rows():
    assert spread(10, [AllocationRow(name) for name in "abc"], "EQUAL") == [4, 3, 3]
    fifty_four = spread(7_000_000, [AllocationRow(str(number)) for number in range(54)], "EQUAL")
    assert (sum(fifty_four), fifty_four[0], fifty_four[-1]) == (7_000_000, 129_630, 129_629)


def test_weights_share_by_largest_remainder():
    rows = [AllocationRow(name, Fraction(weight)) for name, weight in (("a", 1), ("b", 2), ("c", 3))]
    assert spread(100, rows, "WEIGHT") == [17, 33, 50]
    assert spread("0.01", rows, "WEIGHT", CENT) == [0, 0, CENT]


def test_a_wide_place_is_cut_to_a_quarter_above_its_population_share():
    """Half the people each; one has nearly all the area: 0.9 × 0.5 + 0.1 = 0.55 stays below 1.25 × 0.5."""
    assert spread(1_000, [town("narrow", 500), town("wide", 500, "100")]) == [450, 550]
    # 0.9 × 0.1 + 0.1 × 1 = 0.19 is above 1.25 × 0.1: cut to 0.125, the rest to the other
    assert spread(1_000, [town("narrow", 900), town("wide", 100, "100")]) == [875, 125]


def test_what_is_cut_goes_to_the_uncut_in_proportion_until_none_is_above_its_cap():
    rows = [town("a", 100, "500"), town("b", 200, "90"), town("c", 700, "10")]
    shares = flueag_shares([(row.population, row.area_km2) for row in rows], RULES)
    assert sum(shares) == 1
    assert shares[0] == Fraction(125, 1000)
    assert shares[1] / shares[2] == (Fraction(9, 50) + Fraction(9, 600)) / (Fraction(63, 100) + Fraction(1, 600))


def test_thousands_of_rows_are_spread_within_seconds():
    rows = [town(str(number), 1_000 + 37 * number, str(10 + number % 300)) for number in range(5_000)]
    begun = time.monotonic()
    assert sum(spread(7_000_000, rows)) == 7_000_000
    assert time.monotonic() - begun < 5


ROWS = [town("a", 10, "1", Fraction(1)), town("b", 20, "1", Fraction(2))]


@pytest.mark.parametrize(
    ("field", "arguments"),
    [
        ("pot", {"pot": "-1", "rows": ROWS}),
        ("pot", {"pot": "1.50", "rows": ROWS}),
        ("rows", {"pot": "1", "rows": []}),
        ("rows[1].id", {"pot": "1", "rows": [ROWS[0], ROWS[0]]}),
        ("rows", {"pot": "1", "rows": [AllocationRow("a", Fraction(0))], "key": "WEIGHT"}),
        ("rows[1].weight", {"pot": "1", "rows": [ROWS[0], AllocationRow("b")], "key": "WEIGHT"}),
        ("rows[1].population", {"pot": "1", "rows": [ROWS[0], AllocationRow("b")]}),
        ("rows[0].area_km2", {"pot": "1", "rows": [AllocationRow("b", population=1)]}),
        ("rows", {"pot": "1", "rows": [town("a", 0, "5")]}),
        ("rows", {"pot": "1", "rows": [town("a", 5, "0")]}),
        ("cap_factor", {"pot": "1", "rows": ROWS, "cap_factor": Fraction(99, 100)}),
        ("population_share", {"pot": "1", "rows": ROWS, "population_share": Fraction(1, 2)}),
        ("area_share", {"pot": "1", "rows": ROWS, "population_share": Fraction(2), "area_share": Fraction(-1)}),
    ],
)
def test_what_cannot_be_spread_is_refused_at_its_place(field, arguments):
    pot, rows = arguments.pop("pot"), arguments.pop("rows")
    with pytest.raises(InputRefused) as refusal:
        spread(pot, rows, **arguments)
    assert refusal.value.field == field


def test_an_empty_pot_gives_zeros():
    assert spread(0, ROWS) == [0, 0]


# --- for every input

towns = st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)), min_size=1, max_size=12)
pots = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)
factors = st.integers(100, 200).map(lambda percent: Fraction(percent, 100))


def by_rounds(figures, rules):
    """Cut all rows above their cap at once, round after round, as the law tells it: another way to the same shares."""
    people, area = sum(one for one, _ in figures), sum(one for _, one in figures)
    caps = [rules.cap_factor * Fraction(one, people) for one, _ in figures]
    original = [
        rules.population_share * Fraction(one, people) + rules.area_share * Fraction(wide, area)
        for one, wide in figures
    ]
    cut, shares = set(), original
    while above := {index for index, share in enumerate(shares) if index not in cut and share > caps[index]}:
        cut |= above
        left = 1 - sum(caps[index] for index in cut)
        uncut = sum(share for index, share in enumerate(original) if index not in cut)
        shares = [caps[i] if i in cut else original[i] * left / uncut for i in range(len(figures))]
    return shares


@given(towns, factors)
def test_the_shares_are_those_of_the_rounds_the_law_describes(figures, factor):
    rules = replace(RULES, cap_factor=factor)
    shares = flueag_shares([(people, Fraction(area)) for people, area in figures], rules)
    assert shares == by_rounds(figures, rules)
    assert sum(shares) == 1


@given(towns, pots, st.randoms(use_true_random=False))
def test_the_amounts_sum_to_the_pot_and_the_order_moves_one_cent_at_most(figures, pot, random):
    rows = [town(str(index), people, area) for index, (people, area) in enumerate(figures)]
    amounts = dict(zip((row.id for row in rows), spread(pot, rows, unit=CENT), strict=True))
    assert sum(amounts.values()) == pot
    mixed = random.sample(rows, len(rows))
    again = dict(zip((row.id for row in mixed), spread(pot, mixed, unit=CENT), strict=True))
    assert all(abs(amounts[name] - again[name]) <= CENT for name in amounts)
    shares = flueag_shares([(people, Fraction(area)) for people, area in figures], RULES)
    remainders = [Fraction(pot) * 100 * share % 1 for share in shares]
    if len(set(remainders)) == len(remainders):
        assert amounts == again


@given(towns, pots)
def test_every_amount_lies_within_one_cent_of_its_exact_share(figures, pot):
    rows = [town(str(index), people, area) for index, (people, area) in enumerate(figures)]
    shares = flueag_shares([(people, Fraction(area)) for people, area in figures], RULES)
    for amount, share in zip(spread(pot, rows, unit=CENT), shares, strict=True):
        assert abs(Fraction(amount) - Fraction(pot) * share) < Fraction(1, 100)


@given(st.integers(1, 60), st.integers(0, 10**6))
def test_a_larger_pot_in_equal_parts_takes_from_nobody(parts, pot):
    """True for equal parts; by a key the largest remainder may move a unit (the paradox of Alabama)."""
    rows = [AllocationRow(str(index)) for index in range(parts)]
    before, after = spread(pot, rows, "EQUAL"), spread(pot + 1, rows, "EQUAL")
    assert all(less <= more for less, more in zip(before, after, strict=True))
