"""Which reminders there are on a day, and the rows shipped with the program."""

import json
from datetime import date
from pathlib import Path

from django.db import models, transaction

from verbund.funding.legal_remedy import keep
from verbund.funding.lifecycle import RemedyRowStatus
from verbund.funding.models import ReminderRule

REFERENCE_FILE = Path(__file__).resolve().parent / "data" / "reminder_rules.json"


def in_force(*, on: date) -> list[ReminderRule]:
    """Return the rules that count on a day: of each kind, audience and number of days the row that began last."""
    newest = {tuple(row.about.values()): row for row in ReminderRule.objects.counting_on(on)}
    return sorted((row for row in newest.values() if row.is_active), key=lambda row: (row.kind, row.days, row.audience))


def waiting():
    """Return the rows that wait for a second person."""
    return ReminderRule.objects.filter(status=RemedyRowStatus.PROPOSED)


@transaction.atomic
def load() -> None:
    """Load the shipped rules; rows that exist are left alone, so that what an operator corrected stays corrected."""
    shipped = json.loads(REFERENCE_FILE.read_text(encoding="utf-8"))
    values = {name: shipped[name] for name in ("valid_from", "valid_until", "source", "mark")}
    keep(ReminderRule, ({**values, **row} for row in shipped["rules"]))


@transaction.atomic
def remove_demo_rows() -> None:
    """Remove the rows that people of the demonstration entered, and let the shipped ones count again."""
    made_up = ReminderRule.objects.filter(models.Q(proposed_by__is_demo=True) | models.Q(adopted_by__is_demo=True))
    matters = [row.about for row in made_up]
    made_up.delete()
    for about in matters:
        ReminderRule.objects.filter(**about, proposed_by=None).delete()
    load()
