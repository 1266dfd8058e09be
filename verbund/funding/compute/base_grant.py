"""`compute base-grant` and `compute spread`."""

from typing import Any

from django.utils.translation import gettext as _

from verbund.core.money import spread
from verbund.funding.calculations import Extra, InputRefused, PostRow, base_grant
from verbund.funding.compute.policy import Policy
from verbund.funding.reading import Reader
from verbund.programmes.rules import CARRIER_KINDS, PRO_RATA_METHODS, ROUNDINGS

MOST_PARTS = 100_000


def compute_base_grant(given: Reader, policy: Policy) -> dict[str, Any]:
    """Compute the base grant of one carrier and year; see `calculations.base_grant`."""
    given.keys("programme", "year", "carrier_kind", "posts", optional=("extras", "pro_rata", "rounding"))
    programme, year = given.text("programme"), given.year("year")
    carrier_kind = given.choice("carrier_kind", CARRIER_KINDS)
    pro_rata, rounding = given.choice("pro_rata", PRO_RATA_METHODS), given.choice("rounding", ROUNDINGS)
    posts = [_post(row) for row in given.rows("posts")]
    extras = [_extra(row) for row in given.rows("extras")]
    result = base_grant(
        policy.rules_for(programme, year),
        year=year,
        carrier_kind=carrier_kind,
        posts=posts,
        extras=extras,
        pro_rata=pro_rata,
        rounding=rounding,
    )
    return result.as_json()


def _post(row: Reader) -> PostRow:
    row.keys("kind", "full_time_share", "occupied", optional=("post",))
    return PostRow(
        kind=row.text("kind"),
        full_time_share=row.share("full_time_share"),
        occupied=tuple(period.period() for period in row.rows("occupied")),
        post=row.text("post"),
    )


def _extra(row: Reader) -> Extra:
    row.keys("item", "amount")
    return Extra(row.text("item"), row.amount("amount"))


def compute_spread(given: Reader, _policy: Policy) -> dict[str, Any]:
    """Spread an amount over equal parts in whole units, largest remainder, the earlier part gets more."""
    given.keys("amount", "parts", "unit")
    amount, parts, unit = given.amount("amount"), given.whole_number("parts"), given.amount("unit")
    if unit <= 0:
        raise InputRefused(_("Die Einheit muss größer als null sein."), "unit")
    if parts > MOST_PARTS:
        raise InputRefused(_("Es sind höchstens %(most)s Teile möglich.") % {"most": MOST_PARTS}, "parts")
    shares = spread(amount, parts, unit)
    places = 0 if unit == unit.to_integral_value() else 2
    return {"parts": [f"{share:.{places}f}" for share in shares], "sum": f"{sum(shares):.{places}f}"}
