"""What a proof of use is filled with: the items and caps of the valid notice, and how its posts were occupied."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from verbund.core.money import to_cents
from verbund.funding import amounts, vacancies
from verbund.funding.calculations import count_occupied, daily_shares
from verbund.funding.calculations.proofs import SAME_RATE_CLASS, ProofItem, Recognition, recognise
from verbund.funding.models import GrantApplication, GrantNotice, ProofLine
from verbund.programmes import queries as programmes
from verbund.programmes.rules import Rules

NARRATIVE = "PROOF_NARRATIVE"
REPLACED_BY_DATA_COLLECTION = "DATA_COLLECTION"


@dataclass(frozen=True)
class GrantedItem:
    """A post or an item of material costs as granted for a year; `months_known` as the posts were occupied."""

    year: int
    item: str
    label: str
    group: str
    amount: Decimal
    months: Decimal | None = None
    months_known: Decimal | None = None


def granted_items(notice: GrantNotice) -> list[GrantedItem]:
    """Return what a version of a notice grants, item by item, by its own stored rules."""
    return [item for year in amounts.years_in(notice.parameters) for item in _of_year(notice.application, year)]


def _of_year(application: GrantApplication, parameters: dict) -> list[GrantedItem]:
    year = parameters["year"]
    alone = {name: value for name, value in parameters.items() if name != "later_years"}
    lines = iter(amounts.recompute(alone).lines)
    occupied = vacancies.posts_as_occupied(application, parameters)
    items = []
    for post in dict.fromkeys(row["post"] for row in parameters["posts"]):
        rows = [row for row in parameters["posts"] if row["post"] == post]
        months = _person_months(parameters, rows)
        known = _person_months(parameters, [row for row in occupied if row["post"] == post])
        line = next(lines)
        items.append(GrantedItem(year, post, line.label, rows[0]["kind"], line.amount, months, known))
    for extra in parameters["extras"]:
        line = next(lines)
        items.append(GrantedItem(year, extra["item"], line.label, extra["item"], line.amount))
    return items


def _person_months(parameters: dict, rows: Sequence[dict]) -> Decimal:
    """Return months times share as the notice counts them, to four places."""
    method = parameters["rules"]["pro_rata"]
    shares = daily_shares(parameters["year"], [(row.share, row.occupied) for row in amounts.post_rows(rows)])
    counted = count_occupied(method, parameters["year"], shares)
    months = Fraction(counted.weighted * 12, counted.of)
    return (Decimal(months.numerator) / Decimal(months.denominator)).quantize(Decimal("0.0001"))


def recognised(notice: GrantNotice, lines: Sequence[ProofLine]) -> list[tuple[list[ProofLine], Recognition]]:
    """Return for each grant year its lines and what is recognised of them under a version of the notice."""
    by_year = amounts.amounts_by_year(notice.parameters, notice.amount_granted)
    found = []
    for parameters in amounts.years_in(notice.parameters):
        year, rules = parameters["year"], Rules.from_data(parameters["rules"])
        of_year = [line for line in lines if line.year == year]
        recognition = recognise(
            [_item(line) for line in of_year],
            financing_type=rules.financing_type,
            offset=_offset(notice, year),
            rounding=rules.rounding,
            amount_granted=to_cents(by_year[year]),
        )
        found.append((of_year, recognition))
    return found


def cap_of(line: ProofLine) -> Decimal:
    """Return the most that can be recognised of a line: what was granted, less the months its post was vacant."""
    return _item(line).cap


def _item(line: ProofLine) -> ProofItem:
    spent = line.amount_spent or Decimal("0.00")
    return ProofItem(line.group, line.amount_granted, spent, line.months_granted, line.months)


def _offset(notice: GrantNotice, year: int) -> str:
    row = programmes.policy_value(notice.application.call.guideline, "OFFSET_BETWEEN_POSTS", year)
    return row.value if row else SAME_RATE_CLASS


def asks_for_narrative(application: GrantApplication) -> bool:
    """Whether the carrier reports in words: not where the state's data collection takes the place of the report."""
    call = application.call
    row = programmes.policy_value(call.guideline, NARRATIVE, call.budget_year)
    return row is None or row.value != REPLACED_BY_DATA_COLLECTION
