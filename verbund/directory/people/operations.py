"""What can be done about people: invite, accept, revoke, end, appoint a deputy. Each act is in the audit trail."""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.accounts import operations as accounts
from verbund.accounts.queries import account_with
from verbund.accounts.roles import Role
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.directory.models import DeputyAppointment, Invitation, Membership, Organisation
from verbund.directory.people import notifications, queries
from verbund.directory.people.permissions import ROLES_IN
from verbund.directory.queries import valid_on

audit.describe("invite_member", gettext_lazy("eingeladen"))
audit.describe("revoke_invitation", gettext_lazy("Einladung zurückgezogen"))
audit.describe("accept_invitation", gettext_lazy("Einladung angenommen"))
audit.describe("end_membership", gettext_lazy("Funktion beendet"))
audit.describe("appoint_deputy", gettext_lazy("Vertretung bestellt"))
audit.describe("end_deputy", gettext_lazy("Vertretung beendet"))


LINK_WORKS_FOR = timedelta(days=7)
OPERATOR_CODE, OPERATOR_NAME = "BETRIEB", "Betrieb der Plattform"
LONGEST_DEPUTYSHIP = timedelta(days=366)


class OwnRights(DomainError):
    """Nobody gives, ends or lends their own rights."""


class NoSuchFunction(DomainError):
    """The function does not exist in this kind of organisation."""


class AlreadyMember(DomainError):
    """The person has this function already, or is invited to it."""


class WrongPeriod(DomainError):
    """A period that ends before it begins, or lies outside of what it depends on."""


class LinkNoLongerWorks(DomainError):
    """The invitation was accepted or revoked, or its seven days have passed."""


class OtherPerson(DomainError):
    """The invitation was sent to another e-mail address than that of the account."""


class LastOperator(DomainError):
    """Without an operator nobody could give rights any more."""


class NotInTheHouse(DomainError):
    """A deputy must have a function of their own in the same house."""


@transaction.atomic
def invite_member(
    organisation: Organisation,
    *,
    email: str,
    role: str,
    valid_from: date,
    valid_until: date | None = None,
    suggested_name: str = "",
    now: datetime,
    actor: Actor,
) -> tuple[Invitation, str]:
    """Invite a person to a function by mail; returns the invitation and the token of its one-time link.

    The link works for seven days and once. Raises OwnRights, NoSuchFunction, WrongPeriod or AlreadyMember.
    """
    email = email.strip().lower()
    account = account_with(email)
    if account and account.pk in actor.persons:
        raise OwnRights(_("Sich selbst können Sie keine Funktion geben. Das macht eine andere Person."), field="email")
    if role not in ROLES_IN.get(Organisation.Kind(organisation.kind), []):
        raise NoSuchFunction(_("Diese Funktion gibt es in dieser Organisation nicht."), field="role")
    refuse_wrong_order(valid_from, valid_until)
    _refuse_second(organisation, email=email, account=account, role=role, valid_from=valid_from, now=now)

    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        organisation=organisation,
        role=role,
        valid_from=valid_from,
        valid_until=valid_until,
        suggested_name=suggested_name,
        token_sha256=queries.token_hash(token),
        invited_by=actor.user,
        invited_at=now,
        expires_at=now + LINK_WORKS_FOR,
    )
    after = {"email": email, "role": role, "valid_from": valid_from, "valid_until": valid_until}
    audit.record("invite_member", invitation, actor=actor, after=after)
    notifications.send_invitation(invitation, token)
    return invitation, token


def refuse_wrong_order(valid_from: date, valid_until: date | None) -> None:
    """Raise WrongPeriod for a period that ends before it begins."""
    if valid_until is not None and valid_until < valid_from:
        raise WrongPeriod(_("Das Ende liegt vor dem Beginn. Bitte prüfen Sie beide Tage."), field="valid_until")


def _refuse_second(organisation, *, email, account, role, valid_from, now) -> None:
    same = Membership.objects.filter(organisation=organisation, role=role, user=account).filter(valid_on(valid_from))
    if account and same.exists():
        raise AlreadyMember(_("Diese Person hat die Funktion schon."), field="email")
    invited = Invitation.objects.filter(organisation=organisation, role=role, email=email)
    if queries.open_invitations(invited, now=now).exists():
        raise AlreadyMember(
            _("Diese Person ist schon eingeladen. Ziehen Sie die Einladung zurück, um eine neue zu schicken."),
            field="email",
        )


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, now: datetime, actor: Actor) -> None:
    """Stop the link of an invitation that was not accepted. Raises LinkNoLongerWorks."""
    invitation = _locked_open(invitation, now=now)
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    audit.record("revoke_invitation", invitation, actor=actor, after={"revoked_at": now})


def _locked_open(invitation: Invitation, *, now: datetime) -> Invitation:
    locked = locking(Invitation.objects).select_related("organisation").get(pk=invitation.pk)
    if not locked.is_open(now):
        raise LinkNoLongerWorks(_("Diese Einladung gilt nicht mehr. Bitten Sie um eine neue."))
    return locked


@transaction.atomic
def accept_invitation(invitation: Invitation, *, user, now: datetime) -> Membership:
    """Make the invited person a member. Raises LinkNoLongerWorks, or OtherPerson for somebody else's account."""
    invitation = _locked_open(invitation, now=now)
    if user.email != invitation.email:
        raise OtherPerson(
            _("Diese Einladung ging an eine andere Adresse. Melden Sie sich mit dem Konto an, das eingeladen wurde.")
        )
    membership = Membership.objects.create(
        user=user,
        organisation=invitation.organisation,
        role=invitation.role,
        valid_from=invitation.valid_from,
        valid_until=invitation.valid_until,
    )
    invitation.accepted_at, invitation.membership = now, membership
    invitation.save(update_fields=["accepted_at", "membership"])
    values = {name: getattr(membership, name) for name in ("user_id", "role", "valid_from", "valid_until")}
    audit.record("accept_invitation", membership, actor=Actor(user=user, label=_("Eingeladene Person")), after=values)
    return membership


@transaction.atomic
def accept_with_new_account(invitation: Invitation, *, display_name: str, password: str, now: datetime) -> Membership:
    """Create the account of the invited person and make them a member.

    Raises LinkNoLongerWorks, or AddressTaken where the account exists: its owner signs in and accepts.
    """
    _locked_open(invitation, now=now)
    user = accounts.create_account(invitation.email, display_name=display_name, password=password)
    return accept_invitation(invitation, user=user, now=now)


@transaction.atomic
def end_membership(membership: Membership, *, last_day: date, on: date, actor: Actor) -> None:
    """End a function with a day that is still included; with yesterday, the rights end at once.

    Raises OwnRights, WrongPeriod, or LastOperator.
    """
    if membership.role == Role.OPERATOR:
        _lock_operators()
    locked = locking(Membership.objects).select_related("organisation").get(pk=membership.pk)
    if locked.user_id in actor.persons:
        raise OwnRights(_("Ihre eigene Funktion kann nur eine andere Person beenden."))
    if last_day < locked.valid_from:
        raise WrongPeriod(_("Der letzte Tag liegt vor dem Beginn der Funktion."), field="last_day")
    if locked.valid_until is not None and last_day > locked.valid_until:
        raise WrongPeriod(
            _("Die Funktion endet schon vorher. Verlängern geht nur mit einer neuen Einladung."), field="last_day"
        )
    if locked.role == Role.OPERATOR and not _other_operators(locked, on=on).exists():
        raise LastOperator(_("Das ist die letzte Person im Betrieb. Laden Sie zuerst eine andere ein."))
    before = {"valid_until": locked.valid_until}
    locked.valid_until = last_day
    locked.save(update_fields=["valid_until"])
    audit.record("end_membership", locked, actor=actor, before=before, after={"valid_until": last_day})


def _lock_operators() -> None:
    """Lock the functions of all operators, in one order: of two who end each other, the second waits and is refused."""
    list(locking(Membership.objects).filter(role=Role.OPERATOR).order_by("pk"))


def _other_operators(membership: Membership, *, on: date):
    """Return the other operators without an end in sight."""
    operators = Membership.objects.filter(role=Role.OPERATOR, user__is_active=True)
    return operators.filter(valid_on(on), valid_until=None).exclude(user=membership.user_id)


@transaction.atomic
def appoint_deputy(
    membership: Membership, *, deputy, valid_from: date, valid_until: date, on: date, actor: Actor
) -> DeputyAppointment:
    """Let another person of the house act for a membership in a period of at most a year, both days included.

    Each act under it counts as done by both. Raises OwnRights, WrongPeriod or NotInTheHouse.
    """
    if deputy.pk == membership.user_id:
        raise OwnRights(_("Sich selbst kann niemand vertreten."), field="deputy")
    if deputy.pk in actor.persons:
        raise OwnRights(_("Zur Vertretung ernennt Sie eine andere Person."), field="deputy")
    refuse_wrong_order(valid_from, valid_until)
    if valid_until - valid_from > LONGEST_DEPUTYSHIP:
        raise WrongPeriod(_("Eine Vertretung gilt höchstens ein Jahr."), field="valid_until")
    ends_on = membership.valid_until
    if valid_until < on or (ends_on is not None and valid_from > ends_on):
        raise WrongPeriod(_("In dieser Zeit gibt es nichts zu vertreten."), field="valid_until")
    if not queries.possible_deputies(membership, on=on).filter(pk=deputy.pk).exists():
        raise NotInTheHouse(_("Vertreten kann nur, wer im selben Haus eine eigene Funktion hat."), field="deputy")
    appointment = DeputyAppointment.objects.create(
        principal=membership, deputy=deputy, valid_from=valid_from, valid_until=valid_until
    )
    after = {
        "deputy_id": deputy.pk,
        "principal_id": membership.pk,
        "valid_from": valid_from,
        "valid_until": valid_until,
    }
    audit.record("appoint_deputy", appointment, actor=actor, after=after)
    return appointment


@transaction.atomic
def end_deputy(appointment: DeputyAppointment, *, on: date, actor: Actor) -> None:
    """End a deputyship at once; one that has not begun is taken back altogether."""
    locked = locking(DeputyAppointment.objects, to_delete=True).select_related("principal").get(pk=appointment.pk)
    before = {"valid_until": locked.valid_until}
    last_day = on - timedelta(days=1)
    if locked.valid_from > last_day:
        audit.record("end_deputy", locked, actor=actor, before=before, after={"valid_until": None})
        locked.delete()
        return
    locked.valid_until = min(locked.valid_until, last_day)
    locked.save(update_fields=["valid_until"])
    audit.record("end_deputy", locked, actor=actor, before=before, after={"valid_until": locked.valid_until})


class OperatorExists(DomainError):
    """The installation has an operator; further ones are invited on the platform."""


SETTING_UP = Actor(user=None, label="Einrichtung der Plattform", role="SYSTEM")


def refuse_second_setup(*, on: date) -> None:
    """Raise OperatorExists if somebody (outside of a demonstration) is operator already."""
    if Membership.objects.filter(valid_on(on), role=Role.OPERATOR, user__is_demo=False).exists():
        raise OperatorExists(
            _("Es gibt schon eine Person im Betrieb. Sie lädt weitere Personen auf der Plattform ein.")
        )


@transaction.atomic
def set_up(*, email: str, name: str, now: datetime, on: date) -> tuple[Invitation, str]:
    """Invite the first operator and make their organisation; an earlier link that nobody has used stops working.

    Raises OperatorExists.
    """
    refuse_second_setup(on=on)
    organisation = operator_organisation()
    earlier = Invitation.objects.filter(organisation=organisation, role=Role.OPERATOR, invited_by=None)
    for invitation in queries.open_invitations(earlier, now=now):
        revoke_invitation(invitation, now=now, actor=SETTING_UP)
    return invite_member(
        organisation, email=email, role=Role.OPERATOR, valid_from=on, suggested_name=name, now=now, actor=SETTING_UP
    )


def operator_organisation() -> Organisation:
    """Return the organisation of those who host the platform; it is made at the first need."""
    values = {"kind": Organisation.Kind.OPERATOR, "name": OPERATOR_NAME}
    return Organisation.objects.get_or_create(code=OPERATOR_CODE, defaults=values)[0]
