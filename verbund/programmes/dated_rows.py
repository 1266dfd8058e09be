"""What the rows outside guidelines say: base rates, surcharge, day count, allocation key, lump sums. No database here.

Rows are those of the models or, with the same names, those of the shipped file (`shipped.dated_rows`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from verbund.core.errors import DomainError
from verbund.programmes.rules import (
    AllocationRules,
    BaseRate,
    InterestRules,
    LumpSumRate,
    LumpSumRules,
    NoRulesForYear,
    Surcharge,
    UnknownProgramme,
    half_year_in_words,
)

LUMP_SUM_LABELS = {
    "A_RENOVATION": "Renovierung",
    "A_EQUIPMENT": "Ausstattung",
    "A_OPERATION": "Betrieb eines Ankommenstreffpunkts",
    "A_DIGITAL": "Digitalisierung des Ehrenamts",
    "B_ACCOMPANIMENT": "Begleitung",
    "B_GATHERING": "Zusammenkommen",
    "C_MATERIAL": "Druck- und Werbematerial",
    "C_WEBSITE": "Website",
    "C_TRANSLATION": "Übersetzung",
    "D_TRAINER": "Qualifizierung durch externe Kräfte",
    "D_EXCHANGE": "Austausch der Ehrenamtlichen",
}
"""What the items are called; like the title of the directive they stay German."""


class NoValue(DomainError):
    """No row says what the computation needs on that day."""


@dataclass(frozen=True)
class DatedRows:
    """The rows that count: adopted ones, or those that come with the program."""

    base_rates: tuple[Any, ...]
    values: tuple[Any, ...]
    lump_sums: tuple[Any, ...]

    def all_base_rates(self) -> tuple[BaseRate, ...]:
        """Return the base rates as plain values, oldest first."""
        return base_rates_of(self.base_rates)

    def interest_rules_on(self, day: date) -> InterestRules:
        """Return all surcharges by day, and the day count in force on a day. Raises NoValue."""
        return interest_rules_of(self.values, day)

    def allocation_rules_on(self, day: date) -> AllocationRules:
        """Return the weights and the cap of the FlüAG key in force on a day. Raises NoValue."""
        keys = ("ALLOCATION_POPULATION_SHARE", "ALLOCATION_AREA_SHARE", "ALLOCATION_CAP_FACTOR")
        found = [_on(self.values, "key", key, day) for key in keys]
        if None in found:
            raise NoValue(_("Für diesen Tag ist kein Schlüssel nach FlüAG hinterlegt."))
        return AllocationRules(*(Fraction(row.value) for row in found))

    def lump_sum_rules_for(self, programme: str, year: int) -> LumpSumRules:
        """Return rates and limits of a grant year. Raises UnknownProgramme or NoRulesForYear.

        The version counts how often the programme's rates changed until then.
        """
        of_programme = [row for row in self.lump_sums if row.programme_code == programme]
        if not of_programme:
            raise UnknownProgramme(programme)
        new_year = date(year, 1, 1)
        rates = [row for item in LUMP_SUM_LABELS if (row := _on(of_programme, "item", item, new_year))]
        if not rates:
            raise NoRulesForYear(programme, year)
        keys = {row.key for row in self.values} - NO_NUMBERS
        limits = {key: row for key in keys if (row := _on(self.values, "key", key, new_year))}
        return LumpSumRules(
            programme=programme,
            version=len({row.valid_from for row in of_programme if row.valid_from <= new_year}),
            rates=tuple(
                LumpSumRate(row.item, LUMP_SUM_LABELS[row.item], row.unit, row.amount, row.source, row.mark)
                for row in rates
            ),
            limits={key: Fraction(row.value) for key, row in limits.items()},
        )


def base_rates_of(rows: Iterable[Any]) -> tuple[BaseRate, ...]:
    """Return the base rates as plain values, in the order of their half-years."""
    found = (BaseRate(row.valid_from, row.valid_until, row.percent, row.source, row.mark) for row in rows)
    return tuple(sorted(found, key=lambda rate: rate.first))


def interest_rules_of(values: Iterable[Any], day: date) -> InterestRules:
    """Return all surcharges by day, and the day count in force on a day, before the first row that of the first.

    Raises NoValue without a day count.
    """
    values = list(values)
    surcharges = [
        Surcharge(row.valid_from, Fraction(row.value), row.valid_until, row.source, row.mark)
        for row in values
        if row.key == "INTEREST_SURCHARGE"
    ]
    counts = [row for row in values if row.key == "INTEREST_DAY_COUNT"]
    if not counts:
        raise NoValue(_("Es ist keine Zählung der Zinstage hinterlegt."), field="day_count")
    first = min(counts, key=lambda row: row.valid_from)
    day_count = _on(counts, "key", first.key, max(day, first.valid_from)) or first
    ordered = tuple(sorted(surcharges, key=lambda surcharge: surcharge.first))
    return InterestRules(ordered, day_count.value, day_count.source, day_count.mark)


NO_NUMBERS = frozenset({"INTEREST_DAY_COUNT", "REPAYMENT_ORDER"})


def _on(rows: Iterable[Any], name: str, value: str, day: date) -> Any | None:
    """Return the row whose field `name` has the value and that covers the day; of several the one that began last."""
    covering = [
        row
        for row in rows
        if getattr(row, name) == value and row.valid_from <= day and (row.valid_until is None or day <= row.valid_until)
    ]
    return max(covering, key=lambda row: row.valid_from, default=None)


def gaps_of(rates: Iterable[BaseRate], first: date, last: date) -> list[str]:
    """Return the half-years from `first` to `last` without a base rate, by name."""
    known = {(rate.first.year, rate.first.month > 6) for rate in rates}
    begins = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 7)]
    touched = [day for day in begins if (first.year, first.month > 6) <= (day.year, day.month > 6) and day <= last]
    return [half_year_in_words(day) for day in touched if (day.year, day.month > 6) not in known]
