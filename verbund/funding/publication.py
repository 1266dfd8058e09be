"""Which grants are public on a day, and the rules shipped with the program."""

import json
from datetime import date
from pathlib import Path

from django.db import transaction

from verbund.funding.legal_remedy import keep
from verbund.funding.models import Decision, GrantNotice, PublicationRule
from verbund.programmes.models import Programme

REFERENCE_FILE = Path(__file__).resolve().parent / "data" / "publication_rules.json"


def rules_in_force(*, on: date) -> list[PublicationRule]:
    """Return for each programme the rule that counts on a day: the one that began last."""
    rows = PublicationRule.objects.counting_on(on).select_related("programme")
    newest = {row.programme_id: row for row in rows}
    return sorted(newest.values(), key=lambda row: row.programme.name)


def published_grants(*, on: date) -> list[tuple[GrantNotice, GrantNotice]]:
    """Return the grants that are public on a day: the first notice and the version that counts, oldest first.

    A version is public once the carrier has it (notified); until then the one before counts.
    """
    programmes = [rule.programme_id for rule in rules_in_force(on=on) if rule.is_published]
    notices = GrantNotice.objects.filter(
        decision__application__call__programme__in=programmes, notified_on__lte=on
    ).exclude(decision__kind=Decision.Kind.REFUSAL)
    notices = notices.defer("parameters").select_related(
        "decision__application__call__programme",
        "decision__application__call__guideline",
        "decision__application__carrier__organisation",
        "decision__application__centre__organisation",
    )
    versions: dict[int, list[GrantNotice]] = {}
    for notice in notices.order_by("decision__application", "version"):
        versions.setdefault(notice.decision.application_id, []).append(notice)
    return [(found[0], found[-1]) for found in versions.values()]


@transaction.atomic
def load() -> None:
    """Load the shipped rules; rows that exist are left alone, so that what an operator corrected stays corrected."""
    shipped = json.loads(REFERENCE_FILE.read_text(encoding="utf-8"))["rules"]
    programmes = {programme.code: programme for programme in Programme.objects.all()}
    keep(PublicationRule, ({**row, "programme": programmes[row["programme"]]} for row in shipped))
