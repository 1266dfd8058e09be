"""Who writes a publisher's pages. Reading them is public."""

from verbund.accounts.roles import Role
from verbund.directory.models import Organisation

FOR_THE_CARRIER = {Role.CENTRE_LEAD, Role.SIGNATORY}


def can_edit_pages(actor, publisher) -> bool:
    """The operator those of the platform; those of a carrier its centre's lead and its signatory."""
    if publisher.kind == Organisation.Kind.OPERATOR:
        return actor.role == Role.OPERATOR
    return actor.role in FOR_THE_CARRIER and actor.carrier_id == publisher.pk


def writes_pages(actor) -> bool:
    """Whoever has a publisher to write for."""
    return actor.role == Role.OPERATOR or (actor.role in FOR_THE_CARRIER and actor.carrier_id is not None)
