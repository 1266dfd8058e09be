"""What is stored: programmes, guideline versions, and the dated rows each version consists of."""

from verbund.programmes.models.dated import DATED_ROWS, BaseRate, DatedRow, LegalValue, LumpSum
from verbund.programmes.models.guidelines import (
    AdoptedForGood,
    FundingGuideline,
    Mark,
    Origin,
    Programme,
    ProgrammePart,
    ProgrammeState,
)
from verbund.programmes.models.rows import (
    ROW_KINDS,
    ChecklistItem,
    DeadlineRule,
    ExtraCap,
    GuidelineRow,
    PayoutDate,
    PolicyValue,
    PostLimit,
    Rate,
)

__all__ = [
    "DATED_ROWS",
    "ROW_KINDS",
    "AdoptedForGood",
    "BaseRate",
    "ChecklistItem",
    "DatedRow",
    "DeadlineRule",
    "ExtraCap",
    "FundingGuideline",
    "GuidelineRow",
    "LegalValue",
    "LumpSum",
    "Mark",
    "Origin",
    "PayoutDate",
    "PolicyValue",
    "PostLimit",
    "Programme",
    "ProgrammePart",
    "ProgrammeState",
    "Rate",
]
