"""Absence: a person says when they are away and who stands in; reminders then go to the deputy.

The deputies are the appointments there are anyway (`DeputyAppointment`); an absence makes one for each function in
which the named person can stand in.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.accounts.models import User
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.locks import locking
from verbund.core.reminders import StandIn
from verbund.directory.models import Absence, DeputyAppointment, Membership
from verbund.directory.people import operations, queries
from verbund.directory.queries import appointments_in_force, valid_on

audit.describe("enter_absence", gettext_lazy("Abwesenheit eingetragen"))
audit.describe("end_absence", gettext_lazy("Abwesenheit beendet"))


class AlreadyAway(operations.WrongPeriod):
    """Two absences of one person overlap."""


def possible_deputies(user, *, on: date):
    """Return who can stand in for a person in at least one of their functions."""
    memberships = Membership.objects.filter(_not_over(on), user=user).select_related("organisation")
    found = User.objects.none()
    for membership in memberships:
        found |= queries.possible_deputies(membership, on=on)
    return found.distinct().order_by("display_name")


def _not_over(on: date) -> Q:
    return Q(valid_until=None) | Q(valid_until__gte=on)


@transaction.atomic
def enter_absence(user, *, valid_from: date, valid_until: date, deputy=None, on: date, actor: Actor) -> Absence:
    """Say when one is away, both days included, with a deputy or without; only for oneself.

    Raises OwnRights for somebody else's absence, WrongPeriod, AlreadyAway, or NotInTheHouse for a deputy of none of
    the functions.
    """
    if actor.user is None or actor.user.pk != user.pk or actor.on_behalf_of is not None:
        raise operations.OwnRights(_("Eine Abwesenheit trägt jede Person selbst ein."))
    locking(User.objects).get(pk=user.pk)
    operations.refuse_wrong_order(valid_from, valid_until)
    if valid_until < on:
        raise operations.WrongPeriod(_("Diese Zeit ist schon vorbei."), field="valid_until")
    if valid_until - valid_from > operations.LONGEST_DEPUTYSHIP:
        raise operations.WrongPeriod(_("Eine Abwesenheit gilt höchstens ein Jahr."), field="valid_until")
    if Absence.objects.filter(user=user, valid_from__lte=valid_until, valid_until__gte=valid_from).exists():
        raise AlreadyAway(_("Für diese Zeit haben Sie schon eine Abwesenheit eingetragen."), field="valid_from")
    absence = Absence.objects.create(user=user, valid_from=valid_from, valid_until=valid_until)
    days = {"valid_from": valid_from, "valid_until": valid_until}
    audit.record("enter_absence", absence, actor=actor, after=days)
    if deputy is not None:
        _appoint(absence, deputy, on=on, actor=actor)
    return absence


def _appoint(absence: Absence, deputy, *, on: date, actor: Actor) -> None:
    """Appoint the deputy for each function of the absent person in which they can stand in; in one at least."""
    functions = Membership.objects.filter(_not_over(absence.valid_from), user=absence.user)
    functions = functions.filter(valid_from__lte=absence.valid_until).select_related("organisation")
    fitting = [
        one
        for one in functions.order_by("organisation_id", "pk")
        if queries.possible_deputies(one, on=on).filter(pk=deputy.pk).exists()
    ]
    if not fitting:
        raise operations.NotInTheHouse(
            _("Vertreten kann nur, wer im selben Haus eine eigene Funktion hat."), field="deputy"
        )
    for membership in fitting:
        appointment = operations.appoint_deputy(
            membership,
            deputy=deputy,
            valid_from=absence.valid_from,
            valid_until=absence.valid_until,
            on=on,
            actor=actor,
        )
        DeputyAppointment.objects.filter(pk=appointment.pk).update(absence=absence)


@transaction.atomic
def end_absence(absence: Absence, *, on: date, actor: Actor) -> None:
    """Be back: the absence and its deputyships end with yesterday; what has not begun is taken back altogether."""
    locked = locking(Absence.objects, to_delete=True).get(pk=absence.pk)
    for appointment in locked.appointments.select_related("principal").order_by("principal__organisation_id", "pk"):
        operations.end_deputy(appointment, on=on, actor=actor)
    last_day = on - timedelta(days=1)
    before = {"valid_until": locked.valid_until}
    if locked.valid_from > last_day:
        audit.record("end_absence", locked, actor=actor, before=before, after={"valid_until": None})
        locked.delete()
        return
    locked.valid_until = min(locked.valid_until, last_day)
    locked.save(update_fields=["valid_until"])
    audit.record("end_absence", locked, actor=actor, before=before, after={"valid_until": locked.valid_until})


def own_absences(actor: Actor):
    """Return the absences of the person who acts; nobody reads another's."""
    if actor.user is None or actor.on_behalf_of is not None:
        return Absence.objects.none()
    return Absence.objects.filter(user=actor.user)


def stand_ins(user_ids, on: date) -> dict[int, list[StandIn]]:
    """Return for those of the people who are away on a day who stands in for them; three statements at most."""
    away = set(Absence.objects.filter(valid_on(on), user__in=user_ids).values_list("user_id", flat=True))
    if not away:
        return {}
    found: dict[int, list[StandIn]] = {pk: [] for pk in away}
    appointments = appointments_in_force(on=on).filter(principal__user__in=away, deputy__is_active=True)
    appointments = appointments.exclude(deputy__in=Absence.objects.filter(valid_on(on)).values("user"))
    for one in appointments.select_related("deputy", "principal__organisation").order_by("pk"):
        organisation = one.principal.organisation
        found[one.principal.user_id].append(
            StandIn(one.deputy, frozenset({organisation.pk, organisation.parent_id} - {None}))
        )
    return found
