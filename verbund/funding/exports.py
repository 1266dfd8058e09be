"""The list of applications as a file: the same filters and the same visibility as its page."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from verbund.core.acting import Actor
from verbund.core.exports import Column
from verbund.funding import reclaim_page, reclaim_reading
from verbund.funding.lifecycle import ApplicationStatus
from verbund.funding.listing import filtered
from verbund.funding.models import Decision, GrantNotice, Reclaim

FIELDS = (
    "status",
    "status_since",
    "amount_requested",
    "received_on",
    "is_late",
    "file_reference",
    "call__budget_year",
    "call__programme__name",
    "centre__organisation__name",
    "carrier__organisation__name",
    "carrier__district__region",
    "officer__display_name",
    "amount_granted",
)


def columns() -> list[Column]:
    """Return the columns of the export; a further one is one line."""
    words = dict(ApplicationStatus.choices)
    return [
        Column(_("Programm"), lambda row: row["call__programme__name"], 40),
        Column(_("Haushaltsjahr"), lambda row: row["call__budget_year"], 14),
        Column(_("Zentrum"), lambda row: row["centre__organisation__name"], 44),
        Column(_("Träger"), lambda row: row["carrier__organisation__name"], 30),
        Column(_("Regierungsbezirk"), lambda row: row["carrier__district__region"]),
        Column(_("Aktenzeichen"), lambda row: row["file_reference"], 26),
        Column(_("Stand"), lambda row: words[row["status"]], 26),
        Column(_("Stand seit"), lambda row: row["status_since"], 12),
        Column(_("eingegangen"), lambda row: row["received_on"], 12),
        Column(_("verspätet"), lambda row: row["is_late"], 10),
        Column(_("beantragt"), lambda row: row["amount_requested"], 16),
        Column(_("bewilligt"), lambda row: row["amount_granted"], 16),
        Column(_("zuständig"), lambda row: row["officer__display_name"], 24),
    ]


def rows(filters, actor: Actor) -> QuerySet:
    """Return the applications this person may see that match the filters of the address, in one statement."""
    granted = (
        GrantNotice.objects.filter(decision__application=OuterRef("pk"), successor=None)
        .exclude(decision__kind=Decision.Kind.REFUSAL)
        .values("amount_granted")[:1]
    )
    return filtered(filters, actor).annotate(amount_granted=Subquery(granted)).values(*FIELDS)


def reclaim_columns(actor: Actor) -> list[Column]:
    """Return the columns of the list of claims, with the status as this person may know it."""
    occasions = dict(Reclaim.Occasion.choices)

    def status(row) -> dict:
        return reclaim_reading.shown(actor, row["status"], row["status_since"])

    return [
        Column(_("Verwendungszweck"), lambda row: row["reference"], 20),
        Column(_("Zentrum"), lambda row: row["application__centre__organisation__name"], 44),
        Column(_("Träger"), lambda row: row["application__carrier__organisation__name"], 30),
        Column(_("Haushaltsjahr"), lambda row: row["application__call__budget_year"], 14),
        Column(_("Aktenzeichen"), lambda row: row["application__file_reference"], 26),
        Column(_("Anlass"), lambda row: occasions[row["occasion"]], 26),
        Column(_("Stand"), lambda row: status(row)["label"], 26),
        Column(_("Stand seit"), lambda row: status(row)["since"], 12),
        Column(_("zahlbar bis"), lambda row: row["payable_until"], 12),
        Column(_("Hauptforderung"), lambda row: row["principal"], 16),
        Column(_("gebucht offen"), lambda row: row["booked"], 16),
    ]


def reclaim_rows(filters, actor: Actor) -> QuerySet:
    """Return the claims this person may see that match the filters of the address, in one statement."""
    return reclaim_page.values_of(reclaim_page.filtered(filters, actor))
