"""What the file of a grant consists of: what goes with it, what is left empty, what stays, and how it is counted.

One list for everything that must agree: the preview of a run, the copy for the archive, the deletion and the trail. A
model of funding that leads to an application and stands in none of the three fails the suite.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from verbund.core.models import StoredFile
from verbund.funding.models import (
    Attachment,
    Attribution,
    BudgetEntry,
    ChangeRequest,
    ChecklistAnswer,
    ConflictDeclaration,
    CourtOfAuditCopy,
    Decision,
    Disbursement,
    DraftComment,
    Drawdown,
    GrantApplication,
    GrantedPost,
    GrantNotice,
    Hearing,
    InformationRequest,
    Instalment,
    LegalHold,
    NoticeYear,
    Offset,
    PaymentLine,
    PlannedExtra,
    PlannedPost,
    ProofDecision,
    ProofLine,
    ProofOfUse,
    ProofSubmission,
    Reclaim,
    ReclaimEntry,
    ReclaimNotice,
    ReclaimRelief,
    ReclaimReminder,
    Refund,
    RetentionItem,
    SampledProof,
    Submission,
    UseOfFunds,
)

DOCUMENTS, LETTERS, REVIEW, QUESTIONS, POSTS, PROOFS, MONEY, TEXTS = (
    "documents", "letters", "review", "questions", "posts", "proofs", "money", "texts",
)  # fmt: skip
GROUPS = {
    DOCUMENTS: _("Hochgeladene Unterlagen"),
    LETTERS: _("Schreiben und Bescheide als PDF"),
    REVIEW: _("Kommentare, Prüfvermerke, Erklärungen"),
    QUESTIONS: _("Nachforderungen, Anhörungen, Änderungsanträge"),
    POSTS: _("Stellen mit Bezeichnung und Qualifikation, Sachausgaben"),
    PROOFS: _("Positionen, Fassungen und Prüfungen von Nachweisen"),
    MONEY: _("Verwendungen von Zahlungen, Stundungen und Erlasse"),
    TEXTS: _("Vorgänge mit Texten und Namen"),
}
STAYS = {
    BudgetEntry: _("Buchungen des Haushaltstitels"),
    ReclaimEntry: _("Buchungen der Rückforderungen mit ihrem Vermerk"),
    GrantedPost: _("bewilligte Stellen nach Funktion und Anteil"),
    NoticeYear: _("Beträge und Raten je Haushaltsjahr"),
    PaymentLine: _("Zeilen der Zahllisten"),
    Attribution: _("was ein Zentrum aus der Zuwendung bezahlt hat"),
    RetentionItem: _("wann und nach welcher Frist die Akte gelöscht wurde"),
}
"""What a deleted file leaves untouched, and what that is."""

UPLOADED = (Attachment, ProofOfUse)
"""Whose stored files came from the carrier; all others are letters of the authority."""


@dataclass(frozen=True)
class Part:
    """One kind of record of a file, reached from it by `path` ("" for the application itself).

    `counts`: into which group of the preview which field counts. `leaves`: what remains of its fields; None where its
    rows go. `files`: the fields that refer to stored files.
    """

    model: type[models.Model]
    path: str
    counts: dict[str, str] = field(default_factory=dict)
    leaves: dict | None = None
    files: tuple[str, ...] = ()
    only: models.Q = field(default_factory=models.Q)

    @property
    def goes(self) -> bool:
        """Whether its rows are deleted; otherwise they stay, emptied."""
        return self.leaves is None

    def of(self, applications: Iterable[int]) -> QuerySet:
        """Return its rows of some files."""
        return self.model._base_manager.filter(self.only, **{f"{self.path or 'pk'}__in": list(applications)})


def _goes(model, path: str, group: str = "", *, only=None) -> Part:
    """Return a part whose rows go with the file; they count in `group`, their stored files by what they are."""
    files = _links_to(model, StoredFile._meta.label)
    of_files = {DOCUMENTS if model in UPLOADED else LETTERS: files[0]} if files else {}
    of_rows = {group: "pk"} if group else {}
    return Part(model, path, of_files | of_rows, None, files, only or models.Q())


def _empties(model, path: str, group: str = "", *, only=None, **leaves) -> Part:
    """Return a part whose rows stay with these values; links to people and stored files go in any case."""
    links = _links_to(model, settings.AUTH_USER_MODEL) + _links_to(model, StoredFile._meta.label)
    return replace(_goes(model, path, group, only=only), leaves=dict.fromkeys(links) | leaves)


def _links_to(model, label: str) -> tuple[str, ...]:
    links = (column for column in model._meta.concrete_fields if column.is_relation)
    return tuple(column.name for column in links if column.related_model._meta.label == label)


REMARK = Case(When(reason="", then=Value("")), default=Value("Akte gelöscht"))
NOTICE = "notice__decision__application"

PARTS = (
    # in the order in which they go: what refers to others first
    _goes(DraftComment, "application", REVIEW),
    _goes(ChecklistAnswer, "application", REVIEW),
    _goes(ConflictDeclaration, "application", REVIEW),
    _goes(InformationRequest, "application", QUESTIONS),
    _goes(ChangeRequest, "application", QUESTIONS),
    _goes(ReclaimReminder, "reclaim__application"),
    _goes(ReclaimRelief, "reclaim__application", MONEY),
    _goes(Refund, "reclaim__application", MONEY),
    _goes(UseOfFunds, f"disbursement__drawdown__{NOTICE}", MONEY),
    _goes(ProofLine, "proof__application", PROOFS),
    _goes(ProofSubmission, "proof__application", PROOFS),
    _goes(ProofDecision, "proof__application", PROOFS),
    _empties(SampledProof, "proof__application", reason=REMARK),
    _empties(
        ProofOfUse,
        "application",
        TEXTS,
        hearing=None,
        audit_confirmed_on=None,
        has_audit_office=None,
        **dict.fromkeys(("order_reason", "narrative", "audit_office", "hand_back_reason", "check_note"), ""),
    ),
    _empties(
        Reclaim,
        "application",
        TEXTS,
        hearing=None,
        parameters={},
        **dict.fromkeys(("reason", "interest_from_reason", "interest_waived_reason"), ""),
    ),
    _empties(ReclaimNotice, "reclaim__application"),
    _empties(Offset, "reclaim__application"),
    _empties(CourtOfAuditCopy, NOTICE),
    _goes(Hearing, "application", QUESTIONS),
    _goes(Submission, "application"),
    _goes(Attachment, "application"),
    _goes(PlannedExtra, "application", POSTS),
    _empties(PlannedPost, "application", POSTS, label="", is_qualified=False),
    _goes(LegalHold, "application", REVIEW),
    _goes(Decision, "application", REVIEW, only=models.Q(notice=None)),
    _empties(
        Decision,
        "application",
        TEXTS,
        only=models.Q(notice__isnull=False),
        parameters={},
        **dict.fromkeys(("deviation_reason", "reasons", "discretion", "rejection_reason"), ""),
    ),
    _empties(Instalment, NOTICE),  # nothing to empty, but deadlines run on them
    _empties(GrantNotice, "decision__application", parameters={}),
    _empties(Drawdown, NOTICE, rejection_reason=""),
    _empties(Disbursement, f"drawdown__{NOTICE}"),
    _empties(
        GrantApplication,
        "",
        TEXTS,
        **dict.fromkeys(("purpose", "hand_back_reason", "withdrawal_reason"), ""),
        **dict.fromkeys(("concept_adopted_on", "resolution_on"), None),
        **dict.fromkeys(("amount_rooms", "amount_equipment", "amount_running_costs"), None),
        **dict.fromkeys(("provides_rooms", "provides_equipment", "provides_running_costs"), False),
    ),
)


def counted(applications: Iterable[int]) -> dict[int, dict[str, int]]:
    """Return for each file how much of each group it holds, in the order of `GROUPS`; one statement per kind."""
    ids = list(applications)
    found: dict[int, Counter] = {pk: Counter() for pk in ids}
    for part in PARTS:
        if not part.counts:
            continue
        sums = {f"count_{group}": Count(name, distinct=True) for group, name in part.counts.items()}
        for row in part.of(ids).order_by().values(whose=F(part.path or "pk")).annotate(**sums):
            found[row["whose"]].update({group: row[f"count_{group}"] for group in part.counts})
    return {pk: {group: counts[group] for group in GROUPS if counts[group]} for pk, counts in found.items()}
