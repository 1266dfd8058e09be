"""What this app stores: one file per kind of work."""

from verbund.advising.models.accompaniments import (
    LONGEST_DAY,
    Accompaniment,
    AccompanimentStep,
    KindOfAdvice,
    PartnerMerge,
)
from verbund.advising.models.base import CentreWork
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
from verbund.advising.models.templates import ConceptTemplate, TemplateVersion

__all__ = [
    "LONGEST_DAY",
    "Accompaniment",
    "AccompanimentStep",
    "AdviceMessage",
    "AdviceRequest",
    "AdviceVisit",
    "CentreWork",
    "CommonAnswer",
    "CommonAnswerVersion",
    "ConceptTemplate",
    "GoalReview",
    "InterculturalOpening",
    "KindOfAdvice",
    "NeedsSurvey",
    "OpeningGoal",
    "OpeningMeasure",
    "OpeningReview",
    "OpeningSection",
    "PartnerMerge",
    "PlannedTraining",
    "SurveyReturn",
    "SurveyTopic",
    "TemplateVersion",
    "TopicWish",
]
