"""What this app stores: one file per kind of work."""

from verbund.advising.models.accompaniments import (
    LONGEST_DAY,
    Accompaniment,
    AccompanimentStep,
    KindOfAdvice,
    PartnerMerge,
)
from verbund.advising.models.base import CentreWork

__all__ = [
    "LONGEST_DAY",
    "Accompaniment",
    "AccompanimentStep",
    "CentreWork",
    "KindOfAdvice",
    "PartnerMerge",
]
