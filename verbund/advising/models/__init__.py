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
from verbund.advising.models.requests import (
    AdviceMessage,
    AdviceRequest,
    AdviceVisit,
    CommonAnswer,
    CommonAnswerVersion,
)
from verbund.advising.models.surveys import NeedsSurvey, PlannedTraining, SurveyReturn, SurveyTopic, TopicWish

__all__ = [
    "AdviceMessage",
    "AdviceRequest",
    "AdviceVisit",
    "CentreWork",
    "CommonAnswer",
    "CommonAnswerVersion",
    "ConceptTemplate",
    "GoalReview",
    "InterculturalOpening",
    "NeedsSurvey",
    "OpeningGoal",
    "OpeningMeasure",
    "OpeningReview",
    "OpeningSection",
    "PlannedTraining",
    "SurveyReturn",
    "SurveyTopic",
    "TemplateVersion",
    "TopicWish",
]
