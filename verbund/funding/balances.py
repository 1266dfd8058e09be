"""Where a grant stood: as the files were known on one day, for what was valid on another.

A version is known from the day it was issued and valid from the day it counts. Money is known from the day on which it
was entered and valid from its own day: what was paid on 1 March and entered on 20 March is not known on 10 March. A
claim is known from the day it was opened until the day it was dropped. Asked today for today it is the present
balance; asked for last spring it is what everybody believed then, however much was changed later.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from verbund.core.acting import Actor
from verbund.funding import ledger, queries
from verbund.funding.models import BudgetEntry, GrantApplication, GrantNotice, ReclaimEntry

K = BudgetEntry.Kind


@dataclass(frozen=True)
class GrantBalance:
    """Euros of a grant: `granted` by the version that counts, `paid` out, `reclaimed` as principal, `returned` of it.

    `to_call_again` of what was returned is not paid any more (see `queries.RECALLABLE`).

    `interest` is what was booked on the claims, `interest_paid` what came of it: income of the Land that lowers nothing
    that was overpaid.
    """

    version: GrantNotice | None
    granted: Decimal
    paid: Decimal
    reclaimed: Decimal
    returned: Decimal
    to_call_again: Decimal
    interest: Decimal
    interest_paid: Decimal

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
    money = ledger.entries_of(application).filter(entered_on__lte=known_on, day__lte=valid_on)
    came_in = money.filter(kind=K.REPAYMENT)
    claims = queries.reclaims_visible_to(actor).filter(application=application).order_by()
    claimed = _claimed(claims, known_on=known_on).filter(day__lte=valid_on)
    return GrantBalance(
        version=version,
        granted=version.amount_granted if version else Decimal("0.00"),
        paid=_sum(money.filter(kind=K.PAYMENT)),
        reclaimed=_sum(claimed.filter(kind=ReclaimEntry.Kind.PRINCIPAL)),
        returned=_sum(came_in),
        to_call_again=_sum(came_in.filter(reclaim__occasion__in=queries.RECALLABLE)),
        interest=_sum(claimed.filter(kind=ReclaimEntry.Kind.INTEREST)),
        interest_paid=_sum(money.filter(kind=K.INTEREST)),
    )


def _claimed(claims: QuerySet, *, known_on: date) -> QuerySet[ReclaimEntry]:
    """Return the entries of claims known on a day, but for those known to be dropped, whatever day is asked about."""
    known = ReclaimEntry.objects.filter(reclaim__in=claims.values("pk"), entered_on__lte=known_on)
    dropped = known.filter(kind=ReclaimEntry.Kind.CORRECTION, reverses=None)
    return known.exclude(reclaim__in=dropped.values("reclaim"))


def _sum(rows: QuerySet) -> Decimal:
    return rows.order_by().aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")
