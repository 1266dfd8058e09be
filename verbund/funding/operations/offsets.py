"""Offsets: a claim is settled from the next payment; the account gets what is left of it."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.money import format_euro
from verbund.funding import notifications, reclaim_account
from verbund.funding.lifecycle import OFFSET, PAYABLE_RECLAIMS, DrawdownStatus, OffsetStatus
from verbund.funding.models import Drawdown, Offset, Reclaim, ReclaimEntry
from verbund.funding.operations.grants import locked_grants
from verbund.funding.operations.reclaim_bookings import book, hold_below
from verbund.funding.operations.reviews import refuse_conflict

OFFSETTABLE = frozenset({DrawdownStatus.SUBMITTED, DrawdownStatus.VERIFIED})


class CannotOffset(DomainError):
    """Only what a carrier owes by notice is offset, against its own call for money, before the payment is ordered."""


@transaction.atomic
def plan_offset(reclaim: Reclaim, *, drawdown: Drawdown, amount: Decimal, on: date, actor: Actor) -> Offset:
    """Plan to settle `amount` euros of a claim from a call for money; whoever orders the payment signs it.

    Raises ConflictOfInterest or CannotOffset.
    """
    application_id = drawdown.notice.decision.application_id
    locked_grants([application_id, reclaim.application_id])
    call = locking(Drawdown.objects).get(pk=drawdown.pk)
    current = locking(Reclaim.objects).get(pk=reclaim.pk)
    refuse_conflict(current.application, actor=actor)
    _refuse(current, call, amount, on)
    offset = Offset.objects.create(reclaim=current, drawdown=call, amount=amount, **actor.signs("proposed"))
    after = {"amount": amount, "drawdown": str(call)}
    audit.record("plan_offset", offset, actor=actor, after=after)
    return offset


def _refuse(reclaim: Reclaim, drawdown: Drawdown, amount: Decimal, on: date) -> None:
    if reclaim.audit_organisation_id != drawdown.audit_organisation_id:
        raise CannotOffset(_("Der Mittelabruf gehört einem anderen Träger."), field="drawdown")
    if reclaim.status not in PAYABLE_RECLAIMS:
        raise CannotOffset(_("Verrechnen lässt sich erst, was durch Bescheid gefordert ist."))
    if drawdown.status not in OFFSETTABLE:
        raise CannotOffset(_("Die Auszahlung ist schon angeordnet."), field="drawdown")
    if Offset.objects.filter(drawdown=drawdown).exists():
        raise CannotOffset(_("Mit diesem Mittelabruf wird schon verrechnet."), field="drawdown")
    most = min(reclaim_account.standing_of(reclaim, on=on).open - _planned(reclaim), drawdown.amount)
    if not 0 < amount <= most:
        raise CannotOffset(
            _("Möglich sind höchstens %(most)s.") % {"most": format_euro(max(most, Decimal(0)))}, field="amount"
        )


def _planned(reclaim: Reclaim) -> Decimal:
    """Return the euros of a claim that other payments are to settle already."""
    planned = Offset.objects.filter(reclaim=reclaim, status=OffsetStatus.PLANNED)
    return planned.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def book_offset(offset: Offset, *, day: date, on: date, actor: Actor) -> Decimal:
    """Settle the claim from a payment made on `day`; returns the euros. Call within its transaction, its grants locked.

    What is no longer open by then comes back to the carrier as too much, noted on the claim.
    """
    held = hold_below(offset.reclaim.application, offset.reclaim)
    note = _("Mittelabruf vom %(day)s") % {"day": f"{offset.drawdown.requested_on:%d.%m.%Y}"}
    book(held.reclaim, ReclaimEntry.Kind.OFFSET, -offset.amount, day=day, on=on, actor=actor, note=note)
    OFFSET.apply("book_offset", offset, actor=actor)
    held.settle(until=day, on=on, actor=actor)
    notifications.tell_carrier_about_offset(offset)
    return offset.amount


def lapse_offset(drawdown: Drawdown, *, actor: Actor) -> None:
    """End a planned offset of a call that is rejected or withdrawn. Call within that act's transaction."""
    for offset in Offset.objects.filter(drawdown=drawdown, status=OffsetStatus.PLANNED):
        OFFSET.apply("lapse_offset", offset, actor=actor)
