"""The engine without the web: one JSON object in, one out. The names and shapes are fixed for other tools.

`compute(name, text)` answers with an exit status and the text for standard output: 0 a result, 1 the input is refused
(`{"error": German sentence, "field": path}`), 2 no JSON or no such computation.
"""

import json
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR
from typing import Any

from django.utils.translation import gettext as _

from verbund.core.errors import DomainError
from verbund.core.money import spread
from verbund.funding.calculations import Extra, InputRefused, PostRow, base_grant
from verbund.funding.reading import Reader, read_json
from verbund.programmes import queries
from verbund.programmes.rules import CARRIER_KINDS, PRO_RATA_METHODS, ROUNDINGS, Rules

DONE, REFUSED, NO_JSON = 0, 1, 2
MOST_PARTS = 100_000

RulesFor = Callable[[str, int], Rules]


def compute(name: str, text: str, *, rules_for: RulesFor = queries.rules_in_force) -> tuple[int, str]:
    """Run the computation `name` on a JSON text; `rules_for(programme code, year)` says by which rules."""
    if name not in COMPUTATIONS:
        known = ", ".join(sorted(COMPUTATIONS))
        return NO_JSON, _answer({"error": _("Diese Berechnung gibt es nicht. Es gibt: %(known)s.") % {"known": known}})
    try:
        given = read_json(text)
    except ValueError:
        return NO_JSON, _answer({"error": _("Die Eingabe ist kein JSON.")})
    except InputRefused as refusal:
        return REFUSED, _refused(refusal)
    try:
        return DONE, _answer(COMPUTATIONS[name](Reader(given), rules_for))
    except DomainError as refusal:
        return REFUSED, _refused(refusal)


def compute_base_grant(given: Reader, rules_for: RulesFor) -> dict[str, Any]:
    """Compute the base grant of one carrier and year; see `calculations.base_grant`."""
    given.keys("programme", "year", "carrier_kind", "posts", optional=("extras", "pro_rata", "rounding"))
    programme, year = given.text("programme"), _year(given, "year")
    carrier_kind = given.choice("carrier_kind", CARRIER_KINDS)
    pro_rata, rounding = given.choice("pro_rata", PRO_RATA_METHODS), given.choice("rounding", ROUNDINGS)
    posts = [_post(row) for row in given.rows("posts")]
    extras = [_extra(row) for row in given.rows("extras")]
    result = base_grant(
        rules_for(programme, year),
        year=year,
        carrier_kind=carrier_kind,
        posts=posts,
        extras=extras,
        pro_rata=pro_rata,
        rounding=rounding,
    )
    return result.as_json()


def _year(given: Reader, key: str) -> int:
    year = given.whole_number(key)
    if not MINYEAR <= year <= MAXYEAR:
        raise InputRefused(_("Dieses Jahr gibt es im Kalender nicht."), key)
    return year


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


def compute_spread(given: Reader, _rules_for: RulesFor) -> dict[str, Any]:
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


COMPUTATIONS: dict[str, Callable[[Reader, RulesFor], dict[str, Any]]] = {
    "base-grant": compute_base_grant,
    "spread": compute_spread,
}


def _refused(refusal: DomainError) -> str:
    return _answer({"error": str(refusal), "field": refusal.field or ""})


def _answer(answer: dict[str, Any]) -> str:
    text = json.dumps(answer, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate that the input named
        text = json.dumps(answer)
    return text
