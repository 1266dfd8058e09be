"""Which file may go on which day and why, what holds it back, and the periods shipped with the program.

Nothing is deleted here (`operations.retention_runs` does that): this says what is due, for the page and for each step.
"""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from verbund.core import dates
from verbund.funding.legal_remedy import keep
from verbund.funding.lifecycle import (
    PROOF_DECIDED,
    ApplicationStatus,
    ChangeRequestStatus,
    DecisionStatus,
    DrawdownStatus,
    HearingStatus,
    NoticeStatus,
    ReclaimStatus,
)
from verbund.funding.models import (
    AuditMandate,
    Call,
    ChangeRequest,
    Decision,
    Drawdown,
    GrantApplication,
    GrantNotice,
    Hearing,
    LegalHold,
    ProofOfUse,
    Reclaim,
    ReclaimNotice,
    RetentionRule,
)
from verbund.programmes import queries as programmes

REFERENCE_FILE = Path(__file__).resolve().parent / "data" / "retention_rules.json"
MONTHS = 12
DAY = timedelta(days=1)
OVER = (ReclaimStatus.SETTLED, ReclaimStatus.WAIVED, ReclaimStatus.DROPPED)
UNPAID = (DrawdownStatus.SUBMITTED, DrawdownStatus.VERIFIED, DrawdownStatus.ORDERED)
CLOSED = (ApplicationStatus.GRANTED, ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN)


@dataclass(frozen=True)
class Retained:
    """One file: from which day it could go (None while unknown), by which rules, and what holds it back."""

    application: GrantApplication
    goes_on: date | None
    rules: list = field(default_factory=list)
    holds: list = field(default_factory=list)

    def is_due(self, on: date) -> bool:
        """Whether it would go on that day: its period is over and nothing holds it."""
        return not self.why_not_due(on)

    def why_not_due(self, on: date) -> list[str]:
        """Return in words why it does not go on that day; nothing when it is due."""
        if self.goes_on is None:
            return [_("für diese Akte gilt keine Frist"), *self.holds]
        if self.goes_on > on:
            return [_("die Frist läuft bis zum %(day)s") % {"day": f"{self.goes_on - DAY:%d.%m.%Y}"}, *self.holds]
        return self.holds


def goes_on(rule: RetentionRule, event: date) -> date:
    """Return the first day on which a file may go, by one rule, counted from the day of its event."""
    begins = date(event.year, 12, 31) if rule.to_end_of_year else event
    return dates.add_months(begins, MONTHS * rule.years) + DAY


def preview(files: QuerySet[GrantApplication], *, on: date) -> list[Retained]:
    """Return the closed ones among the files that are still there, first to go first, unknown days last.

    A file is kept as long as the longest of its rules says: both sides work on the same one. A constant number of
    statements.
    """
    rules: dict[str, list[RetentionRule]] = {}
    for rule in rules_in_force(on=on):
        rules.setdefault(rule.kind, []).append(rule)
    proofs: dict[int, date | None] = {}
    found = [_retained(one, rules.get(one.status, []), proofs, on) for one in _with_holds(files, on=on)]
    return sorted(found, key=lambda one: (one.goes_on is None, one.goes_on or on, one.application.pk))


def _retained(application: GrantApplication, rules: list, proofs: dict, on: date) -> Retained:
    days = []
    for rule in rules:
        event = _proof_due(application.call, proofs) if rule.event == "PROOF_DUE" else application.status_since
        days.append(goes_on(rule, event) if event else None)
    day = max(days) if days and None not in days else None
    return Retained(application, day, rules, _holds(application))


def _proof_due(call: Call, known: dict) -> date | None:
    """Return the day on which the proof of use of a programme year is due; None without a rule."""
    if call.pk not in known:
        rule = programmes.deadline_rule(call.guideline, "PROOF_OF_USE", call.budget_year)
        known[call.pk] = dates.next_working_day(rule.ends_after(call.period_until)) if rule else None
    return known[call.pk]


def _with_holds(files: QuerySet[GrantApplication], *, on: date) -> QuerySet[GrantApplication]:
    """Join what may hold a file back, in the same statement."""
    own = {"application": OuterRef("pk")}
    mandates = AuditMandate.objects.filter(valid_until__gte=on, ended_at=None).covering(
        carrier=OuterRef("carrier_id"),
        centre=OuterRef("centre_id"),
        programme=OuterRef("call__programme_id"),
        year=OuterRef("call__budget_year"),
    )
    notices = GrantNotice.objects.filter(decision__application=OuterRef("pk"))
    contested = notices.filter(status=NoticeStatus.CONTESTED)
    contested_claims = ReclaimNotice.objects.filter(reclaim__application=OuterRef("pk"), status=NoticeStatus.CONTESTED)
    return (
        files.filter(status__in=CLOSED, deleted_on=None)
        .select_related("call__programme", "call__guideline", "centre__organisation")
        .annotate(
            held_because=models.Subquery(LegalHold.objects.filter(**own, lifted_at=None).values("reason")[:1]),
            has_reclaim=Exists(Reclaim.objects.filter(**own).exclude(status__in=OVER)),
            has_hearing=Exists(Hearing.objects.filter(**own, status=HearingStatus.OPEN)),
            has_action=Exists(contested) | Exists(contested_claims),
            is_under_audit=Exists(mandates),
            is_not_final=Exists(notices.filter(status__in=[NoticeStatus.ISSUED, NoticeStatus.NOTIFIED])),
            has_proof=Exists(ProofOfUse.objects.filter(**own).exclude(status__in=PROOF_DECIDED)),
            has_change=Exists(ChangeRequest.objects.filter(**own, status=ChangeRequestStatus.SUBMITTED))
            | Exists(Decision.objects.filter(**own, status=DecisionStatus.PROPOSED)),
            has_drawdown=Exists(
                Drawdown.objects.filter(notice__decision__application=OuterRef("pk"), status__in=UNPAID)
            ),
        )
    )


def _holds(application) -> list[str]:
    """Return in words what holds a file back; a reason that somebody gave comes first."""
    given = [_("Löschsperre: %(reason)s") % {"reason": application.held_because}] if application.held_because else []
    causes = {
        "has_reclaim": _("eine Rückforderung ist offen"),
        "has_hearing": _("eine Anhörung läuft"),
        "has_action": _("eine Klage ist anhängig"),
        "is_under_audit": _("eine Prüfung läuft oder steht bevor"),
        "is_not_final": _("ein Bescheid ist nicht bestandskräftig"),
        "has_proof": _("ein Nachweis ist nicht abgeschlossen"),
        "has_change": _("eine Änderung ist offen"),
        "has_drawdown": _("ein Mittelabruf ist offen"),
    }
    return [*given, *(words for name, words in causes.items() if getattr(application, name))]


def rules_in_force(*, on: date) -> list[RetentionRule]:
    """Return for each kind of file and side the rule that counts on a day: the one that began last."""
    newest = {(row.kind, row.side): row for row in RetentionRule.objects.counting_on(on)}
    return [newest[key] for key in sorted(newest)]


@transaction.atomic
def load() -> None:
    """Load the shipped periods; rows that exist are left alone, so that what an operator corrected stays corrected."""
    keep(RetentionRule, json.loads(REFERENCE_FILE.read_text(encoding="utf-8"))["rules"])
