"""What stands on the page of a venture: the course, the next step, the concept with its versions, the pilots."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.advising.cutting.reading import history_of
from verbund.advising.models import (
    Agreement,
    ConceptVersion,
    Criterion,
    CriterionValue,
    Pilot,
    Practice,
    SectionComment,
    Venture,
)
from verbund.advising.ventures import permissions, queries
from verbund.advising.ventures.calculations import differences, outcome_of, snapshot
from verbund.advising.ventures.lifecycle import OVER, VENTURE, WRITTEN, Outcome, VentureStatus
from verbund.advising.ventures.operations.decisions import OFFERABLE
from verbund.core.acting import Actor

S = VentureStatus
TONES = {
    S.IDEA: "neutral",
    S.CONCEPT: "info",
    S.AGREED: "info",
    S.PILOT: "warning",
    S.EVALUATED: "warning",
    S.PERMANENT: "success",
    S.CHANGED: "info",
    S.ENDED: "neutral",
}
OUTCOME_TONES = {Outcome.REACHED: "success", Outcome.PARTLY: "warning", Outcome.MISSED: "danger"}
COURSE = (
    (gettext_lazy("Bedarf"), {S.IDEA}),
    (gettext_lazy("Konzept"), {S.CONCEPT}),
    (gettext_lazy("vereinbart"), {S.AGREED, S.CHANGED}),
    (gettext_lazy("Erprobung"), {S.PILOT}),
    (gettext_lazy("Auswertung"), {S.EVALUATED}),
    (gettext_lazy("dauerhaft"), {S.PERMANENT}),
)


@dataclass(frozen=True)
class NextStep:
    """The one thing to do now (a form, or with `by_post` a button), or who is waited for, or that all is done."""

    title: str = ""
    label: str = ""
    url: str = ""
    by_post: bool = False
    waiting_for: str = ""
    done: str = ""
    due_on: date | None = None


def course_of(venture: Venture) -> list[dict]:
    """Return the course from the need to the permanent offer; what ended has no current step."""
    if venture.status == S.ENDED:
        return []
    current = next(place for place, (_label, found) in enumerate(COURSE) if venture.status in found)
    states = ["done" if place < current else "current" if place == current else "todo" for place in range(len(COURSE))]
    return [{"label": label, "state": state, "note": ""} for (label, _found), state in zip(COURSE, states, strict=True)]


def concept_part(venture: Venture, actor: Actor) -> dict:
    """Return the concept as its centre and its parties read it."""
    sections = queries.sections_of(venture)
    versions = list(venture.versions.order_by("-number"))
    agreements = defaultdict(list)
    found = Agreement.objects.filter(version__in=versions).select_related("party__partner__organisation")
    for one in found:
        agreements[one.version_id].append(one)
    newest = versions[0] if versions else None
    is_newest_text = newest is not None and newest.content == snapshot(sections)
    waiting = queries.outstanding(venture, newest) if newest else []
    own = queries.own_party(venture, actor)
    keeps = permissions.keeps_venture(actor, venture)
    is_written = venture.status in WRITTEN
    return {
        "venture": venture,
        "tone": TONES[venture.status],
        "course": course_of(venture),
        "sections": [(one, list(one.comments.all())) for one in sections],
        "versions": [(one, agreements[one.pk]) for one in versions],
        "newest": newest,
        "is_newest_text": is_newest_text,
        "waiting": waiting,
        "own_party": own,
        "keeps": keeps,
        "can_write": keeps and is_written,
        "can_comment": is_written and (keeps or own is not None),
        "can_agree": is_written and is_newest_text and own in waiting,
        "can_freeze": keeps and is_written and bool(sections) and not is_newest_text,
        "can_record": keeps and is_written and is_newest_text and bool(waiting),
    }


def version_part(version: ConceptVersion, earlier: ConceptVersion | None, others: list[ConceptVersion]) -> dict:
    """Return a version, section by section against an earlier one."""
    return {
        "version": version,
        "venture": version.venture,
        "earlier": earlier,
        "others": others,
        "differences": differences(earlier.content if earlier else version.content, version.content),
        "agreements": list(version.agreements.select_related("party__partner__organisation")),
    }


def centre_part(venture: Venture, *, on: date) -> dict:
    """Return what only the centre reads: figures, parties, pilots, the offer, what was done."""
    parties, figures = queries.parties_of(venture), list(venture.figures.all())
    pilots = pilots_of(venture)
    moves = VENTURE.open_for(venture.status)
    planned = next((one["pilot"] for one in pilots if one["pilot"].started_on is None), None)
    practice = Practice.objects.filter(venture=venture).first()
    is_open = venture.status not in OVER
    return {
        "figures": figures,
        "parties": parties,
        "pilots": pilots,
        "can_change": is_open,
        "can_plan": is_open and planned is None and venture.status in WRITTEN,
        "can_drop": "drop_venture" in moves,
        "can_offer": venture.offer_id is None and venture.status in OFFERABLE,
        "offers_as_pilot": venture.status in {S.PILOT, S.EVALUATED},
        "practice": practice,
        "can_pass_on": practice is None and venture.status == S.PERMANENT,
        "step": next_step(venture, figures, parties, pilots, practice, on=on),
        "history": history_of(*_all_of(venture, figures, parties, pilots)),
    }


def _all_of(venture: Venture, figures, parties, pilots) -> list:
    """Return the records whose acts make up the history of a venture."""
    found = [venture, *figures, *parties, *venture.sections.all(), *venture.versions.all()]
    found += [
        *SectionComment.objects.filter(section__venture=venture),
        *Agreement.objects.filter(version__venture=venture),
    ]
    for row in pilots:
        found += [row["pilot"], *(one["criterion"] for one in row["criteria"])]
        found += [value for one in row["criteria"] for value in one["values"]]
    return found


def pilots_of(venture: Venture) -> list[dict]:
    """Return the pilots with each criterion, its newest value and how that stands; four statements."""
    values = Prefetch("criteria__values", CriterionValue.objects.order_by("measured_on", "pk"))
    found = venture.pilots.select_related("evaluation", "decision").prefetch_related("criteria", values)
    return [_pilot_row(venture, one) for one in found]


def _pilot_row(venture: Venture, pilot: Pilot) -> dict:
    evaluation, decision = (getattr(pilot, name, None) for name in ("evaluation", "decision"))
    is_running = venture.status == S.PILOT and pilot.started_on is not None and evaluation is None
    return {
        "pilot": pilot,
        "criteria": [_criterion_row(one) for one in pilot.criteria.all()],
        "evaluation": evaluation,
        "decision": decision,
        "is_running": is_running,
        "is_planned": pilot.started_on is None and venture.status not in OVER,
    }


def _criterion_row(criterion: Criterion) -> dict:
    values = list(criterion.values.all())
    newest = values[-1] if values else None
    outcome = outcome_of_value(criterion, newest) if newest else None
    return {
        "criterion": criterion,
        "values": values,
        "newest": newest,
        "outcome": outcome.label if outcome else "",
        "tone": OUTCOME_TONES[outcome] if outcome else "neutral",
    }


def outcome_of_value(criterion: Criterion, measured: CriterionValue) -> Outcome:
    """Return how a value stands: computed where there is a number, else as it was judged."""
    if criterion.target is None:
        return Outcome(measured.judged)
    return outcome_of(
        measured.value,
        target=criterion.target,
        partly_from=criterion.partly_from,
        less_is_better=criterion.direction == Criterion.Direction.AT_MOST,
    )


def next_step(venture: Venture, figures, parties, pilots, practice, *, on: date) -> NextStep:
    """Return what is to be done now, for the centre."""
    active = [one for one in parties if one.is_active]
    if venture.status == S.ENDED:
        return NextStep(done=_("Das Vorhaben ist beendet: %s") % venture.end_reason)
    if venture.status in {S.IDEA, S.CONCEPT} and not figures:
        return _form(venture, _("Den Bedarf mit Zahlen belegen"), _("Bedarfszahl eintragen"), "venture-figure")
    if venture.status in {S.IDEA, S.CONCEPT} and not active:
        return _form(venture, _("Partner suchen"), _("Partner aufnehmen"), "venture-party")
    if venture.status == S.IDEA:
        return _form(venture, _("Das Konzept beginnen"), _("Abschnitt schreiben"), "section-new")
    if venture.status == S.CONCEPT:
        return _concept_step(venture)
    if venture.status in {S.AGREED, S.CHANGED}:
        return _planning_step(venture, pilots)
    if venture.status == S.PILOT:
        return _pilot_step(pilots[-1], on)
    if venture.status == S.EVALUATED:
        return _form(venture, _("Entscheiden, wie es weitergeht"), _("Entscheiden"), "venture-decide")
    if venture.offer_id is None:
        return _form(venture, _("Das dauerhafte Angebot auffindbar machen"), _("In den Finder"), "venture-offer")
    if practice is None:
        return _form(venture, _("Die Erfahrung weitergeben"), _("Als gute Praxis beschreiben"), "practice-of-venture")
    return NextStep(done=_("Aus dem Vorhaben ist ein dauerhaftes Angebot geworden."))


def _form(record, title: str, label: str, name: str) -> NextStep:
    return NextStep(title=title, label=label, url=reverse(f"advising:{name}", args=[record.pk]))


def _concept_step(venture: Venture) -> NextStep:
    newest = queries.newest_version(venture)
    if newest is None or not queries.is_newest_text(venture, newest):
        title = _("Ist der Text fertig? Halten Sie eine Fassung fest, der die Partner zustimmen.")
        return _form(venture, title, _("Fassung festhalten"), "version-new")
    waiting = ", ".join(str(one) for one in queries.outstanding(venture, newest))
    title = _("Es fehlt die Zustimmung von: %s") % waiting
    return _form(newest, title, _("Zustimmung festhalten"), "agreement-new")


def _planning_step(venture: Venture, pilots: list[dict]) -> NextStep:
    row = pilots[-1] if pilots and pilots[-1]["is_planned"] else None
    if row is None:
        return _form(venture, _("Die Erprobung planen"), _("Erprobung planen"), "pilot-new")
    if not row["criteria"]:
        title = _("Festlegen, woran die Erprobung gemessen wird")
        return _form(row["pilot"], title, _("Kriterium festlegen"), "criterion-new")
    title = _("Alles ist vereinbart und festgelegt. Mit dem Beginn stehen die Kriterien fest.")
    url = reverse("advising:pilot-start", args=[row["pilot"].pk])
    return NextStep(title=title, label=_("Erprobung beginnen"), url=url, by_post=True)


def _pilot_step(row: dict, on: date) -> NextStep:
    unmeasured = next((one["criterion"] for one in row["criteria"] if one["newest"] is None), None)
    if row["pilot"].last_day >= on:
        return NextStep(waiting_for=_("das Ende der Erprobung am %s") % f"{row['pilot'].last_day:%d.%m.%Y}")
    if unmeasured is not None:
        title = _("Die Erprobung ist vorbei. Noch ohne Messwert: %s") % unmeasured.what
        return _form(unmeasured, title, _("Messwert eintragen"), "value-new")
    return _form(row["pilot"], _("Die Erprobung ist vorbei und gemessen"), _("Auswerten"), "pilot-evaluate")
