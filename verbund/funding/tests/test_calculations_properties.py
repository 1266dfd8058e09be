"""What must hold for every input, tried with generated ones."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from verbund.core.money import spread
from verbund.funding.calculations import (
    Extra,
    Period,
    PostRow,
    base_grant,
    count_occupied,
    daily_shares,
    maximum_grant,
    origin,
)
from verbund.programmes.rules import PRO_RATA_METHODS, ROUNDINGS
from verbund.programmes.shipped import shipped_rules

YEAR = 2023
RULES = shipped_rules("KI_BASE", YEAR)
NEW_YEAR = date(YEAR, 1, 1)

methods = st.sampled_from(PRO_RATA_METHODS)
roundings = st.sampled_from(ROUNDINGS)
shares = st.integers(0, 1_000_000).map(lambda millionths: Fraction(millionths, 1_000_000))
half_shares = st.integers(0, 500_000).map(lambda millionths: Fraction(millionths, 1_000_000))


@st.composite
def periods(draw):
    """Periods of one row, in order and apart."""
    edges = sorted(draw(st.sets(st.integers(0, 364), max_size=8)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Period(NEW_YEAR + timedelta(first), NEW_YEAR + timedelta(last)) for first, last in pairs)


@st.composite
def plans(draw):
    """At most five specialists and one half assistant, each a post of its own."""
    plan = [PostRow("SPECIALIST", draw(shares), draw(periods())) for _ in range(draw(st.integers(0, 5)))]
    if draw(st.booleans()):
        plan.append(PostRow("ASSISTANT", draw(half_shares), draw(periods())))
    return plan


def grant(posts, method, rounding="CENT", extras=()):
    return base_grant(
        RULES, year=YEAR, carrier_kind="CITY", posts=posts, extras=extras, pro_rata=method, rounding=rounding
    )


@given(plans(), methods, roundings, st.integers(0, 5_000_000))
def test_the_lines_sum_to_the_total_and_the_total_never_exceeds_the_maximum(posts, method, rounding, pool_cents):
    extras = [Extra("LANGUAGE_POOL", Decimal(pool_cents) / 100)]
    result = grant(posts, method, rounding, extras)
    assert sum(line.amount for line in result.lines) == result.total
    assert all(line.amount == round(line.amount, 2) for line in result.lines)
    assert 0 <= result.total <= maximum_grant(RULES, "CITY") + 50_000
    assert result.total % (1 if rounding == "EURO" else Decimal("0.01")) == 0


@given(plans(), methods, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(posts, method, random):
    mixed = [
        PostRow(row.kind, row.full_time_share, tuple(random.sample(row.occupied, len(row.occupied)))) for row in posts
    ]
    random.shuffle(mixed)
    assert grant(mixed, method).total == grant(posts, method).total


@given(plans(), methods, st.data())
def test_splitting_a_period_changes_nothing(posts, method, data):
    def split(period):
        if period.first == period.last or not data.draw(st.booleans()):
            return (period,)
        middle = period.first + timedelta(data.draw(st.integers(0, (period.last - period.first).days - 1)))
        return (Period(period.first, middle), Period(middle + timedelta(1), period.last))

    parts = [
        PostRow(row.kind, row.full_time_share, tuple(part for period in row.occupied for part in split(period)))
        for row in posts
    ]
    assert grant(parts, method).lines == grant(posts, method).lines


@given(plans(), methods, st.data())
def test_two_rows_of_one_post_are_worth_their_common_share(posts, method, data):
    def halves(number, row):
        part = data.draw(st.integers(0, int(row.full_time_share * 10**6)).map(lambda n: Fraction(n, 10**6)))
        return [PostRow(row.kind, share, row.occupied, str(number)) for share in (part, row.full_time_share - part)]

    rows = [half for number, row in enumerate(posts) for half in halves(number, row)]
    assert grant(rows, method).total == grant(posts, method).total


@given(plans(), methods)
def test_one_more_occupied_year_never_lowers_the_grant(posts, method):
    whole_year = PostRow("SPECIALIST", Fraction(1), (Period(NEW_YEAR, date(YEAR, 12, 31)),))
    specialists = [row for row in posts if row.kind == "SPECIALIST"]
    if len(specialists) < 5:
        assert grant([*posts, whole_year], method).total == grant(posts, method).total + 57_000


@given(st.integers(0, 10**14 - 1), st.integers(1, 400), st.sampled_from(["1", "0.01", "0.05", "100"]))
def test_spread_parts_sum_to_the_amount_and_differ_by_at_most_one_unit(number, parts, unit):
    step = Decimal(unit)
    amount = (Decimal(number) / 100 // step) * step
    shares = spread(amount, parts, step)
    assert sum(shares) == amount
    assert len(shares) == parts
    assert max(shares) - min(shares) <= step
    assert shares == sorted(shares, reverse=True)


def test_a_year_of_170000_spreads_over_twelve_whole_euro_months():
    assert spread(Decimal(170_000), 12, Decimal(1)) == [Decimal(14_167)] * 8 + [Decimal(14_166)] * 4


@given(plans(), methods, roundings)
def test_the_months_of_a_post_sum_exactly_to_its_line_by_every_method(posts, method, rounding):
    rules = replace(RULES, rounding=rounding)
    found = origin(rules, year=YEAR, carrier_kind="CITY", posts=posts, pro_rata=method)
    assert found.computation == grant(posts, method, rounding)
    for row, part in zip(posts, found.posts, strict=True):
        counted = count_occupied(method, YEAR, daily_shares(YEAR, [(row.share, row.occupied)]))
        exact = RULES.rate(row.kind).per_full_post * counted.weighted / counted.of
        assert (sum(month.weighted for month in part.months), part.months[0].of) == (counted.weighted, counted.of)
        assert sum(month.amount for month in part.months) == exact
        assert sum(month.amount_shown for month in part.months) == part.line.amount
        assert [month.is_counted for month in part.months] == [month.weighted > 0 for month in part.months]
    total = sum(part.line.amount for part in found.posts) + sum(line.amount for line in found.others)
    assert total == found.computation.total


@given(shares, shares, methods)
def test_two_rows_of_one_post_are_opened_together(first, second, method):
    posts = [
        PostRow("SPECIALIST", share, (Period(date(YEAR, month, 1), date(YEAR, month, 28)),), post="1")
        for share, month in ((first, 2), (second, 5))
    ]
    (part,) = origin(RULES, year=YEAR, carrier_kind="CITY", posts=posts, pro_rata=method).posts
    assert {month.number for month in part.months if month.days} <= {2, 5}
    assert sum(month.amount_shown for month in part.months) == part.line.amount
