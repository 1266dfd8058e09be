"""Pure answers about time: a centre's state on a day, and how a period reads in German. No database."""

from calendar import monthrange
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MONTHS = (
    gettext_lazy("Januar"),
    gettext_lazy("Februar"),
    gettext_lazy("März"),
    gettext_lazy("April"),
    gettext_lazy("Mai"),
    gettext_lazy("Juni"),
    gettext_lazy("Juli"),
    gettext_lazy("August"),
    gettext_lazy("September"),
    gettext_lazy("Oktober"),
    gettext_lazy("November"),
    gettext_lazy("Dezember"),
)
PREPARING_KINDS = frozenset({"MANDATE", "RESOLUTION", "APPLICATION", "NOTICE", "START_PHASE"})


class CentreState(TextChoices):
    """What our own records evidence about a centre on a day."""

    RUNNING = "RUNNING", gettext_lazy("in Betrieb")
    PREPARING = "PREPARING", gettext_lazy("in Vorbereitung")
    RANGE = "RANGE", gettext_lazy("möglicherweise in Betrieb")
    NONE = "NONE", gettext_lazy("noch nicht")


def state_on(steps, day: date) -> CentreState:
    """Return a centre's state on a day from its life steps (kind, evidence, day_from, day_until).

    RUNNING once the last possible day of its start has come, whether the start is evidenced or only a range: by then
    it had begun. Before that PREPARING where an evidenced step towards it has happened, else RANGE where the day lies
    in the range of the start. Nothing is guessed: a day before all of them is NONE.
    """
    starts = [step for step in steps if step.kind == "RUNNING"]
    if any(step.day_until <= day for step in starts):
        return CentreState.RUNNING
    if any(step.kind in PREPARING_KINDS and step.evidence == "EVIDENCED" and step.day_until <= day for step in steps):
        return CentreState.PREPARING
    if any(step.day_from <= day for step in starts):
        return CentreState.RANGE
    return CentreState.NONE


def covers(period, day: date) -> bool:
    """Whether a record's period (`valid_from`, `valid_until`, both included, open ends None) holds a day."""
    return (period.valid_from is None or period.valid_from <= day) and (
        period.valid_until is None or period.valid_until >= day
    )


def period_label(first: date | None, last: date | None) -> str:
    """Return a period (both days included) as people say it: 05.07.2012 · November 2011 · 2013 · 2012 bis 2014.

    An open beginning reads "bis …", an open end "seit …", both open an empty string.
    """
    if first is None and last is None:
        return ""
    if first is None:
        return _("bis %(day)s") % {"day": _day(last)}
    if last is None:
        return _("seit %(day)s") % {"day": _day(first)}
    if first == last:
        return _day(first)
    begins_month, ends_month = first.day == 1, last.day == monthrange(last.year, last.month)[1]
    if begins_month and ends_month:
        if first.month == 1 and last.month == 12:
            return _span(str(first.year), str(last.year))
        return _span(_month(first), _month(last))
    return _span(_day(first), _day(last))


def years_label(first: int, last: int) -> str:
    """Return one year or two as people say it: 2013 · 2012 bis 2014."""
    return _span(str(first), str(last))


def _span(first: str, last: str) -> str:
    return first if first == last else _("%(first)s bis %(last)s") % {"first": first, "last": last}


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


BASE_LETTERS = str.maketrans("äöü", "aou")


def folded(text: str) -> str:
    """Return a text for comparing and sorting: without case, umlauts as their base letters."""
    return text.casefold().translate(BASE_LETTERS).strip()
