"""What can be asked of the rows outside guidelines: what counts, what waits for a second person, what is missing."""

from collections.abc import Iterator
from datetime import date

from verbund.programmes.lifecycle import DatedRowStatus
from verbund.programmes.models import DATED_ROWS, BaseRate, DatedRow, LegalValue, LumpSum
from verbund.programmes.queries import base_rate_gaps

INTEREST = (
    LegalValue.Key.INTEREST_SURCHARGE,
    LegalValue.Key.INTEREST_DAY_COUNT,
    LegalValue.Key.RECLAIM_PAYMENT_DAYS,
    LegalValue.Key.REPAYMENT_ORDER,
)
ALLOCATION = (
    LegalValue.Key.ALLOCATION_POPULATION_SHARE,
    LegalValue.Key.ALLOCATION_AREA_SHARE,
    LegalValue.Key.ALLOCATION_CAP_FACTOR,
)


def overview(on: date) -> dict:
    """Return the adopted rows by subject, newest first, and the half-years up to a day that lack a base rate."""
    rates = list(BaseRate.objects.filter(status=DatedRowStatus.ADOPTED))
    values = list(LegalValue.objects.filter(status=DatedRowStatus.ADOPTED))
    return {
        "base_rates": rates,
        "gaps": base_rate_gaps(rates[-1].valid_from, on) if rates else [],
        "interest": [row for row in values if row.key in INTEREST],
        "allocation": [row for row in values if row.key in ALLOCATION],
        "limits": [row for row in values if row.key not in {*INTEREST, *ALLOCATION}],
        "lump_sums": list(LumpSum.objects.filter(status=DatedRowStatus.ADOPTED)),
    }


def waiting_rows() -> Iterator[DatedRow]:
    """Yield the rows that wait for a second person."""
    for model in DATED_ROWS:
        yield from model._default_manager.filter(status=DatedRowStatus.PROPOSED)


def all_rows() -> list[DatedRow]:
    """Return the rows of all kinds that somebody entered, whatever their status, for their history."""
    return [row for model in DATED_ROWS for row in model._default_manager.exclude(proposed_by=None)]
