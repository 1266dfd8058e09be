"""The standing texts of a grant notice, by programme and grant year: dated, sourced, marked.

The texts lie in `data/notice_wording.json`. Each row is law or policy as we know it; where the decree of a year was not
read, the nearest text stands in with mark D.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TEXTS_FILE = Path(__file__).resolve().parent / "data" / "notice_wording.json"


@dataclass(frozen=True)
class NoticeWording:
    """The texts for grant periods in the years `first_year` to `last_year` (None: until further notice)."""

    programme: str
    first_year: int
    last_year: int | None
    legal_basis: tuple[str, ...]
    purpose: tuple[str, ...]
    own_contribution: tuple[str, ...]
    payout_rule: str
    proof_rule: str
    general_conditions: str
    excluded_numbers: tuple[str, ...]
    conditions: tuple[str, ...]
    language_pool_purpose: tuple[str, ...]
    language_pool_conditions: tuple[str, ...]
    passing_on: str
    reservations: tuple[str, ...]
    source: str
    mark: str

    def conditions_for(self, *, with_language_pool: bool) -> tuple[str, ...]:
        """Return the special conditions; those of the language pool only where the notice grants one."""
        return self.conditions + (self.language_pool_conditions if with_language_pool else ())

    def fields(self, *, with_language_pool: bool) -> dict:
        """Return the fields of `NoticeData` these texts fill; the pool's condition only where the notice grants one."""
        return {
            "legal_basis": self.legal_basis,
            "purpose": self.purpose + (self.language_pool_purpose if with_language_pool else ()),
            "own_contribution": self.own_contribution,
            "payout_rule": self.payout_rule,
            "proof_rule": self.proof_rule,
            "general_conditions": self.general_conditions,
            "excluded_numbers": self.excluded_numbers,
            "conditions": self.conditions_for(with_language_pool=with_language_pool),
            "passing_on": self.passing_on,
            "reservations": self.reservations,
        }


class NoWording(LookupError):
    """No texts are on record for this programme and year."""


def wording_for(programme: str, year: int) -> NoticeWording:
    """Return the texts for a notice of this programme and grant year. Raises NoWording."""
    for wording in all_wordings():
        if wording.programme == programme and wording.first_year <= year <= (wording.last_year or year):
            return wording
    raise NoWording(f"no wording for {programme} {year}")


@cache
def all_wordings() -> tuple[NoticeWording, ...]:
    """Return every row of the file, its lists as tuples, what it leaves out taken from the common texts."""
    texts = json.loads(TEXTS_FILE.read_text(encoding="utf-8"))
    return tuple(
        NoticeWording(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})
        for row in ({**texts["common"], **wording} for wording in texts["wordings"])
    )
