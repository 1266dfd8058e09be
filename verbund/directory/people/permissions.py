"""Who may invite, end and deputise: the operator everywhere, leads in their own organisation, nobody for themselves."""

from verbund.accounts.roles import Role
from verbund.directory.models import DeputyAppointment, Membership, Organisation

Kind = Organisation.Kind

ROLES_IN = {
    Kind.CARRIER: [Role.SIGNATORY, Role.TREASURY, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER],
    Kind.CENTRE: [
        Role.CENTRE_LEAD,
        Role.CENTRE_STAFF,
        Role.CASE_TEAM,
        Role.PRESS_OFFICER,
        Role.TRAINER,
        Role.LANGUAGE_MEDIATOR,
        Role.VOLUNTEER,
    ],
    Kind.GRANTING_AUTHORITY: [Role.GRANT_OFFICER, Role.GRANT_APPROVER, Role.CASHIER, Role.AUDITOR],
    Kind.COORDINATION_UNIT: [
        Role.COORDINATOR,
        Role.TRAINING_MANAGER,
        Role.CONTROLLER,
        Role.PRESS_OFFICER,
        Role.TRAINER,
        Role.TRANSLATION_REVIEWER,
    ],
    Kind.MINISTRY: [Role.MINISTRY_READER, Role.MINISTRY_APPROVER],
    Kind.REGIONAL_GOVERNMENT: [Role.AUDITOR, Role.DATA_PROTECTION_OFFICER],
    Kind.PROVIDER: [Role.PROVIDER_MEMBER, Role.VOLUNTEER],
    Kind.SCHOOL_AUTHORITY: [Role.SCHOOL_AUTHORITY],
    Kind.SCHOOL: [Role.SCHOOL],
    Kind.OPERATOR: [Role.OPERATOR, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER],
}
"""Which functions exist in which kind of organisation."""

LED_BY = {
    Role.CENTRE_LEAD: {
        Role.CENTRE_STAFF,
        Role.CASE_TEAM,
        Role.PRESS_OFFICER,
        Role.TRAINER,
        Role.LANGUAGE_MEDIATOR,
        Role.VOLUNTEER,
    },
    Role.GRANT_APPROVER: {Role.GRANT_OFFICER, Role.CASHIER},
    Role.COORDINATOR: {Role.TRAINING_MANAGER, Role.CONTROLLER, Role.PRESS_OFFICER, Role.TRANSLATION_REVIEWER},
    Role.MINISTRY_APPROVER: {Role.MINISTRY_READER},
    Role.PROVIDER_MEMBER: {Role.VOLUNTEER},
}
"""The functions a lead gives and ends in the own organisation. What signs or decides is given by the operator."""


def is_operator(actor) -> bool:
    return actor.role == Role.OPERATOR


def roles_given_by(actor, organisation: Organisation) -> list[Role]:
    """Return the functions this person may give and end in an organisation."""
    possible = ROLES_IN.get(Kind(organisation.kind), [])
    if is_operator(actor):
        return possible
    if actor.organisation_id != organisation.pk:
        return []
    return [role for role in possible if role in LED_BY.get(actor.role, ())]


def can_invite_somewhere(actor) -> bool:
    """The operator, and everyone who leads somebody."""
    return is_operator(actor) or actor.role in LED_BY


def can_see_team(actor) -> bool:
    """Everyone who works in an organisation sees who else does."""
    return actor.membership_id is not None


def can_end_membership(actor, membership: Membership) -> bool:
    """Whoever may give the function may end it, except their own."""
    return membership.role in roles_given_by(actor, membership.organisation) and membership.user_id not in actor.persons


def can_revoke_invitation(actor, invitation) -> bool:
    return invitation.role in roles_given_by(actor, invitation.organisation)


def can_appoint_deputy(actor, membership: Membership) -> bool:
    """The holder for their own function; whoever may give the function, when the holder cannot. Never a deputy."""
    if actor.on_behalf_of is not None:
        return False
    return actor.membership_id == membership.pk or can_end_membership(actor, membership)


def can_end_deputy(actor, appointment: DeputyAppointment) -> bool:
    """As for appointing; the deputy, too, may lay it down."""
    return can_appoint_deputy(actor, appointment.principal) or appointment.deputy_id in actor.persons


def can_enter_absence(actor) -> bool:
    """Everyone who has a function, for themselves; never a deputy for another."""
    return actor.membership_id is not None and actor.on_behalf_of is None


def can_hand_over(actor, membership: Membership) -> bool:
    """At the granting authority: whoever leads the function, and the operator."""
    return membership.organisation.kind == Kind.GRANTING_AUTHORITY and can_end_membership(actor, membership)
