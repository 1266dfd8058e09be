"""Calls, titles, accounts and calls for money."""

from datetime import date

from django.db.models import Q, QuerySet

from verbund.accounts.roles import Role
from verbund.core.acting import Actor
from verbund.funding import parties
from verbund.funding.lifecycle import CallStatus, OffsetStatus
from verbund.funding.models import (
    BudgetTitle,
    Call,
    CallYear,
    Disbursement,
    Drawdown,
    Offset,
    Receipt,
    ReceiptFile,
    RecipientAccount,
)
from verbund.funding.queries.applications import of_visible_applications
from verbund.funding.queries.windows import running_windows


def drawdowns_visible_to(actor: Actor) -> QuerySet[Drawdown]:
    return Drawdown.objects.filter(of_visible_applications(actor, "notice__decision__application__")).select_related(
        "notice__decision__application__call__budget_title",
        "notice__decision__application__centre__organisation",
        "account",
    )


def disbursements_visible_to(actor: Actor) -> QuerySet[Disbursement]:
    """Payments on visible applications."""
    path = "drawdown__notice__decision__application__"
    return Disbursement.objects.filter(of_visible_applications(actor, path)).select_related(
        f"{path}call__programme", f"{path}call__guideline", f"{path}centre__organisation"
    )


def planned_offset(drawdown: Drawdown) -> Offset | None:
    """Return the offset that a payment of the call will settle, or None."""
    return Offset.objects.filter(drawdown=drawdown, status=OffsetStatus.PLANNED).first()


def receipts_visible_to(actor: Actor) -> QuerySet[Receipt]:
    """Incoming money: the authority; who paid what elsewhere is nobody else's business."""
    return Receipt.objects.all() if parties.is_of_authority(actor) else Receipt.objects.none()


def receipt_files_visible_to(actor: Actor) -> QuerySet[ReceiptFile]:
    """Lists of the cash office: the cashiers."""
    found = ReceiptFile.objects.select_related("document")
    return found if actor.role == Role.CASHIER else found.none()


def accounts_visible_to(actor: Actor) -> QuerySet[RecipientAccount]:
    """Bank accounts: the carrier's treasury and signatory, and the authority."""
    found = RecipientAccount.objects.select_related("carrier__organisation")
    if parties.is_of_authority(actor):
        return found
    if actor.role in {Role.TREASURY, Role.SIGNATORY} and actor.carrier_id is not None:
        return found.filter(carrier_id=actor.carrier_id)
    return found.none()


def titles_visible_to(actor: Actor) -> QuerySet[BudgetTitle]:
    return BudgetTitle.objects.all() if parties.reads_budget(actor) else BudgetTitle.objects.none()


def calls_visible_to(actor: Actor) -> QuerySet[Call]:
    """Open and closed calls for everybody in funding; drafts only for those who prepare them."""
    found = Call.objects.select_related("programme", "guideline__programme", "budget_title")
    if not parties.reads_funding(actor):
        return found.none()
    return found if parties.decides_on_grants(actor) else found.exclude(status=CallStatus.DRAFT)


def call_years_visible_to(actor: Actor) -> QuerySet[CallYear]:
    """Further budget years of visible calls."""
    return CallYear.objects.filter(call__in=calls_visible_to(actor)).select_related("call", "budget_title")


def calls_open_for(actor: Actor, *, on: date) -> QuerySet[Call]:
    """Return the calls under which the actor's centres could apply today; of closed ones those with a longer window."""
    longer = running_windows(actor.carrier_id or 0, on=on).values("call")
    is_open = Q(status=CallStatus.OPEN, opens_on__lte=on) | Q(status=CallStatus.CLOSED, pk__in=longer)
    return calls_visible_to(actor).filter(is_open)
