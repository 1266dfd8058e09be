"""`compute interest`."""

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from verbund.funding.calculations import InputRefused
from verbund.funding.calculations.interest import Repayment, interest_on
from verbund.funding.compute.policy import Policy
from verbund.funding.reading import Reader
from verbund.programmes.rules import DAY_COUNTS, InterestRules, Surcharge

MOST_SURCHARGES = 1_000
GUIDELINE = "VWVFG_NRW_49A"
"""Code of the rule that gives the surcharge, § 49a (3) VwVfG NRW; its version counts the changes of the surcharge."""


def compute_interest(given: Reader, policy: Policy) -> dict[str, Any]:
    """Compute interest on a sum; see `calculations.interest`."""
    given.keys("principal", "from", "to", optional=("day_count", "repayments", "surcharge"))
    principal, first, last = given.amount("principal"), given.day("from"), given.day("to")
    named = given.choice("day_count", DAY_COUNTS)
    repayments = [_repayment(row) for row in given.rows("repayments")]
    own = _surcharges(given)
    rows = policy.dated_rows()
    result = interest_on(
        principal,
        first,
        last,
        rows.all_base_rates(),
        own if own is not None else rows.interest_rules_on(last).surcharges,
        named or rows.interest_rules_on(last).day_count,
        repayments,
    )
    answer = {
        "interest": str(result.total),
        "lines": [{"label": line.label, "formula": line.formula, "amount": str(line.amount)} for line in result.lines],
        "day_count": result.day_count,
    }
    return answer if own is not None else {**answer, "guideline": _guideline(rows.interest_rules_on(last), last)}


def _repayment(row: Reader) -> Repayment:
    row.keys("on", "amount")
    return Repayment(row.day("on"), row.amount("amount"))


def _surcharges(given: Reader) -> list[Surcharge] | None:
    """Return the surcharges named in the input, each until the next one begins; None without any named."""
    if not given.has("surcharge"):
        return None
    found: list[Surcharge] = []
    rows = given.rows("surcharge")
    if not 1 <= len(rows) <= MOST_SURCHARGES:
        raise InputRefused(_("Hier stehen 1 bis %(most)s Zeilen.") % {"most": MOST_SURCHARGES}, "surcharge")
    for row in rows:
        row.keys("from", "points")
        surcharge = Surcharge(row.day("from"), _points(row))
        if any(other.first == surcharge.first for other in found):
            raise InputRefused(_("Dieser Tag steht zweimal da."), row.at("from"))
        found.append(surcharge)
    if given.day("from") < min(surcharge.first for surcharge in found):
        raise InputRefused(_("Der erste Aufschlag beginnt nach dem Zeitraum."), "surcharge[0].from")
    return found


def _points(row: Reader) -> Fraction:
    """Return percentage points: a whole number, or a text with at most six places after a point."""
    return Fraction(row.count("points")) if row.is_whole("points") else row.weight("points")


def _guideline(rules: InterestRules, last) -> dict[str, object]:
    return {"code": GUIDELINE, "version": sum(surcharge.first <= last for surcharge in rules.surcharges)}
