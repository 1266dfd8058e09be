"""The list of applications: filters that live in the address, rows as plain values, fifty a page."""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from verbund.core import deadlines
from verbund.core.acting import Actor
from verbund.core.dates import today
from verbund.core.money import format_euro
from verbund.directory.models import District
from verbund.funding import queries
from verbund.funding.clock_kinds import INFORMATION_ANSWER
from verbund.funding.lifecycle import ApplicationStatus, CallStatus, RequestStatus
from verbund.funding.models import Call, GrantApplication, InformationRequest
from verbund.funding.signing_order import Place, place_in

PAGE_SIZE = 50
NOTHING = "–"
FILTERS = ("jahr", "stand", "bezirk", "zustaendig", "frist", "suche")
IN_ROW = "liste"
"""In the address of an application: it was opened from a list whose filters stand beside it."""
TONES = {
    "DRAFT": "neutral",
    "AWAITING_SIGNATURE": "warning",
    "SIGNED": "info",
    "SUBMITTED": "info",
    "UNDER_REVIEW": "info",
    "INFORMATION_REQUESTED": "warning",
    "RETURNED": "warning",
    "READY_FOR_DECISION": "info",
    "GRANTED": "success",
    "REFUSED": "danger",
    "WITHDRAWN": "neutral",
}
COLUMNS = (
    "pk",
    "status",
    "status_since",
    "amount_requested",
    "received_on",
    "is_late",
    "deleted_on",
    "file_reference",
    "call__budget_year",
    "call__programme__name",
    "centre__organisation__name",
    "officer__display_name",
)


def rows(applications: QuerySet[GrantApplication]) -> list[dict]:
    """Return the rows of a list as plain values, ready to print: fifty a page, so nothing is left to the template."""
    labels = {code: str(label) for code, label in ApplicationStatus.choices}
    return [
        {
            **row,
            "label": labels[row["status"]],
            "tone": TONES[row["status"]],
            "year": str(row["call__budget_year"]),
            "received": f"{row['received_on']:%d.%m.%Y}" if row["received_on"] else NOTHING,
            "amount": format_euro(row["amount_requested"]) if row["amount_requested"] is not None else NOTHING,
        }
        for row in applications.values(*COLUMNS)
    ]


def filtered(filters, actor: Actor) -> QuerySet[GrantApplication]:
    """Return the applications this person may see that match the filters of the address; nonsense filters nothing."""
    found = queries.applications_visible_to(actor)
    if (year := filters.get("jahr", "")).isdecimal() and len(year) == 4:
        found = found.filter(call__budget_year=int(year))
    if filters.get("stand") in ApplicationStatus.values:
        found = found.filter(status=filters["stand"])
    if filters.get("bezirk"):
        found = found.filter(carrier__district__region=filters["bezirk"][:40].replace("\0", ""))
    if filters.get("zustaendig") == "ich" and actor.user is not None:
        found = found.filter(officer=actor.user)
    if filters.get("frist") == "ueberfaellig":
        found = found.filter(_has_overdue_question())
    if text := filters.get("suche", "").replace("\0", "").strip()[:80]:
        by_name = found.filter(centre__organisation__name__icontains=text)
        found = by_name | found.filter(file_reference__icontains=text)
    return found


def _has_overdue_question() -> Exists:
    """Return the condition that the carrier has not answered a question in time."""
    asked = InformationRequest.objects.filter(application=OuterRef("pk"), status=RequestStatus.OPEN)
    ends_on = deadlines.due_day(INFORMATION_ANSWER, InformationRequest)
    return Exists(asked.annotate(ends_on=ends_on).filter(ends_on__lt=today()))


def way_of(filters) -> str:
    """Return the query of an address that leads through the applications of this list, one after the other."""
    way = QueryDict(mutable=True)
    way.update({name: filters[name][:80] for name in FILTERS if filters.get(name)} | {IN_ROW: "1"})
    return f"?{way.urlencode()}"


def place_of(filters, actor: Actor, application: GrantApplication) -> Place | None:
    """Return where an application stands in the list it was opened from; None if it was opened otherwise.

    One that was worked on and no longer matches the filters keeps its place, so that the way goes on.
    """
    if not filters.get(IN_ROW):
        return None
    matching = Q(pk__in=filtered(filters, actor).order_by().values("pk"))
    in_order = queries.applications_visible_to(actor).filter(matching | Q(pk=application.pk))
    return place_in(list(in_order.values_list("pk", flat=True)), application.pk)


def page_of(filters, actor: Actor) -> dict:
    """Return the context of the list page."""
    found = filtered(filters, actor)
    page = Paginator(found, PAGE_SIZE).get_page(filters.get("seite"))
    return {
        "page": page,
        "rows": rows(page.object_list),
        "filters": {name: filters.get(name, "")[:80] for name in FILTERS},
        "way": way_of(filters),
        "is_all_ticked": filters.get("alle") == "1",
        "years": Call.objects.order_by("-budget_year").values_list("budget_year", flat=True).distinct(),
        "statuses": ApplicationStatus.choices,
        "regions": District.objects.order_by("region").values_list("region", flat=True).distinct(),
    }


def possible_starts(calls, centres, windows) -> list[dict]:
    """Return for each open call and centre the application there is, or what a new one could carry over.

    A closed call is open only to the centre with a longer window.
    """
    own = {(window.call_id, window.centre_id): window for window in windows.filter(call__in=calls)}
    living = GrantApplication.objects.filter(call__in=calls, centre__in=centres).exclude(
        status__in=[ApplicationStatus.WITHDRAWN, ApplicationStatus.REFUSED]
    )
    known = {(row.call_id, row.centre_id): row for row in living}
    return [
        {
            "call": call,
            "centre": centre,
            "application": known.get((call.pk, centre.pk)),
            "window": own.get((call.pk, centre.pk)),
            "earlier": queries.earlier_application(call, centre),
        }
        for call in calls
        for centre in centres
        if call.status == CallStatus.OPEN or (call.pk, centre.pk) in own
    ]
