"""Refunds: what came beyond a claim goes back, proposed by the cash office and ordered by another person.

Money leaves the Land here as in a payment, so two persons act as in `verify_drawdown` and `order_drawdown`.
"""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor, persons_of, refuse_same_person
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.money import format_euro
from verbund.funding import notifications, reclaim_account
from verbund.funding.lifecycle import REFUND, RefundStatus
from verbund.funding.models import Reclaim, ReclaimEntry, Refund
from verbund.funding.operations.decisions import ReasonMissing
from verbund.funding.operations.reclaim_bookings import book, hold
from verbund.funding.operations.reviews import refuse_conflict


class NothingTooMuch(DomainError):
    """Only what came beyond the claim goes back to the carrier."""


class RefundWaits(DomainError):
    """One refund of a claim waits for its second person; the next one is proposed after it."""


@transaction.atomic
def propose_refund(reclaim: Reclaim, *, amount: Decimal, note: str, on: date, actor: Actor) -> Refund:
    """Propose to give back euros that came too much; nothing is paid before a second person ordered it.

    Raises NothingTooMuch or RefundWaits.
    """
    current = hold(reclaim).reclaim
    if current.refunds.filter(status=RefundStatus.PROPOSED).exists():
        raise RefundWaits(_("Eine vorgeschlagene Rückgabe wartet noch auf die zweite Person."))
    _refuse_above_too_much(current, amount, on)
    refund = Refund.objects.create(
        reclaim=current, amount=amount, note=note.strip()[:200], proposed_on=on, **actor.signs("proposed")
    )
    audit.record("propose_refund", refund, actor=actor, after={"amount": amount, "note": refund.note})
    notifications.tell_approvers_about_refund(refund)
    return refund


def _refuse_above_too_much(reclaim: Reclaim, amount: Decimal, on: date) -> None:
    too_much = reclaim_account.standing_of(reclaim, on=on).too_much
    if not 0 < amount <= too_much:
        raise NothingTooMuch(
            _("Zu viel gezahlt sind %(amount)s.") % {"amount": format_euro(max(too_much, Decimal(0)))}, field="amount"
        )


@transaction.atomic
def order_refund(refund: Refund, *, on: date, actor: Actor) -> ReclaimEntry:
    """Order a proposed refund as second person and book it on the claim; the cash office pays it out.

    Raises SamePerson, ConflictOfInterest, NotAllowedNow, or NothingTooMuch if less is too much by now.
    """
    held = hold(refund.reclaim)
    current = locking(Refund.objects).get(pk=refund.pk)
    REFUND.check("order_refund", current)
    refuse_same_person(actor, persons_of(current, "proposed"))
    refuse_conflict(held.reclaim.application, actor=actor)
    _refuse_above_too_much(held.reclaim, current.amount, on)
    entry = book(held.reclaim, ReclaimEntry.Kind.REFUND, current.amount, day=on, on=on, actor=actor, note=current.note)
    REFUND.apply(
        "order_refund", refund, actor=actor, changes={"ordered_on": on, "entry": entry, **actor.signs("signed")}
    )
    notifications.tell_cashiers_about_refund(refund)
    return entry


@transaction.atomic
def reject_refund(refund: Refund, *, reason: str, actor: Actor) -> None:
    """Send a proposed refund back with a reason. Raises ReasonMissing, SamePerson or NotAllowedNow."""
    if not reason.strip():
        raise ReasonMissing(_("Nennen Sie den Grund."), field="reason")
    refuse_same_person(actor, persons_of(refund, "proposed"))
    REFUND.apply("reject_refund", refund, actor=actor, changes=actor.signs("signed"), note=reason)
    notifications.tell_cashiers_about_rejected_refund(refund, reason)
