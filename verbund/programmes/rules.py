"""The rules of one funding guideline for one grant year, as plain values.

No database in here: the calculation engine, a notice that recomputes years later and the command
line all work with these. `Rules.as_data` and `Rules.from_data` turn them into JSON and back without loss, so that a
notice can store what it was computed with. Amounts are euros (`Decimal`); marks A–E say how sure a value is
(A read in the text, B authority's page, C local source, D derived, E general knowledge to be confirmed).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from verbund.core.errors import DomainError

CITY, COUNTY = "CITY", "COUNTY"
CARRIER_KINDS = (CITY, COUNTY)

SPECIALIST, ASSISTANT, TEACHER = "SPECIALIST", "ASSISTANT", "TEACHER"

MONTHS, DAYS, HALF_MONTHS, STARTED_MONTHS = "MONTHS", "DAYS", "HALF_MONTHS", "STARTED_MONTHS"
PRO_RATA_METHODS = (MONTHS, DAYS, HALF_MONTHS, STARTED_MONTHS)

EURO, CENT = "EURO", "CENT"
ROUNDINGS = (EURO, CENT)

FIXED_SUM, FULL_FUNDING, SHARE_FUNDING = "FIXED_SUM", "FULL_FUNDING", "SHARE_FUNDING"
FINANCING_TYPES = (FIXED_SUM, FULL_FUNDING, SHARE_FUNDING)

ACT_365, ACT_ACT, THIRTY_E_360 = "ACT/365", "ACT/ACT", "30E/360"
DAY_COUNTS = (ACT_365, ACT_ACT, THIRTY_E_360)

INTEREST_FIRST, PRINCIPAL_FIRST = "INTEREST_FIRST", "PRINCIPAL_FIRST"
REPAYMENT_ORDERS = (INTEREST_FIRST, PRINCIPAL_FIRST)


class UnknownProgramme(DomainError):
    """No programme has this code."""

    def __init__(self, code: str):
        super().__init__(_("Das Programm „%(code)s“ gibt es nicht.") % {"code": code[:60]}, field="programme")


class NoRulesForYear(DomainError):
    """No adopted guideline of the programme covers the year."""

    def __init__(self, code: str, year: int):
        text = _("Für das Programm %(code)s gibt es im Jahr %(year)s keine Richtlinie.")
        super().__init__(text % {"code": code, "year": year}, field="year")


@dataclass(frozen=True)
class Rate:
    """What a rate class is worth in a whole year: `amount` euros for a post of `full_time_share`."""

    rate_class: str
    label: str
    amount: Decimal
    full_time_share: Decimal
    mark: str
    source: str

    @property
    def per_full_post(self) -> Fraction:
        """Return the exact euros a year for a share of 1 (20,000 for half a post are 40,000)."""
        return Fraction(self.amount) / Fraction(self.full_time_share)


@dataclass(frozen=True)
class PostLimit:
    """How many full posts of a rate class a guideline funds for a kind of carrier; TEACHER is in kind, no euro."""

    carrier_kind: str
    rate_class: str
    posts: Decimal
    mark: str
    source: str


@dataclass(frozen=True)
class ExtraCap:
    """The most a carrier may get for material costs of one item in a year, in euros; not reduced by vacancies."""

    item: str
    label: str
    amount: Decimal
    mark: str
    source: str


@dataclass(frozen=True)
class Rules:
    """Everything that decides the amount of a grant in one year under one guideline version."""

    programme: str
    code: str
    version: int
    title: str
    source: str
    mark: str
    financing_type: str
    financing_type_mark: str
    pro_rata: str
    rounding: str
    counting_mark: str
    rates: tuple[Rate, ...] = field(default=())
    limits: tuple[PostLimit, ...] = field(default=())
    extras: tuple[ExtraCap, ...] = field(default=())

    def rate(self, rate_class: str) -> Rate | None:
        """Return the rate of a class, or None if the guideline pays none (teachers are in kind)."""
        return next((rate for rate in self.rates if rate.rate_class == rate_class), None)

    def most_posts(self, carrier_kind: str, rate_class: str) -> Decimal:
        """Return how many full posts of the class the guideline funds; 0 without a row."""
        found = (row.posts for row in self.limits if (row.carrier_kind, row.rate_class) == (carrier_kind, rate_class))
        return next(found, Decimal(0))

    def cap_of(self, item: str) -> ExtraCap | None:
        """Return the cap of an item of material costs, or None if the year has none."""
        return next((extra for extra in self.extras if extra.item == item), None)

    def as_data(self) -> dict[str, Any]:
        """Return the rules as JSON values, decimals as strings, for a notice to keep."""
        data = asdict(self)
        for name in ("rates", "limits", "extras"):
            data[name] = [_without_decimals(row) for row in data[name]]
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Rules":
        """Return the rules that `as_data` gave away."""
        rows = {"rates": Rate, "limits": PostLimit, "extras": ExtraCap}
        values: dict[str, Any] = {
            name: _rows(rows[name], value) if name in rows else value for name, value in data.items()
        }
        return cls(**values)


@dataclass(frozen=True)
class BaseRate:
    """The base rate of § 247 BGB in percent a year, which may be below zero, from `first` to `last`, both included."""

    first: date
    last: date
    percent: Decimal
    source: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Surcharge:
    """Percentage points above the base rate (§ 49a (3) VwVfG NRW) from `first` to `last`, both included (None: open).

    Of several that cover a day the one that began last counts.
    """

    first: date
    points: Decimal | Fraction
    last: date | None = None
    source: str = ""
    mark: str = ""


@dataclass(frozen=True)
class InterestRules:
    """How interest on reclaimed money is computed: the surcharges in the order of their days, and the day count."""

    surcharges: tuple[Surcharge, ...]
    day_count: str
    source: str
    mark: str


@dataclass(frozen=True)
class AllocationRules:
    """The key of § 3 FlüAG: the weight of population and area, and how far above its population share a row may get."""

    population_share: Fraction
    area_share: Fraction
    cap_factor: Fraction


@dataclass(frozen=True)
class LumpSumRate:
    """Euros for one unit ("Raum", "Monat") of an item of a programme that pays lump sums."""

    item: str
    label: str
    unit: str
    amount: Decimal
    source: str
    mark: str


@dataclass(frozen=True)
class LumpSumRules:
    """Rates and limits of a programme that pays lump sums in one year; `limits` by key (`models.LegalValue.Key`)."""

    programme: str
    version: int
    rates: tuple[LumpSumRate, ...]
    limits: Mapping[str, Fraction]

    def rate(self, item: str) -> LumpSumRate | None:
        """Return the rate of an item, or None if the year has none."""
        return next((rate for rate in self.rates if rate.item == item), None)


def half_year_in_words(day: date) -> str:
    """Return the half-year of a day by name: "2. Halbjahr 2026"."""
    return _("%(number)s. Halbjahr %(year)s") % {"number": 1 if day.month <= 6 else 2, "year": day.year}


DECIMALS = frozenset({"amount", "full_time_share", "posts"})


def _without_decimals(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(value) if name in DECIMALS else value for name, value in row.items()}


def _rows(kind: type, rows: Iterable[Mapping[str, Any]]) -> tuple[Any, ...]:
    return tuple(
        kind(**{name: Decimal(value) if name in DECIMALS else value for name, value in row.items()}) for row in rows
    )
