"""Who may: predicates on advice, answers for all and surveys. What is possible now is the lifecycle's question."""

from verbund.advising.models import AdviceRequest, AdviceVisit, CommonAnswer
from verbund.advising.permissions import coordinates, works_in_centre
from verbund.advising.requests.queries import READS_ANSWERS
from verbund.core.acting import Actor


def has_requests(actor: Actor) -> bool:
    """Centres ask, coordination units answer."""
    return works_in_centre(actor) or coordinates(actor)


def asks(actor: Actor, request: AdviceRequest) -> bool:
    """Staff and lead of the centre whose question it is."""
    return works_in_centre(actor) and actor.organisation_id == request.centre_id


def advises(actor: Actor, request: AdviceRequest) -> bool:
    """The coordination of the unit that was asked."""
    return coordinates(actor) and actor.organisation_id == request.unit_id


def closes(actor: Actor, request: AdviceRequest) -> bool:
    """Either side."""
    return asks(actor, request) or advises(actor, request)


def advises_at_visit(actor: Actor, visit: AdviceVisit) -> bool:
    """Whoever advises in the request."""
    return advises(actor, visit.request)


def reads_answers(actor: Actor) -> bool:
    """Centres and coordination units."""
    return works_in_centre(actor) or actor.role in READS_ANSWERS


def writes_answer(actor: Actor, answer: CommonAnswer) -> bool:
    """The coordination of the unit whose answer it is."""
    return coordinates(actor) and actor.organisation_id == answer.unit_id
