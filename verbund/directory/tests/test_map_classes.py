"""Any figure falls into at most five classes: each value in exactly one, in order, equal ones together."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.directory.maps.classes import (
    MOST_CLASSES,
    NoSuchClass,
    ValueClass,
    by_equal_steps,
    by_quantiles,
    class_of,
)
from verbund.directory.maps.drawing import PATTERNS, legend_of

FIGURES = st.one_of(
    st.lists(st.integers(-(10**9), 10**9), max_size=60),
    st.lists(st.integers(0, 7), max_size=60),
    st.lists(st.decimals(-(10**6), 10**6, places=2), max_size=60),
    st.lists(st.fractions(-1000, 1000, max_denominator=7), max_size=60),
)
WAYS = pytest.mark.parametrize("sorted_into_classes", [by_quantiles, by_equal_steps])


@WAYS
@given(values=FIGURES)
def test_every_value_lies_in_exactly_one_of_at_most_five_classes(sorted_into_classes, values):
    classes = sorted_into_classes(values)

    assert len(classes) <= MOST_CLASSES
    assert bool(classes) == bool(values)
    for value in values:
        holding = [index for index, one in enumerate(classes) if one.lowest <= value <= one.highest]
        assert holding == [class_of(value, classes)]


@WAYS
@given(values=FIGURES)
def test_classes_ascend_touch_nowhere_and_hold_somebody_each(sorted_into_classes, values):
    classes = sorted_into_classes(values)

    assert all(one.lowest <= one.highest for one in classes)
    assert all(lower.highest < upper.lowest for lower, upper in pairwise(classes))
    assert {class_of(value, classes) for value in values} == set(range(len(classes)))


@WAYS
@given(values=FIGURES)
def test_every_number_of_classes_has_a_legend_of_different_patterns(sorted_into_classes, values):
    legend = legend_of(sorted_into_classes(values))

    darkness = [PATTERNS.index(entry.pattern) for entry in legend]
    assert darkness == sorted(set(darkness))
    assert len({entry.label for entry in legend}) == len(legend)


@given(values=st.lists(st.integers(), min_size=10, max_size=100, unique=True))
def test_classes_by_quantiles_are_about_equally_full(values):
    classes = by_quantiles(values)
    sizes = [sum(one.lowest <= value <= one.highest for value in values) for one in classes]

    assert max(sizes) - min(sizes) <= 1


def test_equal_steps_are_equally_wide_and_empty_ones_are_left_out():
    assert by_equal_steps([0, 1, 19, 20, 21, 95, 100]) == [ValueClass(0, 19), ValueClass(20, 21), ValueClass(95, 100)]


def test_a_few_values_get_a_class_each_whatever_their_kind():
    values = [Decimal("0.5"), 2, Fraction(1, 3), 2]

    expected = [ValueClass(value, value) for value in (Fraction(1, 3), Decimal("0.5"), 2)]
    assert by_quantiles(values) == by_equal_steps(values) == expected


@pytest.mark.parametrize("value", [-1, 5, 11])
def test_a_value_the_classes_were_not_made_from_is_refused(value):
    classes = [ValueClass(0, 4), ValueClass(6, 10)]

    with pytest.raises(NoSuchClass):
        class_of(value, classes)


def test_the_legend_writes_values_as_the_caller_says():
    legend = legend_of([ValueClass(1, 1), ValueClass(2, 9)], shown=lambda value: f"{value} Stellen")

    assert [entry.label for entry in legend] == ["1 Stellen", "2 Stellen bis 9 Stellen"]
