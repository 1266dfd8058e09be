"""What in a typed text looks as if it named a person. No database."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

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


REMOVED = "[entfernt]"


def without(text: str, passage: str) -> str:
    """Return a text in which a passage is replaced by "[entfernt]", wherever it stands and however it is cased.

    A line break counts as a blank.
    """
    words = r"\s+".join(re.escape(word) for word in passage.split())
    return re.sub(words, REMOVED, text, flags=re.IGNORECASE) if words else text
