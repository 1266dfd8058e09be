"""A sample that anybody can draw again: the same seed and the same list give the same names.

Each name stands at the SHA-256 of "seed:name"; of every stratum those with the smallest values are drawn.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Drawing:
    """One name of the list a sample is drawn from, in the order of its value."""

    name: str
    stratum: str
    value: str
    is_drawn: bool


def value_of(seed: str, name: str) -> str:
    """Return the number by which a name takes its place, as hexadecimal text."""
    return sha256(f"{seed}:{name}".encode()).hexdigest()


def draw(seed: str, strata: Mapping[str, Iterable[str]], numbers: Mapping[str, int]) -> list[Drawing]:
    """Return all names in the order of their values, stratum by stratum, with `numbers[stratum]` of each drawn."""
    drawings = []
    for stratum in sorted(strata):
        in_order = sorted((value_of(seed, name), name) for name in set(strata[stratum]))
        drawings += [
            Drawing(name, stratum, value, place < numbers.get(stratum, 0))
            for place, (value, name) in enumerate(in_order)
        ]
    return drawings
