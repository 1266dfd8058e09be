"""What this app stores: one file per kind of work."""

from verbund.advising.models.base import CentreWork
from verbund.advising.models.concepts import ConceptTemplate, TemplateVersion
from verbund.advising.models.openings import (
    GoalReview,
    InterculturalOpening,
    OpeningGoal,
    OpeningMeasure,
    OpeningReview,
    OpeningSection,
)

__all__ = [
    "CentreWork",
    "ConceptTemplate",
    "GoalReview",
    "InterculturalOpening",
    "OpeningGoal",
    "OpeningMeasure",
    "OpeningReview",
    "OpeningSection",
    "TemplateVersion",
]
