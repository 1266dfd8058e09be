"""What can be done with an opening: propose, agree, start, review, complete, end; its parts and its measures."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.demonstration import is_made_up
from verbund.advising.models import (
    GoalReview,
    InterculturalOpening,
    OpeningGoal,
    OpeningMeasure,
    OpeningReview,
    OpeningSection,
    TemplateVersion,
)
from verbund.advising.openings.lifecycle import MEASURE, OPEN, OPENING, STANDING, UNDONE, GoalResult
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.dates import add_months
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking
from verbund.core.versions import claim_version
from verbund.directory.models import Centre, Partner
from verbund.funding import operations as funding

REVIEWED_EVERY_MONTHS = 12
"""An opening is reviewed once a year, first a year after the agreement; the review itself may name another day."""

EDITED = ("subject", "responsible", "field", "stage", "municipality")
ADDED = {OpeningSection: "add_section", OpeningGoal: "add_goal", OpeningMeasure: "add_measure"}
CHANGED = {OpeningSection: "edit_section", OpeningGoal: "edit_goal", OpeningMeasure: "edit_measure"}
REMOVED = {OpeningSection: "remove_section", OpeningGoal: "remove_goal", OpeningMeasure: "remove_measure"}


class ForeignPartner(DomainError):
    """An institution another centre works with."""


class NothingAgreed(DomainError):
    """An agreement without goals, or with a measure nobody is to do by a day."""


class PeriodOutOfOrder(DomainError):
    """The last day of an agreement lies before its first."""


class DayAhead(DomainError):
    """What has happened lies in the future, or what is to come in the past."""


class MeasuresUndecided(DomainError):
    """An opening is completed once every measure is done or dropped."""


class ReviewedAlready(DomainError):
    """One review a year."""


class GoalsUnanswered(DomainError):
    """A review says of every goal what came of it, and why where it was not reached."""


class PartInUse(DomainError):
    """A goal that was reviewed, or a measure that was begun, is not removed any more."""


@transaction.atomic
def propose_opening(
    centre: Centre,
    *,
    partner: Partner,
    subject: str,
    responsible: str,
    field=None,
    stage=None,
    municipality=None,
    audiences=(),
    origin: TemplateVersion | None = None,
    on: date,
    actor: Actor,
) -> InterculturalOpening:
    """Write down that an office and its centre want to begin. Raises ForeignPartner."""
    if partner.centre_id != centre.pk:
        raise ForeignPartner(_("Diese Einrichtung gehört nicht zu Ihrem Zentrum."), field="partner")
    values = {"subject": subject, "responsible": responsible, "field": field, "stage": stage}
    opening = InterculturalOpening.objects.create(
        centre=centre,
        partner=partner,
        municipality=municipality or partner.municipality,
        origin=origin,
        proposed_on=on,
        status_since=on,
        is_demo=is_made_up(actor),
        **values,
        **actor.signs("recorded"),
    )
    opening.audiences.set(audiences)
    audit.record("propose_opening", opening, actor=actor, after={"partner": partner.pk, **_stored(values)})
    return opening


def _stored(values: dict) -> dict:
    """Return values as the trail keeps them: records by their number."""
    return {name: getattr(value, "pk", value) for name, value in values.items()}


@transaction.atomic
def edit_opening(opening: InterculturalOpening, *, values: dict, audiences, seen: int, actor: Actor) -> None:
    """Change what it is about, who is responsible and where it counts. Raises NotAllowedNow, StaleVersion."""
    locked = _open(opening)
    claim_version(locked, seen)
    before = _stored({name: getattr(locked, name) for name in EDITED})
    for name in EDITED:
        setattr(opening, name, values[name])
    opening.save(update_fields=list(EDITED))
    opening.audiences.set(audiences)
    funding.keep_in_step(opening)
    audit.record("edit_opening", opening, actor=actor, before=before, after=_stored({n: values[n] for n in EDITED}))


def _open(opening: InterculturalOpening) -> InterculturalOpening:
    """Lock an opening that can still be written. Raises NotAllowedNow."""
    locked = locking(InterculturalOpening.objects).get(pk=opening.pk)
    if locked.status not in OPEN:
        raise NotAllowedNow(_("Diese Öffnung ist abgeschlossen oder beendet und wird nicht mehr geändert."))
    return locked


@transaction.atomic
def agree_opening(
    opening: InterculturalOpening,
    *,
    agreement: str,
    agreed_on: date,
    agreed_until: date | None,
    on: date,
    actor: Actor,
) -> None:
    """Record the agreement of an office and its centre; the first review is due a year later.

    Raises NotAllowedNow, NothingAgreed without a goal or with a measure that lacks its day, PeriodOutOfOrder, DayAhead,
    OutsideGrantPeriod where a grant of another time pays for it.
    """
    if agreed_on > on:
        raise DayAhead(_("Der Tag liegt in der Zukunft."), field="agreed_on")
    _refuse_period(agreed_on, agreed_until)
    locked = locking(InterculturalOpening.objects).get(pk=opening.pk)
    OPENING.check("agree_opening", locked)
    if not locked.goals.exists():
        raise NothingAgreed(_("Tragen Sie zuerst mindestens ein Ziel ein."))
    if locked.measures.filter(status__in=UNDONE, due_on=None).exists():
        raise NothingAgreed(_("Jede Maßnahme braucht vor der Vereinbarung einen Tag, an dem sie fällig ist."))
    funding.refuse_outside_grant_period(opening, agreed_on, field="agreed_on")
    changes = {
        "agreement": agreement,
        "agreed_on": agreed_on,
        "agreed_until": agreed_until,
        "review_due_on": add_months(agreed_on, REVIEWED_EVERY_MONTHS),
        "status_since": on,
    }
    OPENING.apply("agree_opening", opening, actor=actor, changes=changes)
    funding.keep_in_step(opening)


@transaction.atomic
def change_agreement(
    opening: InterculturalOpening, *, agreement: str, agreed_until: date | None, reason: str, seen: int, actor: Actor
) -> None:
    """Change the words or the end of a standing agreement, and say why. Raises NotAllowedNow, StaleVersion."""
    locked = locking(InterculturalOpening.objects).get(pk=opening.pk)
    if locked.status not in STANDING:
        raise NotAllowedNow(_("Geändert wird eine Vereinbarung, solange sie gilt."))
    _refuse_period(locked.agreed_on, agreed_until)
    claim_version(locked, seen)
    before = {"agreement": locked.agreement, "agreed_until": locked.agreed_until}
    opening.agreement, opening.agreed_until = agreement, agreed_until
    opening.save(update_fields=["agreement", "agreed_until"])
    after = {"agreement": agreement, "agreed_until": agreed_until}
    audit.record("change_agreement", opening, actor=actor, before=before, after=after, note=reason)


def _refuse_period(first: date, last: date | None) -> None:
    if last is not None and last < first:
        text = _("Der letzte Tag liegt vor dem Tag der Vereinbarung.")
        raise PeriodOutOfOrder(text, field="agreed_until")


@transaction.atomic
def start_opening(opening: InterculturalOpening, *, on: date, actor: Actor) -> None:
    """Say that the office has begun. Raises NotAllowedNow."""
    OPENING.apply("start_opening", opening, actor=actor, changes={"status_since": on})


@transaction.atomic
def complete_opening(opening: InterculturalOpening, *, on: date, actor: Actor) -> None:
    """Close an opening whose measures are all decided. Raises NotAllowedNow or MeasuresUndecided."""
    locked = locking(InterculturalOpening.objects).get(pk=opening.pk)
    OPENING.check("complete_opening", locked)
    if number := locked.measures.filter(status__in=UNDONE).count():
        text = _("Noch nicht entschieden: %(number)s Maßnahmen. Haken Sie sie ab oder sagen Sie, warum sie entfallen.")
        raise MeasuresUndecided(text % {"number": number})
    OPENING.apply("complete_opening", opening, actor=actor, changes={"status_since": on})


@transaction.atomic
def end_opening(opening: InterculturalOpening, *, end_reason: str, on: date, actor: Actor) -> None:
    """End an opening before its time. Raises NotAllowedNow."""
    OPENING.apply("end_opening", opening, actor=actor, changes={"end_reason": end_reason, "status_since": on})


# parts


@transaction.atomic
def add_part(model, opening: InterculturalOpening, *, values: dict, on: date, origin_key: str = "", actor: Actor):
    """Add a section, goal or measure (the model) at the end. Raises NotAllowedNow."""
    _open(opening)
    of_measure = {"status_since": on} if model is OpeningMeasure else {}
    last = model.objects.filter(opening=opening).order_by("-position").first()
    part = model.objects.create(
        opening=opening, position=last.position + 1 if last else 1, origin_key=origin_key, **values, **of_measure
    )
    audit.record(ADDED[model], part, actor=actor, after=values)
    return part


@transaction.atomic
def edit_part(part, *, values: dict, seen: int, actor: Actor) -> None:
    """Change a section, goal or measure. Raises NotAllowedNow, StaleVersion."""
    _open(part.opening)
    claim_version(part, seen)
    before = {name: getattr(part, name) for name in values}
    for name, value in values.items():
        setattr(part, name, value)
    part.save(update_fields=list(values))
    audit.record(CHANGED[type(part)], part, actor=actor, before=before, after=values)


@transaction.atomic
def remove_part(part, *, actor: Actor) -> None:
    """Strike out a section, a goal nobody reviewed, a measure nobody began. Raises NotAllowedNow, PartInUse."""
    _open(part.opening)
    if isinstance(part, OpeningGoal) and part.results.exists():
        raise PartInUse(_("Dieses Ziel wurde schon geprüft und bleibt stehen."))
    if isinstance(part, OpeningMeasure) and part.status != "PLANNED":
        raise PartInUse(_("Diese Maßnahme wurde schon begonnen. Sagen Sie stattdessen, dass sie entfällt."))
    audit.record(REMOVED[type(part)], part.opening, actor=actor, note=str(part))
    part.delete()


# measures


@transaction.atomic
def start_measure(measure: OpeningMeasure, *, on: date, actor: Actor) -> None:
    """Say that a measure is under way; the opening then is too. Raises NotAllowedNow."""
    locked = _open(measure.opening)
    MEASURE.apply("start_measure", measure, actor=actor, changes={"status_since": on})
    _start_with_measure(locked, on=on, actor=actor)


@transaction.atomic
def finish_measure(measure: OpeningMeasure, *, on: date, actor: Actor) -> None:
    """Say that a measure is done. Raises NotAllowedNow."""
    locked = _open(measure.opening)
    MEASURE.apply("finish_measure", measure, actor=actor, changes={"status_since": on})
    _start_with_measure(locked, on=on, actor=actor)


@transaction.atomic
def drop_measure(measure: OpeningMeasure, *, drop_reason: str, on: date, actor: Actor) -> None:
    """Say that a measure is not done after all, and why. Raises NotAllowedNow."""
    _open(measure.opening)
    MEASURE.apply("drop_measure", measure, actor=actor, changes={"drop_reason": drop_reason, "status_since": on})


@transaction.atomic
def resume_measure(measure: OpeningMeasure, *, on: date, actor: Actor) -> None:
    """Take up again what was done or dropped. Raises NotAllowedNow."""
    _open(measure.opening)
    MEASURE.apply("resume_measure", measure, actor=actor, changes={"drop_reason": "", "status_since": on})


def _start_with_measure(opening: InterculturalOpening, *, on: date, actor: Actor) -> None:
    """Begin an agreed opening with its first measure."""
    if "start_opening" in OPENING.open_for(opening.status):
        OPENING.apply("start_opening", opening, actor=actor, changes={"status_since": on})


# the yearly review


@transaction.atomic
def review_opening(
    opening: InterculturalOpening,
    *,
    year: int,
    results: dict[int, tuple[str, str]],
    next_steps: str,
    review_due_on: date,
    on: date,
    actor: Actor,
) -> OpeningReview:
    """Record what came of each goal (by its number: result and reason) and when the next review is.

    Raises NotAllowedNow, ReviewedAlready for a second one in a year, GoalsUnanswered, DayAhead.
    """
    if year > on.year:
        raise DayAhead(_("Dieses Jahr hat noch nicht begonnen."), field="year")
    if review_due_on <= on:
        raise DayAhead(_("Der Tag der nächsten Prüfung liegt nicht nach heute."), field="review_due_on")
    locked = locking(InterculturalOpening.objects).get(pk=opening.pk)
    if locked.status not in STANDING:
        raise NotAllowedNow(_("Geprüft wird, was vereinbart oder in Umsetzung ist."))
    if locked.reviews.filter(year=year).exists():
        raise ReviewedAlready(_("Für %(year)s ist die Prüfung schon festgehalten.") % {"year": year}, field="year")
    goals = list(locked.goals.all())
    for goal in goals:
        result, reason = results.get(goal.pk, ("", ""))
        if result not in GoalResult.values or (result != GoalResult.REACHED and not reason):
            text = _("Sagen Sie zu jedem Ziel, was erreicht ist, und warum, wenn es nicht ganz erreicht ist.")
            raise GoalsUnanswered(text)
    review = OpeningReview.objects.create(
        opening=opening, year=year, reviewed_on=on, next_steps=next_steps, **actor.signs("recorded")
    )
    GoalReview.objects.bulk_create(
        GoalReview(
            review=review, goal=goal, goal_text=goal.text, result=results[goal.pk][0], reason=results[goal.pk][1]
        )
        for goal in goals
    )
    opening.review_due_on = review_due_on
    opening.save(update_fields=["review_due_on"])
    said = {"year": year, "review_due_on": review_due_on}
    audit.record("review_opening", opening, actor=actor, before={"review_due_on": locked.review_due_on}, after=said)
    return review
