"""`compute deadline`."""

from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR
from typing import Any

from django.utils.translation import gettext as _

from verbund.core.dates import CALENDAR_FROM, CALENDAR_UNTIL
from verbund.funding.calculations import InputRefused
from verbund.funding.calculations.deadlines import Deadline, due, proof_of_use_due, use_within_two_months
from verbund.funding.compute.policy import Policy
from verbund.funding.reading import Reader

KINDS = {
    "PROOF_OF_USE": ("period_end", proof_of_use_due),
    "USE_WITHIN_TWO_MONTHS": ("event_on", use_within_two_months),
}


def compute_deadline(given: Reader, _policy: Policy) -> dict[str, Any]:
    """Compute the day on which something is due; see `calculations.deadlines`."""
    rule: Callable[..., Deadline]
    if given.has("kind"):
        name, rule = KINDS[given.choice("kind", tuple(KINDS))]
        given.keys("kind", name, optional=("fixed_calendar_date",))
    else:
        name, rule = "nominal", due
        given.keys(name, optional=("fixed_calendar_date",))
    day, fixed = given.day(name), given.truth("fixed_calendar_date")
    first, last = (MINYEAR, MAXYEAR) if fixed else (CALENDAR_FROM, CALENDAR_UNTIL)
    if not first <= day.year < last:
        text = _("Fristen werden hier von %(first)s bis %(last)s gerechnet: Nur dafür gibt es einen Feiertagskalender.")
        raise InputRefused(text % {"first": CALENDAR_FROM, "last": CALENDAR_UNTIL - 1}, name)
    deadline = rule(day, fixed=fixed)
    return {
        "nominal": deadline.nominal.isoformat(),
        "due": deadline.due.isoformat(),
        "because": list(deadline.because),
    }
