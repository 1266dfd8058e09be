"""The engine without the web: one JSON object in, one out. The names and shapes are fixed for other tools.

`compute(name, text)` answers with an exit status and the text for standard output: 0 a result, 1 the input is refused
(`{"error": German sentence, "field": path}`), 2 no JSON or no such computation.
"""

import json
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from verbund.core.errors import DomainError
from verbund.funding.calculations import InputRefused
from verbund.funding.compute.allocation import compute_allocation
from verbund.funding.compute.base_grant import compute_base_grant, compute_spread
from verbund.funding.compute.deadline import compute_deadline
from verbund.funding.compute.interest import compute_interest
from verbund.funding.compute.lump_sums import compute_lump_sums
from verbund.funding.compute.policy import IN_FORCE, Policy
from verbund.funding.reading import Reader, read_json

DONE, REFUSED, NO_JSON = 0, 1, 2


def compute(name: str, text: str, *, policy: Policy = IN_FORCE) -> tuple[int, str]:
    """Run the computation `name` on a JSON text; `policy` says by which rules."""
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
        return DONE, _answer(COMPUTATIONS[name](Reader(given), policy))
    except DomainError as refusal:
        return REFUSED, _refused(refusal)


COMPUTATIONS: dict[str, Callable[[Reader, Policy], dict[str, Any]]] = {
    "allocation": compute_allocation,
    "base-grant": compute_base_grant,
    "deadline": compute_deadline,
    "interest": compute_interest,
    "lump-sums": compute_lump_sums,
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
