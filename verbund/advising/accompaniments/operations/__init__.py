"""What can be done: accompany institutions, cut out what names a person, say that two institutions are one."""

from verbund.advising.accompaniments.operations.accompaniments import (
    ClosedForIt,
    EndedInstitution,
    NotInProgramme,
    StepFacts,
    WrongDay,
    WrongKind,
    WrongOffer,
    close_accompaniment,
    edit_accompaniment,
    edit_step,
    finish_follow_up,
    record_step,
    remove_step,
    reopen_accompaniment,
    set_follow_up,
    start_accompaniment,
)
from verbund.advising.accompaniments.operations.cutting import NotThere, SaysItAgain, cut_out
from verbund.advising.accompaniments.operations.ending import AlreadyEnded, end_partner, resume_partner
from verbund.advising.accompaniments.operations.entering import Entry, NewInstitution, enter, enter_many
from verbund.advising.accompaniments.operations.merging import (
    CannotMerge,
    CannotUndo,
    merge_partners,
    rename_what_is_paid,
    undo_merge,
)

__all__ = [
    "AlreadyEnded",
    "CannotMerge",
    "CannotUndo",
    "ClosedForIt",
    "EndedInstitution",
    "Entry",
    "NewInstitution",
    "NotInProgramme",
    "NotThere",
    "SaysItAgain",
    "StepFacts",
    "WrongDay",
    "WrongKind",
    "WrongOffer",
    "close_accompaniment",
    "cut_out",
    "edit_accompaniment",
    "edit_step",
    "end_partner",
    "enter",
    "enter_many",
    "finish_follow_up",
    "merge_partners",
    "record_step",
    "remove_step",
    "rename_what_is_paid",
    "reopen_accompaniment",
    "resume_partner",
    "set_follow_up",
    "start_accompaniment",
    "undo_merge",
]
