"""Whether a guideline version can compute: every year of its period has its rates, limits and payouts, once each."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from verbund.core.errors import DomainError
from verbund.programmes.models import ROW_KINDS, FundingGuideline, GuidelineRow
from verbund.programmes.rules import ASSISTANT, CARRIER_KINDS, SPECIALIST

KEYS = {
    "rates": ("rate_class",),
    "limits": ("carrier_kind", "rate_class"),
    "extras": ("item",),
    "deadlines": ("kind",),
    "checklist": ("code",),
    "policy_values": ("key",),
}
"""By what a row is found in a year: two of the same would contradict each other."""


class IncompleteGuideline(DomainError):
    """The version leaves a year without a rate, or says two things about it."""


def refuse_incomplete(guideline: FundingGuideline) -> None:
    """Raise IncompleteGuideline with the first thing that is missing or said twice."""
    problem = next(problems(guideline), None)
    if problem:
        raise IncompleteGuideline(problem)


def problems(guideline: FundingGuideline) -> Iterator[str]:
    """Yield, in German, why the version cannot be adopted."""
    rows = {kind: list(getattr(guideline, kind).all()) for kind in ROW_KINDS}
    every = [row for of_kind in rows.values() for row in of_kind]
    if not (_is_first_of_year(guideline.applies_from) and _is_last_of_year(guideline.applies_until)):
        yield _("Der Zeitraum der Fassung beginnt an einem 1. Januar und endet an einem 31. Dezember.")
    for row in every:
        if not (_is_first_of_year(row.valid_from) and _is_last_of_year(row.valid_until)):
            yield _("„%(row)s“ gilt nicht für ganze Kalenderjahre.") % {"row": row}
    for year in _years(guideline, every):
        yield from _problems_of_year(rows, year)


def _problems_of_year(rows: dict[str, list[GuidelineRow]], year: int) -> Iterator[str]:
    now = {kind: [row for row in of_kind if row.covers(year)] for kind, of_kind in rows.items()}
    for kind, names in KEYS.items():
        counted = Counter(tuple(getattr(row, name) for name in names) for row in now[kind])
        for key, times in counted.items():
            if times > 1:
                yield _("Im Jahr %(year)s steht %(key)s zweimal da.") % {"year": year, "key": " / ".join(key)}
    paid = {row.rate_class for row in now["rates"]}
    limited = {(row.carrier_kind, row.rate_class) for row in now["limits"]}
    for rate_class in (SPECIALIST, ASSISTANT):
        if rate_class not in paid:
            yield _("Für das Jahr %(year)s fehlt der Satz für %(kind)s.") % {"year": year, "kind": rate_class}
        for carrier_kind in CARRIER_KINDS:
            if (carrier_kind, rate_class) not in limited:
                yield _("Für das Jahr %(year)s fehlt die Höchstzahl der Stellen: %(kind)s.") % {
                    "year": year,
                    "kind": f"{carrier_kind} / {rate_class}",
                }
    if sum(row.part for row in now["payout_dates"]) != 1:
        yield _("Die Auszahlungen des Jahres %(year)s ergeben zusammen nicht den ganzen Betrag.") % {"year": year}


def _years(guideline: FundingGuideline, rows: list[GuidelineRow]) -> range:
    """Return the years to look at: for an open period up to the year after the last change of any row."""
    first = guideline.applies_from.year
    if guideline.applies_until:
        return range(first, guideline.applies_until.year + 1)
    turns = [row.valid_from.year for row in rows] + [row.valid_until.year + 1 for row in rows if row.valid_until]
    return range(first, max([first, *turns]) + 1)


def _is_first_of_year(day) -> bool:
    return (day.month, day.day) == (1, 1)


def _is_last_of_year(day) -> bool:
    return day is None or (day.month, day.day) == (12, 31)
