"""The figures of a year, by centre and by field: each one statement, grouped by the database.

An institution counts once, however often it was visited, and once in the sum of all fields. What counts on which day
stands at each figure (`FIGURES`).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verbund.advising import permissions
from verbund.advising.education import in_education
from verbund.advising.models import (
    Accompaniment,
    AccompanimentStep,
    AdviceRequest,
    Enquiry,
    InterculturalOpening,
    Meeting,
    Network,
    NetworkMember,
    OpeningMeasure,
    Pilot,
    VentureDecision,
)
from verbund.advising.networks.lifecycle import MeetingStatus
from verbund.advising.openings.lifecycle import STANDING, MeasureStatus, OpeningStatus
from verbund.advising.ventures.lifecycle import Verdict
from verbund.core.acting import Actor
from verbund.directory.models import Centre
from verbund.directory.queries import valid_on


@dataclass(frozen=True)
class Figure:
    """A figure: its code, what it is called, and by which rule it counts."""

    code: str
    label: str | Promise
    rule: str | Promise


FIGURES = (
    Figure(
        "institutions", _("beratene Einrichtungen"), _("Eine Einrichtung zählt einmal, wenn im Jahr etwas geschah.")
    ),
    Figure("long_term", _("davon längerfristig begleitet"), _("Einrichtungen mit einer längerfristigen Begleitung.")),
    Figure("steps", _("Besuche, Gespräche, Fortbildungen"), _("Jeder Schritt zählt an seinem Tag.")),
    Figure("hours", _("Stunden"), _("Summe der eingetragenen Minuten, in Stunden.")),
    Figure("openings", _("laufende Öffnungsvereinbarungen"), _("Vereinbart oder in Umsetzung am Stichtag.")),
    Figure("measures", _("umgesetzte Öffnungsmaßnahmen"), _("Im Jahr als umgesetzt eingetragen.")),
    Figure("networks", _("geleitete Netzwerke"), _("Netzwerke, die das Zentrum am Stichtag leitet.")),
    Figure("meetings", _("Sitzungen mit Niederschrift"), _("Nur Sitzungen, deren Niederschrift freigegeben ist.")),
    Figure("members", _("Einrichtungen in Netzwerken"), _("Wer in mehreren Netzwerken sitzt, zählt einmal.")),
    Figure("pilots", _("erprobte Vorhaben"), _("Vorhaben, deren Erprobung im Jahr begann.")),
    Figure("permanent", _("dauerhaft gewordene Vorhaben"), _("Im Jahr entschieden.")),
    Figure("requests", _("Fragen an die Koordinierung"), _("Im Jahr gestellt.")),
    Figure("enquiries", _("Bürgeranfragen"), _("Im Jahr gestellt; ohne die der Koordinierungsstellen.")),
)
OVER = frozenset({OpeningStatus.COMPLETED, OpeningStatus.ENDED})
SIDE_BY_SIDE = [one for one in FIGURES if one.code in {"institutions", "hours", "meetings", "pilots", "permanent"}]
"""What stands beside each other on a page; the files hold all."""


def year_of(year: int) -> tuple[date, date]:
    """Return the first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def reference_day_of(year: int, *, on: date) -> date:
    """Return the day on which what lasts is counted: the last of the year, in the running year today."""
    return min(date(year, 12, 31), max(on, date(year, 1, 1)))


def centres_for_figures(actor: Actor) -> QuerySet[Centre]:
    """Return the centres whose figures somebody reads: the own one; units and ministries those of all."""
    found = Centre.objects.select_related("organisation", "carrier__district")
    if permissions.works_in_centre(actor):
        return found.filter(pk=actor.organisation_id)
    return found if permissions.reads_numbers(actor) else found.none()


@dataclass(frozen=True)
class Scope:
    """Of whom the figures are and of what: centres (None: all), year, and whether only the field of education."""

    year: int
    on: date
    centre_id: int | None = None
    education_only: bool = False

    @classmethod
    def of(cls, actor: Actor, *, year: int, on: date) -> "Scope":
        """Return what somebody may read."""
        own = actor.organisation_id if permissions.works_in_centre(actor) else None
        return cls(year, on, own, permissions.coordinates_education_only(actor) and own is None)

    def narrowed(self, model, path: str = "") -> QuerySet:
        """Return the rows of a model in scope; `path` leads from it to the piece of work ("accompaniment__")."""
        found = model.objects.all()
        if self.centre_id is not None:
            found = found.filter(**{f"{path}centre": self.centre_id})
        return found.filter(in_education(path)) if self.education_only else found


def _parts(scope: Scope):
    """Yield for each kind of work: its rows of the year, the way to the piece of work, and what is counted in them."""
    days, day = year_of(scope.year), reference_day_of(scope.year, on=scope.on)
    long_term = Q(accompaniment__duration=Accompaniment.Duration.LONG_TERM)
    yield (
        scope.narrowed(AccompanimentStep, "accompaniment__").filter(done_on__range=days),
        "accompaniment__",
        {
            "institutions": Count("accompaniment__partner", distinct=True),
            "long_term": Count("accompaniment__partner", filter=long_term, distinct=True),
            "steps": Count("pk"),
            "hours": Sum("minutes"),
        },
    )
    in_force = Q(status__in=STANDING) | Q(status__in=OVER, status_since__gt=day)
    yield scope.narrowed(InterculturalOpening).filter(in_force, agreed_on__lte=day), "", {"openings": Count("pk")}
    done = Q(status=MeasureStatus.DONE, status_since__range=days)
    yield scope.narrowed(OpeningMeasure, "opening__").filter(done), "opening__", {"measures": Count("pk")}
    led = scope.narrowed(Network).filter(valid_on(day), part=Network.Part.LEADS)
    yield led, "", {"networks": Count("pk")}
    held = Q(day__range=days, status=MeetingStatus.RELEASED)
    yield scope.narrowed(Meeting, "network__").filter(held), "network__", {"meetings": Count("pk")}
    sat = scope.narrowed(NetworkMember, "network__").filter(valid_on(day), partner__isnull=False)
    sat = sat.filter(valid_on(day, prefix="network__"))
    yield sat, "network__", {"members": Count("partner", distinct=True)}
    begun = scope.narrowed(Pilot, "venture__").filter(started_on__range=days)
    yield begun, "venture__", {"pilots": Count("venture", distinct=True)}
    decided = scope.narrowed(VentureDecision, "pilot__venture__")
    permanent = decided.filter(verdict=Verdict.PERMANENT, decided_on__range=days)
    yield permanent, "pilot__venture__", {"permanent": Count("pk")}
    yield scope.narrowed(AdviceRequest).filter(asked_on__range=days), "", {"requests": Count("pk")}
    asked = scope.narrowed(Enquiry).filter(asked_on__range=days, centre__isnull=False)
    yield asked, "", {"enquiries": Count("pk")}


def by_centre(scope: Scope) -> dict[int, dict[str, int]]:
    """Return the figures of each centre that has any."""
    found: dict[int, dict] = defaultdict(dict)
    for rows, path, counted in _parts(scope):
        for row in rows.order_by().values(who=F(f"{path}centre")).annotate(**counted):
            found[row.pop("who")] |= _whole(row)
    return found


def by_field(scope: Scope) -> list[dict]:
    """Return the figures by field of action and stage of the education chain, in the order of the vocabulary."""
    names = ("stage__position", "field__position", "stage__name", "field__name")
    found = _divided(scope, names)
    ordered = sorted(found, key=lambda key: (key[0] is not None, key[0] or 0, key[1] or 0))
    return [
        {"name": " · ".join(filter(None, key[2:])) or gettext("ohne Handlungsfeld"), "figures": found[key]}
        for key in ordered
    ]


def by_audience(scope: Scope) -> list[dict]:
    """Return the figures by audience; work for two audiences stands in both rows, work for none in no row."""
    found = _divided(scope, ("audiences__position", "audiences__name"))
    ordered = sorted(key for key in found if key[1])
    return [{"name": key[1], "figures": found[key]} for key in ordered]


def by_place(scope: Scope) -> list[dict]:
    """Return the figures by town; work for the whole area of a centre stands in no row."""
    found = _divided(scope, ("municipality__name", "municipality"))
    ordered = sorted(key for key in found if key[0])
    return [{"name": key[0], "figures": found[key]} for key in ordered]


def _divided(scope: Scope, names: tuple[str, ...]) -> dict[tuple, dict[str, int]]:
    """Return the figures by what `names` say of the piece of work."""
    found: dict[tuple, dict] = defaultdict(dict)
    for rows, path, counted in _parts(scope):
        aliases = {f"by_{number}": F(f"{path}{name}") for number, name in enumerate(names)}
        for row in rows.order_by().values(**aliases).annotate(**counted):
            key = tuple(row.pop(alias) for alias in aliases)
            found[key] |= _whole(row)
    return found


def in_all(scope: Scope) -> dict[str, int]:
    """Return the figures of the whole scope, nobody counted twice."""
    found: dict[str, int] = {}
    for rows, _path, counted in _parts(scope):
        found |= _whole(rows.order_by().aggregate(**counted))
    return found


def _whole(row: dict) -> dict[str, int]:
    """Return counts without None; minutes as full hours."""
    counts = {code: value or 0 for code, value in row.items()}
    return counts | {"hours": round(counts["hours"] / 60)} if "hours" in counts else counts
