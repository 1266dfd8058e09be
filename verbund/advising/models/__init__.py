"""What this app stores: one file per kind of work."""

from verbund.advising.models.base import CentreWork

__all__ = [
    "CentreWork",
]
