"""What is booked on a claim: entries are only added, interest follows the days, titles follow the money.

Rows are locked in one order: grants (by id), calls for money, budget titles (by id), claim.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from verbund.core import audit, deadlines
from verbund.core.acting import Actor
from verbund.core.locks import locking
from verbund.core.money import format_euro
from verbund.funding import amounts, notifications, reclaim_account
from verbund.funding.calculations.claims import ZERO, Account
from verbund.funding.clock_kinds import RECLAIM_DUE
from verbund.funding.lifecycle import RECLAIM, ReclaimStatus
from verbund.funding.models import BudgetEntry, BudgetTitle, GrantApplication, Receipt, Reclaim, ReclaimEntry
from verbund.funding.operations import titles
from verbund.funding.operations.grants import locked_grant

K = ReclaimEntry.Kind
SETTLED_BY_ITSELF = frozenset({ReclaimStatus.ANNOUNCED, ReclaimStatus.ISSUED, ReclaimStatus.DEFERRED})


@dataclass(frozen=True)
class Held:
    """A claim with everything locked that its money touches."""

    reclaim: Reclaim
    titles: tuple[BudgetTitle, ...]

    def settle(self, *, until: date, on: date, actor: Actor) -> Account:
        """Book interest until a day (never less far than before), let the titles follow, end what is paid.

        `on` is the day of the act. Raises InputRefused naming a half-year without a base rate.
        """
        self.reclaim.refresh_from_db()
        until = max([until, *_days_booked(self.reclaim)])
        _keep_parameters(self.reclaim, until)
        account = reclaim_account.account_on(self.reclaim, until)
        _book_interest(self.reclaim, account, on=on, actor=actor)
        _book_titles(self.reclaim, account, self.titles, on=on, actor=actor)
        _end_or_reopen(self.reclaim, account, on=on, actor=actor)
        return account


def hold(reclaim: Reclaim) -> Held:
    """Lock the grant, its titles and the claim; returns the claim as it stands now."""
    application = locked_grant(reclaim.application_id)
    return hold_below(application, reclaim)


def hold_below(application: GrantApplication, reclaim: Reclaim) -> Held:
    """Lock titles and claim of a grant that is locked already."""
    held = tuple(locking(BudgetTitle.objects).filter(pk__in=title_ids(application)).order_by("pk"))
    current = locking(Reclaim.objects).select_related("application__call").get(pk=reclaim.pk)
    return Held(current, held)


def title_ids(application: GrantApplication) -> set[int]:
    """Return the titles that a grant's money touches."""
    ids = {title.pk for title in amounts.titles_by_year(application.call).values()}
    return ids | set(_paid_entries(application).values_list("budget_title_id", flat=True))


def book(
    reclaim: Reclaim,
    kind: str,
    amount: Decimal,
    *,
    day: date,
    on: date,
    actor: Actor,
    note: str = "",
    receipt: Receipt | None = None,
    reverses: ReclaimEntry | None = None,
) -> ReclaimEntry:
    """Add an entry to a claim and to its history. Call within the act's transaction, the claim locked.

    It counts from `day` on and is entered on the day `on`. Whoever paid on a claim knows of it.
    """
    if kind in reclaim_account.MONEY and reclaim.told_on is None:
        reclaim.told_on = day
        reclaim.save(update_fields=["told_on"])
    entry = ReclaimEntry.objects.create(
        reclaim=reclaim,
        kind=kind,
        amount=amount,
        day=day,
        entered_on=on,
        note=note,
        receipt=receipt,
        reverses=reverses,
        **actor.signs("recorded"),
    )
    after = {"kind": entry.get_kind_display(), "amount": amount, "day": day}
    said = f"{entry.get_kind_display()}, {format_euro(amount)}"
    audit.record("book_reclaim_entry", reclaim, actor=actor, after=after, note=f"{said}: {note}" if note else said)
    return entry


def _days_booked(reclaim: Reclaim) -> list[date]:
    days = reclaim.entries.filter(kind__in=[*reclaim_account.SETTLES, K.INTEREST]).values_list("day", flat=True)
    return list(days)


def _keep_parameters(reclaim: Reclaim, until: date) -> None:
    """Keep the rows that the days up to `until` are computed with."""
    parameters = reclaim_account.extended(reclaim.parameters, until)
    if parameters != reclaim.parameters:
        reclaim.parameters = parameters
        reclaim.save(update_fields=["parameters"])


def _book_interest(reclaim: Reclaim, account: Account, *, on: date, actor: Actor) -> None:
    """Add what interest is more (or, for a payment entered late, less) than was booked."""
    if not hasattr(reclaim, "issued_notice"):
        return
    change = account.interest - reclaim_account.booked(reclaim, K.INTEREST)
    if change:
        book(reclaim, K.INTEREST, change, day=account.until, on=on, actor=actor)


def _paid_entries(application: GrantApplication):
    return BudgetEntry.objects.filter(
        kind=BudgetEntry.Kind.PAYMENT, notice__decision__application=application
    ).order_by("-day", "-pk")


def _book_titles(reclaim: Reclaim, account: Account, held: tuple[BudgetTitle, ...], *, on: date, actor: Actor) -> None:
    """Book on the titles what came in, each on its own day: principal where it was paid from, interest as income.

    What a payment entered late changes of the ones after it is booked on their days too.
    """
    for kind, day, amount in _changes_by_day(reclaim, account):
        if kind == BudgetEntry.Kind.INTEREST:
            last = _last_title(reclaim, held)
            titles.book_repayment(last, amount, reclaim=reclaim, day=day, on=on, actor=actor, is_interest=True)
            continue
        for title, part in _by_title(reclaim, held, amount):
            titles.book_repayment(title, part, reclaim=reclaim, day=day, on=on, actor=actor)


def _changes_by_day(reclaim: Reclaim, account: Account) -> list[tuple[str, date, Decimal]]:
    """Return kind, day and euros of what the titles lack or have too much of; what goes down comes first."""
    days = dict(reclaim.entries.filter(kind__in=reclaim_account.MONEY).values_list("pk", "day"))
    kinds = BudgetEntry.Kind
    change: dict[tuple[str, date], Decimal] = defaultdict(Decimal)
    for part in account.parts:
        if part.key in days:
            change[kinds.REPAYMENT, days[part.key]] += part.principal
            change[kinds.INTEREST, days[part.key]] += part.interest
    for kind, day, amount in reclaim.budget_entries.order_by().values_list("kind", "day", "amount"):
        change[kind, day] -= amount
    found = [(kind, day, amount) for (kind, day), amount in change.items() if amount]
    return sorted(found, key=lambda one: (one[2] > 0, one[1], one[0]))


def _booked(reclaim: Reclaim, kind: str, title: BudgetTitle) -> Decimal:
    entries = reclaim.budget_entries.filter(kind=kind, budget_title=title)
    return entries.aggregate(sum=Sum("amount"))["sum"] or ZERO


def _last_title(reclaim: Reclaim, held: tuple[BudgetTitle, ...]) -> BudgetTitle:
    """Return the title that paid last for the grant."""
    last = _paid_entries(reclaim.application).first()
    return next((title for title in held if last and title.pk == last.budget_title_id), held[-1])


def _by_title(reclaim: Reclaim, held: tuple[BudgetTitle, ...], amount: Decimal) -> list[tuple[BudgetTitle, Decimal]]:
    """Return how a sum is spread over the titles that paid the grant, the last payment first."""
    found = []
    entries = _paid_entries(reclaim.application).order_by()
    paid = {row["budget_title_id"]: row["sum"] for row in entries.values("budget_title_id").annotate(sum=Sum("amount"))}
    came_back = BudgetEntry.objects.filter(
        kind=BudgetEntry.Kind.REPAYMENT, reclaim__application=reclaim.application
    ).values("budget_title_id")
    back = {row["budget_title_id"]: row["sum"] for row in came_back.annotate(sum=Sum("amount")).order_by()}
    for title in sorted(held, key=lambda one: (one.budget_year, one.pk), reverse=True):
        room = paid.get(title.pk, ZERO) - back.get(title.pk, ZERO)
        part = min(amount, room) if amount > 0 else -min(-amount, _booked(reclaim, BudgetEntry.Kind.REPAYMENT, title))
        if part:
            found.append((title, part))
            amount -= part
    return found


def _end_or_reopen(reclaim: Reclaim, account: Account, *, on: date, actor: Actor) -> None:
    changes = {"status_since": on}
    if account.open == 0 and reclaim.status in SETTLED_BY_ITSELF:
        last = reclaim.entries.filter(kind__in=reclaim_account.SETTLES, reversal=None).order_by("pk").last()
        waived = last is not None and last.kind == K.WAIVER and reclaim.status != ReclaimStatus.ANNOUNCED
        RECLAIM.apply("waive_reclaim" if waived else "settle_reclaim", reclaim, actor=actor, changes=changes)
        deadlines.fulfil(RECLAIM_DUE, reclaim, on=on, actor=actor)
        notifications.tell_both_that_reclaim_is_settled(reclaim)
    elif account.open > 0 and reclaim.status in {ReclaimStatus.SETTLED, ReclaimStatus.WAIVED}:
        RECLAIM.apply(_move_to_reopen(reclaim), reclaim, actor=actor, changes=changes)
        if reclaim.payable_until:
            deadlines.set_deadline(RECLAIM_DUE, reclaim, nominal_on=reclaim.payable_until, actor=actor, on=on)


def _move_to_reopen(reclaim: Reclaim) -> str:
    """Return the move back to what a claim was before it was paid."""
    if hasattr(reclaim, "issued_notice"):
        return "reopen_reclaim"
    return "reopen_announced" if reclaim.is_announced else "reopen_unclaimed"
