"""What can be asked about memberships, deputies and invitations."""

import hashlib

from django.db.models import Q

from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.directory.models import DeputyAppointment, Invitation, Membership
from verbund.directory.queries import deputyships_of, memberships_of, valid_on


def own_organisations(actor, *, prefix: str = "") -> Q:
    """Return the condition for records of the actor's own house: organisation, its carrier, the carrier's centre."""
    own = Q(**{f"{prefix}pk": actor.organisation_id})
    if actor.carrier_id is not None:
        own |= Q(**{f"{prefix}pk": actor.carrier_id}) | Q(**{f"{prefix}centre__carrier_id": actor.carrier_id})
    return own


def memberships_visible_to(actor):
    """Return the memberships a person may see: the operator all, everyone else those of their own house."""
    memberships = Membership.objects.select_related("user", "organisation")
    if actor.role == Role.OPERATOR:
        return memberships
    if actor.organisation_id is None:
        return memberships.none()
    return memberships.filter(own_organisations(actor, prefix="organisation__"))


def invitations_visible_to(actor):
    """Return the invitations a person may see: the operator all, leads those of their own organisation."""
    invitations = Invitation.objects.select_related("organisation")
    if actor.role == Role.OPERATOR:
        return invitations
    if actor.organisation_id is None:
        return invitations.none()
    return invitations.filter(organisation_id=actor.organisation_id)


def open_invitations(invitations, *, now):
    """Return those invitations whose link still works."""
    return invitations.filter(accepted_at=None, revoked_at=None, expires_at__gt=now)


def deputies_visible_to(actor):
    """Return the deputy appointments a person may see: of memberships they see, and their own."""
    appointments = DeputyAppointment.objects.select_related("principal__user", "principal__organisation", "deputy")
    if not actor.is_signed_in:
        return appointments.none()
    return appointments.filter(Q(principal__in=memberships_visible_to(actor)) | Q(deputy=actor.user))


def possible_deputies(membership: Membership, *, on):
    """Return the people who may stand in for a membership: others of the same house with a function of their own."""
    house = {membership.organisation_id, membership.organisation.parent_id} - {None}
    people = Membership.objects.filter(
        valid_on(on), Q(organisation__in=house) | Q(organisation__parent=membership.organisation_id)
    )
    others = people.exclude(user=membership.user_id).values("user")
    return User.objects.filter(pk__in=others, is_active=True).order_by("display_name")


def colleagues(membership: Membership, *, on):
    """Return the people with a function in the organisation of a membership on a day, except its holder."""
    others = Membership.objects.filter(valid_on(on), organisation=membership.organisation_id)
    others = others.exclude(user=membership.user_id).values("user")
    return User.objects.filter(pk__in=others, is_active=True).order_by("display_name")


def invitation_with(token: str) -> Invitation | None:
    """Return the invitation a mailed link belongs to, whether it still works or not."""
    digest = token_hash(token)
    return Invitation.objects.select_related("organisation").filter(token_sha256=digest).first()


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def may_act_as(user, choice: str, *, on) -> bool:
    """Whether a choice of the page head ("m<membership>", "d<deputy appointment>") is open to a person on a day."""
    kind, key = choice[:1], choice[1:]
    if not key.isdecimal() or len(key) > 18:
        return False
    open_to_them = {"m": memberships_of, "d": deputyships_of}.get(kind)
    return open_to_them is not None and open_to_them(user, on=on).filter(pk=key).exists()
