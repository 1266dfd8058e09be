"""Who writes a venture, who speaks for a party of it."""

from verbund.advising.models import ConceptSection, ConceptVersion, SectionComment, Venture
from verbund.advising.permissions import reads_numbers, works_in_centre, works_with_a_centre
from verbund.advising.ventures import queries
from verbund.core.acting import Actor


def finds_ventures(actor: Actor) -> bool:
    """Staff of a centre and members of a partner: the list of the ventures they write or take part in."""
    return works_in_centre(actor) or works_with_a_centre(actor)


def finds_numbers(actor: Actor) -> bool:
    """Coordination units and ministries."""
    return reads_numbers(actor)


def reads_titles(actor: Actor) -> bool:
    """Coordination units: beside the numbers a list of titles."""
    return actor.role in queries.UNITS


def keeps_venture(actor: Actor, venture: Venture) -> bool:
    """Staff and lead of the centre whose venture it is."""
    return works_in_centre(actor) and actor.organisation_id == venture.centre_id


def keeps_section(actor: Actor, section: ConceptSection) -> bool:
    return keeps_venture(actor, section.venture)


def can_resolve_comment(actor: Actor, comment: SectionComment) -> bool:
    """The centre, which answers for the text."""
    return keeps_venture(actor, comment.section.venture)


def can_comment(actor: Actor, section: ConceptSection) -> bool:
    """The centre and every party that takes part."""
    return keeps_section(actor, section) or queries.own_party(section.venture, actor) is not None


def can_record_agreement(actor: Actor, version: ConceptVersion) -> bool:
    """The centre, which writes down what a party said."""
    return keeps_venture(actor, version.venture)


def can_agree(actor: Actor, version: ConceptVersion) -> bool:
    """A member of a party, for the own house only."""
    return queries.own_party(version.venture, actor) is not None
