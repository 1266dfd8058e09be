"""Money that comes back in the demonstration: one centre returned what it did not need, one pays a claim in parts."""

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from verbund.accounts.roles import Role
from verbund.core import deadlines
from verbund.core.dates import on_demo_day
from verbund.directory.demo import World
from verbund.funding import operations
from verbund.funding.models import (
    BudgetEntry,
    Disbursement,
    GrantApplication,
    Hearing,
    Offset,
    Receipt,
    ReceiptFile,
    Reclaim,
    ReclaimEntry,
    ReclaimNotice,
    ReclaimRelief,
    ReclaimReminder,
    Refund,
    UseOfFunds,
)

KFI = "BRA-36"


def load(world: World) -> None:
    """Let Herne return what was left of 2023 and Unna pay a part of a claim; both are made up."""
    _returned(world, _grant_of("05916"), "3200", announced=date(2023, 12, 18), came_in=date(2023, 12, 21))
    _claimed(world, _grant_of("05978"), "12000", part="7000")


def _grant_of(key: str) -> GrantApplication:
    return GrantApplication.objects.get(centre__key=key, call__budget_year=2023, call__is_demo=True)


def _returned(world: World, application, amount: str, *, announced: date, came_in: date) -> None:
    with on_demo_day(announced):
        reclaim = operations.announce_return(
            application,
            amount=Decimal(amount),
            reason="Eine Stelle war kürzer besetzt als geplant (Vorführung).",
            on=announced,
            actor=world.actor(Role.TREASURY, "TR-05916"),
        )
    _received(world, reclaim, amount, day=came_in)


def _received(world: World, reclaim: Reclaim, amount: str, *, day: date) -> None:
    with on_demo_day(day):
        operations.record_receipt(
            booking_number=f"Vorführung {reclaim.pk}",
            day=day,
            amount=Decimal(amount),
            payer=str(reclaim.application.carrier),
            purpose=f"Rückzahlung {reclaim.reference_in_groups}",
            on=day,
            actor=world.actor(Role.CASHIER, KFI),
        )


def _claimed(world: World, application, amount: str, *, part: str) -> None:
    officer, approver = world.actor(Role.GRANT_OFFICER, KFI), world.actor(Role.GRANT_APPROVER, KFI)
    opened, answered, issued = date(2024, 4, 22), date(2024, 5, 2), date(2024, 5, 15)
    with on_demo_day(opened):
        reason = "Ausgaben in dieser Höhe sind im Verwendungsnachweis nicht belegt (Vorführung)."
        reclaim = operations.claim_back(
            application, occasion=Reclaim.Occasion.PROOF, principal=Decimal(amount), reason=reason, on=opened,
            actor=officer,
        )  # fmt: skip
        hearing = operations.hear_about_reclaim(
            reclaim, text=reason, due_on=date(2024, 5, 13), on=opened, actor=officer
        )
    with on_demo_day(answered):
        lead = world.actor(Role.CENTRE_LEAD, "KI-05978")
        operations.answer_hearing(hearing, answer="Wir haben keine Einwände.", on=answered, actor=lead)
    with on_demo_day(issued):
        operations.propose_reclaim(reclaim, hearing=hearing, interest_until=issued, on=issued, actor=officer)
        notice = operations.countersign_reclaim(reclaim, issued_on=issued, actor=approver)
        how = ReclaimNotice.How.HANDED_OVER
        operations.record_notification(notice, how=how, day=issued, on=issued, actor=officer)
    _received(world, reclaim, part, day=date(2024, 6, 10))
    reminded = date(2024, 7, 2)
    with on_demo_day(reminded):
        operations.remind(reclaim, payable_until=date(2024, 7, 16), on=reminded, actor=officer)


def remove(applications: QuerySet[GrantApplication]) -> None:
    """Remove what hangs on grants of the demonstration; call with the append-only tables unlocked."""
    reclaims = Reclaim.objects.filter(application__in=applications)
    receipts = Receipt.objects.filter(recorded_by__is_demo=True)
    payments = Disbursement.objects.filter(drawdown__notice__decision__application__in=applications)
    for records in (reclaims, ReclaimNotice.objects.filter(reclaim__in=reclaims), payments):
        deadlines.forget(records)
    Refund.objects.filter(reclaim__in=reclaims).delete()
    entries = ReclaimEntry.objects.filter(reclaim__in=reclaims)
    entries.exclude(reverses=None).delete()
    entries.delete()
    receipts.filter(entries=None).delete()
    ReceiptFile.objects.filter(uploaded_by__is_demo=True, receipts=None).delete()
    for model in (ReclaimNotice, ReclaimReminder, ReclaimRelief, Offset):
        model.objects.filter(reclaim__in=reclaims).delete()
    BudgetEntry.objects.filter(reclaim__in=reclaims).delete()
    reclaims.delete()
    UseOfFunds.objects.filter(disbursement__in=payments).delete()
    Hearing.objects.filter(application__in=applications).delete()
