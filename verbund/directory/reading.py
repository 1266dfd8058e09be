"""How records of the directory read on its pages: labels, periods and marks, as plain values for templates."""

from datetime import date

from verbund.core.dates import day_in_berlin
from verbund.directory.calculations import CentreState, period_label
from verbund.directory.models import LifeStep

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


def shown_name(row) -> dict:
    return {
        "name": row.name,
        "short_name": row.short_name,
        "period": period_label(row.valid_from, row.valid_until),
        "mark": row.mark,
        "source": row.source,
    }
