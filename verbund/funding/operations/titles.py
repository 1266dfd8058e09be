"""Budget titles: planned, committed, paid. The row of the title is locked before anything is added to it."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.money import format_euro
from verbund.funding.models import BudgetEntry, BudgetTitle, Drawdown, GrantNotice, Reclaim


class TitleExhausted(DomainError):
    """The title has less money left than the commitment needs."""

    def __init__(self, title: BudgetTitle, amount: Decimal):
        values = {
            "free": format_euro(title.amount_free),
            "short": format_euro(amount - title.amount_free),
            "title": str(title),
        }
        super().__init__(
            _("Im Haushaltstitel %(title)s sind nur noch %(free)s frei; es fehlen %(short)s.") % values, field="amount"
        )


class BelowCommitments(DomainError):
    """A title cannot be cut below what is already committed."""


class BeyondCommitments(DomainError):
    """A title pays only what it has committed: what another year's title bound is not paid from it."""


@transaction.atomic
def open_title(title: BudgetTitle, *, actor: Actor) -> BudgetTitle:
    """Enter a new title with its planned amount in euros."""
    title.save()
    audit.record("open_title", title, actor=actor, organisation_id=0, after={"amount_planned": title.amount_planned})
    return title


@transaction.atomic
def change_planned_amount(title: BudgetTitle, *, amount: Decimal, reason: str, actor: Actor) -> None:
    """Raise or cut what is planned in a title; raises BelowCommitments if more is committed already."""
    current = locked(title)
    if amount < current.amount_committed:
        raise BelowCommitments(
            _("Gebunden sind bereits %(amount)s; darunter kann der Ansatz nicht sinken.")
            % {"amount": format_euro(current.amount_committed)},
            field="amount",
        )
    before = {"amount_planned": current.amount_planned}
    title.amount_planned = amount
    title.save(update_fields=["amount_planned"])
    audit.record(
        "change_planned_amount",
        title,
        actor=actor,
        organisation_id=0,
        before=before,
        after={"amount_planned": amount},
        note=reason,
    )


def locked(title: BudgetTitle) -> BudgetTitle:
    """Return the title with its row locked. Always before anything is audited: title first, then the trail's chain."""
    return locking(BudgetTitle.objects).get(pk=title.pk)


def refuse_beyond_commitments(title: BudgetTitle, amount: Decimal) -> None:
    """Raise BeyondCommitments unless a locked title has `amount` euros committed and not yet paid."""
    if amount > title.amount_unpaid:
        raise BeyondCommitments(
            _("Im Haushaltstitel %(title)s sind noch %(unpaid)s gebunden und nicht gezahlt; es fehlen %(short)s.")
            % {
                "title": str(title),
                "unpaid": format_euro(title.amount_unpaid),
                "short": format_euro(amount - title.amount_unpaid),
            },
        )


def commit(
    title: BudgetTitle, amount: Decimal, *, notice: GrantNotice, on: date, actor: Actor, day: date | None = None
) -> BudgetEntry:
    """Bind `amount` euros of a title for a notice; raises TitleExhausted. Call within the notice's transaction.

    It counts from the day it is entered (`on`), or from `day` where that is another.
    """
    current = locked(title)
    if amount > current.amount_free:
        raise TitleExhausted(current, amount)
    BudgetTitle.objects.filter(pk=title.pk).update(amount_committed=F("amount_committed") + amount)
    return BudgetEntry.objects.create(
        budget_title=title,
        kind=BudgetEntry.Kind.COMMITMENT,
        amount=amount,
        day=day or on,
        entered_on=on,
        notice=notice,
        recorded_by=actor.user,
    )


def release(title: BudgetTitle, amount: Decimal, *, notice: GrantNotice, on: date, actor: Actor) -> BudgetEntry:
    """Free `amount` committed euros for a notice that grants less. Call within the notice's transaction.

    Never free what was paid: a commitment stays at least as high as its payments, the rest comes back as a reclaim.
    """
    locked(title)
    BudgetTitle.objects.filter(pk=title.pk).update(amount_committed=F("amount_committed") - amount)
    return BudgetEntry.objects.create(
        budget_title=title,
        kind=BudgetEntry.Kind.COMMITMENT,
        amount=-amount,
        day=on,
        entered_on=on,
        notice=notice,
        recorded_by=actor.user,
    )


def book_repayment(
    title: BudgetTitle,
    amount: Decimal,
    *,
    reclaim: Reclaim,
    day: date,
    on: date,
    actor: Actor,
    is_interest: bool = False,
) -> BudgetEntry:
    """Book euros that came back for a reclaim on `day`; interest is income of its own and lowers nothing that was paid.

    `on` is the day on which this is entered, as for every entry.
    """
    locked(title)
    if not is_interest:
        BudgetTitle.objects.filter(pk=title.pk).update(amount_repaid=F("amount_repaid") + amount)
    return BudgetEntry.objects.create(
        budget_title=title,
        kind=BudgetEntry.Kind.INTEREST if is_interest else BudgetEntry.Kind.REPAYMENT,
        amount=amount,
        day=day,
        entered_on=on,
        notice=reclaim.notice,
        reclaim=reclaim,
        recorded_by=actor.user,
    )


def spend(title: BudgetTitle, amount: Decimal, *, drawdown: Drawdown, day: date, on: date, actor: Actor) -> BudgetEntry:
    """Book a payment of `amount` euros, made on `day`, on a title. Call within the payment's transaction."""
    locked(title)
    BudgetTitle.objects.filter(pk=title.pk).update(amount_paid=F("amount_paid") + amount)
    return BudgetEntry.objects.create(
        budget_title=title,
        kind=BudgetEntry.Kind.PAYMENT,
        amount=amount,
        day=day,
        entered_on=on,
        drawdown=drawdown,
        notice=drawdown.notice,
        recorded_by=actor.user,
    )
