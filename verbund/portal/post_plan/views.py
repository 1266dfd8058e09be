"""The page of a post plan, and the plan as CSV and XLSX."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.core import audit
from verbund.core import exports as files
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory import queries as directory
from verbund.portal.post_plan import exports, picture
from verbund.portal.post_plan.plan import Plan, plan_for, years_of
from verbund.staffing import permissions
from verbund.staffing import queries as staffing

NEWEST_ACTS = 15


def may_read(actor, _centre) -> bool:
    """Whoever reads numbers of posts; what the plan shows of them is decided line by line."""
    return permissions.reads_numbers(actor)


@require_safe
@gate(among=directory.centres_visible_to, may=may_read)
def post_plan(request, centre):
    """The posts of a centre in a year: who holds them, what is vacant, what that costs; table and picture."""
    on = today()
    year, years, plan = _chosen(request, centre)
    may_record = permissions.keeps_posts(request.actor, centre)
    context = {
        "centre": centre,
        "year": year,
        "years": years,
        "plan": plan,
        "sources": [
            {"source": source, "rows": [_row(line, may_record) for line in source.lines]} for source in plan.sources
        ],
        "may_record": may_record,
        "picture": picture.drawn(plan.rows, year=year, on=on) if plan.rows else None,
        "history": _history(plan),
    }
    return show(request, "portal/post_plan.html", context)


def _history(plan: Plan) -> list[dict]:
    """Return the acts on posts and occupancies, for those who see the names; the trail itself protects them."""
    if not plan.sees_names:
        return []
    records = [record for source in plan.sources for record in (*source.posts, *source.recorded)]
    return audit.history_of(*records, limit=NEWEST_ACTS)


def _row(line, may_record: bool) -> dict:
    """Return a line with what the actor may do to it; in words what the qualification says."""
    row, moves = line.occupancy, line.occupancy.open_moves if line.occupancy else set()
    return {
        "line": line,
        "may_occupy": may_record and line.is_vacant,
        "may_change": may_record and "change_share" in moves,
        "may_end": may_record and "end_occupancy" in moves and line.first < line.last,
        "may_cancel": may_record and "cancel_occupancy" in moves,
        "may_confirm": may_record and row is not None and not row.is_qualified,
    }


@require_safe
@gate(among=directory.centres_visible_to, may=may_read)
def post_plan_csv(request, centre):
    year, _years, plan = _chosen(request, centre)
    return files.respond_csv(exports.columns(plan), exports.rows(plan), name=_name(centre, year))


@require_safe
@gate(among=directory.centres_visible_to, may=may_read)
def post_plan_xlsx(request, centre):
    year, _years, plan = _chosen(request, centre)
    title = _("Stellenplan %(year)s") % {"year": year}
    return files.respond_xlsx(exports.columns(plan), exports.rows(plan), name=_name(centre, year), title=title)


def _chosen(request, centre) -> tuple[int, list[int], Plan]:
    """Return the year of the address (else the one to open with), all years, and the plan for whoever asks."""
    on = today()
    years = years_of(centre.pk, on=on)
    typed = request.GET.get("jahr", "")
    year = next((one for one in years if typed == str(one)), staffing.year_to_show(years, on))
    return year, years, plan_for(request.actor, centre, year, on=on)


def _name(centre, year: int) -> str:
    return f"stellenplan-{centre.key}-{year}"
