"""Who may: predicates on openings and concepts. What is possible now is the lifecycle's question."""

from verbund.advising.models import ConceptTemplate, InterculturalOpening
from verbund.advising.openings.queries import READS_TEMPLATES
from verbund.advising.permissions import coordinates, reads_numbers, works_in_centre
from verbund.core.acting import Actor


def keeps_opening(actor: Actor, opening: InterculturalOpening) -> bool:
    """Staff and lead of the centre that accompanies the office."""
    return works_in_centre(actor) and actor.organisation_id == opening.centre_id


def keeps_part(actor: Actor, part) -> bool:
    """Whoever keeps the opening it belongs to."""
    return keeps_opening(actor, part.opening)


def reads_templates(actor: Actor) -> bool:
    """Centres and coordination units."""
    return works_in_centre(actor) or actor.role in READS_TEMPLATES


def writes_template(actor: Actor, template: ConceptTemplate) -> bool:
    """The coordination of the unit whose concept it is."""
    return coordinates(actor) and actor.organisation_id == template.unit_id


def takes_over(actor: Actor, template: ConceptTemplate) -> bool:
    """Staff and lead of a centre."""
    return works_in_centre(actor)


def reads_opening_numbers(actor: Actor) -> bool:
    """Coordination units and ministries: how many, never what."""
    return reads_numbers(actor)
