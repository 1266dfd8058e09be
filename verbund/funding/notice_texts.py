"""The standing texts of a grant notice, by programme and grant period: rows with source, and those shipped."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core.errors import DomainError
from verbund.funding.legal_remedy import keep
from verbund.funding.models import Call, NoticeText
from verbund.programmes.models import Programme

REFERENCE_FILE = Path(__file__).resolve().parent / "data" / "notice_texts.json"
P = NoticeText.Passage


class NoNoticeText(DomainError):
    """No adopted row says what a passage of the notice reads for a grant period."""


@dataclass(frozen=True)
class NoticeTexts:
    """The passages by code; each line of a passage is a paragraph, or an item where the notice prints a list."""

    passages: Mapping[str, str]

    def items(self, passage: str) -> tuple[str, ...]:
        return tuple(self.passages[passage].splitlines())

    def paragraphs(self, passage: str) -> str:
        return "\n\n".join(self.items(passage))

    @property
    def legal_basis(self) -> tuple[str, ...]:
        return self.items(P.LEGAL_BASIS)

    def fields(self, *, with_language_pool: bool) -> dict:
        """Return the fields of `NoticeData` these texts fill; those of the pool only where the notice grants one."""
        pool_purpose = self.items(P.POOL_PURPOSE) if with_language_pool else ()
        pool_conditions = self.items(P.POOL_CONDITIONS) if with_language_pool else ()
        return {
            "legal_basis": self.legal_basis,
            "purpose": self.items(P.PURPOSE) + pool_purpose,
            "own_contribution": self.items(P.OWN_CONTRIBUTION),
            "payout_rule": self.paragraphs(P.PAYOUT_RULE),
            "proof_rule": self.paragraphs(P.PROOF_RULE),
            "general_conditions": self.paragraphs(P.GENERAL_CONDITIONS),
            "excluded_numbers": self.items(P.EXCLUDED_NUMBERS),
            "conditions": self.items(P.CONDITIONS) + pool_conditions,
            "passing_on": self.paragraphs(P.PASSING_ON),
            "reservations": self.items(P.RESERVATIONS),
        }


def texts_for(call: Call) -> NoticeTexts:
    """Return the texts of the notices of a call: those that count on the first day of its grant period.

    Raises NoNoticeText.
    """
    day = call.period_from
    rows = NoticeText.objects.filter(programme=call.programme_id).counting_on(day)
    found = dict(rows.values_list("passage", "text"))
    for code, label in P.choices:
        if code not in found:
            sentence = _(
                "Für „%(passage)s“ im Bescheid ist kein Wortlaut für Bewilligungszeiträume ab %(day)s hinterlegt. "
                "Der Betrieb legt ihn fest."
            )
            raise NoNoticeText(sentence % {"passage": label, "day": f"{day:%d.%m.%Y}"})
    return NoticeTexts(found)


@transaction.atomic
def load() -> None:
    """Load the shipped texts; rows that exist are left alone, so that what was changed stays changed."""
    programmes = {programme.code: programme for programme in Programme.objects.all()}
    keep(NoticeText, ({**row, "programme": programmes[row["programme"]]} for row in shipped()))


def shipped() -> list[dict]:
    """Return the rows that come with the program, each text in one piece."""
    rows = json.loads(REFERENCE_FILE.read_text(encoding="utf-8"))["texts"]
    return [{**row, "text": "\n".join(row["text"])} for row in rows]
