"""What can be worked out from typed text: who took part, likeness of names, weeks. No database."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from rapidfuzz import fuzz

from verbund.directory.calculations import folded

SIMILAR = 78
"""From which likeness of two names (0 to 100) on they may mean the same institution."""

MOST_PEOPLE = 9999
COUNTED = re.compile(r"(?:(\d{1,4})\s*(?:x|×)?\s+)?(.*\S)", re.DOTALL)
WORD = re.compile(r"\w+")
KINDS_OF_HOUSES = frozenset(
    {"kita", "kindertagesstatte", "kindergarten", "familienzentrum", "schule", "grundschule", "stadtische", "der",
     "die", "das", "in", "e", "v", "ev", "am", "an", "und", "beispiel", "vorfuhrung"}
)  # fmt: skip
"""Words that many names share and that tell no two institutions apart; the last two in the demonstration."""


def counted_people(text: str) -> tuple[str, int]:
    """Return who took part as "1 Kita-Leitung, 3 Erzieherinnen", and how many that are.

    Without a number a function counts as one.
    """
    parts = [COUNTED.fullmatch(part.strip()) for part in re.split(r"[,;\n]", text) if part.strip()]
    found = [(int(match[1] or 1), " ".join(match[2].split())) for match in parts if match]
    said = ", ".join(f"{number} {function}" for number, function in found)
    return said, min(sum(number for number, _function in found), MOST_PEOPLE)


def alike(name: str, names: Iterable[tuple[int, str]], *, most: int = 5) -> list[int]:
    """Return the ids of names that may mean the same institution, the most alike first."""
    wanted = _telling(name)
    rated = ((_likeness(wanted, _telling(other)), pk) for pk, other in names)
    found = sorted(((rate, pk) for rate, pk in rated if rate >= SIMILAR), reverse=True)
    return [pk for _rate, pk in found[:most]]


def _likeness(one: str, other: str) -> int:
    """Return how alike two names are (0 to 100): by their words in any order, or written together."""
    together = fuzz.ratio(one.replace(" ", ""), other.replace(" ", ""))
    return round(max(fuzz.token_set_ratio(one, other), together))


def _telling(name: str) -> str:
    """Return the words of a name that tell it apart; all of them where it has no others."""
    words = WORD.findall(folded(name))
    return " ".join(word for word in words if word not in KINDS_OF_HOUSES) or " ".join(words)


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def week_named(typed: str) -> date | None:
    """Return the Monday of a week written as 2026-W05; None for anything else."""
    match = re.fullmatch(r"(\d{4})-W(\d{2})", typed)
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else None
    except ValueError:
        return None
    return monday if monday and 1970 <= monday.year <= 2100 else None


def name_of_week(monday: date) -> str:
    """Return how a week is written in addresses: 2026-W05."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02d}"
