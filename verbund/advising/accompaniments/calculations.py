"""What can be worked out from typed text: who took part, likeness of names, what looks like a person. No database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from verbund.directory.calculations import folded

SIMILAR = 78
"""From which likeness of two names (0 to 100) on they may mean the same institution."""

MOST_PEOPLE = 9999
COUNTED = re.compile(r"(?:(\d{1,4})\s*(?:x|×)?\s+)?(.*\S)", re.DOTALL)
WORD = re.compile(r"\w+")
KINDS_OF_HOUSES = frozenset(
    {"kita", "kindertagesstatte", "kindergarten", "familienzentrum", "schule", "grundschule", "stadtische", "der",
     "die", "das", "in", "e", "v", "ev", "am", "an", "und"}
)  # fmt: skip
"""Words that many names share and that tell no two institutions apart."""

NAME = r"[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?"
DAY = r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}"
PERSONS = (
    (re.compile(rf"\b(?:Familie|Fam\.|Eheleute)\s+{NAME}(?:\s+{NAME})?"), "family"),
    (re.compile(rf"\b(?:Frau|Herrn?|Hr\.|Fr\.)\s+(?:(?:Dr|Prof)\.\s+)*{NAME}"), "person"),
    (re.compile(rf"\b(?:Schülerin?|Schüler(?:/|\*|:)in)\s+{NAME}(?:\s+{NAME})?"), "pupil"),
    (re.compile(rf"(?:\bgeb\.|\bgeboren(?:\s+am)?|\bGeburtsdatum:?|(?<!\w)\*)\s*{DAY}"), "birth"),
    (re.compile(r"(?<![\w.,:/])(?:\+\d{2}|0)\d[\d /()–-]{4,}\d"), "phone"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "email"),
)  # fmt: skip
NOT_A_NAME = frozenset({"Bürgermeisterin", "Bürgermeister", "Ministerin", "Minister", "Landrätin", "Landrat"})


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


@dataclass(frozen=True)
class Passage:
    """A passage of a text that looks as if it names a person, and what it looks like."""

    text: str
    kind: str


def passages_naming_people(text: str) -> list[Passage]:
    """Return the passages that look like the name of a person or family, a birth date, a number or an address."""
    found = []
    for pattern, kind in PERSONS:
        for match in pattern.finditer(text or ""):
            if not NOT_A_NAME & set(match[0].split()):
                found.append(Passage(match[0].strip(), kind))
    return found


def described(passage: Passage) -> str:
    """Return what a passage looks like, as a sentence about it."""
    kinds = {
        "family": _("der Name einer Familie"),
        "person": _("der Name einer Person"),
        "pupil": _("der Name einer Schülerin oder eines Schülers"),
        "birth": _("ein Geburtsdatum"),
        "phone": _("eine Telefonnummer"),
        "email": _("eine E-Mail-Adresse"),
    }
    return _("„%(text)s“: %(kind)s") % {"text": passage.text, "kind": kinds[passage.kind]}


def without(text: str, passage: str) -> str:
    """Return a text in which a passage is replaced by "[entfernt]", wherever it stands and however it is cased."""
    return re.sub(re.escape(passage), REMOVED, text, flags=re.IGNORECASE)


REMOVED = "[entfernt]"


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
