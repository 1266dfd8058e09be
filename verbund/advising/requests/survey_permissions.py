"""Who may: predicates on surveys of needs and the training programme."""

from verbund.advising.models import NeedsSurvey, PlannedTraining, SurveyReturn, SurveyTopic
from verbund.advising.permissions import coordinates, leads_centre, works_in_centre
from verbund.advising.requests.surveys import READS_PROGRAMME
from verbund.core.acting import Actor


def has_surveys(actor: Actor) -> bool:
    """Centres answer, coordination units ask."""
    return works_in_centre(actor) or coordinates(actor)


def holds_survey(actor: Actor, survey: NeedsSurvey) -> bool:
    """The coordination of the unit that asks."""
    return coordinates(actor) and actor.organisation_id == survey.unit_id


def holds_survey_of(actor: Actor, topic: SurveyTopic) -> bool:
    """Whoever holds the survey of a topic."""
    return holds_survey(actor, topic.survey)


def answers_survey(actor: Actor, survey: NeedsSurvey) -> bool:
    """Staff and lead of a centre."""
    return works_in_centre(actor)


def sends_return(actor: Actor, answer: SurveyReturn) -> bool:
    """The lead of the centre whose answer it is."""
    return leads_centre(actor) and actor.organisation_id == answer.centre_id


def reads_programme(actor: Actor) -> bool:
    """Centres and units."""
    return works_in_centre(actor) or actor.role in READS_PROGRAMME


def plans_training(actor: Actor, training: PlannedTraining) -> bool:
    """The coordination of the unit whose programme it is."""
    return coordinates(actor) and actor.organisation_id == training.unit_id
