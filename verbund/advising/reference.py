"""Loads the shipped vocabulary of this app: kinds of advice. Rows are only added; what is there stays."""

import csv
import hashlib
from datetime import date
from pathlib import Path

from django.db import transaction

from verbund.advising.models import KindOfAdvice
from verbund.directory.models import ShippedFile

FOLDER = Path(__file__).resolve().parent / "data"
NAME = "advising"


@transaction.atomic
def load() -> int:
    """Add what is missing and return how many rows were added; one statement when the file is unchanged."""
    content = (FOLDER / "kinds_of_advice.csv").read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if ShippedFile.objects.filter(name=NAME, sha256=digest).exists():
        return 0
    known = set(KindOfAdvice.objects.values_list("code", flat=True))
    new = [_kind(row) for row in csv.DictReader(content.decode("utf-8").splitlines()) if row["code"] not in known]
    KindOfAdvice.objects.bulk_create(new)
    ShippedFile.objects.update_or_create(name=NAME, defaults={"sha256": digest})
    return len(new)


def _kind(row: dict) -> KindOfAdvice:
    return KindOfAdvice(
        code=row["code"],
        name=row["name"],
        description=row["description"],
        partner_kinds=row["partner_kinds"].split(),
        position=int(row["position"]),
        valid_from=_day(row["valid_from"]),
        valid_until=_day(row["valid_until"]),
        source=row["source"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
