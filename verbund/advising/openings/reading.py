"""What the page of an opening says: the next step, the parts with their moves, where it came from."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.advising.cutting.reading import history_of
from verbund.advising.models import InterculturalOpening
from verbund.advising.openings import concept, listing, queries
from verbund.advising.openings.lifecycle import MEASURE, OPEN, OPENING, STANDING, UNDONE, OpeningStatus
from verbund.advising.openings.permissions import keeps_opening
from verbund.core.acting import Actor

STEPS = (OpeningStatus.PROPOSED, OpeningStatus.AGREED, OpeningStatus.RUNNING, OpeningStatus.COMPLETED)
MOST_ACTS = 60


def page_of(opening: InterculturalOpening, actor: Actor, *, on: date) -> dict:
    """Return the context of the page; the same number of statements however many parts."""
    sections, goals, measures = (list(getattr(opening, kind).all()) for kind in concept.FIELDS)
    reviews = list(opening.reviews.prefetch_related("results"))
    may = keeps_opening(actor, opening)
    is_open = may and opening.status in OPEN
    return {
        "opening": opening,
        "tone": listing.TONES[opening.status],
        "steps": _steps(opening),
        "step": _next_step(opening, goals, measures, on=on) if may else {},
        "may_write": is_open,
        "may_agree": may and "agree_opening" in OPENING.open_for(opening.status),
        "may_change_agreement": may and opening.status in STANDING,
        "sections": sections,
        "goals": goals,
        "measures": [_measure(one, may=is_open, on=on) for one in measures],
        "reviews": reviews,
        "audiences": list(opening.audiences.all()),
        "origin": _origin(opening, sections, goals, measures),
        "history": history_of(opening, *sections, *goals, *measures, limit=MOST_ACTS),
    }


def _steps(opening: InterculturalOpening) -> list[dict]:
    """Return the course of an opening; one that was ended shows how far it came."""
    if opening.status == OpeningStatus.ENDED:
        reached = STEPS.index(OpeningStatus.AGREED) if opening.agreed_on else 0
        ended = {"label": opening.get_status_display(), "state": "current", "note": ""}
        return [{"label": one.label, "state": "done", "note": ""} for one in STEPS[: reached + 1]] + [ended]
    now = STEPS.index(OpeningStatus(opening.status))
    states = ["done"] * now + ["current"] + ["todo"] * (len(STEPS) - now - 1)
    return [{"label": one.label, "state": state, "note": ""} for one, state in zip(STEPS, states, strict=True)]


def _next_step(opening: InterculturalOpening, goals: list, measures: list, *, on: date) -> dict:
    """Return what is to be done now: title, page, button, and whether one press does it."""

    def way(title: str, page: str, label: str, *, by_post: bool = False, due_on=None) -> dict:
        url = reverse(f"advising:{page}", args=[opening.pk])
        return {"title": title, "url": url, "label": label, "by_post": by_post, "due_on": due_on}

    if opening.status == OpeningStatus.PROPOSED:
        if not goals:
            return way(_("Das erste Ziel eintragen"), "opening-goal-new", _("Ziel ergänzen"))
        if not measures:
            return way(_("Die erste Maßnahme eintragen"), "opening-measure-new", _("Maßnahme ergänzen"))
        return way(_("Mit der Einrichtung vereinbaren"), "opening-agree", _("Vereinbarung festhalten"))
    if listing.is_review_due(opening, on=on):
        title = _("Die Jahresprüfung ist fällig")
        return way(title, "opening-review", _("Jahresprüfung"), due_on=opening.review_due_on)
    late = [one.due_on for one in measures if is_late(one, on=on)]
    if late and opening.status in STANDING:
        url = f"{opening.get_absolute_url()}#massnahmen"
        title = _("Überfällige Maßnahmen abhaken oder verschieben")
        return {"title": title, "url": url, "label": _("Zu den Maßnahmen"), "by_post": False, "due_on": min(late)}
    if opening.status in STANDING and opening.agreed_until is not None and opening.agreed_until < on:
        title = _("Die Vereinbarung ist ausgelaufen: verlängern oder abschließen")
        return way(title, "opening-agreement", _("Vereinbarung ändern"), due_on=opening.agreed_until)
    if opening.status == OpeningStatus.AGREED:
        return way(_("Mit der Umsetzung beginnen"), "opening-start", _("Umsetzung beginnen"), by_post=True)
    if opening.status == OpeningStatus.RUNNING and measures and not any(one.status in UNDONE for one in measures):
        title = _("Alle Maßnahmen sind entschieden")
        return way(title, "opening-complete", _("Öffnung abschließen"), by_post=True)
    return {}


def is_late(measure, *, on: date) -> bool:
    """Whether a measure should be done by now."""
    return measure.status in UNDONE and measure.due_on is not None and measure.due_on < on


def _measure(measure, *, may: bool, on: date) -> dict:
    moves = MEASURE.open_for(measure.status) if may else set()
    return {
        "measure": measure,
        "tone": listing.MEASURE_TONES[measure.status],
        "is_late": is_late(measure, on=on),
        "may_start": "start_measure" in moves,
        "may_finish": "finish_measure" in moves,
        "may_drop": "drop_measure" in moves,
        "may_resume": "resume_measure" in moves,
    }


def _origin(opening: InterculturalOpening, sections: list, goals: list, measures: list) -> dict | None:
    """Return the concept an opening came from: version, what the centre changed since, what a newer version changes."""
    if opening.origin_id is None:
        return None
    lists = {"sections": sections, "goals": goals, "measures": measures}
    mine = queries.concept_from(lists)
    version, newer = opening.origin, queries.newer_version(opening)
    return {
        "version": version,
        "template": version.template,
        "is_released": version.template.status == "RELEASED",
        "own": concept.differences(version.content, mine),
        "newer": newer,
        "is_set_aside": newer is not None and newer.number <= opening.set_aside,
        "news": concept.differences(version.content, newer.content) if newer else [],
    }
