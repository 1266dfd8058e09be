"""From an application to its sum: reads the planned posts and extras and asks the calculation engine."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from verbund.funding.calculations import Computation, Extra, InputRefused, Period, PostRow, base_grant
from verbund.funding.models import GrantApplication
from verbund.programmes import queries as programmes
from verbund.programmes.rules import Rules


@dataclass(frozen=True)
class Assessment:
    """What an application computes to, or the sentence why it cannot be computed yet."""

    computation: Computation | None
    refusal: InputRefused | None = None


def post_rows(application: GrantApplication) -> list[PostRow]:
    return [
        PostRow(
            kind=post.rate_class,
            full_time_share=post.full_time_share,
            occupied=(Period(post.occupied_from, post.occupied_until),),
            post=post.label,
            label=f"{post.label} ({post.get_function_display()})",
        )
        for post in application.posts.all()
    ]


def compute(application: GrantApplication) -> Computation:
    """Return what the application's posts and extras come to under its call's guideline; raises InputRefused."""
    return base_grant(
        programmes.rules_of(application.call.guideline, application.call.budget_year),
        year=application.call.budget_year,
        carrier_kind=application.carrier.kind,
        posts=post_rows(application),
        extras=[Extra(extra.item, extra.amount) for extra in application.extras.all()],
    )


def assess(application: GrantApplication) -> Assessment:
    """Return the computation, or why there is none; never raises for what somebody typed."""
    try:
        return Assessment(compute(application))
    except InputRefused as refusal:
        return Assessment(None, refusal)


def parameters_of(application: GrantApplication) -> dict:
    """Return everything the sum depends on as JSON, so that a notice recomputes to the cent for ever."""
    return {
        "rules": programmes.rules_of(application.call.guideline, application.call.budget_year).as_data(),
        "year": application.call.budget_year,
        "carrier_kind": application.carrier.kind,
        "posts": [
            {
                "post": post.label,
                "function": post.function,
                "kind": post.rate_class,
                "full_time_share": str(post.full_time_share.normalize()),
                "occupied": [{"from": post.occupied_from.isoformat(), "to": post.occupied_until.isoformat()}],
                "label": f"{post.label} ({post.get_function_display()})",
            }
            for post in application.posts.all()
        ],
        "extras": [{"item": extra.item, "amount": str(extra.amount)} for extra in application.extras.all()],
    }


def recompute(parameters: dict) -> Computation:
    """Compute a stored notice again from its own parameters, whatever the rules say today."""
    rows = [
        PostRow(
            kind=row["kind"],
            full_time_share=Decimal(row["full_time_share"]),
            occupied=tuple(
                Period(date.fromisoformat(span["from"]), date.fromisoformat(span["to"])) for span in row["occupied"]
            ),
            post=row["post"],
            label=row["label"],
        )
        for row in parameters["posts"]
    ]
    return base_grant(
        Rules.from_data(parameters["rules"]),
        year=parameters["year"],
        carrier_kind=parameters["carrier_kind"],
        posts=rows,
        extras=[Extra(row["item"], Decimal(row["amount"])) for row in parameters["extras"]],
    )
