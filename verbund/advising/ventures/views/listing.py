"""The list of the own ventures, and what units and ministries read: numbers, and titles for the units."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.advising.permissions import works_in_centre
from verbund.advising.ventures import exports, listing, page, permissions, queries
from verbund.advising.ventures.lifecycle import VentureStatus
from verbund.core.exports import respond_csv, respond_xlsx
from verbund.core.permissions import gate
from verbund.core.views import show


def _own(request):
    wanted = listing.Wanted.from_address(request.GET)
    found = queries.ventures_visible_to(request.actor).annotate(
        active_parties=Count("parties", filter=Q(parties__until=None))
    )
    return wanted, wanted.narrow(found).order_by("-status_since", "-pk")


@require_safe
@gate(may=permissions.finds_ventures)
def ventures(request):
    """The ventures of the own centre, or those a partner takes part in."""
    wanted, found = _own(request)
    shown = listing.page_of(found, request.GET.get("seite"))
    context = {
        "wanted": wanted,
        "page": shown,
        "rows": [(one, page.TONES[one.status]) for one in shown],
        "total": shown.paginator.count,
        "keeps": works_in_centre(request.actor),
        **listing.choices(),
    }
    return show(request, "advising/ventures/list.html", context)


@require_safe
@gate(may=works_in_centre)
def ventures_csv(request):
    return respond_csv(exports.COLUMNS, _own(request)[1], name="vorhaben")


@require_safe
@gate(may=works_in_centre)
def ventures_xlsx(request):
    return respond_xlsx(exports.COLUMNS, _own(request)[1], name="vorhaben", title=_("Vorhaben"))


@require_safe
@gate(may=permissions.finds_numbers)
def numbers(request):
    """How many ventures were tried, by field and status; the units also read the titles."""
    counted = queries.numbers_by_status(queries.ventures_counted_for(request.actor))
    rows = [
        {
            "field": row["field__name"] or row["stage__name"],
            "status": VentureStatus(row["status"]).label,
            "number": row["number"],
        }
        for row in counted
    ]
    listed = queries.ventures_listed_for(request.actor)
    shown = listing.page_of(listed, request.GET.get("seite"))
    context = {
        "rows": rows,
        "total": sum(row["number"] for row in rows),
        "page": shown,
        "reads_titles": request.actor.role in queries.UNITS,
    }
    return show(request, "advising/ventures/numbers.html", context)


@require_safe
@gate(may=permissions.reads_titles)
def numbers_csv(request):
    return respond_csv(exports.LISTED, queries.ventures_listed_for(request.actor), name="vorhaben-der-zentren")


@require_safe
@gate(may=permissions.reads_titles)
def numbers_xlsx(request):
    found = queries.ventures_listed_for(request.actor)
    return respond_xlsx(exports.LISTED, found, name="vorhaben-der-zentren", title=_("Vorhaben"))
