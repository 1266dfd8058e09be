"""Puts the shipped guidelines into the database, once; existing versions are never touched."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from verbund.programmes import shipped
from verbund.programmes.lifecycle import GuidelineStatus
from verbund.programmes.models import ROW_KINDS, FundingGuideline, Origin, Programme


@transaction.atomic
def load() -> int:
    """Add the shipped programmes and guideline versions that are missing; return how many versions were added.

    They are adopted at once: their origin says that they came with the program ("mitgelieferter Bestand").
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
    return added


def _add(programme: Programme, data) -> None:
    newest = programme.guidelines.aggregate(Max("version"))["version__max"] or 0
    head = {name: value for name, value in data.items() if name not in ROW_KINDS}
    head |= {name: date.fromisoformat(head[name]) for name in DAYS if head[name]}
    guideline = FundingGuideline.objects.create(programme=programme, version=newest + 1, origin=Origin.SHIPPED, **head)
    for kind, model in ROW_KINDS.items():
        model.objects.bulk_create(_row(model, guideline, row, data) for row in data[kind])
    FundingGuideline.objects.filter(pk=guideline.pk).update(status=GuidelineStatus.ADOPTED)


DAYS = ("applies_from", "applies_until", "decreed_on")


def _row(model, guideline: FundingGuideline, row, data):
    first, last = shipped.period_of(row, data)
    values = {**row, "guideline": guideline, "valid_from": first, "valid_until": last}
    if values.get("counted_from"):
        values["counted_from"] = date.fromisoformat(values["counted_from"])
    return model(**values)
