"""Who keeps the facts and contacts of a centre true. Reading them is public."""

from verbund.accounts.roles import Role
from verbund.directory.permissions import can_describe_centre

KEEP_CONTACTS = frozenset({Role.CENTRE_LEAD, Role.CENTRE_STAFF})


def can_keep_facts(actor, centre) -> bool:
    """The centre's own lead and the operator: what a centre stands for is said by those who lead it."""
    return can_describe_centre(actor, centre)


def can_keep_contacts(actor, centre) -> bool:
    """The centre's own lead and staff, and the operator."""
    return _keeps_contacts_of(actor, centre.pk)


def can_keep_fact(actor, fact) -> bool:
    """Whoever may record facts of this centre, also for one that came with the program."""
    return can_keep_facts(actor, fact.centre)


def can_keep_contact(actor, contact) -> bool:
    """Whoever may record contacts of this centre, also for one that came with the program."""
    return _keeps_contacts_of(actor, contact.centre_id)


def _keeps_contacts_of(actor, centre_id: int) -> bool:
    return actor.role == Role.OPERATOR or (actor.role in KEEP_CONTACTS and actor.organisation_id == centre_id)
