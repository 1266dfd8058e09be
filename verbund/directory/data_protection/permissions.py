"""Who answers requests about personal data."""

from verbund.accounts.roles import Role


def answers_requests(actor, _person=None) -> bool:
    """The operator and data protection officers; whose data they see, say the queries."""
    return actor.role in {Role.OPERATOR, Role.DATA_PROTECTION_OFFICER}
