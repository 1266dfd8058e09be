"""How records of the directory read on its pages: labels, periods and marks, as plain values for templates."""

from datetime import date

from django.utils.translation import gettext as _

from verbund.core.dates import day_in_berlin
from verbund.directory.calculations import CentreState, period_label
from verbund.directory.models import LifeStep
from verbund.directory.models.evidence import Evidenced, PublishedFigure

TONES = {
    CentreState.RUNNING: "success",
    CentreState.PREPARING: "info",
    CentreState.RANGE: "neutral",
    CentreState.NONE: "neutral",
}
ORDER_WITHIN_A_DAY = list(LifeStep.Kind)


def place_in_life(step: LifeStep) -> tuple:
    """Sort by the earliest possible day; on the same one the way goes from mandate to running."""
    return step.day_from or date.min, ORDER_WITHIN_A_DAY.index(step.kind), step.day_until


def shown_step(step: LifeStep) -> dict:
    """Return a step in the life of a centre, with its period, evidence and source, and when it was recorded."""
    recorded_on = day_in_berlin(step.recorded_at)
    return {
        "pk": step.pk,
        "kind": step.get_kind_display(),
        "period": period_label(step.day_from, step.day_until),
        "body": step.body,
        "result": step.result,
        "source": step.source,
        "is_evidenced": step.evidence == LifeStep.Evidence.EVIDENCED,
        "is_recorded_later": recorded_on > step.day_until,
        "recorded_on": None if step.code else recorded_on,
    }


def is_recorded_later(row) -> bool:
    """Whether a name was recorded after it had come into use: history entered later."""
    begun = row.valid_from or row.valid_until
    return begun is None or day_in_berlin(row.recorded_at) > begun


def shown_name(row) -> dict:
    """Return a name an organisation bore, with its period, mark and source."""
    return {
        "name": row.name,
        "short_name": row.short_name,
        "period": period_label(row.valid_from, row.valid_until),
        "mark": row.mark,
        "source": row.source,
        "is_recorded_later": is_recorded_later(row),
    }


def evidence_of(known: Evidenced, day: date) -> dict:
    """Return how sure something is on a day: evidenced for it, or last evidenced before; when and whence recorded."""
    recorded_on = day_in_berlin(known.recorded_at)
    return {
        "pk": known.pk,
        "is_evidenced": known.is_evidenced_on(day),
        "evidenced": period_label(known.valid_from, known.evidenced_until),
        "source": known.source,
        "is_recorded_later": recorded_on > min(day, known.evidenced_until),
        "recorded_on": None if known.code else recorded_on,
    }


def shown_figure(figure: PublishedFigure) -> dict:
    """Return a published figure: what was stated, when, by whom, and how we read it."""
    return {
        "code": figure.code,
        "label": figure.label,
        "statement": figure.statement,
        "reading": figure.reading,
        "stated": _stated(figure),
        "source": figure.source,
    }


def _stated(figure: PublishedFigure) -> str:
    period = period_label(figure.stated_from, figure.stated_until)
    return period if figure.stated_on else _("ohne Tag, %(period)s") % {"period": period}
