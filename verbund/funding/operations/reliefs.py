"""Reliefs: more time (Stundung) or less to pay (Erlass), proposed by one person and granted by another."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import audit, deadlines
from verbund.core.acting import Actor, persons_of, refuse_same_person
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.money import format_euro
from verbund.funding import notifications, reclaim_account
from verbund.funding.clock_kinds import RECLAIM_DUE
from verbund.funding.lifecycle import PAYABLE_RECLAIMS, RECLAIM, RELIEF, ReclaimStatus, ReliefStatus
from verbund.funding.models import Reclaim, ReclaimEntry, ReclaimRelief
from verbund.funding.operations.decisions import ReasonMissing
from verbund.funding.operations.reclaim_bookings import book, hold
from verbund.funding.operations.reviews import refuse_conflict


class NoRelief(DomainError):
    """More time or less to pay is possible for what is owed by notice, up to what is open, to a later day."""


@transaction.atomic
def propose_deferral(
    reclaim: Reclaim, *, until: date, bears_interest: bool, reason: str, on: date, actor: Actor
) -> ReclaimRelief:
    """Propose that a carrier may pay later. Raises ConflictOfInterest, ReasonMissing or NoRelief."""
    current = _open_for_relief(reclaim, reason, actor)
    if until <= max(on, current.payable_until):
        raise NoRelief(_("Der Tag muss nach heute und nach dem Zahlungstermin liegen."), field="until")
    return _proposed(
        current, actor, kind=ReclaimRelief.Kind.DEFERRAL, until=until, bears_interest=bears_interest, reason=reason
    )


@transaction.atomic
def propose_waiver(reclaim: Reclaim, *, amount: Decimal, reason: str, on: date, actor: Actor) -> ReclaimRelief:
    """Propose to waive a part of what is open or all of it. Raises ConflictOfInterest, ReasonMissing or NoRelief."""
    current = _open_for_relief(reclaim, reason, actor)
    _refuse_above_open(current, amount, on)
    return _proposed(current, actor, kind=ReclaimRelief.Kind.WAIVER, amount=amount, reason=reason)


def _open_for_relief(reclaim: Reclaim, reason: str, actor: Actor) -> Reclaim:
    current = hold(reclaim).reclaim
    refuse_conflict(current.application, actor=actor)
    if current.status not in PAYABLE_RECLAIMS:
        raise NoRelief(_("Stunden und erlassen lässt sich erst, was durch Bescheid gefordert ist."))
    if not reason.strip():
        raise ReasonMissing(_("Nennen Sie den Grund."), field="reason")
    if current.reliefs.filter(status=ReliefStatus.PROPOSED).exists():
        raise NoRelief(_("Ein anderer Vorschlag wartet noch auf die zweite Person."))
    return current


def _refuse_above_open(reclaim: Reclaim, amount: Decimal, on: date) -> None:
    open_amount = reclaim_account.standing_of(reclaim, on=on).open
    if not 0 < amount <= open_amount:
        raise NoRelief(_("Offen sind %(open)s.") % {"open": format_euro(open_amount)}, field="amount")


def _proposed(reclaim: Reclaim, actor: Actor, **values) -> ReclaimRelief:
    relief = ReclaimRelief.objects.create(reclaim=reclaim, **values, **actor.signs("proposed"))
    audit.record("propose_relief", relief, actor=actor, after=values)
    notifications.tell_approvers_about_relief(relief)
    return relief


@transaction.atomic
def grant_relief(relief: ReclaimRelief, *, on: date, actor: Actor) -> None:
    """Grant a proposed relief as second person. Raises SamePerson, ConflictOfInterest, NoRelief or NotAllowedNow."""
    held = hold(relief.reclaim)
    current = locking(ReclaimRelief.objects).get(pk=relief.pk)
    RELIEF.check("grant_relief", current)
    refuse_same_person(actor, persons_of(current, "proposed"))
    refuse_conflict(held.reclaim.application, actor=actor)
    if held.reclaim.status not in PAYABLE_RECLAIMS:
        raise NoRelief(_("Die Forderung ist nicht mehr offen."))
    if current.kind == ReclaimRelief.Kind.DEFERRAL and current.until < on:
        raise NoRelief(
            _(
                "Gestundet werden sollte bis zum %(day)s; der Tag ist vorbei. Weisen Sie den Vorschlag zurück, damit "
                "ein neuer mit einem späteren Tag gemacht werden kann."
            )
            % {"day": f"{current.until:%d.%m.%Y}"}
        )
    RELIEF.apply("grant_relief", relief, actor=actor, changes={"granted_on": on, **actor.signs("signed")})
    if current.kind == ReclaimRelief.Kind.WAIVER:
        _refuse_above_open(held.reclaim, current.amount, on)
        # the reason stays with the relief, which goes with the file; entries stay as the books
        book(held.reclaim, ReclaimEntry.Kind.WAIVER, -current.amount, day=on, on=on, actor=actor)
        held.settle(until=on, on=on, actor=actor)
    else:
        _defer(held.reclaim, current.until, on=on, actor=actor)
    notifications.tell_carrier_about_relief(relief)


def _defer(reclaim: Reclaim, until: date, *, on: date, actor: Actor) -> None:
    if reclaim.status == ReclaimStatus.ISSUED:
        RECLAIM.apply("defer_reclaim", reclaim, actor=actor, changes={"status_since": on})
    deadlines.set_deadline(RECLAIM_DUE, reclaim, nominal_on=until, actor=actor, on=on)


@transaction.atomic
def reject_relief(relief: ReclaimRelief, *, reason: str, actor: Actor) -> None:
    """Refuse a proposed relief with a reason. Raises ReasonMissing or NotAllowedNow."""
    if not reason.strip():
        raise ReasonMissing(_("Nennen Sie den Grund."), field="reason")
    RELIEF.apply("reject_relief", relief, actor=actor, changes=actor.signs("signed"), note=reason)


def end_due_deferrals(*, on: date, actor: Actor) -> int:
    """Let deferred claims fall due again after their last day; returns how many. Called daily."""
    ended = 0
    for reclaim in Reclaim.objects.filter(status=ReclaimStatus.DEFERRED):
        due_on = deadlines.due_of(RECLAIM_DUE, reclaim)
        if due_on is not None and due_on < on:
            RECLAIM.apply("end_deferral", reclaim, actor=actor, changes={"status_since": on})
            ended += 1
    return ended
