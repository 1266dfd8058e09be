"""Plain counting: which words and languages of a topic are served where, and where nothing is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A word or language, and how many offers serve it in each centre, in the order of the centres."""

    label: str
    counts: tuple[int, ...]

    @property
    def is_gap(self) -> bool:
        """Whether some centre has nothing."""
        return 0 in self.counts


def served(
    labels: Mapping, centres: Sequence[int], bearers: Iterable[tuple[object, int]], centre_of: Mapping[int, int]
) -> list[Row]:
    """Return for each key of `labels` the offers per centre; `bearers` are (key, offer)."""
    counted = Counter((key, centre_of[offer]) for key, offer in set(bearers) if offer in centre_of)
    return [Row(label, tuple(counted[key, centre] for centre in centres)) for key, label in labels.items()]
