"""What funding stores: one file per aggregate."""

from verbund.funding.models.applications import (
    Attachment,
    DraftComment,
    GrantApplication,
    PlannedExtra,
    PlannedPost,
    Submission,
)
from verbund.funding.models.attributions import Attribution
from verbund.funding.models.audit_mandates import AuditMandate
from verbund.funding.models.bulk_runs import BulkItem, BulkRun
from verbund.funding.models.calls import Call, CentreWindow
from verbund.funding.models.changes import CallYear, ChangeRequest, NoticeYear
from verbund.funding.models.decisions import Decision
from verbund.funding.models.hearings import Hearing
from verbund.funding.models.legal_remedies import (
    AdministrativeCourt,
    CourtAddress,
    CourtDistrict,
    LegalRemedyText,
    PostalPresumption,
)
from verbund.funding.models.letter_texts import LetterText, NoticeText
from verbund.funding.models.notices import GrantedPost, GrantNotice, Instalment
from verbund.funding.models.payment_lists import PaymentLine, PaymentList, PaymentListDownload
from verbund.funding.models.payments import Disbursement, Drawdown, RecipientAccount, UseOfFunds
from verbund.funding.models.proofs import ProofDecision, ProofLine, ProofOfUse, ProofSubmission
from verbund.funding.models.publication_rules import PublicationRule
from verbund.funding.models.receipts import Receipt, ReceiptFile
from verbund.funding.models.reclaims import Offset, Reclaim, ReclaimEntry, ReclaimNotice, ReclaimRelief, ReclaimReminder
from verbund.funding.models.refunds import Refund
from verbund.funding.models.reminder_rules import ReminderRule
from verbund.funding.models.retention import LegalHold, RetentionRule
from verbund.funding.models.retention_runs import RetentionItem, RetentionRun
from verbund.funding.models.reviews import ChecklistAnswer, ConflictDeclaration, InformationRequest
from verbund.funding.models.samples import CourtOfAuditCopy, SampledProof, SampleDraw
from verbund.funding.models.titles import BudgetEntry, BudgetTitle

__all__ = [
    "AdministrativeCourt",
    "Attachment",
    "Attribution",
    "AuditMandate",
    "BudgetEntry",
    "BudgetTitle",
    "BulkItem",
    "BulkRun",
    "Call",
    "CallYear",
    "CentreWindow",
    "ChangeRequest",
    "ChecklistAnswer",
    "ConflictDeclaration",
    "CourtAddress",
    "CourtDistrict",
    "CourtOfAuditCopy",
    "Decision",
    "Disbursement",
    "DraftComment",
    "Drawdown",
    "GrantApplication",
    "GrantNotice",
    "GrantedPost",
    "Hearing",
    "InformationRequest",
    "Instalment",
    "LegalHold",
    "LegalRemedyText",
    "LetterText",
    "NoticeText",
    "NoticeYear",
    "Offset",
    "PaymentLine",
    "PaymentList",
    "PaymentListDownload",
    "PlannedExtra",
    "PlannedPost",
    "PostalPresumption",
    "ProofDecision",
    "ProofLine",
    "ProofOfUse",
    "ProofSubmission",
    "PublicationRule",
    "Receipt",
    "ReceiptFile",
    "RecipientAccount",
    "Reclaim",
    "ReclaimEntry",
    "ReclaimNotice",
    "ReclaimRelief",
    "ReclaimReminder",
    "Refund",
    "ReminderRule",
    "RetentionItem",
    "RetentionRule",
    "RetentionRun",
    "SampleDraw",
    "SampledProof",
    "Submission",
    "UseOfFunds",
]
