"""What can be asked of the directory."""

from django.db.models import Q

from verbund.core.acting import ANONYMOUS, Actor
from verbund.directory.models import Centre, DeputyAppointment, Membership


def valid_on(day, *, prefix: str = "") -> Q:
    """Return the condition that a period (both days included, open ends allowed) covers a day."""
    return (Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})) & (
        Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gte": day})
    )


def memberships_of(user, *, on):
    """Return the memberships of a person that are valid on a day, with their organisations."""
    return Membership.objects.filter(valid_on(on), user=user).select_related("organisation", "organisation__centre")


def deputyships_of(user, *, on):
    """Return the appointments under which a person may act for somebody else on a day."""
    return DeputyAppointment.objects.filter(valid_on(on), valid_on(on, prefix="principal__"), deputy=user).select_related(
        "principal__organisation__centre", "principal__user"
    )


def carrier_id_of(organisation) -> int | None:
    """Return the id of the carrier an organisation belongs to: its own, or its centre's; None for others."""
    if organisation.kind == organisation.Kind.CARRIER:
        return organisation.pk
    if organisation.kind == organisation.Kind.CENTRE:
        return organisation.centre.carrier_id
    return None


def actor_for(user, membership, *, on_behalf_of=None) -> Actor:
    """Return the actor who acts in a membership; `on_behalf_of` is its holder when a deputy acts."""
    return Actor(
        user=user,
        label=str(membership),
        role=membership.role,
        membership_id=membership.pk,
        organisation_id=membership.organisation_id,
        carrier_id=carrier_id_of(membership.organisation),
        on_behalf_of=on_behalf_of,
    )


def actor_of_choice(user, choice: str, *, on) -> Actor:
    """Return the actor for a choice made in the page head: "m<membership>" or "d<deputy appointment>".

    Without a valid choice the person acts in the first of their memberships; without any, as a person without function.
    """
    if choice.startswith("d") and choice[1:].isdigit():
        appointment = deputyships_of(user, on=on).filter(pk=choice[1:]).first()
        if appointment:
            return actor_for(user, appointment.principal, on_behalf_of=appointment.principal.user)
    memberships = memberships_of(user, on=on)
    chosen = None
    if choice.startswith("m") and choice[1:].isdigit():
        chosen = memberships.filter(pk=choice[1:]).first()
    chosen = chosen or memberships.first()
    return actor_for(user, chosen) if chosen else Actor(user=user, label=str(user))


def centres_of(actor: Actor):
    """Return the centres an actor works for: those of the carrier they or their centre belong to."""
    if actor is ANONYMOUS or actor.carrier_id is None:
        return Centre.objects.none()
    return Centre.objects.filter(carrier_id=actor.carrier_id).select_related("organisation", "carrier__organisation")
