"""Try what was agreed: plan, set the criteria, start, measure, evaluate."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.models import Criterion, CriterionValue, Evaluation, Pilot, Venture
from verbund.advising.ventures import queries
from verbund.advising.ventures.lifecycle import OVER, VENTURE, VentureStatus
from verbund.advising.ventures.operations.concepts import is_settled
from verbund.advising.ventures.operations.decisions import follow_with_offer
from verbund.advising.ventures.operations.ventures import WrongDay, locked, refuse_future
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow


class IncompletePilot(DomainError):
    """A pilot that is not planned, has no criterion, or is not agreed by all parties."""


class WrongCriterion(DomainError):
    """A limit for "partly" on the wrong side of the target, or a number without unit."""


class NotMeasured(DomainError):
    """Criteria for which nobody has entered what was measured."""


def _planned(pilot: Pilot) -> Pilot:
    """Return the pilot as it is now, its venture locked; raises NotAllowedNow once it has started."""
    locked(pilot.venture)
    current = Pilot.objects.get(pk=pilot.pk)
    if current.started_on is not None:
        raise NotAllowedNow(_("Die Erprobung hat begonnen. Zeitraum, Ort und Kriterien bleiben, wie sie sind."))
    return current


def _refuse_order(first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise WrongDay(_("Das Ende liegt vor dem Beginn."), field="last_day")


@transaction.atomic
def plan_pilot(venture: Venture, *, first_day: date, last_day: date, place: str, actor: Actor) -> Pilot:
    """Plan when and where it is tried. Raises WrongDay, or NotAllowedNow where one is planned or running."""
    stored = locked(venture)
    if stored.status in OVER | {VentureStatus.PILOT, VentureStatus.EVALUATED}:
        raise NotAllowedNow(_("Jetzt lässt sich keine Erprobung planen."))
    if stored.pilots.filter(started_on=None).exists():
        raise NotAllowedNow(_("Es ist schon eine Erprobung geplant. Ändern Sie diese."))
    _refuse_order(first_day, last_day)
    after = {"first_day": first_day, "last_day": last_day, "place": place}
    pilot = Pilot.objects.create(venture=stored, number=stored.pilots.count() + 1, **after)
    audit.record("plan_pilot", pilot, actor=actor, after=after)
    return pilot


@transaction.atomic
def edit_pilot(pilot: Pilot, *, first_day: date, last_day: date, place: str, actor: Actor) -> None:
    """Change the plan before the start. Raises WrongDay, NotAllowedNow."""
    current = _planned(pilot)
    _refuse_order(first_day, last_day)
    after = {"first_day": first_day, "last_day": last_day, "place": place}
    before = {name: getattr(current, name) for name in after}
    for name, value in after.items():
        setattr(pilot, name, value)
    pilot.save(update_fields=list(after))
    audit.record("edit_pilot", pilot, actor=actor, before=before, after=after)


@transaction.atomic
def add_criterion(
    pilot: Pilot, *, what: str, how_measured: str, direction: str = Criterion.Direction.AT_LEAST,
    target: Decimal | None = None, partly_from: Decimal | None = None, unit: str = "", actor: Actor,
) -> Criterion:  # fmt: skip
    """Set by what the pilot will be measured, before it starts. Raises WrongCriterion, NotAllowedNow."""
    current = _planned(pilot)
    if target is not None and not unit:
        raise WrongCriterion(_("Zu einem Zielwert gehört eine Einheit, zum Beispiel „Familien“."), field="unit")
    if partly_from is not None:
        less_is_better = direction == Criterion.Direction.AT_MOST
        if target is None or (partly_from <= target if less_is_better else partly_from >= target):
            text = _("Die Grenze für „teilweise“ muss schlechter sein als der Zielwert.")
            raise WrongCriterion(text, field="partly_from")
    after = {
        "what": what, "direction": direction, "target": target, "partly_from": partly_from, "unit": unit,
        "how_measured": how_measured,
    }  # fmt: skip
    criterion = Criterion.objects.create(pilot=current, **after)
    audit.record("add_criterion", criterion, actor=actor, after=after)
    return criterion


@transaction.atomic
def remove_criterion(criterion: Criterion, *, actor: Actor) -> None:
    """Take a criterion back before the start. Raises NotAllowedNow."""
    pilot = _planned(criterion.pilot)
    audit.record("remove_criterion", pilot, actor=actor, note=criterion.what)
    criterion.delete()


@transaction.atomic
def start_pilot(pilot: Pilot, *, on: date, actor: Actor) -> None:
    """Begin: from now on period, place and criteria stand. Raises IncompletePilot, NotAllowedNow."""
    current = _planned(pilot)
    venture = locked(current.venture)
    VENTURE.check("start_pilot", venture)
    if not current.criteria.exists():
        raise IncompletePilot(_("Legen Sie zuerst fest, woran die Erprobung gemessen wird."))
    if not is_settled(venture):
        raise IncompletePilot(_("Erst müssen alle Partner der neuesten Fassung des Konzepts zustimmen."))
    if current.last_day < on:
        raise IncompletePilot(_("Der geplante Zeitraum ist vorbei. Ändern Sie die Planung."))
    pilot.started_on = on
    pilot.save(update_fields=["started_on"])
    VENTURE.apply("start_pilot", venture, actor=actor, changes={"status_since": on})
    follow_with_offer(venture, stage="PILOT" if pilot.number == 1 else "TRIAL", pilot=pilot, on=on, actor=actor)


def _running(pilot: Pilot) -> tuple[Venture, Pilot]:
    """Return venture and pilot as they are now, locked; raises NotAllowedNow unless this pilot is being tried."""
    venture = locked(pilot.venture)
    VENTURE.check("evaluate_pilot", venture)
    newest = queries.newest_pilot(venture)
    if newest != pilot:
        raise NotAllowedNow(_("Diese Erprobung ist abgeschlossen."))
    return venture, newest


@transaction.atomic
def enter_value(
    criterion: Criterion, *, measured_on: date, value: Decimal | None = None, judged: str = "", explanation: str = "",
    on: date, actor: Actor,
) -> CriterionValue:  # fmt: skip
    """Write down what was measured, in between or at the end; the newest day counts.

    Raises NotAllowedNow, WrongDay, and NotMeasured where number or judgement is missing.
    """
    _venture, pilot = _running(criterion.pilot)
    refuse_future(measured_on, on, field="measured_on")
    if measured_on < min(pilot.first_day, pilot.started_on):
        raise WrongDay(_("Der Tag liegt vor der Erprobung."), field="measured_on")
    if criterion.target is not None and value is None:
        raise NotMeasured(_("Bitte tragen Sie die gemessene Zahl ein."), field="value")
    if criterion.target is None and not (judged and explanation):
        raise NotMeasured(_("Bitte schätzen Sie ein und schreiben Sie, warum."), field="explanation")
    after = {
        "measured_on": measured_on,
        "value": value if criterion.target is not None else None,
        "judged": "" if criterion.target is not None else judged,
        "explanation": explanation,
    }
    measured = CriterionValue.objects.create(criterion=criterion, **after)
    audit.record("enter_value", measured, actor=actor, after=after)
    return measured


@transaction.atomic
def evaluate_pilot(pilot: Pilot, *, findings: str, recommendation: str, on: date, actor: Actor) -> Evaluation:
    """Evaluate against the criteria set before. Raises NotAllowedNow, and NotMeasured while one has no value."""
    venture, pilot = _running(pilot)
    if on < pilot.first_day:
        raise WrongDay(_("Die Erprobung hat noch nicht begonnen."))
    unmeasured = [one.what for one in pilot.criteria.filter(values=None)]
    if unmeasured:
        raise NotMeasured(_("Noch ohne Messwert: %s. Tragen Sie ihn zuerst ein.") % "; ".join(unmeasured))
    evaluation = Evaluation.objects.create(
        pilot=pilot, evaluated_on=on, findings=findings, recommendation=recommendation, **actor.signs("evaluated")
    )
    VENTURE.apply("evaluate_pilot", venture, actor=actor, changes={"status_since": on}, note=findings[:200])
    return evaluation
