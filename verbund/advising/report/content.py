"""What the report says: read from the daily work, nothing typed twice. Titles, numbers, results; no persons."""

from collections import Counter
from datetime import date

from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext as _

from verbund.advising.figures import queries as figures
from verbund.advising.models import (
    Accompaniment,
    AccompanimentStep,
    GoalReview,
    InterculturalOpening,
    Network,
    Pilot,
    Venture,
)
from verbund.advising.networks.lifecycle import MeetingStatus
from verbund.advising.networks.reading import Names
from verbund.advising.openings.lifecycle import GoalResult
from verbund.directory.models import Centre, Partner
from verbund.directory.queries import valid_on


def content_of(centre: Centre, *, year: int, on: date) -> dict:
    """Return the report of a year as the typst template takes it: texts and numbers as texts."""
    scope = figures.Scope(year, on, centre.pk)
    totals = figures.in_all(scope)
    day = figures.reference_day_of(year, on=on)
    return {
        "centre": str(centre),
        "carrier": str(centre.carrier),
        "stand": _("Stand: %(day)s") % {"day": f"{on:%d.%m.%Y}"},
        "intro": _(
            "Dieser Bericht entsteht aus dem, was das Zentrum im Alltag einträgt. Er nennt Einrichtungen und Zahlen, "
            "keine Personen. Was andauert, ist am %(day)s gezählt."
        )
        % {"day": f"{day:%d.%m.%Y}"},
        "figures": [[str(one.label), str(totals.get(one.code, 0)), str(one.rule)] for one in figures.FIGURES],
        "kinds": _kinds(centre, year),
        "fields": _fields(scope),
        "results": _results(centre, year),
        "networks": _networks(centre, year, day),
        "ventures": _ventures(centre, year),
        "openings": _openings(centre, day),
        "words": _words(),
    }


def _kinds(centre: Centre, year: int) -> list[list[str]]:
    """Return how many institutions of each kind were advised in the year, the most first."""
    steps = AccompanimentStep.objects.filter(centre=centre, done_on__range=figures.year_of(year)).order_by()
    rows = steps.values_list("accompaniment__partner__kind").annotate(Count("accompaniment__partner", distinct=True))
    labels = dict(Partner.Kind.choices)
    return [[str(labels[kind]), str(number)] for kind, number in Counter(dict(rows)).most_common()]


def _fields(scope: figures.Scope) -> list[list[str]]:
    return [
        [
            row["name"],
            str(row["figures"].get("institutions", 0)),
            str(row["figures"].get("meetings", 0)),
            str(row["figures"].get("pilots", 0)),
        ]
        for row in figures.by_field(scope)
    ]


def _results(centre: Centre, year: int) -> list[list[str]]:
    """Return how often what was agreed was reached, partly reached and not: accompaniments, goals of openings."""
    days = figures.year_of(year)
    closed = Accompaniment.objects.filter(centre=centre, closed_on__range=days).order_by()
    goals = GoalReview.objects.filter(review__opening__centre=centre, review__reviewed_on__range=days).order_by()
    counted = (
        (_("abgeschlossene Begleitungen"), closed.values_list("outcome").annotate(Count("pk")), Accompaniment.Outcome),
        (_("geprüfte Ziele der Öffnung"), goals.values_list("result").annotate(Count("pk")), GoalResult),
    )
    return [[name, *(str(dict(rows).get(code, 0)) for code in words.values)] for name, rows, words in counted if rows]


def _networks(centre: Centre, year: int, day: date) -> list[list[str]]:
    held = Q(meetings__day__range=figures.year_of(year), meetings__status=MeetingStatus.RELEASED)
    found = Network.objects.filter(valid_on(day), centre=centre).annotate(
        held=Count("meetings", filter=held, distinct=True),
        seats=Count("members", filter=valid_on(day, prefix="members__"), distinct=True),
    )
    found, names = found.select_related("centre__carrier"), Names()
    return [
        [names.of_network(one, day), one.get_kind_display(), one.get_part_display(), str(one.seats), str(one.held)]
        for one in found.order_by("name", "pk")
    ]


def _ventures(centre: Centre, year: int) -> list[list[str]]:
    """Return the ventures that were tried or decided in the year, with what became of them and why."""
    days = figures.year_of(year)
    touched = Q(pilots__started_on__range=days) | Q(pilots__decision__decided_on__range=days)
    decided = Pilot.objects.filter(decision__decided_on__range=days).select_related("decision").order_by("pk")
    found = Venture.objects.filter(touched, centre=centre).distinct().order_by("title", "pk")
    return [
        [one.title, one.get_status_display(), "; ".join(pilot.decision.reason for pilot in one.decided)]
        for one in found.prefetch_related(Prefetch("pilots", decided, to_attr="decided"))
    ]


def _openings(centre: Centre, day: date) -> list[list[str]]:
    found = InterculturalOpening.objects.filter(centre=centre, agreed_on__lte=day)
    found = found.select_related("partner__organisation").annotate(
        done=Count("measures", filter=Q(measures__status="DONE"), distinct=True),
        planned=Count("measures", filter=~Q(measures__status="DROPPED"), distinct=True),
    )
    sentence = _("%(done)s von %(all)s")
    return [
        [
            str(one.partner),
            one.subject,
            one.get_status_display(),
            sentence % {"done": one.done, "all": one.planned},
        ]
        for one in found.order_by("partner__organisation__name", "pk")
    ]


def _words() -> dict[str, str | list[str]]:
    return {
        "nothing": _("In diesem Jahr nichts eingetragen."),
        "figures": _("Das Jahr in Zahlen"),
        "figures_head": [_("Zahl"), _("Wert"), _("So gezählt")],
        "kinds": _("Beratene Einrichtungen nach Art"),
        "kinds_head": [_("Art"), _("Einrichtungen")],
        "fields": _("Nach Handlungsfeld und Bildungsstufe"),
        "fields_head": [_("Feld"), _("Einrichtungen"), _("Sitzungen"), _("Erprobungen")],
        "fields_note": _("Eine Einrichtung, die in zwei Feldern beraten wurde, steht in beiden Zeilen."),
        "networks": _("Netzwerke und Gremien"),
        "networks_head": [_("Name"), _("Art"), _("Das Zentrum"), _("Mitglieder"), _("Sitzungen")],
        "ventures": _("Vorhaben"),
        "ventures_head": [_("Vorhaben"), _("Stand"), _("Begründung der Entscheidung")],
        "results": _("Was erreicht wurde"),
        "results_head": [_("Was vereinbart war"), _("erreicht"), _("teilweise"), _("nicht")],
        "openings": _("Interkulturelle Öffnung"),
        "openings_head": [_("Einrichtung"), _("Worum es geht"), _("Stand"), _("umgesetzte Maßnahmen")],
    }
