"""Interest on money that is claimed back: base rate and surcharge, day by day, line by line.

Rule: § 49a (3) and (4) VwVfG NRW with § 247 BGB. Interest is simple; how days are counted is not prescribed (mark D).
"""

from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from verbund.core.money import format_euro, to_cents
from verbund.funding.calculations.base_grant import Line
from verbund.funding.calculations.refusals import InputRefused
from verbund.programmes.rules import ACT_365, ACT_ACT, DAY_COUNTS, BaseRate, Surcharge, half_year_in_words

MOST_REPAYMENTS = 5_000
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Repayment:
    """Euros paid back on a day; they lower the principal from the day after."""

    on: date
    amount: Decimal


@dataclass(frozen=True)
class Interest:
    """Interest in euros with its working: lines in cents that sum to the total; `exact` is what was not rounded."""

    total: Decimal
    lines: tuple[Line, ...]
    day_count: str
    exact: Fraction


@dataclass(frozen=True)
class _Stretch:
    """Days in a row with the same principal, base rate and surcharge."""

    first: date
    last: date
    principal: Decimal
    rates: tuple[BaseRate, ...]
    surcharge: Surcharge

    @property
    def terms(self) -> tuple[Decimal, Decimal, Fraction]:
        return self.principal, self.rates[0].percent, Fraction(self.surcharge.points)


def interest_on(
    principal: Decimal,
    first: date,
    last: date,
    rates: Sequence[BaseRate],
    surcharges: Sequence[Surcharge],
    day_count: str = ACT_365,
    repayments: Sequence[Repayment] = (),
) -> Interest:
    """Return the interest on `principal` euros from `first` to `last`, both days included.

    Percent a year: base rate of the day plus surcharge of the day. A change of base rate, surcharge or principal begins
    a line; a new half-year with the same base rate does not. Each line is rounded to the cent (half up); the total is
    their sum. Rates below zero count as they are; a negative total counts as zero. `day_count` is ACT/365, ACT/ACT
    (each day by the length of its year) or 30E/360 (from `first` to the day after `last`).

    Raises InputRefused with the path of the value (`principal`, `to`, `repayments[0].on` …); a half-year without a base
    rate is named: rows exist per half-year, the last one does not run on.
    Rule: § 49a (3), (4) VwVfG NRW, § 247 BGB.
    """
    _refuse_wrong(principal, first, last, day_count, repayments)
    stretches = _joined(_stretches(principal, first, last, rates, surcharges, repayments))
    exact = [_amount(stretch, day_count) for stretch in stretches]
    lines = [_line(stretch, amount, day_count) for stretch, amount in zip(stretches, exact, strict=True)]
    total = sum((line.amount for line in lines), Decimal(0))
    if total < 0:
        lines.append(Line("Rundung auf null", "Zinsen unter null zählen als null", -total))
    return Interest(max(total, Decimal("0.00")), tuple(lines), day_count, sum(exact, Fraction(0)))


def _refuse_wrong(principal: Decimal, first: date, last: date, day_count: str, repayments: Sequence[Repayment]) -> None:
    if principal <= 0:
        raise InputRefused(_("Der Betrag muss größer als null sein."), "principal")
    if last < first:
        raise InputRefused(_("Der Zeitraum endet, bevor er beginnt."), "to")
    if day_count not in DAY_COUNTS:
        raise InputRefused(_("Diese Zinstagezählung gibt es nicht."), "day_count")
    if len(repayments) > MOST_REPAYMENTS:
        raise InputRefused(_("Es sind höchstens %(most)s Zeilen möglich.") % {"most": MOST_REPAYMENTS}, "repayments")
    for index, repayment in enumerate(repayments):
        if not first <= repayment.on <= last:
            raise InputRefused(_("Die Rückzahlung liegt nicht im Zeitraum."), f"repayments[{index}].on")
        if repayment.amount <= 0:
            raise InputRefused(_("Der Betrag muss größer als null sein."), f"repayments[{index}].amount")
    open_amount = principal
    for index, repayment in sorted(enumerate(repayments), key=lambda one: (one[1].on, one[0])):
        if repayment.amount > open_amount:
            raise InputRefused(
                _("Offen sind an diesem Tag nur noch %(open)s.") % {"open": format_euro(open_amount)},
                f"repayments[{index}].amount",
            )
        open_amount -= repayment.amount


def _stretches(
    principal: Decimal,
    first: date,
    last: date,
    rates: Sequence[BaseRate],
    surcharges: Sequence[Surcharge],
    repayments: Sequence[Repayment],
) -> list[_Stretch]:
    """Cut the period wherever a row of any kind begins or ends."""
    paid: dict[date, Decimal] = {}
    for repayment in repayments:
        paid[repayment.on] = paid.get(repayment.on, Decimal(0)) + repayment.amount
    rows: list[BaseRate | Surcharge] = [*rates, *surcharges]
    turns = {row.first for row in rows}
    ends = [*paid, *(row.last for row in rows if row.last is not None)]
    turns |= {day + ONE_DAY for day in ends if day < date.max}
    begins = sorted({first, *(day for day in turns if first < day <= last)})
    found = []
    for begin, following in zip(begins, [*begins[1:], None], strict=True):
        end = following - ONE_DAY if following else last
        principal -= paid.get(begin - ONE_DAY, Decimal(0)) if begin > first else 0
        rate, surcharge = _in_force(rates, begin), _in_force(surcharges, begin)
        where = "from" if begin == first else "to"
        if rate is None:
            text = _("Für das %(half_year)s ist kein Basiszinssatz hinterlegt.")
            raise InputRefused(text % {"half_year": half_year_in_words(begin)}, where)
        if surcharge is None:
            text = _("Für den %(day)s ist kein Zinsaufschlag hinterlegt.")
            raise InputRefused(text % {"day": f"{begin:%d.%m.}{begin.year:04d}"}, where)
        found.append(_Stretch(begin, end, principal, (rate,), surcharge))
    return found


def _in_force[Row: (BaseRate, Surcharge)](rows: Sequence[Row], day: date) -> Row | None:
    """Return the row that covers the day; of several the one that began last."""
    covering = [row for row in rows if row.first <= day and (row.last is None or day <= row.last)]
    return max(covering, key=lambda row: row.first, default=None)


def _joined(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Join neighbours with the same terms: a half-year with the same base rate begins no line."""
    joined: list[_Stretch] = []
    for stretch in stretches:
        if joined and joined[-1].terms == stretch.terms:
            before = joined.pop()
            rates = before.rates + tuple(rate for rate in stretch.rates if rate not in before.rates)
            stretch = _Stretch(before.first, stretch.last, before.principal, rates, before.surcharge)
        joined.append(stretch)
    return joined


def _amount(stretch: _Stretch, day_count: str) -> Fraction:
    principal, base, points = stretch.terms
    percent = Fraction(base) + points
    years = sum((Fraction(days, of) for days, of in _counted(stretch, day_count)), Fraction(0))
    return Fraction(principal) * percent / 100 * years


def _counted(stretch: _Stretch, day_count: str) -> list[tuple[int, int]]:
    """Return the days of a stretch over the days of a year, for ACT/ACT apart by the length of the years."""
    days = (stretch.last - stretch.first).days + 1
    if day_count == ACT_365:
        return [(days, 365)]
    if day_count == ACT_ACT:
        of_leap_years = sum(_days_in_year(stretch, year) for year in _years(stretch) if isleap(year))
        return [(count, of) for count, of in ((days - of_leap_years, 365), (of_leap_years, 366)) if count]
    return [(_thirty_days(stretch.last + ONE_DAY) - _thirty_days(stretch.first), 360)]


def _years(stretch: _Stretch) -> range:
    return range(stretch.first.year, stretch.last.year + 1)


def _days_in_year(stretch: _Stretch, year: int) -> int:
    return (min(stretch.last, date(year, 12, 31)) - max(stretch.first, date(year, 1, 1))).days + 1


def _thirty_days(day: date) -> int:
    """Return the number of a day where each month has thirty days (30E/360: the 31st counts as the 30th)."""
    return day.year * 360 + day.month * 30 + min(day.day, 30)


def _line(stretch: _Stretch, amount: Fraction, day_count: str) -> Line:
    principal, base, points = stretch.terms
    counted = [f"{days}/{of}" for days, of in _counted(stretch, day_count)]
    days = counted[0] if len(counted) == 1 else f"({' + '.join(counted)})"
    rows: list[BaseRate | Surcharge] = [*stretch.rates, stretch.surcharge]
    return Line(
        label=f"{stretch.first:%d.%m.%Y} – {stretch.last:%d.%m.%Y}",
        formula=f"{format_euro(principal)} × ({percent_in_words(base)} + {percent_in_words(points)}) × {days} Tage",
        amount=to_cents(amount),
        source="; ".join(dict.fromkeys(row.source for row in rows if row.source)),
        mark=max(row.mark for row in rows),
    )


def percent_in_words(percent: Decimal | Fraction) -> str:
    """Return percent in German notation without needless places: "−0,88 %"."""
    exact = Fraction(percent)
    text = f"{Decimal(exact.numerator) / Decimal(exact.denominator):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",").replace("-", "−") + "\u202f%"
