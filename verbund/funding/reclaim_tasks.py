"""What waits for whom about money that comes back: tasks on the work list, in a constant number of statements."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.accounts.roles import Role
from verbund.core.acting import Actor
from verbund.core.deadlines import due_day
from verbund.core.money import format_euro
from verbund.core.worklist import Task
from verbund.funding.clock_kinds import APPEAL, RECLAIM_DUE
from verbund.funding.lifecycle import (
    BINDING,
    HEARD,
    OPEN_RECLAIMS,
    PAYABLE_RECLAIMS,
    NoticeStatus,
    ReceiptStatus,
    ReclaimStatus,
    RefundStatus,
    ReliefStatus,
)
from verbund.funding.models import Receipt, Reclaim, ReclaimNotice, ReclaimRelief, ReclaimReminder, Refund
from verbund.funding.task_rows import task, with_names


def _task(actor: Actor, reclaim: Reclaim, title: str, *, reason: str = "", due_on: date | None = None) -> Task:
    reason = reason or str(reclaim.get_occasion_display())
    return task(actor, reclaim.application, title, reclaim.get_absolute_url(), reason=reason, due_on=due_on)


def of_carrier(actor: Actor, on: date) -> Iterator[Task]:
    """Treasury and signatory pay what is owed by notice, and what they announced; the signatory may bring an action."""
    if actor.role not in {Role.TREASURY, Role.SIGNATORY}:
        return
    owed = Reclaim.objects.filter(
        application__carrier_id=actor.carrier_id, status__in=[*PAYABLE_RECLAIMS, ReclaimStatus.ANNOUNCED]
    )
    owed = owed.exclude(issued_notice__status=NoticeStatus.CONTESTED)
    for reclaim in with_names(_with_days(owed), "application__"):
        reason = _("Verwendungszweck %(reference)s") % {"reference": reclaim.reference_in_groups}
        yield _task(actor, reclaim, _("Rückforderung zahlen"), reason=reason, due_on=reclaim.owed_until)
    if actor.role == Role.SIGNATORY:
        yield from _remedies(actor, on)


def _remedies(actor: Actor, on: date) -> Iterator[Task]:
    """Until its last day an action can be brought against a notice; then it is final."""
    notices = ReclaimNotice.objects.filter(
        status=NoticeStatus.NOTIFIED, notified_on__lte=on, reclaim__application__carrier_id=actor.carrier_id
    ).annotate(ends_on=due_day(APPEAL, ReclaimNotice))
    for notice in with_names(notices, "reclaim__application__", also=("reclaim",)):
        title, reason = _("Über eine Klage entscheiden"), _("Danach ist der Erstattungsbescheid bestandskräftig.")
        yield _task(actor, notice.reclaim, title, reason=reason, due_on=notice.ends_on)


def of_officer(actor: Actor, on: date) -> Iterator[Task]:
    """The officer in charge hears, proposes, records the notification, and reminds; one statement for all of it."""
    mine = Reclaim.objects.filter(application__officer_id__in=actor.persons)
    mine = with_names(mine, "application__", also=("hearing", "issued_notice"))
    undecided = Q(status__in=[ReclaimStatus.SUSPECTED, ReclaimStatus.HEARING])
    unnotified = Q(issued_notice__status=NoticeStatus.ISSUED)
    overdue = Q(status=ReclaimStatus.ISSUED, issued_notice__status__in=BINDING, owed_until__lt=on)
    found = list(_with_days(mine).filter(undecided | unnotified | overdue))
    for reclaim in found:
        if reclaim.status == ReclaimStatus.SUSPECTED or (
            reclaim.status == ReclaimStatus.HEARING and reclaim.hearing.status in HEARD
        ):
            yield _task(actor, reclaim, _("Über die Rückforderung entscheiden"))
    issued = [reclaim for reclaim in found if hasattr(reclaim, "issued_notice")]
    for reclaim in issued:
        if reclaim.issued_notice.status == NoticeStatus.ISSUED:
            reason = _("Damit beginnt die Klagefrist gegen den Erstattungsbescheid.")
            yield _task(actor, reclaim, _("Bekanntgabe festhalten"), reason=reason)
    for reclaim in issued:
        if reclaim.status == ReclaimStatus.ISSUED and reclaim.issued_notice.is_binding and reclaim.owed_until < on:
            title = _("Zahlung mahnen") if reclaim.reminded_until else _("An die Zahlung erinnern")
            yield _task(actor, reclaim, title, reason=_("Die Zahlung ist überfällig."), due_on=reclaim.owed_until)


def _with_days(reclaims: QuerySet[Reclaim]) -> QuerySet[Reclaim]:
    """Add `owed_until`, the day of payment as deferred or as last reminded, in the same statement."""
    reminders = ReclaimReminder.objects.filter(reclaim=OuterRef("pk")).order_by("-number")
    found = reclaims.annotate(
        reminded_until=Subquery(reminders.values("payable_until")[:1]),
        falls_due_on=Coalesce(due_day(RECLAIM_DUE, Reclaim), "payable_until"),
    )
    is_later = Q(reminded_until__gt=F("falls_due_on"))
    return found.annotate(owed_until=Case(When(is_later, then="reminded_until"), default="falls_due_on"))


def of_approver(actor: Actor) -> Iterator[Task]:
    """Approvers sign what another person proposed."""
    for reclaim in with_names(Reclaim.objects.filter(status=ReclaimStatus.PROPOSED), "application__"):
        if not actor.persons & {reclaim.proposed_by_id, reclaim.proposed_for_id}:
            yield _task(actor, reclaim, _("Erstattungsbescheid zeichnen"), reason=format_euro(reclaim.principal))
    reliefs = ReclaimRelief.objects.filter(status=ReliefStatus.PROPOSED)
    for relief in with_names(reliefs, "reclaim__application__", also=("reclaim",)):
        if not actor.persons & {relief.proposed_by_id, relief.proposed_for_id}:
            yield _task(actor, relief.reclaim, _("Über Stundung oder Erlass entscheiden"), reason=relief.reason[:80])

    refunds = Refund.objects.filter(status=RefundStatus.PROPOSED)
    for refund in with_names(refunds, "reclaim__application__", also=("reclaim",)):
        if not actor.persons & {refund.proposed_by_id, refund.proposed_for_id}:
            yield _task(actor, refund.reclaim, _("Rückgabe anordnen"), reason=format_euro(refund.amount))


def of_cashier(actor: Actor) -> Iterator[Task]:
    """Cashiers propose to give back what came too much, and clear up money that names no claim."""
    beyond = Reclaim.objects.exclude(status__in=OPEN_RECLAIMS).annotate(booked=Sum("entries__amount"))
    waiting = Refund.objects.filter(status=RefundStatus.PROPOSED)
    beyond = beyond.exclude(pk__in=waiting.values("reclaim"))
    for reclaim in with_names(beyond.filter(booked__lt=0), "application__"):
        yield _task(actor, reclaim, _("Überzahlung zurückgeben"), reason=format_euro(-reclaim.booked))
    unclear = Receipt.objects.filter(status=ReceiptStatus.OPEN).count()
    if unclear:
        yield Task(
            title=_("Zahlungseingänge klären"),
            subject=_("%(count)s ungeklärt") % {"count": unclear},
            url=reverse("funding:incoming-payments"),
            reason=_("Sie haben keinen richtigen Verwendungszweck."),
            deputised=actor.on_behalf_of is not None,
        )
