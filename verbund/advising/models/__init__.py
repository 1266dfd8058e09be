"""What this app stores: one file per kind of work."""

from verbund.advising.models.accompaniments import Accompaniment, AccompanimentStep, KindOfAdvice, PartnerMerge
from verbund.advising.models.base import CentreWork

__all__ = [
    "Accompaniment",
    "AccompanimentStep",
    "CentreWork",
    "KindOfAdvice",
    "PartnerMerge",
]
