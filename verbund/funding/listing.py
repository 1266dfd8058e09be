"""The list of applications: filters that live in the address, rows as plain values, fifty a page."""

from django.core.paginator import Paginator
from django.db.models import QuerySet

from verbund.core.acting import Actor
from verbund.core.money import format_euro
from verbund.directory.models import District
from verbund.funding import queries
from verbund.funding.lifecycle import ApplicationStatus
from verbund.funding.models import Call, GrantApplication

PAGE_SIZE = 50
NOTHING = "–"
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
    if text := filters.get("suche", "").replace("\0", "").strip()[:80]:
        by_name = found.filter(centre__organisation__name__icontains=text)
        found = by_name | found.filter(file_reference__icontains=text)
    return found


def page_of(filters, actor: Actor) -> dict:
    """Return the context of the list page."""
    found = filtered(filters, actor)
    page = Paginator(found, PAGE_SIZE).get_page(filters.get("seite"))
    return {
        "page": page,
        "rows": rows(page.object_list),
        "filters": {name: filters.get(name, "")[:80] for name in ("jahr", "stand", "bezirk", "zustaendig", "suche")},
        "years": Call.objects.order_by("-budget_year").values_list("budget_year", flat=True).distinct(),
        "statuses": ApplicationStatus.choices,
        "regions": District.objects.order_by("region").values_list("region", flat=True).distinct(),
    }


def possible_starts(calls, centres) -> list[dict]:
    """Return for each open call and centre the application there is, or what a new one could carry over."""
    living = GrantApplication.objects.filter(call__in=calls, centre__in=centres).exclude(
        status__in=[ApplicationStatus.WITHDRAWN, ApplicationStatus.REFUSED]
    )
    known = {(row.call_id, row.centre_id): row for row in living}
    return [
        {
            "call": call,
            "centre": centre,
            "application": known.get((call.pk, centre.pk)),
            "earlier": queries.earlier_application(call, centre),
        }
        for call in calls
        for centre in centres
    ]
