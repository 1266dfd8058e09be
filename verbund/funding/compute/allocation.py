"""`compute allocation`."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from verbund.core.dates import today
from verbund.funding.calculations.allocation import KEYS, AllocationRow, allocate
from verbund.funding.compute.policy import Policy
from verbund.funding.reading import Reader

UNITS = ("1", "0.01")
WEIGHTS = ("population_share", "area_share", "cap_factor")


def compute_allocation(given: Reader, policy: Policy) -> dict[str, Any]:
    """Spread a pot over rows by a key; see `calculations.allocation`. Weights not named are those in force today."""
    given.keys("pot", "unit", "key", "rows", optional=WEIGHTS)
    pot, unit, key = given.amount("pot"), given.choice("unit", UNITS), given.choice("key", KEYS)
    rows = [_row(row) for row in given.rows("rows")]
    named = {name: given.share(name) for name in WEIGHTS if given.has(name)}
    rules = replace(policy.dated_rows().allocation_rules_on(today()), **named)
    amounts = allocate(pot, rows, key=key, unit=Decimal(unit), rules=rules)
    places = 0 if unit == "1" else 2
    return {
        "rows": [{"id": row.id, "amount": f"{amount:.{places}f}"} for row, amount in zip(rows, amounts, strict=True)],
        "sum": f"{sum(amounts):.{places}f}",
    }


def _row(row: Reader) -> AllocationRow:
    row.keys("id", optional=("weight", "population", "area_km2"))
    return AllocationRow(
        id=row.text("id"),
        weight=row.weight("weight") if row.has("weight") else None,
        population=row.count("population") if row.has("population") else None,
        area_km2=row.weight("area_km2") if row.has("area_km2") else None,
    )
