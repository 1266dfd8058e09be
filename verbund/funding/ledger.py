"""The entries of a budget title and of a grant: they sum to what stands on the title, and are read from here.

Entries are only ever added; what was wrong is set right by a further one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from verbund.core.doctor import Finding
from verbund.core.money import MoneyField, format_euro
from verbund.funding.models import BudgetEntry, BudgetTitle, Call, GrantApplication, GrantNotice

PAGE_SIZE = 50
NAMED = 5
K = BudgetEntry.Kind
APPLICATION = "notice__decision__application"
NAMES = {"committed": K.COMMITMENT, "paid": K.PAYMENT, "repaid": K.REPAYMENT, "interest": K.INTEREST}
COLUMNS = {K.COMMITMENT: "amount_committed", K.PAYMENT: "amount_paid", K.REPAYMENT: "amount_repaid"}


def _sum(kind: str) -> Coalesce:
    return Coalesce(Sum("amount", filter=Q(kind=kind)), Value(Decimal(0)), output_field=MoneyField())


def sums(entries: QuerySet[BudgetEntry]) -> dict[str, Decimal]:
    """Return what entries come to in euros: `committed`, `paid`, `repaid`, `interest`; one statement."""
    found = dict(entries.order_by().values_list("kind").annotate(sum=Sum("amount")))
    return {name: found.get(kind, Decimal("0.00")) for name, kind in NAMES.items()}


def differences() -> list[tuple[BudgetTitle, str, Decimal]]:
    """Return where the entries of a title do not sum to its column: title, column, sum of the entries."""
    rows = BudgetEntry.objects.order_by().values("budget_title", "kind").annotate(sum=Sum("amount"))
    found = {(row["budget_title"], row["kind"]): row["sum"] for row in rows}
    return [
        (title, column, found.get((title.pk, kind), Decimal(0)))
        for title in BudgetTitle.objects.all()
        for kind, column in COLUMNS.items()
        if found.get((title.pk, kind), Decimal(0)) != getattr(title, column)
    ]


def findings() -> Iterator[Finding]:
    """Say for `verbund doctor` whether the entries of every title sum to what stands on it."""
    what, wrong = _("Haushaltstitel"), differences()
    for title, column, booked in wrong[:NAMED]:
        values = {
            "title": title,
            "column": BudgetTitle._meta.get_field(column).verbose_name,
            "stands": format_euro(getattr(title, column)),
            "booked": format_euro(booked),
        }
        yield Finding(
            what, _("%(title)s, %(column)s: es stehen %(stands)s da, gebucht sind %(booked)s") % values, is_fine=False
        )
    if len(wrong) > NAMED:
        yield Finding(what, _("%d weitere Summen weichen ab") % (len(wrong) - NAMED), is_fine=False)
    if not wrong:
        yield Finding(what, _("alle Buchungen ergeben die Summen der Titel"))


# a title


def by_centre(title: BudgetTitle) -> QuerySet:
    """Return per centre what a title committed, paid, has left to pay and got back, in one statement."""
    name = f"{APPLICATION}__centre__organisation__name"
    rows = title.entries.order_by().values(pk=F(f"{APPLICATION}__centre"), centre=F(name))
    return _with_sums(rows).order_by("centre")


def by_grant(title: BudgetTitle) -> QuerySet:
    """Return per grant what a title committed and paid, with the version that counts (`notice`), in one statement."""
    path = {
        "application": F(APPLICATION),
        "centre": F(f"{APPLICATION}__centre__organisation__name"),
        "programme": F(f"{APPLICATION}__call__programme__name"),
        "year": F(f"{APPLICATION}__call__budget_year"),
        "file_reference": F(f"{APPLICATION}__file_reference"),
    }
    newest = GrantNotice.objects.filter(decision__application=OuterRef(APPLICATION), successor=None).values("pk")[:1]
    rows = title.entries.order_by().values(**path)
    return (
        _with_sums(rows).annotate(notice=Subquery(newest), versions=Count("notice", distinct=True)).order_by("centre")
    )


def _with_sums(rows: QuerySet) -> QuerySet:
    summed = rows.annotate(
        committed=_sum(K.COMMITMENT), paid=_sum(K.PAYMENT), repaid=_sum(K.REPAYMENT), interest=_sum(K.INTEREST)
    )
    return summed.annotate(unpaid=F("committed") - F("paid"))


def filtered(title: BudgetTitle, filters) -> QuerySet[BudgetEntry]:
    """Return the entries of a title that match the filters of the address; nonsense filters nothing."""
    found = title.entries.all()
    if filters.get("art") in K.values:
        found = found.filter(kind=filters["art"])
    centre = filters.get("zentrum", "")
    if centre.isascii() and centre.isdecimal() and len(centre) < 19:
        found = found.filter(**{f"{APPLICATION}__centre_id": int(centre)})
    return found.select_related(f"{APPLICATION}__centre__organisation", "recorded_by")


@dataclass(frozen=True)
class Row:
    """One entry and the sums of all entries shown up to it, in euros."""

    entry: BudgetEntry
    committed: Decimal
    paid: Decimal


def page_of(title: BudgetTitle, filters) -> tuple[Page, list[Row]]:
    """Return a page of entries in the order of their days, each with the balance after it."""
    found = filtered(title, filters)
    page = Paginator(found, PAGE_SIZE).get_page(filters.get("seite"))
    entries = list(page.object_list)
    return page, _running(entries, sums(_before(found, entries[0])) if entries else {})


def _before(found: QuerySet[BudgetEntry], first: BudgetEntry) -> QuerySet[BudgetEntry]:
    return found.filter(Q(day__lt=first.day) | Q(day=first.day, pk__lt=first.pk))


def _running(entries: list[BudgetEntry], opening: dict) -> list[Row]:
    committed, paid, rows = opening.get("committed", Decimal(0)), opening.get("paid", Decimal(0)), []
    for entry in entries:
        committed += entry.amount if entry.kind == K.COMMITMENT else 0
        paid += entry.amount if entry.kind == K.PAYMENT else 0
        rows.append(Row(entry, committed, paid))
    return rows


# a call


def by_title(call: Call) -> dict[int, dict]:
    """Return what the grants of a call committed and were paid, by the id of the title, in one statement."""
    entries = BudgetEntry.objects.filter(**{f"{APPLICATION}__call": call})
    return {row["budget_title"]: row for row in _with_sums(entries.order_by().values("budget_title"))}


# a grant


def by_year(notice: GrantNotice) -> list[dict]:
    """Return per budget year what a version grants, and what its title has committed and paid for the grant so far."""
    years = list(notice.years.select_related("budget_title"))
    booked = {
        row["budget_title"]: row for row in _with_sums(entries_of(notice.application).order_by().values("budget_title"))
    }
    return [{"row": year, "booked": booked.get(year.budget_title_id)} for year in years]


def entries_of(application: GrantApplication) -> QuerySet[BudgetEntry]:
    """Return the entries of a grant, all versions together."""
    return BudgetEntry.objects.filter(**{APPLICATION: application})


def of_grant(application: GrantApplication) -> list[Row]:
    """Return the entries of a grant, each with the balance after it."""
    return _running(list(entries_of(application).select_related("budget_title", "recorded_by", "notice")), {})
