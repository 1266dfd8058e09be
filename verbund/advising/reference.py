"""Loads the shipped rows of this app: kinds of advice, periods of enquiries. Rows are only added, never changed."""

import csv
import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import models, transaction

from verbund.advising.models import EnquiryRule, KindOfAdvice
from verbund.directory.models import ShippedFile

FOLDER = Path(__file__).resolve().parent / "data"


@transaction.atomic
def load() -> int:
    """Add what is missing and return how many rows were added; one statement for each file that is unchanged."""
    return _load("advising", "kinds_of_advice.csv", KindOfAdvice, _kind, ("code",)) + _load(
        "advising-enquiries", "enquiry_rules.csv", EnquiryRule, _rule, ("what", "valid_from")
    )


def _load(name: str, file: str, model: type[models.Model], made: Callable, key: tuple[str, ...]) -> int:
    content = (FOLDER / file).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if ShippedFile.objects.filter(name=name, sha256=digest).exists():
        return 0
    known = set(model._default_manager.values_list(*key))
    rows = [made(row) for row in csv.DictReader(content.decode("utf-8").splitlines())]
    new = [row for row in rows if tuple(getattr(row, part) for part in key) not in known]
    model._default_manager.bulk_create(new)
    ShippedFile.objects.update_or_create(name=name, defaults={"sha256": digest})
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


def _rule(row: dict) -> EnquiryRule:
    return EnquiryRule(
        what=row["what"],
        value=int(row["value"]),
        valid_from=_day(row["valid_from"]),
        source=row["source"],
        mark=row["mark"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
