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
from verbund.advising.models.pilots import Criterion, CriterionValue, Evaluation, Pilot, VentureDecision
from verbund.advising.models.practices import Practice, PracticeMaterial, PracticeQuestion, PracticeUse
from verbund.advising.models.requests import (
    AdviceMessage,
    AdviceRequest,
    AdviceVisit,
    CommonAnswer,
    CommonAnswerVersion,
)
from verbund.advising.models.surveys import NeedsSurvey, PlannedTraining, SurveyReturn, SurveyTopic, TopicWish
from verbund.advising.models.templates import ConceptTemplate, TemplateVersion
from verbund.advising.models.topics import Topic, TopicCentre
from verbund.advising.models.venture_concepts import Agreement, ConceptSection, ConceptVersion, SectionComment
from verbund.advising.models.ventures import NeedFigure, Venture, VentureParty

__all__ = [
    "LONGEST_DAY",
    "Accompaniment",
    "AccompanimentStep",
    "AdviceMessage",
    "AdviceRequest",
    "AdviceVisit",
    "Agreement",
    "CentreWork",
    "CommonAnswer",
    "CommonAnswerVersion",
    "ConceptSection",
    "ConceptTemplate",
    "ConceptVersion",
    "Criterion",
    "CriterionValue",
    "Evaluation",
    "GoalReview",
    "InterculturalOpening",
    "KindOfAdvice",
    "NeedFigure",
    "NeedsSurvey",
    "OpeningGoal",
    "OpeningMeasure",
    "OpeningReview",
    "OpeningSection",
    "PartnerMerge",
    "Pilot",
    "PlannedTraining",
    "Practice",
    "PracticeMaterial",
    "PracticeQuestion",
    "PracticeUse",
    "SectionComment",
    "SurveyReturn",
    "SurveyTopic",
    "TemplateVersion",
    "Topic",
    "TopicCentre",
    "TopicWish",
    "Venture",
    "VentureDecision",
    "VentureParty",
]
