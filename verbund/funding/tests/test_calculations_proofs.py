"""What is recognised at the proof of use, by examples and for every input; and samples that can be drawn again."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.funding.calculations import InputRefused
from verbund.funding.calculations.proofs import ALL_POSTS, NO_OFFSET, SAME_RATE_CLASS, ProofItem, recognise, settle
from verbund.funding.calculations.sampling import draw

YEAR = Decimal(12)
RATE = Decimal("57000.00")


def post(spent, *, months=YEAR, granted=RATE, group="SPECIALIST") -> ProofItem:
    return ProofItem(group, granted, Decimal(spent), YEAR, Decimal(months))


def pool(spent, granted="50000.00") -> ProofItem:
    return ProofItem("LANGUAGE_POOL", Decimal(granted), Decimal(spent))


def total(items, *, financing="FULL_FUNDING", offset=SAME_RATE_CLASS, rounding="EURO", granted=None) -> Decimal:
    granted = sum((item.granted for item in items), Decimal(0)) if granted is None else Decimal(granted)
    found = recognise(items, financing_type=financing, offset=offset, rounding=rounding, amount_granted=granted)
    return found.total


def test_full_funding_recognises_what_was_spent_up_to_the_cap():
    assert total([post("63000.00")]) == RATE
    assert total([post("51234.56")]) == Decimal("51234.56")


def test_three_vacant_months_lower_the_cap_by_a_quarter():
    assert total([post("57000.00", months=9)]) == Decimal("42750.00")
    assert total([post("40000.00", months=9)]) == Decimal("40000.00")


def test_a_fixed_sum_is_recognised_whole_unless_less_was_spent_in_all():
    uneven = [post("70000.00"), post("50000.00")]
    assert total(uneven, financing="FIXED_SUM") == 2 * RATE
    assert total([post("50000.00"), post("50000.00")], financing="FIXED_SUM") == Decimal("100000.00")


def test_posts_of_one_class_are_set_off_and_those_of_another_only_where_the_rule_says_so():
    items = [post("60000.00"), post("55000.00"), post("20000.00", granted=Decimal("22500.00"), group="ASSISTANT")]
    assert total(items) == Decimal("134000.00")  # 2.000 left by the second go to the first
    assert total(items, offset=ALL_POSTS) == Decimal("135000.00")
    assert total(items, offset=NO_OFFSET) == Decimal("132000.00")


def test_the_language_pool_is_never_set_off_against_posts():
    assert total([post("60000.00"), pool("40000.00")], offset=ALL_POSTS) == Decimal("97000.00")


def test_the_rounded_grant_of_december_2012_is_recognised_to_the_euro_where_it_was_spent():
    december = Decimal("4166.67")
    items = [ProofItem("SPECIALIST", december, Decimal("4300.00"), Decimal(1), Decimal(1)) for _number in range(3)]
    items.append(ProofItem("ASSISTANT", Decimal("1666.67"), Decimal("1700.00"), Decimal("0.5"), Decimal("0.5")))
    assert total(items, financing="FIXED_SUM", granted="14167.00") == Decimal("14167.00")
    assert total(items, granted="14167.00") == Decimal("14167.00")


def test_a_financing_that_no_rule_covers_is_refused():
    with pytest.raises(InputRefused, match="Finanzierungsart"):
        total([post("1.00")], financing="SHARE_FUNDING")


def test_what_was_paid_beyond_comes_back_once_and_what_is_open_is_named():
    sums = {"granted": Decimal(100), "recognised": Decimal(80), "paid": Decimal(100), "claimed": Decimal(0)}
    assert settle(**sums).repay == 20
    assert settle(**{**sums, "claimed": Decimal(15)}).repay == 5
    assert settle(**{**sums, "paid": Decimal(50)}).open == 30


cents = st.integers(0, 9_000_000).map(lambda value: Decimal(value) / 100)
months = st.integers(0, 160_000).map(lambda value: Decimal(value) / 10_000)
items = st.lists(
    st.builds(
        ProofItem,
        st.sampled_from(["SPECIALIST", "ASSISTANT"]),
        st.sampled_from([RATE, Decimal("22500.00"), Decimal("4166.67")]),
        cents,
        st.just(YEAR),
        months,
    ),
    min_size=1,
    max_size=7,
)
ways = {
    "financing": st.sampled_from(["FULL_FUNDING", "FIXED_SUM"]),
    "offset": st.sampled_from([SAME_RATE_CLASS, ALL_POSTS, NO_OFFSET]),
    "rounding": st.sampled_from(["EURO", "CENT"]),
}


@given(items=items, cut=cents, **ways)
def test_recognised_is_never_more_than_spent_granted_or_occupied(items, cut, financing, offset, rounding):
    whole = sum((item.granted for item in items), Decimal(0))
    granted = max(whole - cut, Decimal(0))
    found = total(items, financing=financing, offset=offset, rounding=rounding, granted=granted)
    assert 0 <= found <= min(sum(item.spent for item in items), granted)
    assert found <= sum(item.cap for item in items) + 1  # the grant is rounded to whole euros
    assert found == found.quantize(Decimal("0.01"))


@given(items=items, place=st.integers(0, 6), more=cents, **ways)
def test_who_spends_more_is_never_recognised_less(items, place, more, financing, offset, rounding):
    changed = list(items)
    one = changed[place % len(items)]
    changed[place % len(items)] = ProofItem(one.group, one.granted, one.spent + more, one.months_granted, one.months)
    options = {"financing": financing, "offset": offset, "rounding": rounding}
    assert total(changed, **options) >= total(items, **options)


names = st.lists(st.text(min_size=1, max_size=12), unique=True, max_size=30)


@given(seed=st.text(max_size=20), cities=names, number=st.integers(0, 40), mixed=st.randoms(use_true_random=False))
def test_a_sample_is_the_same_whoever_draws_it_again_from_the_list_in_any_order(seed, cities, number, mixed):
    shuffled = list(cities)
    mixed.shuffle(shuffled)
    first = draw(seed, {"CITY": cities}, {"CITY": number})
    assert first == draw(seed, {"CITY": shuffled}, {"CITY": number})
    assert sum(one.is_drawn for one in first) == min(number, len(cities))


def test_another_seed_draws_another_sample():
    counties = [f"36-KI.BASE-2023-{number}" for number in range(31)]
    drawn = [
        {one.name for one in draw(seed, {"COUNTY": counties}, {"COUNTY": 5}) if one.is_drawn} for seed in ("a", "b")
    ]
    assert drawn[0] != drawn[1]
