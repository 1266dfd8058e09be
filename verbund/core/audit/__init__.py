"""The audit trail: who did what, in which function, for whom, when, before and after.

`record` appends an act in the transaction of its change, `record_many` a batch; `verify` and `head` prove that nothing
was changed afterwards; `history_of` reads it for the screen. The design and its limits: docs/adr/0002-audit-chain.md.
"""

from verbund.core.audit.keys import WrongAuditKey, are_readable, destroy_key, destroy_keys, destroyed_at
from verbund.core.audit.reading import call_fields, describe, entries_naming, history_of, sentence_for
from verbund.core.audit.recording import PLATFORM, Act, OutsideTransaction, hold, record, record_many
from verbund.core.audit.verification import Finding, head, inspect, verify

__all__ = [
    "PLATFORM",
    "Act",
    "Finding",
    "OutsideTransaction",
    "WrongAuditKey",
    "are_readable",
    "call_fields",
    "describe",
    "destroy_key",
    "destroy_keys",
    "destroyed_at",
    "entries_naming",
    "head",
    "history_of",
    "hold",
    "inspect",
    "record",
    "record_many",
    "sentence_for",
    "verify",
]
