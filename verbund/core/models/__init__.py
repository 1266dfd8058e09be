"""What the mechanisms store."""

from verbund.core.models.audit import AuditChain, AuditEntry, SubjectKey
from verbund.core.models.calendar import Holiday
from verbund.core.models.deadlines import Deadline, SentReminder
from verbund.core.models.files import StoredFile
from verbund.core.models.once import UsedToken
from verbund.core.models.outbox import InboxMessage, OutboxMail
from verbund.core.models.public_forms import SentForms
from verbund.core.models.search import SearchEntry, SearchWord
from verbund.core.models.worker import JobRun, WorkerLease

__all__ = [
    "AuditChain",
    "AuditEntry",
    "Deadline",
    "Holiday",
    "InboxMessage",
    "JobRun",
    "OutboxMail",
    "SearchEntry",
    "SearchWord",
    "SentForms",
    "SentReminder",
    "StoredFile",
    "SubjectKey",
    "UsedToken",
    "WorkerLease",
]
