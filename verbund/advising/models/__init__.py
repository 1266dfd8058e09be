"""What this app stores: one file per kind of work."""

from verbund.advising.models.accompaniments import (
    LONGEST_DAY,
    Accompaniment,
    AccompanimentStep,
    KindOfAdvice,
    PartnerMerge,
)
from verbund.advising.models.base import CentreWork
from verbund.advising.models.enquiries import Enquiry, EnquiryMessage, EnquiryRule, EnquiryTransfer
from verbund.advising.models.network_links import NetworkLink, Sending
from verbund.advising.models.network_meetings import (
    AgendaItem,
    Meeting,
    MeetingTask,
    NetworkDecision,
    Paper,
    Participation,
)
from verbund.advising.models.networks import Network, NetworkMember
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
    "AgendaItem",
    "Agreement",
    "CentreWork",
    "CommonAnswer",
    "CommonAnswerVersion",
    "ConceptSection",
    "ConceptTemplate",
    "ConceptVersion",
    "Criterion",
    "CriterionValue",
    "Enquiry",
    "EnquiryMessage",
    "EnquiryRule",
    "EnquiryTransfer",
    "Evaluation",
    "GoalReview",
    "InterculturalOpening",
    "KindOfAdvice",
    "Meeting",
    "MeetingTask",
    "NeedFigure",
    "NeedsSurvey",
    "Network",
    "NetworkDecision",
    "NetworkLink",
    "NetworkMember",
    "OpeningGoal",
    "OpeningMeasure",
    "OpeningReview",
    "OpeningSection",
    "Paper",
    "Participation",
    "PartnerMerge",
    "Pilot",
    "PlannedTraining",
    "Practice",
    "PracticeMaterial",
    "PracticeQuestion",
    "PracticeUse",
    "SectionComment",
    "Sending",
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
