"""Who may change what the directory says about centres. Reading it is public."""

from verbund.accounts.roles import Role


def can_describe_centre(actor, centre) -> bool:
    """The centre's own lead and the operator: name as used locally, place in the administration."""
    return _leads(actor, centre.pk) or actor.role == Role.OPERATOR


def can_record_life_step(actor, centre) -> bool:
    """The centre's own lead and the operator."""
    return _leads(actor, centre.pk) or actor.role == Role.OPERATOR


def can_correct_life_step(actor, step) -> bool:
    """Whoever may record steps of this centre, also for a step that came with the program."""
    return _leads(actor, step.centre_id) or actor.role == Role.OPERATOR


def _leads(actor, centre_id: int) -> bool:
    return actor.role == Role.CENTRE_LEAD and actor.organisation_id == centre_id
