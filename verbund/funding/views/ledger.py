"""Where a number comes from, and the entries of a grant: from the title to the months of a post, and back."""

from decimal import Decimal

from django.utils.translation import gettext as _

from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import amounts, balances, ledger, permissions, queries
from verbund.programmes.models import FundingGuideline


@gate(among=queries.titles_visible_to)
def title_origin(request, record):
    """What a title has committed and paid, grant by grant; the sums are those of the title."""
    grants = list(ledger.by_grant(record))
    totals = {
        name: sum((grant[name] for grant in grants), Decimal(0)) for name in ("committed", "paid", "unpaid", "repaid")
    }
    return show(request, "funding/title_origin.html", {"budget_title": record, "grants": grants, "totals": totals})


@gate(among=queries.notices_visible_to)
def notice_origin(request, record):
    """The sum of a notice opened to its versions, titles, items, posts and months."""
    decision = record.decision
    years = amounts.origins(record.parameters) if record.is_grant else []
    context = {
        "notice": record,
        "application": record.application,
        "versions": queries.versions_of(record.application).select_related("decision") if record.is_grant else [],
        "years": [_year(year, opened, several=len(years) > 1) for year, opened in years],
        "computed": sum((opened.computation.total for _year, opened in years), Decimal(0)),
        "deviation": decision.amount - decision.amount_computed if record.is_grant else Decimal(0),
        "titles": record.years.select_related("budget_title").order_by("budget_year"),
        "sees_titles": permissions.can_see_titles(request.actor),
    }
    return show(request, "funding/notice_origin.html", context)


def _year(year: int, opened, *, several: bool) -> dict:
    return {
        "year": year,
        "several": several,
        "opened": opened,
        "counting": FundingGuideline.ProRata(opened.computation.pro_rata).label,
        "posts": [
            {
                "anchor": f"stelle-{year}-{number}",
                "line": part.line,
                "months": part.months,
                "counted": sum(month.is_counted for month in part.months),
            }
            for number, part in enumerate(opened.posts, start=1)
        ],
    }


@gate(among=queries.notices_visible_to)
def grant_entries(request, record):
    """All entries of a grant, whatever version they were made under, beside its balance."""
    day = today()
    rows = ledger.of_grant(record.application)
    context = {
        "notice": record,
        "rows": rows,
        "sums": ledger.sums(ledger.entries_of(record.application)),
        "balance": balances.balance_of(record.application, known_on=day, valid_on=day, actor=request.actor),
        "sees_titles": permissions.can_see_titles(request.actor),
        "sees_persons": permissions.can_see_who_booked(request.actor),
        "caption": _("Buchungen dieser Zuwendung"),
    }
    return show(request, "funding/grant_entries.html", context)
