"""What waits for whom in funding: the tasks a person finds on their work list, in a constant number of statements."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.accounts.roles import Role
from verbund.core.acting import Actor
from verbund.core.deadlines import due_day
from verbund.core.money import MoneyField, format_euro
from verbund.core.worklist import Task
from verbund.directory.models import Centre
from verbund.funding import clock_kinds as clocks
from verbund.funding import parties, payout, proof_tasks, queries, reclaim_tasks, retention_tasks, rule_tasks
from verbund.funding.lifecycle import (
    COUNTING_DRAWDOWNS,
    DECIDED,
    EDITABLE,
    AccountStatus,
    CallStatus,
    ChangeRequestStatus,
    DecisionStatus,
    DrawdownStatus,
    HearingStatus,
    NoticeStatus,
    RequestStatus,
)
from verbund.funding.lifecycle import ApplicationStatus as S
from verbund.funding.models import (
    AuditMandate,
    Call,
    ChangeRequest,
    Decision,
    DraftComment,
    Drawdown,
    GrantApplication,
    GrantNotice,
    Hearing,
    InformationRequest,
    RecipientAccount,
)
from verbund.funding.queries.payment_lists import drawdowns_to_list
from verbund.funding.queries.windows import day_to_apply, running_windows
from verbund.funding.task_rows import in_conflict, task, with_names

WRITERS = frozenset({Role.CENTRE_STAFF, Role.CENTRE_LEAD})
SENDERS = frozenset({Role.CENTRE_LEAD, Role.SIGNATORY})
SIGNERS = frozenset({Role.SIGNATORY, Role.TREASURY})


def tasks_for(actor: Actor, on: date) -> list[Task]:
    """Return what waits for the acting person in funding, by their function; deputised tasks are marked."""
    if actor.role in parties.CARRIER_SIDE and actor.carrier_id is not None:
        found = _of_carrier(actor, on)
    else:
        ask = {
            Role.GRANT_OFFICER: _of_officer,
            Role.GRANT_APPROVER: _of_approver,
            Role.CASHIER: _of_cashier,
            Role.COORDINATOR: _of_coordinator,
            Role.OPERATOR: rule_tasks.of_operator,
            Role.AUDITOR: _of_auditor,
        }.get(actor.role)
        found = ask(actor, on) if ask else ()
    return list(found)


def _with_end(found: QuerySet, kind: str) -> QuerySet:
    """Add `ends_on`, the day that counts for the open deadline of a kind, in the same statement."""
    return found.annotate(ends_on=due_day(kind, found.model))


# the carrier's side


def _of_carrier(actor: Actor, on: date) -> Iterator[Task]:
    if actor.role in WRITERS:
        yield from _calls_to_answer(actor, on)
        yield from _requests_to_answer(actor)
    yield from _own_applications(actor)
    yield from proof_tasks.of_carrier(actor, on)
    if actor.role in SENDERS:
        yield from _hearings_to_answer(actor)
    if actor.role in SIGNERS:
        yield from _accounts_to_confirm(actor)
        yield from _money_to_call(actor, on)
    if actor.role == Role.SIGNATORY:
        yield from _remedies_to_waive(actor, on)
    yield from reclaim_tasks.of_carrier(actor, on)


def _own_applications(actor: Actor) -> Iterator[Task]:
    own = GrantApplication.objects.filter(carrier_id=actor.carrier_id).annotate(ends_on=day_to_apply())
    for application in with_names(own.exclude(status__in=[*DECIDED, S.WITHDRAWN])):
        url, due_on = application.get_absolute_url(), application.ends_on
        if application.status == S.DRAFT and actor.role in WRITERS:
            yield task(actor, application, _("Antrag vervollständigen"), url, due_on=due_on)
        elif application.status == S.RETURNED and actor.role in WRITERS:
            reason = _("Die Bewilligungsbehörde hat ihn zurückgegeben.")
            yield task(actor, application, _("Antrag überarbeiten"), url, reason=reason)
        elif application.status == S.AWAITING_SIGNATURE and actor.role in SIGNERS:
            if not actor.persons & {application.offered_by_id, application.offered_for_id}:
                reason = _("Sie zeichnen als zweite Person.")
                yield task(actor, application, _("Antrag mitzeichnen"), url, reason=reason, due_on=due_on)
        elif application.status == S.SIGNED and actor.role in SENDERS:
            reason = _("Er ist zweimal gezeichnet.")
            yield task(actor, application, _("Antrag einreichen"), url, reason=reason, due_on=due_on)


def _requests_to_answer(actor: Actor) -> Iterator[Task]:
    asked = InformationRequest.objects.filter(status=RequestStatus.OPEN, application__carrier_id=actor.carrier_id)
    for request in _with_end(with_names(asked, "application__"), clocks.INFORMATION_ANSWER):
        url = reverse("funding:answer-request", args=[request.pk])
        reason = _("Die Bewilligungsbehörde hat Fragen.")
        title = _("Nachforderung beantworten")
        yield task(actor, request.application, title, url, reason=reason, due_on=request.ends_on)


def _calls_to_answer(actor: Actor, on: date) -> Iterator[Task]:
    """Yield the calls under which a centre of the carrier may apply and has no application; closed years do not nag."""
    longer = {(one.call_id, one.centre_id): one.ends_on for one in running_windows(actor.carrier_id, on=on)}
    is_open = Q(status=CallStatus.OPEN, opens_on__lte=on) | Q(pk__in=[call for call, _centre in longer])
    calls = _with_end(Call.objects.filter(is_open, drawdowns_until__gte=on), clocks.APPLICATION_WINDOW)
    calls = list(calls.exclude(is_strict=True, ends_on__lt=on).select_related("programme"))
    centres = list(Centre.objects.filter(carrier_id=actor.carrier_id).select_related("organisation"))
    taken = set(
        GrantApplication.objects.filter(call__in=calls, centre__in=centres)
        .exclude(status=S.WITHDRAWN)
        .values_list("call_id", "centre_id")
    )
    for call in calls:
        for centre in centres:
            own = longer.get((call.pk, centre.pk))
            if (call.pk, centre.pk) not in taken and (own or call.status == CallStatus.OPEN):
                yield Task(
                    title=_("Antrag beginnen"),
                    subject=str(call),
                    url=reverse("funding:home"),
                    due_on=own or call.ends_on,
                    centre=str(centre),
                    reason=_("Anträge sind möglich."),
                    deputised=actor.on_behalf_of is not None,
                )


def _accounts_to_confirm(actor: Actor) -> Iterator[Task]:
    waiting = RecipientAccount.objects.filter(status=AccountStatus.PROPOSED, carrier_id=actor.carrier_id)
    for account in waiting.select_related("carrier__organisation"):
        if not actor.persons & {account.proposed_by_id, account.proposed_for_id}:
            yield Task(
                title=_("Konto bestätigen"),
                subject=str(account),
                url=reverse("funding:accounts"),
                centre=str(account.carrier),
                reason=_("Sie bestätigen als zweite Person."),
                deputised=actor.on_behalf_of is not None,
            )


def _money_to_call(actor: Actor, on: date) -> Iterator[Task]:
    """Yield final grants of which a part has fallen due and is not called; without an account, that comes first."""
    notices = GrantNotice.objects.filter(
        status=NoticeStatus.FINAL,
        successor=None,
        decision__application__carrier_id=actor.carrier_id,
    )
    notices = _with_end(notices, clocks.LAST_DRAWDOWN).filter(ends_on__gte=on).annotate(amount_returned=_came_back())
    notices = with_names(notices, "decision__application__").prefetch_related("instalments")
    called = _called_by_application(actor.carrier_id)
    accounts = RecipientAccount.objects.filter(carrier_id=actor.carrier_id)
    has_account = accounts.filter(status__in=[AccountStatus.PROPOSED, AccountStatus.CONFIRMED]).exists()
    for notice in notices:
        called_so_far = called.get(notice.decision.application_id, Decimal(0))
        due = payout.amount_due(notice, on=on) - called_so_far + notice.amount_returned
        if due <= 0:
            continue
        reason = _("%(amount)s sind fällig.") % {"amount": format_euro(due)}
        last_day = notice.ends_on
        if has_account:
            url = notice.get_absolute_url()
            yield task(actor, notice.application, _("Mittel abrufen"), url, reason=reason, due_on=last_day)
        else:
            url = reverse("funding:accounts")
            yield task(actor, notice.application, _("Konto hinterlegen"), url, reason=reason, due_on=last_day)


def _came_back() -> Coalesce:
    """Return what came back of a notice's grant and may be called again, as `payout.amount_returned`, for many."""
    came_back = queries.repayments_to_call_again(OuterRef("decision__application"))
    sums = came_back.order_by().values("reclaim__application").annotate(sum=Sum("amount")).values("sum")
    return Coalesce(Subquery(sums), Decimal(0), output_field=MoneyField())


def _called_by_application(carrier_id: int) -> dict[int, Decimal]:
    """Return the euros called so far by application, all versions of its notice together."""
    counting = Drawdown.objects.filter(
        status__in=COUNTING_DRAWDOWNS, notice__decision__application__carrier_id=carrier_id
    )
    sums = counting.order_by().values("notice__decision__application").annotate(sum=Sum("amount"))
    return {row["notice__decision__application"]: row["sum"] for row in sums}


def _hearings_to_answer(actor: Actor) -> Iterator[Task]:
    heard = Hearing.objects.filter(status=HearingStatus.OPEN, application__carrier_id=actor.carrier_id)
    for hearing in with_names(heard, "application__"):
        url = reverse("funding:hearing-answer", args=[hearing.pk])
        reason = hearing.get_occasion_display()
        yield task(actor, hearing.application, _("Stellung nehmen"), url, reason=reason, due_on=hearing.due_on)


def _remedies_to_waive(actor: Actor, on: date) -> Iterator[Task]:
    notices = GrantNotice.objects.filter(
        status=NoticeStatus.NOTIFIED,
        notified_on__lte=on,
        decision__kind=Decision.Kind.GRANT,
        decision__application__carrier_id=actor.carrier_id,
    )
    for notice in _with_end(with_names(notices, "decision__application__"), clocks.APPEAL):
        reason = _("Dann kann sofort abgerufen werden; sonst nach der Klagefrist.")
        title = _("Über einen Rechtsbehelfsverzicht entscheiden")
        url = notice.get_absolute_url()
        yield task(actor, notice.application, title, url, reason=reason, due_on=notice.ends_on)


# the authority's side


def _of_officer(actor: Actor, on: date) -> Iterator[Task]:
    yield from _applications_to_review(actor)
    yield from _requests_without_answer(actor, on)
    issued = GrantNotice.objects.filter(status=NoticeStatus.ISSUED).exclude(
        in_conflict(actor, "decision__application_id")
    )
    for notice in with_names(issued, "decision__application__"):
        reason = _("Damit beginnt die Klagefrist.")
        yield task(actor, notice.application, _("Bekanntgabe festhalten"), notice.get_absolute_url(), reason=reason)
    yield from _drawdowns(actor, DrawdownStatus.SUBMITTED, _("Mittelabruf feststellen"))
    yield from _changes_to_decide(actor)
    yield from _hearings_to_end(actor, on)
    yield from proof_tasks.of_officer(actor, on)
    yield from reclaim_tasks.of_officer(actor, on)
    yield from retention_tasks.of_officer(actor)


def _changes_to_decide(actor: Actor) -> Iterator[Task]:
    asked = ChangeRequest.objects.filter(
        status=ChangeRequestStatus.SUBMITTED, application__officer_id__in=actor.persons
    )
    for request in with_names(asked, "application__"):
        url, reason = request.application.get_absolute_url(), request.get_kind_display()
        yield task(actor, request.application, _("Über die Änderung entscheiden"), url, reason=reason)


def _hearings_to_end(actor: Actor, on: date) -> Iterator[Task]:
    """Yield hearings whose time has passed without an answer."""
    late = Hearing.objects.filter(status=HearingStatus.OPEN, due_on__lt=on, application__officer_id__in=actor.persons)
    for hearing in with_names(late, "application__"):
        reason = _("Die Frist ist ohne Stellungnahme abgelaufen.")
        url = hearing.application.get_absolute_url()
        yield task(actor, hearing.application, _("Anhörung abschließen"), url, reason=reason, due_on=hearing.due_on)


def _applications_to_review(actor: Actor) -> Iterator[Task]:
    answered = InformationRequest.objects.filter(application=OuterRef("pk"), status=RequestStatus.ANSWERED)
    mine = Q(status=S.UNDER_REVIEW, officer_id__in=actor.persons)
    nobodys = Q(status=S.SUBMITTED) & (Q(officer=None) | Q(officer_id__in=actor.persons))
    waiting = GrantApplication.objects.filter(mine | nobodys, status__in=[S.SUBMITTED, S.UNDER_REVIEW])
    waiting = waiting.exclude(in_conflict(actor, "pk")).annotate(has_answer=Exists(answered))
    for application in with_names(waiting):
        url = reverse("funding:review", args=[application.pk])
        if application.status == S.SUBMITTED:
            reason = _("Eingegangen am %(day)s.") % {"day": f"{application.received_on:%d.%m.%Y}"}
            yield task(actor, application, _("Antrag übernehmen"), url, reason=reason)
        else:
            reason = _("Die Nachforderung ist beantwortet.") if application.has_answer else _("Sie sind zuständig.")
            yield task(actor, application, _("Antrag prüfen"), url, reason=reason)


def _requests_without_answer(actor: Actor, on: date) -> Iterator[Task]:
    asked = InformationRequest.objects.filter(status=RequestStatus.OPEN, application__officer_id__in=actor.persons)
    late = _with_end(asked, clocks.INFORMATION_ANSWER).filter(ends_on__lt=on)
    for request in with_names(late, "application__"):
        url = request.application.get_absolute_url()
        reason = _("Die Frist ist ohne Antwort abgelaufen.")
        title = _("Nachforderung nachfassen")
        yield task(actor, request.application, title, url, reason=reason, due_on=request.ends_on)


def _of_approver(actor: Actor, on: date) -> Iterator[Task]:
    proposals = Decision.objects.filter(status=DecisionStatus.PROPOSED).exclude(in_conflict(actor, "application_id"))
    own = Q(proposed_by_id__in=actor.persons) | Q(proposed_for_id__in=actor.persons)
    found = list(with_names(proposals, "application__").exclude(own))
    in_row = "?reihe=1" if len(found) > 1 else ""
    for decision in found:
        url = reverse("funding:decision", args=[decision.pk]) + in_row
        reason = f"{decision.get_kind_display()}, {format_euro(decision.amount)}" if decision.amount else _("Ablehnung")
        yield task(actor, decision.application, _("Entscheidung zeichnen"), url, reason=reason)
    yield from _drawdowns(actor, DrawdownStatus.VERIFIED, _("Auszahlung anordnen"), "verified")
    yield from proof_tasks.of_approver(actor)
    yield from reclaim_tasks.of_approver(actor)
    yield from retention_tasks.of_approver(actor)


def _of_cashier(actor: Actor, on: date) -> Iterator[Task]:
    if (count := drawdowns_to_list(actor).count()) > 1:
        yield Task(
            title=_("Zahlliste erstellen"),
            subject=_("%(count)s angeordnete Zahlungen stehen auf keiner Liste.") % {"count": count},
            url=reverse("funding:payment-lists"),
            deputised=actor.on_behalf_of is not None,
        )
    yield from _drawdowns(actor, DrawdownStatus.ORDERED, _("Auszahlung festhalten"), "verified", "ordered")
    yield from reclaim_tasks.of_cashier(actor)


def _drawdowns(actor: Actor, status: str, title: str, *acts: str) -> Iterator[Task]:
    """Yield the calls for money in a status, except those where the person did one of the earlier acts."""
    for drawdown in with_names(Drawdown.objects.filter(status=status), "notice__decision__application__"):
        done_by = {getattr(drawdown, f"{act}_{end}") for act in acts for end in ("by_id", "for_id")}
        if not actor.persons & done_by:
            reason = format_euro(drawdown.amount)
            yield task(actor, drawdown.notice.application, title, drawdown.get_absolute_url(), reason=reason)


# the coordination unit


def _of_coordinator(actor: Actor, on: date) -> Iterator[Task]:
    commented = DraftComment.objects.filter(application=OuterRef("pk"), written_by_id__in=actor.persons)
    invited = GrantApplication.objects.filter(status__in=EDITABLE, comments_invited_at__isnull=False)
    for application in with_names(invited.exclude(Exists(commented))):
        reason = _("Das Zentrum bittet um Ihren Rat.")
        yield task(actor, application, _("Entwurf kommentieren"), application.get_absolute_url(), reason=reason)


# auditors


def _of_auditor(actor: Actor, on: date) -> Iterator[Task]:
    """Audits under way, due with their last day, and those ahead, due with their first."""
    mandates = AuditMandate.objects.filter(auditor_id=actor.membership_id or 0, valid_until__gte=on, ended_at=None)
    for mandate in mandates.select_related("carrier__organisation", "centre__organisation", "programme"):
        begins = mandate.valid_from > on
        yield Task(
            title=_("Prüfung vorbereiten") if begins else _("Akten prüfen"),
            subject=mandate.subject,
            url=mandate.get_absolute_url(),
            due_on=mandate.valid_from if begins else mandate.valid_until,
            reason=_("Lesen ab dem genannten Tag.") if begins else _("Lesen bis zu dem genannten Tag."),
            deputised=actor.on_behalf_of is not None,
        )
