"""Where a centre's administration stands, for the council: offices by kinds of measures, goals by year."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from verbund.advising.models import GoalReview, InterculturalOpening, OpeningMeasure
from verbund.advising.openings.lifecycle import GoalResult, MeasureKind, MeasureStatus, OpeningStatus
from verbund.directory.models import Partner

COUNTED = frozenset({OpeningStatus.AGREED, OpeningStatus.RUNNING, OpeningStatus.COMPLETED, OpeningStatus.ENDED})
"""What is only proposed is shown as such, without its measures: nothing is agreed yet."""


@dataclass(frozen=True)
class Cell:
    """The measures of one kind at one office, by how far they have come."""

    done: int = 0
    running: int = 0
    planned: int = 0
    dropped: int = 0

    @property
    def number(self) -> int:
        """Return how many count: a dropped measure does not."""
        return self.done + self.running + self.planned


@dataclass(frozen=True)
class Row:
    """One office: how its opening stands, and its measures by kind in the order of the kinds."""

    name: str
    standing: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def total(self) -> Cell:
        sums = (sum(getattr(cell, name) for cell in self.cells) for name in ("done", "running", "planned", "dropped"))
        return Cell(*sums)

    @property
    def says_why_empty(self) -> str:
        """Return what stands where no measure is counted: how far the office is."""
        return ", ".join(self.standing) or _("noch keine Vereinbarung")


@dataclass(frozen=True)
class Year:
    """What the reviews of a year said of the goals."""

    year: int
    reached: int = 0
    partly: int = 0
    not_reached: int = 0

    @property
    def number(self) -> int:
        return self.reached + self.partly + self.not_reached


def offices(centre_id: int) -> list[Row]:
    """Return the centre's offices, and every other institution with an opening; three statements."""
    openings = InterculturalOpening.objects.filter(centre_id=centre_id).order_by("pk")
    standing: dict[int, list[str]] = defaultdict(list)
    for partner_id, status in openings.values_list("partner_id", "status"):
        standing[partner_id].append(str(OpeningStatus(status).label))
    counts = _counts(centre_id)
    partners = Partner.objects.filter(centre_id=centre_id, kind=Partner.Kind.OFFICE)
    partners = partners | Partner.objects.filter(pk__in=standing)
    names = partners.distinct().order_by("organisation__name").values_list("pk", "organisation__name")
    return [
        Row(name, tuple(standing.get(pk, ())), tuple(Cell(**counts.get((pk, kind), {})) for kind in MeasureKind))
        for pk, name in names
    ]


def _counts(centre_id: int) -> dict[tuple[int, str], dict[str, int]]:
    """Return how many measures there are by institution and kind, of what was agreed."""
    words = {
        MeasureStatus.DONE: "done",
        MeasureStatus.RUNNING: "running",
        MeasureStatus.PLANNED: "planned",
        MeasureStatus.DROPPED: "dropped",
    }
    rows = OpeningMeasure.objects.filter(opening__centre_id=centre_id, opening__status__in=COUNTED).order_by()
    rows = rows.values_list("opening__partner", "kind", "status").annotate(number=Count("pk"))
    found: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for partner_id, kind, status, number in rows:
        found[partner_id, kind][words[MeasureStatus(status)]] = number
    return found


def years(centre_id: int) -> list[Year]:
    """Return the goals of each year that was reviewed, oldest first; one statement."""
    rows = GoalReview.objects.filter(review__opening__centre_id=centre_id).order_by()
    rows = rows.values_list("review__year", "result").annotate(number=Count("pk"))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    words = {GoalResult.REACHED: "reached", GoalResult.PARTLY: "partly", GoalResult.NOT: "not_reached"}
    for year, result, number in rows:
        found[year][words[GoalResult(result)]] = number
    return [Year(year, **found[year]) for year in sorted(found)]


def sum_of(rows: Iterable[Row]) -> tuple[Cell, ...]:
    """Return the measures of all offices by kind."""
    columns = zip(*(row.cells for row in rows), strict=True)
    return tuple(Row("", (), column).total for column in columns)
