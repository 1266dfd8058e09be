"""Lists of money as files: notices, calls for money, change requests, titles and their entries.

What belongs to applications has the filters of their list and the same visibility; each is one statement.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from verbund.core.acting import Actor
from verbund.core.exports import Column
from verbund.funding import ledger, permissions, queries
from verbund.funding.lifecycle import ChangeRequestStatus, DrawdownStatus, NoticeStatus
from verbund.funding.listing import filtered
from verbund.funding.models import BudgetEntry, BudgetTitle, ChangeRequest, Decision


@dataclass(frozen=True)
class Export:
    """One list as a file: the name of the file, the title of the sheet, its columns, its rows."""

    name: str
    title: Callable[[], str]
    columns: Callable[[], list[Column]]
    rows: Callable[..., QuerySet]


def _of(path: str) -> dict[str, F]:
    """Return what every list says about the application, reached by `path` (with trailing __)."""
    return {
        "programme": F(f"{path}call__programme__name"),
        "year": F(f"{path}call__budget_year"),
        "centre": F(f"{path}centre__organisation__name"),
        "carrier": F(f"{path}carrier__organisation__name"),
        "reference": F(f"{path}file_reference"),
    }


def _said(label: str, name: str, width: int = 18, words: dict | None = None) -> Column:
    if words is not None:
        return Column(label, lambda row: words[row[name]], width)
    return Column(label, lambda row: row[name], width)


def _columns_of_application() -> list[Column]:
    return [
        _said(_("Programm"), "programme", 40),
        _said(_("Haushaltsjahr"), "year", 14),
        _said(_("Zentrum"), "centre", 44),
        _said(_("Träger"), "carrier", 30),
        _said(_("Aktenzeichen"), "reference", 26),
    ]


def notice_columns() -> list[Column]:
    return [
        *_columns_of_application(),
        _said(_("Fassung"), "version", 10),
        _said(_("Entscheidung"), "decision__kind", 16, dict(Decision.Kind.choices)),
        _said(_("Stand"), "status", 18, dict(NoticeStatus.choices)),
        _said(_("erlassen am"), "issued_on", 12),
        _said(_("wirksam ab"), "effective_from", 12),
        _said(_("bekannt gegeben am"), "notified_on", 18),
        _said(_("Klagefrist bis"), "appeal_until", 14),
        _said(_("bestandskräftig seit"), "final_on", 18),
        _said(_("bewilligt"), "amount_granted", 16),
    ]


def notice_rows(filters, actor: Actor) -> QuerySet:
    found = queries.notices_visible_to(actor).filter(
        decision__application__in=filtered(filters, actor).order_by().values("pk")
    )
    names = [
        "version",
        "decision__kind",
        "status",
        "issued_on",
        "effective_from",
        "notified_on",
        "appeal_until",
        "final_on",
        "amount_granted",
    ]
    return found.order_by("-issued_on", "-pk").values(*names, **_of("decision__application__"))


def drawdown_columns() -> list[Column]:
    return [
        *_columns_of_application(),
        _said(_("Stand"), "status", 18, dict(DrawdownStatus.choices)),
        _said(_("abgerufen am"), "requested_on", 12),
        _said(_("festgestellt am"), "verified_on", 14),
        _said(_("angeordnet am"), "ordered_on", 14),
        _said(_("ausgezahlt am"), "disbursement__paid_on", 14),
        _said(_("Kassenzeichen"), "disbursement__reference", 20),
        _said(_("Betrag"), "amount", 16),
    ]


def drawdown_rows(filters, actor: Actor) -> QuerySet:
    found = queries.drawdowns_visible_to(actor).filter(
        notice__decision__application__in=filtered(filters, actor).order_by().values("pk")
    )
    names = [
        "status",
        "requested_on",
        "verified_on",
        "ordered_on",
        "disbursement__paid_on",
        "disbursement__reference",
        "amount",
    ]
    return found.order_by("pk").values(*names, **_of("notice__decision__application__"))


def change_columns() -> list[Column]:
    return [
        *_columns_of_application(),
        _said(_("Was sich ändert"), "kind", 26, dict(ChangeRequest.Kind.choices)),
        _said(_("Stand"), "status", 18, dict(ChangeRequestStatus.choices)),
        _said(_("beantragt am"), "requested_on", 12),
        _said(_("wirksam ab"), "effective_from", 12),
        _said(_("Grund"), "reason", 60),
        _said(_("beantragt"), "amount_requested", 16),
    ]


def change_rows(filters, actor: Actor) -> QuerySet:
    found = queries.change_requests_visible_to(actor).filter(
        application__in=filtered(filters, actor).order_by().values("pk")
    )
    names = [
        "kind",
        "status",
        "requested_on",
        "effective_from",
        "reason",
        "amount_requested",
    ]
    return found.order_by("pk").values(*names, **_of("application__"))


def title_columns() -> list[Column]:
    return [
        _said(_("Kapitel"), "chapter", 12),
        _said(_("Titel"), "title_number", 12),
        _said(_("Haushaltsjahr"), "budget_year", 14),
        _said(_("Zweckbestimmung"), "purpose", 44),
        _said(_("Ansatz"), "amount_planned"),
        _said(_("gebunden"), "amount_committed"),
        _said(_("ausgezahlt"), "amount_paid"),
        _said(_("noch zu zahlen"), "unpaid"),
        _said(_("frei"), "free"),
        _said(_("zurückgezahlt"), "amount_repaid"),
        _said(_("Quelle"), "source", 60),
    ]


def title_rows(filters, actor: Actor) -> QuerySet:
    names = [
        "chapter",
        "title_number",
        "budget_year",
        "purpose",
        "amount_planned",
        "amount_committed",
        "amount_paid",
        "amount_repaid",
        "source",
    ]
    return queries.titles_visible_to(actor).values(
        *names, unpaid=F("amount_committed") - F("amount_paid"), free=F("amount_planned") - F("amount_committed")
    )


def entry_columns(*, sees_persons: bool) -> list[Column]:
    shown = [
        _said(_("Tag"), "day", 12),
        _said(_("erfasst am"), "entered_on", 12),
        _said(_("Art"), "kind", 16, dict(BudgetEntry.Kind.choices)),
        *_columns_of_application(),
        _said(_("Betrag"), "amount", 16),
    ]
    return [*shown, _said(_("gebucht von"), "recorded_by__display_name", 26)] if sees_persons else shown


def entry_rows(title: BudgetTitle, filters) -> QuerySet:
    found = ledger.filtered(title, filters).select_related(None)
    names = ["day", "entered_on", "kind", "amount", "recorded_by__display_name"]
    return found.values(*names, **_of("notice__decision__application__"))


NOTICES = Export("bescheide", lambda: _("Bescheide"), notice_columns, notice_rows)
DRAWDOWNS = Export("mittelabrufe", lambda: _("Mittelabrufe"), drawdown_columns, drawdown_rows)
CHANGES = Export("aenderungsantraege", lambda: _("Änderungsanträge"), change_columns, change_rows)
TITLES = Export("haushaltstitel", lambda: _("Haushaltstitel"), title_columns, title_rows)


def columns_of_entries(actor: Actor) -> list[Column]:
    """Return the columns of entries as this person may read them."""
    return entry_columns(sees_persons=permissions.can_see_who_booked(actor))
