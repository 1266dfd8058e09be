"""Who may: everybody reads; operators draft, propose and, as the second person, adopt, and correct programmes."""

from verbund.accounts.roles import Role
from verbund.core.acting import Actor, persons_of
from verbund.programmes.models import FundingGuideline, Programme


def is_operator(actor: Actor) -> bool:
    """Policy rows are kept by the operator."""
    return actor.role == Role.OPERATOR


def can_draft(actor: Actor, guideline: FundingGuideline) -> bool:
    """Operators, from an adopted version."""
    return is_operator(actor) and guideline.is_adopted


def can_edit(actor: Actor, guideline: FundingGuideline) -> bool:
    """Operators; whether the version is still a draft says the operation."""
    return is_operator(actor)


def can_propose(actor: Actor, guideline: FundingGuideline) -> bool:
    """Operators."""
    return is_operator(actor)


def can_decide(actor: Actor, guideline: FundingGuideline) -> bool:
    """Operators; that it is another person than the proposer says the operation, with its reason."""
    return is_operator(actor)


def can_correct_life(actor: Actor, programme: Programme) -> bool:
    """Operators."""
    return is_operator(actor)


def keeps_values(actor: Actor) -> bool:
    """Operators propose and adopt base rates, values and lump sums; that two persons sign says the operation."""
    return is_operator(actor)


def is_second_person(actor: Actor, guideline: FundingGuideline) -> bool:
    """Whether the actor is somebody else than whoever proposed the version, deputies included."""
    return not actor.persons & persons_of(guideline, "proposed")
