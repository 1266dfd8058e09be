"""Amendment against payment, and two changes at once: the grant is never exceeded, on either database."""

from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest

from verbund.funding import operations, payout, queries
from verbund.funding.models import BudgetEntry, BudgetTitle, GrantNotice, Reclaim
from verbund.funding.tests import story
from verbund.funding.tests.test_races import approver_for, kinds

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]
APRIL, OCTOBER = date(2023, 4, 17), date(2023, 10, 4)
FULL, LESS = Decimal("193500.00"), Decimal("100000.00")


def granted():
    cast = story.people()
    return cast, story.final(story.call_for(2023), cast, amount=str(FULL), on=APRIL)


def lowered(cast, notice, amount=LESS):
    return operations.propose_change(
        notice, kind="AMENDMENT", amount=amount, effective_from=date(2023, 5, 1), reasons="Weniger Stellen.",
        deviation_reason="Vereinbart", on=OCTOBER, actor=cast.officer,
    )  # fmt: skip


def ordered(cast, notice, amount: str):
    drawdown = operations.request_drawdown(notice, amount=Decimal(amount), on=OCTOBER, actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=OCTOBER, actor=cast.officer)
    operations.order_drawdown(drawdown, on=OCTOBER, actor=cast.approver)
    return drawdown


def test_a_payment_and_a_lower_grant_at_once_never_pay_more_than_is_granted_or_claimed(at_the_same_time):
    cast, notice = granted()
    drawdown, decision = ordered(cast, notice, "150000"), lowered(cast, notice)
    approver = approver_for(decision)
    outcomes = at_the_same_time(
        lambda: operations.record_disbursement(
            drawdown, paid_on=OCTOBER, on=OCTOBER, reference="K", actor=cast.cashier
        ),
        lambda: operations.countersign_change(decision, issued_on=OCTOBER, actor=approver),
    )
    assert kinds(outcomes) in (["OpenDrawdowns", "done"], ["done", "done"])
    valid = queries.valid_notice(notice.application)
    paid, claimed = payout.amount_paid(notice.application), queries.amount_claimed(notice.application)
    assert paid == Decimal(150000)
    assert paid - claimed <= valid.amount_granted


def test_a_call_for_money_and_a_lower_grant_at_once_leave_a_call_within_the_grant(at_the_same_time):
    cast, notice = granted()
    decision = lowered(cast, notice)
    approver = approver_for(decision)
    at_the_same_time(
        lambda: operations.request_drawdown(notice, amount=Decimal(150000), on=OCTOBER, actor=cast.treasury),
        lambda: operations.countersign_change(decision, issued_on=OCTOBER, actor=approver),
    )
    valid = queries.valid_notice(notice.application)
    assert payout.amount_called(valid) <= valid.amount_granted


def test_without_the_lock_on_the_grant_a_call_and_a_lower_grant_both_pass(at_the_same_time):
    """The checks of both acts without `locked_grant`: each reads what the other has not written yet."""
    cast, notice = granted()
    decision = lowered(cast, notice)
    both_have_read, passed = Barrier(2), []

    def call_without_lock():
        if Decimal(150000) <= queries.valid_notice(notice.application).amount_granted:
            passed.append("call")
        both_have_read.wait(timeout=20)

    def lower_without_lock():
        if payout.amount_called(notice) <= decision.amount:
            passed.append("lower")
        both_have_read.wait(timeout=20)

    at_the_same_time(call_without_lock, lower_without_lock)
    assert sorted(passed) == ["call", "lower"]


def test_of_two_signatures_at_once_one_makes_the_next_version(at_the_same_time):
    cast, notice = granted()
    decision = lowered(cast, notice)
    actors = [approver_for(decision), approver_for(decision)]
    outcomes = at_the_same_time(
        *(
            lambda actor=actor: operations.countersign_change(decision, issued_on=OCTOBER, actor=actor)
            for actor in actors
        )
    )
    assert kinds(outcomes) == ["NotAllowedNow", "done"]
    assert sorted(GrantNotice.objects.values_list("version", flat=True)) == [1, 2]
    title = BudgetTitle.objects.get()
    assert title.amount_committed == LESS
    assert sum(BudgetEntry.objects.filter(kind="COMMITMENT").values_list("amount", flat=True)) == LESS
    assert not Reclaim.objects.exists()
