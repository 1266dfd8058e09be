"""The page for the council, and the numbers of all centres for those who read no contents."""

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from verbund.advising.openings import council, permissions, picture, queries
from verbund.advising.openings.lifecycle import MeasureKind, OpeningStatus
from verbund.advising.permissions import works_in_centre
from verbund.advising.queries import own_centre
from verbund.core import exports
from verbund.core.dates import today
from verbund.core.exports import Column
from verbund.core.permissions import gate
from verbund.core.views import show

STANDS = ("proposed", "agreed", "running", "completed", "ended")
NUMBER_COLUMNS = (
    Column(gettext_lazy("Zentrum"), lambda row: row["name"], 40),
    Column(gettext_lazy("vorgeschlagen"), lambda row: row["proposed"], 16),
    Column(gettext_lazy("vereinbart"), lambda row: row["agreed"], 16),
    Column(gettext_lazy("in Umsetzung"), lambda row: row["running"], 16),
    Column(gettext_lazy("abgeschlossen"), lambda row: row["completed"], 16),
    Column(gettext_lazy("vorzeitig beendet"), lambda row: row["ended"], 18),
)


@require_safe
@gate(may=works_in_centre)
def state(request):
    """Where the administration stands: a picture and the same figures as a table, to be printed for the council."""
    centre = own_centre(request.actor)
    rows, years = council.offices(centre.pk), council.years(centre.pk)
    context = {
        "centre": centre,
        "on": today(),
        "rows": rows,
        "kinds": [kind.label for kind in MeasureKind],
        "sums": council.sum_of(rows) if rows else (),
        "years": years,
        "without": sum(not row.standing for row in rows),
        "offices_picture": picture.of_offices(rows) if any(row.total.number for row in rows) else None,
        "years_picture": picture.of_years(years) if years else None,
    }
    return show(request, "advising/openings/state.html", context)


@require_safe
@gate(may=permissions.reads_opening_numbers)
def numbers(request):
    """How many openings each centre has, by status; no contents."""
    rows = _numbers(request.actor)
    totals = {name: sum(row[name] for row in rows) for name in STANDS}
    return show(request, "advising/openings/numbers.html", {"rows": rows, "totals": totals, "on": today()})


@require_safe
@gate(may=permissions.reads_opening_numbers)
def numbers_csv(request):
    return exports.respond_csv(NUMBER_COLUMNS, _numbers(request.actor), name="oeffnung-zahlen")


@require_safe
@gate(may=permissions.reads_opening_numbers)
def numbers_xlsx(request):
    title = _("Interkulturelle Öffnung")
    return exports.respond_xlsx(NUMBER_COLUMNS, _numbers(request.actor), name="oeffnung-zahlen", title=title)


def _numbers(actor) -> list[dict]:
    """Return the counts of each centre with an opening; one statement."""
    counts = {
        name: Count("pk", filter=Q(status=status)) for name, status in zip(STANDS, OpeningStatus.values, strict=True)
    }
    rows = queries.numbers_visible_to(actor).values(name=F("centre__organisation__name")).annotate(**counts)
    return list(rows.order_by("name"))
