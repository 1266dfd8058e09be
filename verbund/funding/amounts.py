"""From an application to its sum: reads the planned posts and extras and asks the calculation engine.

Everything a sum depends on is one JSON value ("parameters"), stored with each decision and notice, so that it
recomputes to the cent for ever. A grant over several budget years has the parameters of its first year on top and those
of the others under `later_years`; each year is computed by the rules of that year.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from verbund.funding.calculations import Computation, Extra, InputRefused, Origin, Period, PostRow, base_grant, origin
from verbund.funding.models import BudgetTitle, Call, GrantApplication, PlannedPost
from verbund.programmes import queries as programmes
from verbund.programmes.rules import Rules


@dataclass(frozen=True)
class Assessment:
    """What an application computes to, or the sentence why it cannot be computed yet."""

    computation: Computation | None
    refusal: InputRefused | None = None


def compute(application: GrantApplication) -> Computation:
    """Return what the application's posts and extras come to under its call's guideline; raises InputRefused."""
    return recompute(parameters_of(application))


def assess(application: GrantApplication) -> Assessment:
    """Return the computation, or why there is none; never raises for what somebody typed."""
    try:
        return Assessment(compute(application))
    except InputRefused as refusal:
        return Assessment(None, refusal)


def titles_by_year(call: Call) -> dict[int, BudgetTitle]:
    """Return the budget years of a call, in order, with the title that pays each."""
    further = call.further_years.select_related("budget_title")
    return {call.budget_year: call.budget_title} | {row.budget_year: row.budget_title for row in further}


def parameters_of(application: GrantApplication, posts: Iterable | None = None) -> dict:
    """Return everything the sum depends on as JSON. `posts` replaces the planned posts (rows with the same fields)."""
    rows = list(application.posts.all() if posts is None else posts)
    extras = [{"item": extra.item, "amount": str(extra.amount)} for extra in application.extras.all()]
    call = application.call
    years = list(titles_by_year(call))
    found = [
        {
            "rules": programmes.rules_of(call.guideline, year).as_data(),
            "year": year,
            "carrier_kind": application.carrier.kind,
            "posts": posts_data(rows if len(years) == 1 else _rows_in(year, rows)),
            "extras": extras,
        }
        for year in years
    ]
    return found[0] | ({"later_years": found[1:]} if found[1:] else {})


def posts_data(rows: Iterable) -> list[dict]:
    """Return post rows as JSON."""
    return [
        {
            "post": post.label,
            "function": post.function,
            "kind": post.rate_class,
            "full_time_share": str(post.full_time_share.normalize()),
            "occupied": [{"from": post.occupied_from.isoformat(), "to": post.occupied_until.isoformat()}],
            "label": f"{post.label} ({PlannedPost.Function(post.function).label})",
        }
        for post in rows
    ]


def _rows_in(year: int, rows: Iterable) -> Iterator:
    """Yield what lies in one of several years."""
    for post in rows:
        first, last = max(post.occupied_from, date(year, 1, 1)), min(post.occupied_until, date(year, 12, 31))
        if first <= last:
            kept = {name: getattr(post, name) for name in ("label", "function", "rate_class", "full_time_share")}
            yield SimpleNamespace(**kept, occupied_from=first, occupied_until=last)


def years_in(parameters: dict) -> list[dict]:
    """Return the parameters of each budget year, in order; none where the file was deleted."""
    return [parameters, *parameters.get("later_years", [])] if parameters else []


def recompute(parameters: dict) -> Computation:
    """Compute stored parameters again, whatever the rules say today; lines of several years carry their year."""
    return joined([(year["year"], _of_year(year)) for year in years_in(parameters)])


def joined(computed: Sequence[tuple[int, Computation]]) -> Computation:
    """Return the computations of several budget years as one; that of a single year as it is."""
    first = computed[0][1]
    if len(computed) == 1:
        return first
    lines = [replace(line, label=f"{year}: {line.label}") for year, part in computed for line in part.lines]
    return replace(first, total=sum((part.total for _year, part in computed), Decimal(0)), lines=tuple(lines))


def origins(parameters: dict) -> list[tuple[int, Origin]]:
    """Return the computation of each budget year opened to its posts and months."""
    return [
        (
            year["year"],
            origin(
                Rules.from_data(year["rules"]),
                year=year["year"],
                carrier_kind=year["carrier_kind"],
                posts=post_rows(year["posts"]),
                extras=[Extra(row["item"], Decimal(row["amount"])) for row in year["extras"]],
            ),
        )
        for year in years_in(parameters)
    ]


def amounts_by_year(parameters: dict, amount: Decimal) -> dict[int, Decimal]:
    """Return how many euros of a granted `amount` belong to which budget year.

    Each year gets what it computes to; what was granted less lowers the last years first. A single year gets all of it.
    """
    if parameters and not parameters.get("later_years"):
        return {parameters["year"]: amount}
    parts = {year["year"]: _of_year(year).total for year in years_in(parameters)}
    missing = sum(parts.values(), Decimal(0)) - amount
    for year in sorted(parts, reverse=True):
        cut = min(missing, parts[year])
        parts[year] -= cut
        missing -= cut
    return parts


def _of_year(parameters: dict) -> Computation:
    return base_grant(
        Rules.from_data(parameters["rules"]),
        year=parameters["year"],
        carrier_kind=parameters["carrier_kind"],
        posts=post_rows(parameters["posts"]),
        extras=[Extra(row["item"], Decimal(row["amount"])) for row in parameters["extras"]],
    )


def post_rows(posts: Sequence[dict]) -> list[PostRow]:
    """Return stored post rows as the engine takes them."""
    return [
        PostRow(
            kind=row["kind"],
            full_time_share=Decimal(row["full_time_share"]),
            occupied=tuple(
                Period(date.fromisoformat(span["from"]), date.fromisoformat(span["to"])) for span in row["occupied"]
            ),
            post=row["post"],
            label=row["label"],
        )
        for row in posts
    ]
