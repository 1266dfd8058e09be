"""Where a grant stood: as the files were known on one day, for what was valid on another.

A version is known from the day it was issued and valid from the day it counts; a payment or repayment is both on its
own day. Asked today for today it is the present balance; asked for last spring it is what everybody believed then,
however much was changed later.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from verbund.core.acting import Actor
from verbund.funding import queries
from verbund.funding.lifecycle import ReclaimStatus
from verbund.funding.models import BudgetEntry, Disbursement, GrantApplication, GrantNotice


@dataclass(frozen=True)
class GrantBalance:
    """Euros of a grant: `granted` by the version that counts, `paid` out, `reclaimed` as principal, `returned` of it.

    `to_call_again` of what was returned is not paid any more (see `queries.RECALLABLE`).

    Interest that was paid is income of the Land and lowers nothing that was overpaid.
    """

    version: GrantNotice | None
    granted: Decimal
    paid: Decimal
    reclaimed: Decimal
    returned: Decimal
    to_call_again: Decimal

    @property
    def overpaid(self) -> Decimal:
        """Return what was paid beyond the grant and has not come back."""
        return max(self.paid - self.returned - self.granted, Decimal("0.00"))

    @property
    def unpaid(self) -> Decimal:
        """Return what is granted and not paid."""
        return max(self.granted - self.paid + self.to_call_again, Decimal("0.00"))


def balance_of(application: GrantApplication, *, known_on: date, valid_on: date, actor: Actor) -> GrantBalance:
    """Return the balance of a grant for a day, as the files stood on another; both in Berlin days.

    Claims count as far as `actor` may see them.
    """
    version = queries.version_on(application, valid_on=valid_on, known_on=known_on)
    payments = Disbursement.objects.filter(
        drawdown__notice__decision__application=application, paid_on__lte=min(valid_on, known_on)
    )
    claims = queries.reclaims_visible_to(actor).filter(application=application, arose_on__lte=min(valid_on, known_on))
    came_in = BudgetEntry.objects.filter(
        reclaim__application=application, kind=BudgetEntry.Kind.REPAYMENT, day__lte=min(valid_on, known_on)
    )
    return GrantBalance(
        version=version,
        granted=version.amount_granted if version else Decimal("0.00"),
        paid=_sum(payments, "amount"),
        reclaimed=_sum(claims.exclude(status=ReclaimStatus.DROPPED), "principal"),
        returned=_sum(came_in, "amount"),
        to_call_again=_sum(came_in.filter(reclaim__occasion__in=queries.RECALLABLE), "amount"),
    )


def _sum(rows: QuerySet, field: str) -> Decimal:
    return rows.aggregate(sum=Sum(field))["sum"] or Decimal("0.00")
