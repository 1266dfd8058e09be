"""Who looks after a topic, who reads its inner part."""

from verbund.advising.models import Topic
from verbund.advising.permissions import coordinates, works_in_centre
from verbund.advising.topics import queries
from verbund.core.acting import Actor


def starts_topics(actor: Actor) -> bool:
    """Staff and lead of a centre, and the coordination of a unit."""
    return (works_in_centre(actor) or coordinates(actor)) and actor.organisation_id is not None


def keeps_topic(actor: Actor, topic: Topic) -> bool:
    """The house that looks after the page."""
    return starts_topics(actor) and actor.organisation_id == topic.keeper_id


def reads_inside(actor: Actor, topic: Topic) -> bool:
    """The keeper, and the centres that take part."""
    if keeps_topic(actor, topic):
        return True
    participation = queries.participation_of(topic, actor)
    return participation is not None and participation.joined_on is not None


def is_asked(actor: Actor, topic: Topic) -> bool:
    """A centre that the keeper named: it says itself whether it takes part."""
    return queries.participation_of(topic, actor) is not None
