"""The people of the demonstration world, and the made-up organisations they need. Everything here carries `is_demo`.

Real organisations come from the reference data; people are functions, never invented names. The world is handed to the
`demo.load(world)` of each app above, which makes its records through its own operations, acting as these people.
"""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db.models import ProtectedError, Q, RestrictedError

from verbund.accounts.models import User
from verbund.accounts.operations import create_account
from verbund.accounts.roles import Role
from verbund.core.acting import SYSTEM, Actor
from verbund.core.models import InboxMessage, OutboxMail
from verbund.core.privacy import erase_subject
from verbund.directory import reference
from verbund.directory.models import DeputyAppointment, Invitation, Membership, Organisation
from verbund.directory.people.operations import OPERATOR_CODE, operator_organisation
from verbund.directory.publishing.queries import pages_of_the_demonstration
from verbund.directory.queries import actor_for

PASSWORD = "vorfuehrung-verbund"  # noqa: S105 - works on this machine only, see core.demo_guard
MAIL_DOMAIN = "@demo.invalid"
BEGINNING = date(2012, 1, 1)

CENTRES = {"05122": "Solingen", "05978": "Kreis Unna", "05916": "Herne", "05315": "Köln"}
"""The centres of the demonstration by the key of their area; the first two have every function."""

SLUGS = {"05122": "solingen", "05978": "kreis-unna", "05916": "herne", "05315": "koeln"}

MADE_UP = [
    ("VF-BRUECKE", Organisation.Kind.PROVIDER, "Beispielverein Brücke (Vorführung)", None),
    ("VF-ANKER", Organisation.Kind.PROVIDER, "Beispielverband Anker (Vorführung)", None),
    ("VF-SCHULAMT-05122", Organisation.Kind.SCHOOL_AUTHORITY, "Schulamt Solingen (Vorführung)", "TR-05122"),
    ("VF-SCHULAMT-05978", Organisation.Kind.SCHOOL_AUTHORITY, "Schulamt Kreis Unna (Vorführung)", "TR-05978"),
    ("VF-SCHULE-05122", Organisation.Kind.SCHOOL, "Beispielschule Solingen (Vorführung)", "VF-SCHULAMT-05122"),
    ("VF-SCHULE-05978", Organisation.Kind.SCHOOL, "Beispielschule Kreis Unna (Vorführung)", "VF-SCHULAMT-05978"),
]
"""Made-up organisations: code, kind, name, code of the parent."""


@dataclass(frozen=True)
class Account:
    """One account of the demonstration: function, code of the organisation, name on screen, address."""

    role: Role
    organisation: str
    display_name: str
    local_part: str

    @property
    def email(self) -> str:
        return f"{self.local_part}{MAIL_DOMAIN}"


@dataclass
class World:
    """What the demonstrations of the apps work with: the people and their organisations."""

    on: date
    members: dict[tuple[str, str], list[Membership]] = field(default_factory=dict)

    def organisation(self, code: str) -> Organisation:
        """Return an organisation by its fixed code ("KI-05122", "TR-05122", "BRA-36", "KOORD", …)."""
        return Organisation.objects.get(code=code)

    def membership(self, role: str, code: str, number: int = 1) -> Membership:
        """Return the membership of the first (second …) account with a function in an organisation."""
        return self.members[(str(role), code)][number - 1]

    def user(self, role: str, code: str, number: int = 1) -> User:
        return self.membership(role, code, number).user

    def actor(self, role: str, code: str, number: int = 1) -> Actor:
        """Return the actor with whom operations are called."""
        membership = self.membership(role, code, number)
        return actor_for(membership.user, membership)


def accounts() -> list[Account]:
    """Return all accounts in the order of the role bar: the way of an application first."""
    return [*_of_centre("05122"), *_of_authorities(), *_of_others(), *_of_centre("05978")] + [
        account for key in ("05916", "05315") for account in _of_centre(key)
    ]


def _of_centre(key: str) -> list[Account]:
    name, slug, centre, carrier = CENTRES[key], SLUGS[key], f"KI-{key}", f"TR-{key}"
    found = [
        Account(Role.CENTRE_LEAD, centre, f"Leitung KI {name}", f"leitung.{slug}"),
        Account(Role.CENTRE_STAFF, centre, f"Fachkraft KI {name}", f"fachkraft.{slug}"),
        Account(Role.SIGNATORY, carrier, f"Zeichnung {name}", f"zeichnung.{slug}"),
        Account(Role.TREASURY, carrier, f"Kämmerei {name}", f"kaemmerei.{slug}"),
        Account(Role.TREASURY, carrier, f"Kämmerei {name} 2", f"kaemmerei2.{slug}"),
    ]
    if key not in list(CENTRES)[:2]:
        return found
    return [
        *found,
        Account(Role.CASE_TEAM, centre, f"Seiteneinsteiger-Team {name}", f"team.{slug}"),
        Account(Role.PRESS_OFFICER, centre, f"Presse KI {name}", f"presse.{slug}"),
        Account(Role.TRAINER, centre, f"Fortbildungspool {name}", f"pool.{slug}"),
        Account(Role.LANGUAGE_MEDIATOR, centre, f"Sprachmittlung {name}", f"sprachmittlung.{slug}"),
        Account(Role.VOLUNTEER, centre, f"Ehrenamt {name}", f"ehrenamt.{slug}"),
        Account(Role.AUDITOR, carrier, f"Rechnungsprüfung {name}", f"pruefung.{slug}"),
        Account(Role.DATA_PROTECTION_OFFICER, carrier, f"Datenschutz {name}", f"datenschutz.{slug}"),
        Account(Role.SCHOOL_AUTHORITY, f"VF-SCHULAMT-{key}", f"Schulamt {name}", f"schulamt.{slug}"),
        Account(Role.SCHOOL, f"VF-SCHULE-{key}", f"Schule in {name}", f"schule.{slug}"),
    ]


def _of_authorities() -> list[Account]:
    return [
        Account(Role.GRANT_OFFICER, "BRA-36", "Sachbearbeitung KfI 1", "sachbearbeitung1.kfi"),
        Account(Role.GRANT_OFFICER, "BRA-36", "Sachbearbeitung KfI 2", "sachbearbeitung2.kfi"),
        Account(Role.GRANT_APPROVER, "BRA-36", "Zweitzeichnung KfI 1", "zweitzeichnung1.kfi"),
        Account(Role.GRANT_APPROVER, "BRA-36", "Zweitzeichnung KfI 2", "zweitzeichnung2.kfi"),
        Account(Role.CASHIER, "BRA-36", "Kasse KfI 1", "kasse1.kfi"),
        Account(Role.CASHIER, "BRA-36", "Kasse KfI 2", "kasse2.kfi"),
        Account(Role.AUDITOR, "BRA-36", "Rechnungsprüfung KfI", "pruefung.kfi"),
        Account(Role.COORDINATOR, "KOORD", "Koordination LaKI", "koordination.laki"),
        Account(Role.CONTROLLER, "KOORD", "Controlling LaKI", "controlling.laki"),
        Account(Role.TRAINING_MANAGER, "KOORD", "Fortbildung LaKI", "fortbildung.laki"),
        Account(Role.PRESS_OFFICER, "KOORD", "Presse LaKI", "presse.laki"),
        Account(Role.TRANSLATION_REVIEWER, "KOORD", "Übersetzungsprüfung LaKI", "uebersetzung.laki"),
        Account(Role.COORDINATOR, "LASI", "Koordination LaSI", "koordination.lasi"),
        Account(Role.CONTROLLER, "LASI", "Controlling LaSI", "controlling.lasi"),
        Account(Role.MINISTRY_READER, "MIN-INTEGRATION", "Integrationsministerium lesend", "lesend.integration"),
        Account(Role.MINISTRY_APPROVER, "MIN-INTEGRATION", "Integrationsministerium", "entscheidend.integration"),
        Account(Role.MINISTRY_READER, "MIN-SCHULE", "Schulministerium lesend", "lesend.schule"),
        Account(Role.MINISTRY_APPROVER, "MIN-SCHULE", "Schulministerium", "entscheidend.schule"),
    ]


def _of_others() -> list[Account]:
    return [
        Account(Role.OPERATOR, OPERATOR_CODE, "Betrieb 1", "betrieb1"),
        Account(Role.OPERATOR, OPERATOR_CODE, "Betrieb 2", "betrieb2"),
        Account(Role.DATA_PROTECTION_OFFICER, OPERATOR_CODE, "Datenschutz Betrieb", "datenschutz.betrieb"),
        Account(Role.AUDITOR, OPERATOR_CODE, "Rechnungsprüfung Betrieb", "pruefung.betrieb"),
        Account(Role.PROVIDER_MEMBER, "VF-BRUECKE", "Träger Brücke", "traeger.bruecke"),
        Account(Role.VOLUNTEER, "VF-BRUECKE", "Ehrenamt Brücke", "ehrenamt.bruecke"),
        Account(Role.PROVIDER_MEMBER, "VF-ANKER", "Träger Anker", "traeger.anker"),
        Account(Role.VOLUNTEER, "VF-ANKER", "Ehrenamt Anker", "ehrenamt.anker"),
    ]


def load(world: World) -> None:
    """Make organisations, accounts and memberships that are not there yet, and fill the world's members."""
    reference.load()
    operator_organisation()
    for code, kind, name, parent in MADE_UP:
        above = Organisation.objects.get(code=parent) if parent else None
        Organisation.objects.get_or_create(
            code=code, defaults={"kind": kind, "name": name, "parent": above, "is_demo": True, "source": "Vorführung"}
        )
    organisations = {one.code: one for one in Organisation.objects.select_related("centre")}
    password = make_password(PASSWORD)
    for account in accounts():
        membership = _membership_of(account, organisations[account.organisation], password)
        world.members.setdefault((str(account.role), account.organisation), []).append(membership)


def _membership_of(account: Account, organisation: Organisation, password: str) -> Membership:
    user = User.objects.filter(email=account.email).first()
    if user is None:
        user = create_account(account.email, display_name=account.display_name, password=None, is_demo=True)
        User.objects.filter(pk=user.pk).update(password=password)
        user.password = password
    return Membership.objects.get_or_create(
        user=user, organisation=organisation, role=account.role, defaults={"valid_from": BEGINNING}
    )[0]


def remove() -> None:
    """Remove people, memberships and made-up organisations; the apps above have removed theirs before.

    A publisher's page that these people wrote last goes as well. An account that acts of the audit trail refer to stays
    as a nameless, closed row ("Gelöschte Person 7"): the trail is append-only and keeps verifying, its personal values
    can no longer be read.
    """
    people = User.objects.filter(is_demo=True)
    made_up = Organisation.objects.filter(is_demo=True)
    _remove_post(people)
    pages_of_the_demonstration().delete()
    Invitation.objects.filter(
        Q(email__endswith=MAIL_DOMAIN) | Q(invited_by__in=people) | Q(organisation__in=made_up)
    ).delete()
    DeputyAppointment.objects.filter(Q(deputy__in=people) | Q(principal__user__in=people)).delete()
    Membership.objects.filter(Q(user__in=people) | Q(organisation__in=made_up)).delete()
    for user in people:
        _remove_account(user)
    for organisation in made_up.order_by("-pk"):
        organisation.delete()


def _remove_post(people) -> None:
    InboxMessage.objects.filter(user__in=people).delete()
    OutboxMail.objects.filter(recipient__endswith=MAIL_DOMAIN).delete()
    ids = {str(pk) for pk in people.values_list("pk", flat=True)}
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") in ids:
            session.delete()


def _remove_account(user: User) -> None:
    pk = user.pk
    try:
        user.delete()
    except (ProtectedError, RestrictedError):
        user.pk = pk
        erase_subject(user, actor=SYSTEM)
        User.objects.filter(pk=pk).update(is_demo=False, is_active=False)
