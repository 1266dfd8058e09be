"""The standing sentences of hearing, changed notice and reclaim notice: which count on a day, and those shipped."""

import json
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core.errors import DomainError
from verbund.funding.legal_remedy import keep
from verbund.funding.models import LetterText

REFERENCE_FILE = Path(__file__).resolve().parent / "data" / "letter_texts.json"


class NoLetterText(DomainError):
    """No adopted row says what a passage reads on the day of the letter."""


def texts_of(letter: str, *, on: date) -> dict[str, str]:
    """Return the passages of a letter ("HEARING", "CHANGE", "RECLAIM") on a day, by code. Raises NoLetterText."""
    rows = LetterText.objects.filter(passage__startswith=f"{letter}_").counting_on(on)
    found = dict(rows.values_list("passage", "text"))
    for code, label in LetterText.Passage.choices:
        if code.startswith(f"{letter}_") and code not in found:
            sentence = _("Für „%(passage)s“ gilt am %(day)s kein Wortlaut. Der Betrieb legt ihn fest.")
            raise NoLetterText(sentence % {"passage": label, "day": f"{on:%d.%m.%Y}"})
    return found


@transaction.atomic
def load() -> None:
    """Load the shipped sentences; rows that exist are left alone, so that what was changed stays changed."""
    shipped = json.loads(REFERENCE_FILE.read_text(encoding="utf-8"))
    values = {name: shipped[name] for name in ("valid_from", "valid_until", "source", "mark")}
    keep(LetterText, ({**values, **row} for row in shipped["texts"]))
