"""Puts the shipped programmes and guidelines into the database, once; what is already there is never touched."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from verbund.programmes import shipped
from verbund.programmes.lifecycle import DatedRowStatus, GuidelineStatus
from verbund.programmes.models import (
    ROW_KINDS,
    BaseRate,
    DatedRow,
    FundingGuideline,
    LegalValue,
    LumpSum,
    Origin,
    Programme,
    ProgrammePart,
)


@transaction.atomic
def load() -> int:
    """Add the shipped guideline versions and programmes that are missing; return how many rows were added or filled.

    Versions are adopted at once: their origin says that they came with the program ("mitgelieferter Bestand").
    """
    added = 0
    for data in shipped.programmes():
        head = dict(data["programme"])
        programme, _created = Programme.objects.get_or_create(code=head.pop("code"), defaults=head)
        there = set(programme.guidelines.filter(origin=Origin.SHIPPED).values_list("code", flat=True))
        for guideline in data["guidelines"]:
            if guideline["code"] not in there:
                _add(programme, guideline)
                added += 1
    return added + _add_lives() + _add_dated_rows()


def _add_dated_rows() -> int:
    """Add the base rates, values and lump sums that are missing, as adopted; what an operator corrected stays."""
    rows = shipped.dated_rows()
    kinds = ((BaseRate, rows.base_rates), (LegalValue, rows.values), (LumpSum, rows.lump_sums))
    return sum(_add_missing(model, of_kind) for model, of_kind in kinds)


def _add_missing(model: type[DatedRow], rows) -> int:
    """A row is there if one of its key and first day counts, or did until another took its place."""
    names = (*model.KEY, "valid_from")
    counted = model._default_manager.filter(status__in=[DatedRowStatus.ADOPTED, DatedRowStatus.REPLACED])
    known = set(counted.values_list(*names))
    new = [row for row in rows if tuple(getattr(row, name) for name in names) not in known]
    model._default_manager.bulk_create(model(status=DatedRowStatus.ADOPTED, **vars(row)) for row in new)
    return len(new)


def _add_lives() -> int:
    """Give each programme its life, unless it has one already, and the parts that are missing."""
    changed = sum(_add_life(data) for data in shipped.lives())
    known = set(ProgrammePart.objects.exclude(code=None).values_list("code", flat=True))
    ids = dict(Programme.objects.values_list("code", "pk"))
    new = [
        ProgrammePart(programme_id=ids[data["code"]], **_with_days(part))
        for data in shipped.lives()
        for part in data["parts"]
        if part["code"] not in known
    ]
    ProgrammePart.objects.bulk_create(new)
    return changed + len(new)


def _add_life(data: Mapping[str, Any]) -> int:
    values = {name: value for name, value in data.items() if name not in {"code", "parts", *LINKS}}
    found = Programme.objects.filter(code__in=[data[name] for name in LINKS if name in data])
    named = {programme.code: programme for programme in found}
    values = _with_days(values) | {name: named[data[name]] for name in LINKS if name in data}
    programme, is_new = Programme.objects.get_or_create(code=data["code"], defaults=values)
    if is_new or programme.period_source:
        return int(is_new)
    life = {name: value for name, value in values.items() if name not in {"name", "source", "mark"}}
    return Programme.objects.filter(pk=programme.pk).update(**life)


def _with_days(values: Mapping[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(values[name]) for name in ("valid_from", "valid_until") if values[name]}
    return {**values, **days}


def _add(programme: Programme, data) -> None:
    newest = programme.guidelines.aggregate(Max("version"))["version__max"] or 0
    head = {name: value for name, value in data.items() if name not in ROW_KINDS}
    head |= {name: date.fromisoformat(head[name]) for name in DAYS if head[name]}
    guideline = FundingGuideline.objects.create(programme=programme, version=newest + 1, origin=Origin.SHIPPED, **head)
    for kind, model in ROW_KINDS.items():
        model.objects.bulk_create(_row(model, guideline, row, data) for row in data[kind])
    FundingGuideline.objects.filter(pk=guideline.pk).update(status=GuidelineStatus.ADOPTED)


DAYS = ("applies_from", "applies_until", "decreed_on")
LINKS = ("predecessor", "within")


def _row(model, guideline: FundingGuideline, row, data):
    first, last = shipped.period_of(row, data)
    values = {**row, "guideline": guideline, "valid_from": first, "valid_until": last}
    if values.get("counted_from"):
        values["counted_from"] = date.fromisoformat(values["counted_from"])
    return model(**values)
