"""What can be done with enquiries, by whoever asked and by those who answer.

What is written stands in the records alone, never in the audit trail: so deleting it deletes it.
"""

from verbund.advising.enquiries.operations.answering import (
    SORTED,
    NothingAsked,
    NotYet,
    NoWayBack,
    NoWords,
    SameBody,
    answer,
    ask_back,
    close,
    forget_old,
    pass_on,
    reopen,
    sort_enquiry,
    take,
)
from verbund.advising.enquiries.operations.asking import NobodyResponsible, add, ask, asker, delete
from verbund.advising.enquiries.operations.records import TextIsGone

__all__ = [
    "SORTED",
    "NoWayBack",
    "NoWords",
    "NobodyResponsible",
    "NotYet",
    "NothingAsked",
    "SameBody",
    "TextIsGone",
    "add",
    "answer",
    "ask",
    "ask_back",
    "asker",
    "close",
    "delete",
    "forget_old",
    "pass_on",
    "reopen",
    "sort_enquiry",
    "take",
]
