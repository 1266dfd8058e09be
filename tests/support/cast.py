"""The cast of the tests: people named by their function, in the organisations of the reference data."""

from datetime import date

from django.test import Client

from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.directory.middleware import SESSION_KEY
from verbund.directory.models import Centre, Membership, Organisation
from verbund.directory.queries import actor_for

LONG_AGO = date(2000, 1, 1)
PASSWORD = "nur-fuer-die-tests-7"
SIGN_IN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

HOME = {
    Role.GRANT_OFFICER: Organisation.Kind.GRANTING_AUTHORITY,
    Role.GRANT_APPROVER: Organisation.Kind.GRANTING_AUTHORITY,
    Role.CASHIER: Organisation.Kind.GRANTING_AUTHORITY,
    Role.COORDINATOR: Organisation.Kind.COORDINATION_UNIT,
    Role.TRAINING_MANAGER: Organisation.Kind.COORDINATION_UNIT,
    Role.CONTROLLER: Organisation.Kind.COORDINATION_UNIT,
    Role.MINISTRY_READER: Organisation.Kind.MINISTRY,
    Role.MINISTRY_APPROVER: Organisation.Kind.MINISTRY,
    Role.SCHOOL_AUTHORITY: Organisation.Kind.SCHOOL_AUTHORITY,
    Role.SCHOOL: Organisation.Kind.SCHOOL,
    Role.PROVIDER_MEMBER: Organisation.Kind.PROVIDER,
    Role.OPERATOR: Organisation.Kind.OPERATOR,
}
CARRIER_ROLES = {Role.SIGNATORY, Role.TREASURY}
CENTRE_ROLES = {Role.CENTRE_STAFF, Role.CENTRE_LEAD, Role.PRESS_OFFICER, Role.CASE_TEAM}


def centre(key: str = "05122") -> Centre:
    """Return a centre by the official key of its area; Solingen without one."""
    return Centre.objects.select_related("organisation", "carrier__organisation").get(key=key)


def organisation_of(kind: str) -> Organisation:
    """Return the first organisation of a kind, made where the reference data has none."""
    found = Organisation.objects.filter(kind=kind).order_by("code").first()
    return found or Organisation.objects.create(
        kind=kind, code=f"TEST-{kind}", name=str(Organisation.Kind(kind).label), field=Organisation.Field.ALL
    )


def home_of(role: str, *, at: str = "05122") -> Organisation:
    """Return where somebody with this function works: centre or carrier of the area `at`, or the one body of a kind."""
    if role in CENTRE_ROLES:
        return centre(at).organisation
    if role in CARRIER_ROLES:
        return centre(at).carrier.organisation
    return organisation_of(HOME.get(role, Organisation.Kind.OPERATOR))


def member(
    role: str,
    organisation: Organisation | None = None,
    *,
    at: str = "05122",
    user: User | None = None,
    valid_from: date = LONG_AGO,
    valid_until: date | None = None,
) -> Membership:
    """Make a person with a function: in `organisation`, else where that function is at home in the area `at`."""
    organisation = organisation or home_of(role, at=at)
    if user is None:
        count = User.objects.count() + 1
        user = User.objects.create_user(
            f"{role.lower()}-{count}@verbund.example", PASSWORD, display_name=f"{Role(role).label} {count}"
        )
    return Membership.objects.create(
        user=user, organisation=organisation, role=role, valid_from=valid_from, valid_until=valid_until
    )


def acting(membership: Membership, *, by: User | None = None):
    """Return the actor in a membership: its holder, or a deputy who acts for the holder (`by`)."""
    return actor_for(by or membership.user, membership, on_behalf_of=membership.user if by else None)


def client_of(membership: Membership | None = None) -> Client:
    """Return a browserless client, signed in and acting in the membership; without one, a visitor's."""
    client = Client()
    if membership is not None:
        client.force_login(membership.user, backend=SIGN_IN_BACKEND)
        session = client.session
        session[SESSION_KEY] = f"m{membership.pk}"
        session.save()
    return client
