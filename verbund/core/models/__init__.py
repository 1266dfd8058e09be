"""What the mechanisms store."""

from verbund.core.models.audit import AuditChain, AuditEntry, SubjectKey
from verbund.core.models.calendar import Holiday
from verbund.core.models.files import StoredFile
from verbund.core.models.once import UsedToken

__all__ = ["AuditChain", "AuditEntry", "Holiday", "StoredFile", "SubjectKey", "UsedToken"]
