"""Who edits the vocabulary, reads what was looked for in vain, and checks translations."""

from verbund.accounts.roles import Role
from verbund.directory.models import Organisation
from verbund.offers.permissions import keeps_offers
from verbund.offers.queries import CENTRE_SIDE, READS_ALL

GENERAL = frozenset({Organisation.Field.ALL, Organisation.Field.INTEGRATION})
"""The fields of work of the general coordination unit; the one for schools edits no vocabulary."""


def edits_words(actor) -> bool:
    """The general coordination unit, and the operator."""
    return actor.role == Role.OPERATOR or (actor.role == Role.COORDINATOR and actor.field_of_work in GENERAL)


def reads_words(actor) -> bool:
    """Whoever edits the vocabulary, and whoever keeps entries."""
    return edits_words(actor) or keeps_offers(actor)


def reads_all_missed(actor) -> bool:
    """The coordination units and the ministries' readers plan for the whole land."""
    return actor.role in READS_ALL or actor.role == Role.MINISTRY_READER


def reads_missed(actor) -> bool:
    return reads_all_missed(actor) or is_of_a_centre(actor)


def checks_texts(actor) -> bool:
    """Translation reviewers; staff and lead of a centre for the entries it looks after."""
    return actor.role == Role.TRANSLATION_REVIEWER or is_of_a_centre(actor)


def is_of_a_centre(actor) -> bool:
    return actor.role in CENTRE_SIDE and actor.organisation_id is not None


def only_reads_missed(actor) -> bool:
    """Whoever plans with what was missed and has no other page of the words."""
    return reads_missed(actor) and not reads_words(actor)


def only_checks_texts(actor) -> bool:
    return checks_texts(actor) and not reads_words(actor)
