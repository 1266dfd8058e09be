"""Two people press in the same instant: money is never promised or paid twice, on either database."""

from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
import time_machine
from django.db import IntegrityError
from django.db.models import F, Sum

from tests.support import cast as cast_of
from tests.support.cast import acting, member
from verbund.accounts.roles import Role
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import AuditEntry
from verbund.directory.models import Membership
from verbund.funding import operations, payout
from verbund.funding.models import (
    BudgetEntry,
    BudgetTitle,
    BulkRun,
    Decision,
    Disbursement,
    Drawdown,
    GrantApplication,
    GrantNotice,
    RecipientAccount,
)
from verbund.funding.operations.payments import TooEarly, TooMuch
from verbund.funding.tests import story

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]
DAY = date(2023, 4, 17)
MAY = date(2023, 5, 3)


def kinds(outcomes) -> list[str]:
    """Return what came of each act, in alphabetical order: the class of the refusal, or "done"."""
    return sorted(type(one).__name__ if isinstance(one, Exception) else "done" for one in outcomes)


def two_decisions(*, title_amount: str) -> list[Decision]:
    """Two centres ask for 193,500 euros each of one title."""
    call = story.call_for(2023, amount="9830000")
    decisions = [story.proposed(call, story.people(key), amount="193500", key=key) for key in ("05122", "05916")]
    BudgetTitle.objects.update(amount_planned=Decimal(title_amount))
    return decisions


def approver_for(decision) -> object:
    actor = acting(member(Role.GRANT_APPROVER))
    operations.declare_conflict(decision.application, has_conflict=False, statement="", actor=actor)
    return actor


def test_of_two_countersignatures_at_once_the_title_pays_exactly_one(at_the_same_time):
    decisions = two_decisions(title_amount="193500")
    signed = [(one, approver_for(one)) for one in decisions]
    acts = [
        lambda one=one, actor=actor: operations.countersign_decision(one, issued_on=DAY, actor=actor)
        for one, actor in signed
    ]
    assert kinds(at_the_same_time(*acts)) == ["TitleExhausted", "done"]
    title = BudgetTitle.objects.get()
    assert (title.amount_committed, title.amount_free) == (Decimal(193500), Decimal(0))
    assert BudgetEntry.objects.count() == GrantNotice.objects.count() == 1
    assert sorted(GrantApplication.objects.values_list("status", flat=True)) == ["GRANTED", "READY_FOR_DECISION"]


def test_without_the_lock_both_would_pass_the_check_and_only_the_constraint_stops_the_second(at_the_same_time):
    """The check of `titles.commit` without its lock: both read the free amount before either has used it."""
    title = story.call_for(2023, amount="193500").budget_title
    both_have_read, passed = Barrier(2), []

    def commit_without_lock():
        current = BudgetTitle.objects.get(pk=title.pk)
        if Decimal(193500) <= current.amount_free:
            passed.append(current.amount_free)
        both_have_read.wait(timeout=20)
        BudgetTitle.objects.filter(pk=title.pk).update(amount_committed=F("amount_committed") + Decimal(193500))

    outcomes = at_the_same_time(commit_without_lock, commit_without_lock)
    assert passed == [Decimal(193500), Decimal(193500)]
    assert [type(one) for one in outcomes if one is not None] == [IntegrityError]
    assert BudgetTitle.objects.get().amount_committed == Decimal(193500)


def test_one_decision_signed_by_two_at_once_is_issued_once(at_the_same_time):
    decision = story.proposed(story.call_for(2023), story.people(), amount="193500")
    approvers = [approver_for(decision) for _person in range(2)]
    acts = [
        lambda actor=actor: operations.countersign_decision(Decision.objects.get(), issued_on=DAY, actor=actor)
        for actor in approvers
    ]
    assert kinds(at_the_same_time(*acts)) == ["NotAllowedNow", "done"]
    assert GrantNotice.objects.count() == 1
    assert BudgetTitle.objects.get().amount_committed == Decimal(193500)


def test_withdrawing_against_countersigning_ends_in_one_of_both_and_never_in_a_deadlock(at_the_same_time):
    cast = story.people()
    decision = story.proposed(story.call_for(2023), cast, amount="193500")

    def withdraw():
        operations.withdraw_application(GrantApplication.objects.get(), reason="Doppelt", on=DAY, actor=cast.lead)

    def countersign():
        operations.countersign_decision(Decision.objects.get(), issued_on=DAY, actor=cast.approver)

    assert kinds(at_the_same_time(withdraw, countersign)) == ["NotAllowedNow", "done"]
    application, decision = GrantApplication.objects.get(), Decision.objects.get()
    title = BudgetTitle.objects.get()
    ends = (application.status, decision.status, GrantNotice.objects.count(), title.amount_committed)
    assert ends in {("WITHDRAWN", "LAPSED", 0, Decimal(0)), ("GRANTED", "SIGNED", 1, Decimal(193500))}


def final_grant(cast) -> GrantNotice:
    return story.final(story.call_for(2023), cast, amount="193500", on=DAY)


def test_two_calls_of_money_at_once_cannot_pass_the_balance_together(at_the_same_time):
    cast = story.people()
    notice = final_grant(cast)

    def call(actor):
        return operations.request_drawdown(notice, amount=Decimal(96750), on=MAY, actor=actor)

    outcomes = at_the_same_time(lambda: call(cast.treasury), lambda: call(cast.signatory))
    assert kinds(outcomes) == ["TooEarly", "done"]
    assert Drawdown.objects.aggregate(sum=Sum("amount"))["sum"] == Decimal(96750)


def test_without_the_lock_two_calls_of_money_would_pass_the_balance_together(at_the_same_time):
    """The check of `request_drawdown` without its lock: nothing else keeps the sum of the calls below the grant."""
    cast = story.people()
    notice = final_grant(cast)
    account = RecipientAccount.objects.get()
    both_have_read = Barrier(2)

    def call_without_lock():
        due = payout.amount_due(notice, on=MAY) - payout.amount_called(notice)
        both_have_read.wait(timeout=20)
        if due >= Decimal(96750):
            Drawdown.objects.create(notice=notice, amount=Decimal(96750), account=account, requested_on=MAY)

    at_the_same_time(call_without_lock, call_without_lock)
    assert Drawdown.objects.aggregate(sum=Sum("amount"))["sum"] == Decimal(193500)
    with pytest.raises((TooEarly, TooMuch)):
        operations.request_drawdown(notice, amount=Decimal(1), on=MAY, actor=cast.treasury)


def test_two_accounts_confirmed_at_once_leave_one_in_use(at_the_same_time):
    cast = story.people()
    carrier = member(Role.TREASURY).organisation.carrier
    accounts = [
        operations.propose_account(carrier, iban=iban, holder="Stadt", actor=cast.treasury)
        for iban in (story.IBAN, "DE02120300000000202051")
    ]
    acts = [lambda one=one: operations.confirm_account(one, actor=cast.signatory) for one in accounts]
    assert kinds(at_the_same_time(*acts)) == ["done", "done"]
    assert sorted(RecipientAccount.objects.values_list("status", flat=True)) == ["CONFIRMED", "REPLACED"]


def test_one_account_confirmed_by_two_at_once_is_confirmed_once(at_the_same_time):
    cast = story.people()
    carrier = member(Role.TREASURY).organisation.carrier
    account = operations.propose_account(carrier, iban=story.IBAN, holder="Stadt", actor=cast.treasury)
    others = [acting(member(Role.SIGNATORY)) for _person in range(2)]
    acts = [
        lambda actor=actor: operations.confirm_account(RecipientAccount.objects.get(pk=account.pk), actor=actor)
        for actor in others
    ]
    assert kinds(at_the_same_time(*acts)) == ["NotAllowedNow", "done"]


def test_one_drawdown_paid_by_two_at_once_is_booked_once(at_the_same_time):
    cast = story.people()
    drawdown = operations.request_drawdown(final_grant(cast), amount=Decimal(1000), on=MAY, actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=MAY, actor=cast.officer)
    operations.order_drawdown(drawdown, on=MAY, actor=cast.approver)
    cashiers = [acting(member(Role.CASHIER)) for _person in range(2)]
    acts = [
        lambda actor=actor: operations.record_disbursement(
            Drawdown.objects.get(), paid_on=MAY, on=MAY, reference="K-1", actor=actor
        )
        for actor in cashiers
    ]
    outcomes = at_the_same_time(*acts)
    assert kinds(outcomes) == ["NotAllowedNow", "done"]
    assert any(isinstance(one, NotAllowedNow) for one in outcomes)
    assert Disbursement.objects.count() == 1
    assert BudgetTitle.objects.get().amount_paid == Decimal(1000)


def test_paying_and_granting_from_one_title_at_once_do_not_wait_for_each_other_for_ever(at_the_same_time):
    cast = story.people()
    drawdown = operations.request_drawdown(final_grant(cast), amount=Decimal(1000), on=MAY, actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=MAY, actor=cast.officer)
    operations.order_drawdown(drawdown, on=MAY, actor=cast.approver)
    decision = story.proposed(story.call_for(2023), cast, amount="193500")

    def pay():
        operations.record_disbursement(Drawdown.objects.get(), paid_on=MAY, on=MAY, reference="K-1", actor=cast.cashier)

    def grant():
        operations.countersign_decision(decision, issued_on=DAY, actor=cast.approver)

    assert kinds(at_the_same_time(pay, grant)) == ["done", "done"]
    title = BudgetTitle.objects.get()
    assert (title.amount_committed, title.amount_paid) == (Decimal(387000), Decimal(1000))


def test_a_title_cut_while_it_is_committed_is_never_below_its_commitments(at_the_same_time):
    decision = story.proposed(story.call_for(2023, amount="193500"), story.people(), amount="193500")
    approver = approver_for(decision)
    title = BudgetTitle.objects.get()

    def cut():
        operations.change_planned_amount(title, amount=Decimal(100000), reason="Kürzung", actor=approver)

    def countersign():
        operations.countersign_decision(decision, issued_on=DAY, actor=approver)

    assert kinds(at_the_same_time(cut, countersign)) in (["BelowCommitments", "done"], ["TitleExhausted", "done"])
    title.refresh_from_db()
    assert title.amount_committed <= title.amount_planned


@contextmanager
def in_may():
    with time_machine.travel("2023-05-03 12:00+02:00", tick=True):
        yield


def test_the_same_form_sent_three_times_at_once_acts_once(at_the_same_time):
    cast = story.people()
    with in_may():
        notice = final_grant(cast)
        treasury = Membership.objects.get(pk=cast.treasury.membership_id)
        clients = [cast_of.client_of(treasury) for _tab in range(3)]
        typed = {"amount": "1.000,00", "_once": "a" * 32}
        url = f"{notice.get_absolute_url()}abrufen/"
        answers = at_the_same_time(*[lambda client=client: client.post(url, typed) for client in clients])
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert Drawdown.objects.get().amount == Decimal(1000)


def test_an_application_begun_twice_at_once_exists_once(at_the_same_time):
    call = story.call_for(2023)
    centre = cast_of.centre()
    actors = [acting(member(Role.CENTRE_LEAD)), acting(member(Role.CENTRE_STAFF))]
    acts = [
        lambda actor=actor: operations.start_application(call, centre=centre, on=DAY, actor=actor) for actor in actors
    ]
    assert kinds(at_the_same_time(*acts)) == ["AlreadyApplied", "done"]
    assert GrantApplication.objects.count() == 1


def test_a_run_carried_on_by_page_and_clock_at_once_does_each_step_once(at_the_same_time):
    officer, call = acting(member(Role.GRANT_OFFICER)), story.call_for(2023)
    found = [story.submitted(call, story.people(key), key=key) for key in ("05122", "05916")]
    for application in found:
        operations.declare_conflict(application, has_conflict=False, statement="", actor=officer)
    run = BulkRun.objects.create(kind="TAKE_OVER", on=DAY, membership_id=officer.membership_id, started_by=officer.user)
    for number, one in enumerate(found, start=1):
        run.items.create(number=number, subject_id=one.pk, label=str(one), url=one.get_absolute_url())
    acts = [lambda: operations.advance_bulk_run(BulkRun.objects.get(pk=run.pk))] * 2
    assert kinds(at_the_same_time(*acts)) == ["done", "done"]
    assert set(run.items.values_list("outcome", "sentence")) == {("DONE", "")}
    assert AuditEntry.objects.filter(verb="take_over").count() == 2
