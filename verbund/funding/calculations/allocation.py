"""Spreading a pot over rows by a key: equally, by weight, or by the key of the Flüchtlingsaufnahmegesetz (FlüAG).

Shares are exact; amounts are whole units that sum to the pot (largest remainder; of equal ones the row that comes
first). Rule: § 3 FlüAG; that the ceilings of KOMM-AN II follow it is inferred (mark D).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from verbund.funding.calculations.refusals import InputRefused
from verbund.programmes.rules import AllocationRules

EQUAL, WEIGHT, FLUEAG = "EQUAL", "WEIGHT", "FLUEAG"
KEYS = (EQUAL, WEIGHT, FLUEAG)
MOST_ROWS = 5_000


@dataclass(frozen=True)
class AllocationRow:
    """One recipient; WEIGHT needs its weight, FLUEAG its population and area."""

    id: str
    weight: Fraction | None = None
    population: int | None = None
    area_km2: Fraction | None = None


def allocate(
    pot: Decimal, rows: Sequence[AllocationRow], *, key: str, unit: Decimal, rules: AllocationRules
) -> list[Decimal]:
    """Return what each row gets of `pot` euros, in multiples of `unit`; the amounts sum to the pot.

    Raises InputRefused with the path of the value: a pot below zero or no multiple of the unit, no rows, equal ids,
    missing or negative figures, a key that sums to zero, a cap factor under 1, weights that are not 1 together.
    """
    units = Fraction(pot) / Fraction(unit)
    if units < 0 or units.denominator != 1:
        raise InputRefused(_("Der Betrag muss ein Vielfaches der Einheit und darf nicht negativ sein."), "pot")
    _refuse_wrong_rules(rules)
    _refuse_wrong_rows(rows)
    shares = {EQUAL: _equal, WEIGHT: _by_weight, FLUEAG: _by_flueag}[key](rows, rules)
    return [count * unit for count in largest_remainder(int(units), shares)]


def largest_remainder(units: int, shares: Sequence[Fraction]) -> list[int]:
    """Split whole units by shares that sum to 1; of equal remainders the earlier one gets more."""
    exact = [units * share for share in shares]
    counts = [int(one) for one in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: (counts[index] - exact[index], index))
    for index in by_remainder[: units - sum(counts)]:
        counts[index] += 1
    return counts


def flueag_shares(rows: Sequence[tuple[int, Fraction]], rules: AllocationRules) -> list[Fraction]:
    """Return each row's share of 1 from its population and area (both with a sum above zero, or an area weight of 0).

    A row above `cap_factor` times its population share is cut to that; the excess goes to the uncut rows in proportion
    to their original shares, until none is above its cap. Rule: § 3 FlüAG.
    """
    people, area = sum(row[0] for row in rows), sum((row[1] for row in rows), Fraction(0))
    by_people = [Fraction(population, people) for population, _area in rows]
    original = [
        rules.population_share * of_people + (rules.area_share * row[1] / area if area else 0)
        for of_people, row in zip(by_people, rows, strict=True)
    ]
    caps = [rules.cap_factor * of_people for of_people in by_people]
    # whoever is furthest above its cap is cut first: each cut only raises what the others get
    above = [index for index in range(len(rows)) if original[index]]
    above.sort(key=lambda index: caps[index] / original[index])
    left, uncut = Fraction(1), sum(original, Fraction(0))
    shares = list(original)
    factor = left / uncut
    for position, index in enumerate(above):
        if original[index] * factor <= caps[index]:
            above = above[position:]
            break
        shares[index] = caps[index]
        left, uncut = left - caps[index], uncut - original[index]
        if not uncut:
            raise InputRefused(_("Mit diesem Höchstwert lässt sich der Betrag nicht ganz verteilen."), "cap_factor")
        factor = left / uncut
    else:
        above = []
    for index in above:
        shares[index] = original[index] * factor
    return shares


def _equal(rows: Sequence[AllocationRow], _rules: AllocationRules) -> list[Fraction]:
    return [Fraction(1, len(rows))] * len(rows)


def _by_weight(rows: Sequence[AllocationRow], _rules: AllocationRules) -> list[Fraction]:
    weights = [_figure(rows, index, "weight") for index in range(len(rows))]
    total = sum(weights, Fraction(0))
    if not total:
        raise InputRefused(_("Die Gewichte ergeben zusammen null."), "rows")
    return [weight / total for weight in weights]


def _by_flueag(rows: Sequence[AllocationRow], rules: AllocationRules) -> list[Fraction]:
    figures = [
        (int(_figure(rows, index, "population")), _figure(rows, index, "area_km2")) for index in range(len(rows))
    ]
    if not any(population for population, _area in figures):
        raise InputRefused(_("Die Einwohnerzahlen ergeben zusammen null."), "rows")
    if rules.area_share and not any(area for _population, area in figures):
        raise InputRefused(_("Die Flächen ergeben zusammen null."), "rows")
    return flueag_shares(figures, rules)


def _refuse_wrong_rules(rules: AllocationRules) -> None:
    if rules.cap_factor < 1:
        raise InputRefused(_("Der Höchstwert ist mindestens das 1-Fache des Einwohneranteils."), "cap_factor")
    if rules.population_share < 0:
        raise InputRefused(_("Das Gewicht darf nicht negativ sein."), "population_share")
    if rules.area_share < 0:
        raise InputRefused(_("Das Gewicht darf nicht negativ sein."), "area_share")
    if rules.population_share + rules.area_share != 1:
        text = _("Die Gewichte von Einwohnerzahl und Fläche ergeben zusammen nicht 1.")
        raise InputRefused(text, "population_share")


def _refuse_wrong_rows(rows: Sequence[AllocationRow]) -> None:
    if not rows:
        raise InputRefused(_("Es muss mindestens eine Zeile sein."), "rows")
    if len(rows) > MOST_ROWS:
        raise InputRefused(_("Es sind höchstens %(most)s Zeilen möglich.") % {"most": MOST_ROWS}, "rows")
    known = set()
    for index, row in enumerate(rows):
        if row.id in known:
            raise InputRefused(_("Dieses Kürzel steht zweimal da."), f"rows[{index}].id")
        known.add(row.id)


def _figure(rows: Sequence[AllocationRow], index: int, name: str) -> Fraction:
    value, path = getattr(rows[index], name), f"rows[{index}].{name}"
    if value is None:
        raise InputRefused(_("Die Angabe „%(key)s“ fehlt.") % {"key": name}, path)
    if value < 0:
        raise InputRefused(_("Der Wert darf nicht negativ sein."), path)
    return Fraction(value)
