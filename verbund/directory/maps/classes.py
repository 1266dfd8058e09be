"""Sorting a figure into at most five classes, so that a map can show it with as many patterns. Exact, no database."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

MOST_CLASSES = 5


class NoSuchClass(ValueError):
    """A value that lies in none of the classes: they were made from other values."""


@dataclass(frozen=True)
class ValueClass:
    """A class of values: the lowest and the highest value that fell into it, both as they were given."""

    lowest: object
    highest: object


def by_quantiles(values: Iterable, *, most: int = MOST_CLASSES) -> list[ValueClass]:
    """Return classes with about equally many values, in ascending order; equal values are always in the same one.

    Up to `most` different values get a class each. For figures that are spread unevenly, as money or population.
    """
    ordered = sorted(values)
    different = sorted(set(ordered))
    if len(different) <= most:
        return [ValueClass(value, value) for value in different]
    first_rank = {value: ordered.index(value) for value in different}
    return _grouped(different, lambda value: first_rank[value] * most // len(ordered))


def by_equal_steps(values: Iterable, *, most: int = MOST_CLASSES) -> list[ValueClass]:
    """Return classes that are equally wide, in ascending order, without those nobody fell into.

    For figures whose distance matters, as shares and percentages.
    """
    different = sorted(set(values))
    if len(different) <= most:
        return [ValueClass(value, value) for value in different]
    lowest, highest = Fraction(different[0]), Fraction(different[-1])
    step = (highest - lowest) / most
    return _grouped(different, lambda value: min(most - 1, (Fraction(value) - lowest) // step))


def class_of(value, classes: list[ValueClass]) -> int:
    """Return the index of the class a value fell into; raise NoSuchClass for a value the classes were not made from."""
    index = bisect_left([one.highest for one in classes], value)
    if index == len(classes) or value < classes[index].lowest:
        raise NoSuchClass(value)
    return index


def _grouped(different: list, index_of: Callable) -> list[ValueClass]:
    groups: dict[int, list] = {}
    for value in different:
        groups.setdefault(index_of(value), []).append(value)
    return [ValueClass(group[0], group[-1]) for _index, group in sorted(groups.items())]
