"""The parties to a grant: which functions belong to which side. Queries and permissions both build on it."""

from verbund.accounts.roles import Role

AUTHORITY = frozenset({Role.GRANT_OFFICER, Role.GRANT_APPROVER, Role.CASHIER})
CARRIER_SIDE = frozenset({Role.CENTRE_STAFF, Role.CENTRE_LEAD, Role.SIGNATORY, Role.TREASURY})
MINISTRIES = frozenset({Role.MINISTRY_READER, Role.MINISTRY_APPROVER})
COORDINATION = frozenset({Role.COORDINATOR, Role.CONTROLLER})


def is_grant_officer(actor) -> bool:
    return actor.role == Role.GRANT_OFFICER


def is_grant_approver(actor) -> bool:
    return actor.role == Role.GRANT_APPROVER


def is_of_authority(actor) -> bool:
    return actor.role in AUTHORITY


def decides_on_grants(actor) -> bool:
    """Officers and approvers of the granting authority: they check, propose and sign."""
    return is_grant_officer(actor) or is_grant_approver(actor)


def works_for_carrier(actor, carrier_id: int) -> bool:
    """Staff of the centre and of its carrier; never anybody of another one."""
    return actor.carrier_id is not None and actor.carrier_id == carrier_id and actor.role in CARRIER_SIDE


def coordinates_funding(actor) -> bool:
    """The general coordination unit; the one for schools reads only the field of education."""
    return actor.role in COORDINATION and actor.field_of_work != "EDUCATION"


def reads_from_outside(actor) -> bool:
    """Who reads what carriers have submitted: authority, ministries, general coordination."""
    return actor.role in AUTHORITY | MINISTRIES or coordinates_funding(actor)


def reads_funding(actor) -> bool:
    """Who finds the funding area at all."""
    return actor.role in CARRIER_SIDE or reads_from_outside(actor)


def reads_budget(actor) -> bool:
    """The authority and the ministries; a carrier sees what it was granted, not the state's budget."""
    return actor.role in AUTHORITY | MINISTRIES


def is_auditor(actor) -> bool:
    """Auditors read what a mandate opens for them, while it runs; by their function alone they read nothing."""
    return actor.role == Role.AUDITOR


def granting_body(actor) -> int | None:
    """The house for which somebody opens files to an audit: the carrier, or the authority."""
    return actor.carrier_id if actor.role in CARRIER_SIDE else actor.organisation_id


def works_in_centre(actor, centre_id: int) -> bool:
    """Staff and lead of this very centre: they know one by one what it did."""
    return actor.role in {Role.CENTRE_STAFF, Role.CENTRE_LEAD} and actor.organisation_id == centre_id
