"""Which of many names is most like another: all are compared where they are few, else those that share a rare sign.

A sign is the beginning or the end of a word. Two names that are alike share one, unless every word has an error both in
its first and in its last letters; so of 100,000 names some dozen are compared, not all.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz, process

MOST_COMPARED = 300
SIGN_LENGTH = 4
WORD = re.compile(r"[^\W_]+")


class Names:
    """Names by the number of what they name; they are given folded."""

    def __init__(self):
        self.sorted: dict[int, str] = {}
        self.by_sign: dict[str, list[int]] = defaultdict(list)
        self.signed = 0

    def add(self, number: int, name: str) -> None:
        """Learn a name; each number once."""
        self.sorted[number] = _in_order(name)

    def nearest(self, name: str, *, least: int) -> tuple[float, int] | None:
        """Return likeness (0 to 100) and number of the name most like another, from a least likeness on."""
        wanted = _in_order(name)
        among = self.sorted
        if len(among) > MOST_COMPARED:
            among = {number: self.sorted[number] for number in self._candidates(wanted)}
        found = process.extractOne(wanted, among, scorer=fuzz.ratio, score_cutoff=least)
        return (found[1], found[2]) if found else None

    def _candidates(self, wanted: str) -> list[int]:
        """Return the names with a sign of the wanted one: the rarest signs first, until enough are found."""
        self._sign_new_ones()
        found: dict[int, None] = {}
        lists = sorted((self.by_sign[sign] for sign in _signs(wanted) if sign in self.by_sign), key=len)
        for numbers in lists:
            if found and len(found) + len(numbers) > MOST_COMPARED:
                break
            found |= dict.fromkeys(numbers[:MOST_COMPARED])
        return list(found)

    def _sign_new_ones(self) -> None:
        if self.signed == len(self.sorted):
            return
        for number in list(self.sorted)[self.signed :]:
            for sign in _signs(self.sorted[number]):
                self.by_sign[sign].append(number)
        self.signed = len(self.sorted)


@lru_cache(1_000)
def _in_order(name: str) -> str:
    return " ".join(sorted(name.split()))


def _signs(name: str) -> set[str]:
    return set(_each_sign(name))


def _each_sign(name: str) -> Iterator[str]:
    for word in WORD.findall(name):
        yield word[:SIGN_LENGTH] + "-"
        yield "-" + word[-SIGN_LENGTH:]
