"""Late use: money that was not used in time costs interest from its payment until its use (§ 49a (4) VwVfG NRW)."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from verbund.core import audit, deadlines
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.money import format_euro
from verbund.funding import late_use, reclaim_account
from verbund.funding.clock_kinds import USE_WITHIN_TWO_MONTHS
from verbund.funding.lifecycle import ReclaimStatus
from verbund.funding.models import Disbursement, Reclaim, UseOfFunds
from verbund.funding.operations.grants import locked_grant
from verbund.funding.operations.reclaims import open_reclaim
from verbund.funding.operations.reviews import refuse_conflict


class UsedMoreThanPaid(DomainError):
    """No more is used than was paid, and nothing before it was paid or in the future."""


class NothingLate(DomainError):
    """Everything was used in time, or the interest on it is claimed already."""


class ClockDoesNotRun(DomainError):
    """The guideline excludes the period for use."""


@transaction.atomic
def note_use(payment: Disbursement, *, used_on: date, amount: Decimal, note: str, on: date, actor: Actor) -> UseOfFunds:
    """Note for the carrier what was used of a payment and when. Raises ClockDoesNotRun or UsedMoreThanPaid."""
    locked_grant(payment.drawdown.notice.decision.application_id)
    if late_use.last_day_of_use(payment) is None:
        raise ClockDoesNotRun(_("Für diese Förderung läuft keine Frist zur Verwendung."))
    if not payment.paid_on <= used_on <= on:
        raise UsedMoreThanPaid(_("Der Tag liegt zwischen der Auszahlung und heute."), field="used_on")
    used = payment.uses.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    if not 0 < amount <= payment.amount - used:
        raise UsedMoreThanPaid(
            _("Noch nicht als verwendet vermerkt sind %(left)s.") % {"left": format_euro(payment.amount - used)},
            field="amount",
        )
    use = UseOfFunds.objects.create(
        disbursement=payment, used_on=used_on, amount=amount, note=note.strip(), **actor.signs("recorded")
    )
    audit.record("note_use", use, actor=actor, after={"amount": amount, "used_on": used_on, "note": note})
    if used + amount == payment.amount:
        deadlines.fulfil(USE_WITHIN_TWO_MONTHS, payment, on=on, actor=actor)
    return use


@transaction.atomic
def claim_late_use(payment: Disbursement, *, reason: str, on: date, actor: Actor) -> Reclaim:
    """Claim the interest on what was used late, no principal. Raises ConflictOfInterest or NothingLate."""
    application = locked_grant(payment.drawdown.notice.decision.application_id)
    refuse_conflict(application, actor=actor)
    open_ones = payment.reclaims.filter(occasion=Reclaim.Occasion.LATE_USE).exclude(status=ReclaimStatus.DROPPED)
    found = late_use.interest_of(payment, on=on)
    if found is None or not found.interest or open_ones.exists():
        raise NothingLate(_("Es gibt nichts, wofür Zinsen wegen verspäteter Verwendung zu fordern wären."))
    reclaim = open_reclaim(
        application,
        occasion=Reclaim.Occasion.LATE_USE,
        principal=Decimal(0),
        reason=reason,
        on=on,
        actor=actor,
        notice=payment.drawdown.notice,
        disbursement=payment,
    )
    reclaim.parameters = reclaim_account.parameters_for((), until=on, fixed=found.interest) | {
        "late_use": [{"label": line.label, "formula": line.formula, "amount": str(line.amount)} for line in found.lines]
    }
    reclaim.save(update_fields=["parameters"])
    return reclaim
