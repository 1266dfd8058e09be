"""What a grant binds in which budget title: each year by its own title, adjusted when a new version is issued.

All titles of a grant are locked in one order (by id) before anything is booked, so that two grants never wait for each
other.
"""

from datetime import date
from decimal import Decimal

from django.db.models import Sum

from verbund.core.acting import Actor
from verbund.core.locks import locking
from verbund.funding import amounts, queries
from verbund.funding.models import BudgetEntry, BudgetTitle, GrantApplication, GrantNotice, NoticeYear
from verbund.funding.operations import titles


def hold_titles(application: GrantApplication) -> dict[int, BudgetTitle]:
    """Return the titles of a grant by budget year, all locked."""
    by_year = amounts.titles_by_year(application.call)
    ids = sorted({title.pk for title in by_year.values()})
    held = {title.pk: title for title in locking(BudgetTitle.objects).filter(pk__in=ids).order_by("pk")}
    return {year: held[title.pk] for year, title in by_year.items()}


def refuse_beyond_titles(notice: GrantNotice, parameters: dict, amount: Decimal) -> None:
    """Raise TitleExhausted if a year's title has less free than a higher sum needs; the signature checks again."""
    bound = {row.budget_year: row.amount for row in notice.years.all()}
    by_year = amounts.titles_by_year(notice.application.call)
    for year, part in amounts.amounts_by_year(parameters, amount).items():
        more = part - bound.get(year, Decimal(0))
        if more > by_year[year].amount_free:
            raise titles.TitleExhausted(by_year[year], more)


def bind(notice: GrantNotice, held: dict[int, BudgetTitle], *, on: date, actor: Actor) -> None:
    """Commit what the first version of a grant gives, year by year. Raises TitleExhausted."""
    for row in _split(notice, held):
        titles.commit(row.budget_title, row.amount, notice=notice, on=on, actor=actor)


def adjust(before: GrantNotice, notice: GrantNotice, held: dict[int, BudgetTitle], *, on: date, actor: Actor) -> None:
    """Commit or free what a new version changes, year by year. Raises TitleExhausted.

    What was paid stays bound; for what came back the grant is paid once more, so that its payments may sum to more.
    """
    for row in _split(notice, held):
        bound, paid, returned = _booked(before.application, row.budget_title)
        change = max(row.amount + returned, paid) - bound
        if change > 0:
            titles.commit(row.budget_title, change, notice=notice, on=on, actor=actor)
        elif change < 0:
            titles.release(row.budget_title, -change, notice=notice, on=on, actor=actor)


def bind_again(
    application: GrantApplication, title: BudgetTitle, amount: Decimal, *, day: date, on: date, actor: Actor
) -> None:
    """Commit what a payment of `amount` euros on `day` lacks on a locked title, going out for money that came back.

    A version that raised the grant has bound it already; without one (money not needed then, called again now) this
    does. Raises TitleExhausted.
    """
    bound, paid, returned = _booked(application, title)
    missing = min(paid + amount - bound, returned)
    if missing > 0:
        titles.commit(title, missing, notice=queries.valid_notice(application), day=day, on=on, actor=actor)


def _split(notice: GrantNotice, held: dict[int, BudgetTitle]) -> list[NoticeYear]:
    """Store and return what the notice grants in each budget year."""
    parts = amounts.amounts_by_year(notice.parameters, notice.amount_granted)
    return NoticeYear.objects.bulk_create(
        NoticeYear(notice=notice, budget_title=held[year], budget_year=year, amount=amount)
        for year, amount in parts.items()
    )


def _booked(application: GrantApplication, title: BudgetTitle) -> tuple[Decimal, Decimal, Decimal]:
    """Return what a title bound for a grant, paid on it, and got back of it to be called again."""
    returned = queries.repayments_to_call_again(application).filter(budget_title=title)
    return (
        _sum(application, title, BudgetEntry.Kind.COMMITMENT),
        _sum(application, title, BudgetEntry.Kind.PAYMENT),
        returned.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00"),
    )


def _sum(application: GrantApplication, title: BudgetTitle, kind: str) -> Decimal:
    entries = BudgetEntry.objects.filter(budget_title=title, kind=kind, notice__decision__application=application)
    return entries.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")
