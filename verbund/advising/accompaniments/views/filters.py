"""Filters that live in the address, as they were typed and as they are meant."""

from datetime import date, timedelta

from verbund.advising.models import Accompaniment
from verbund.directory.models import Partner

LONGEST_TEXT = 100
CONTACT_MONTHS = (3, 6, 12)


def of_accompaniments(typed) -> dict:
    return {
        "q": _text(typed.get("q", "")),
        "stand": _among(typed.get("stand", ""), dict(Accompaniment._meta.get_field("status").choices)),
        "feld": _number(typed.get("feld", "")),
        "faellig": typed.get("faellig", "") == "1",
    }


def of_institutions(typed, *, on: date) -> dict:
    contact = _among(typed.get("kontakt", ""), {"nie", *map(str, CONTACT_MONTHS)})
    months = int(contact) if contact.isdecimal() else 0
    return {
        "q": _text(typed.get("q", "")),
        "art": _among(typed.get("art", ""), dict(Partner.Kind.choices)),
        "ort": _text(typed.get("ort", ""))[:8],
        "feld": _number(typed.get("feld", "")),
        "kontakt": contact,
        "kontakt_vor": on - timedelta(days=30 * months),
        "beendet": _among(typed.get("beendet", ""), {"1"}),
    }


def _text(typed: str) -> str:
    return typed.replace("\x00", "").strip()[:LONGEST_TEXT]


def _among(typed: str, known) -> str:
    return typed if typed in known else ""


def _number(typed: str) -> str:
    return typed if typed.isdecimal() and typed.isascii() and len(typed) < 19 else ""
