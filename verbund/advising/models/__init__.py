"""What this app stores: one file per kind of work."""

from verbund.advising.models.base import CentreWork
from verbund.advising.models.concepts import Agreement, ConceptSection, ConceptVersion, SectionComment
from verbund.advising.models.pilots import Criterion, CriterionValue, Evaluation, Pilot, VentureDecision
from verbund.advising.models.practices import Practice, PracticeMaterial, PracticeQuestion, PracticeUse
from verbund.advising.models.topics import Topic, TopicCentre
from verbund.advising.models.ventures import NeedFigure, Venture, VentureParty

__all__ = [
    "Agreement",
    "CentreWork",
    "ConceptSection",
    "ConceptVersion",
    "Criterion",
    "CriterionValue",
    "Evaluation",
    "NeedFigure",
    "Pilot",
    "Practice",
    "PracticeMaterial",
    "PracticeQuestion",
    "PracticeUse",
    "SectionComment",
    "Topic",
    "TopicCentre",
    "Venture",
    "VentureDecision",
    "VentureParty",
]
