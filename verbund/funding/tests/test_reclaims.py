"""What was paid without right comes back: hearing, four eyes, notice, payments in part, more time, less to pay."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.support.cast import acting, member
from verbund.accounts.roles import Role
from verbund.core import append_only, deadlines
from verbund.core.acting import SYSTEM, SamePerson
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.money import format_euro
from verbund.funding import balances, operations, queries, reclaim_account
from verbund.funding.models import BudgetTitle, GrantNotice, Reclaim, ReclaimEntry, ReclaimRelief, Refund
from verbund.funding.operations import hearings, reclaims
from verbund.funding.operations.reliefs import NoRelief
from verbund.funding.reclaim_page import about
from verbund.funding.tests import story
from verbund.funding.tests.claims import DUE, SILVESTER, TEN_THOUSAND, issued, opened, paid_grant, proposed, received
from verbund.funding.tests.story import People
from verbund.programmes.models import BaseRate

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def cast(db) -> People:
    return story.people()


@pytest.fixture
def notice(cast) -> GrantNotice:
    return paid_grant(cast)


def test_a_claim_of_10000_for_all_of_2022_bears_412_euros_and_is_paid_with_its_reference(notice, cast):
    reclaim = issued(notice, cast)
    assert (reclaim.amount_interest, reclaim.status) == (Decimal("412.00"), "ISSUED")
    assert reclaim.issued_notice.amount_interest == Decimal("412.00")
    assert deadlines.due_of("RECLAIM_DUE", reclaim) == reclaim.payable_until == DUE
    assert reclaim_account.booked(reclaim) == Decimal("10412.00")
    received(cast, "10412.00", day=SILVESTER, purpose=f"Rückzahlung {reclaim.reference_in_groups}")
    reclaim.refresh_from_db()
    title = BudgetTitle.objects.get()
    assert (reclaim.status, reclaim_account.booked(reclaim)) == ("SETTLED", Decimal("0.00"))
    assert title.amount_repaid == TEN_THOUSAND
    assert sum(title.entries.filter(kind="INTEREST").values_list("amount", flat=True)) == Decimal("412.00")
    assert deadlines.due_of("RECLAIM_DUE", reclaim) is None
    balance = balances.balance_of(notice.application, known_on=SILVESTER, valid_on=SILVESTER, actor=cast.officer)
    assert (balance.returned, balance.overpaid) == (TEN_THOUSAND, Decimal("0.00"))


def test_interest_goes_on_for_what_a_part_payment_left_and_each_payment_is_booked_on_its_day(notice, cast):
    reclaim = issued(notice, cast)
    received(cast, "5000.00", day=date(2023, 1, 31), purpose=reclaim.reference)
    standing = reclaim_account.standing_of(reclaim, on=date(2023, 5, 4))
    january = Decimal("56.22")  # 10,000 × 6.62 % × 31/365
    assert reclaim_account.booked(reclaim) == Decimal("10412.00") + january - Decimal(5000)
    assert standing.account.principal_open == TEN_THOUSAND - (Decimal(5000) - Decimal("412.00") - january)
    assert standing.interest_to_come == Decimal("92.23")
    assert standing.open == reclaim_account.booked(reclaim) + standing.interest_to_come


def test_by_default_interest_begins_on_the_day_what_was_too_much_was_paid(notice, cast):
    reclaim = proposed(notice, cast, interest_from=None)
    assert reclaim.interest_from == date(2022, 10, 4)


def test_nothing_is_claimed_without_a_hearing_a_reason_or_a_second_person(notice, cast):
    reclaim = opened(notice, cast)
    values = {"interest_until": SILVESTER, "on": SILVESTER, "actor": cast.officer}
    with pytest.raises(hearings.NotHeard):
        operations.propose_reclaim(reclaim, hearing=None, **values)
    with pytest.raises(DomainError, match="höchstens"):
        opened(notice, cast, amount=Decimal("287500.01"))
    operations.drop_reclaim(reclaim, reason="Belege nachgereicht", on=SILVESTER, actor=cast.officer)
    assert (reclaim.status, reclaim_account.booked(reclaim)) == ("DROPPED", Decimal("0.00"))
    second = proposed(notice, cast)
    for actor in (cast.officer, acting(member(Role.GRANT_APPROVER), by=cast.officer.user)):
        with pytest.raises(SamePerson):
            operations.countersign_reclaim(second, issued_on=SILVESTER, actor=actor)
    operations.reject_reclaim(second, reason="Zinsbeginn prüfen", on=SILVESTER, actor=cast.approver)
    with pytest.raises(NotAllowedNow):
        operations.countersign_reclaim(second, issued_on=SILVESTER, actor=cast.approver)


def test_the_database_refuses_one_signature_twice_and_changed_entries(notice, cast):
    reclaim = issued(notice, cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Reclaim.objects.filter(pk=reclaim.pk).update(signed_by=reclaim.proposed_by)
    entry = reclaim.entries.first()
    for act in (lambda: ReclaimEntry.objects.filter(pk=entry.pk).update(amount=1), entry.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    with append_only.unlocked(tables=["funding_reclaimentry"]):
        entry.delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        reclaim.entries.first().delete()


def test_a_missing_base_rate_is_refused_by_name(notice, cast):
    BaseRate.objects.filter(valid_from=date(2022, 7, 1)).delete()
    with pytest.raises(DomainError, match="Halbjahr 2022"):
        proposed(notice, cast)


def test_a_claim_recomputes_by_the_rows_it_was_computed_with_whatever_they_say_later(notice, cast):
    reclaim = issued(notice, cast)
    BaseRate.objects.filter(valid_from__year=2022).update(percent=Decimal("9.00"))
    assert reclaim_account.account_on(reclaim, SILVESTER).interest == Decimal("412.00")


def test_who_pays_in_time_owes_no_interest_if_it_was_waived_and_all_of_it_if_not(notice, cast):
    reclaim = issued(notice, cast, interest_waived_reason="Fehler der Behörde")
    assert reclaim_account.booked(reclaim) == TEN_THOUSAND
    receipt = received(cast, "10000.00", day=DUE, purpose=reclaim.reference)
    reclaim.refresh_from_db()
    assert reclaim.status == "SETTLED"
    entry = receipt.entries.get()
    operations.take_back_assignment(entry, reason="Andere Forderung", on=DUE, actor=cast.cashier)
    reclaim.refresh_from_db()
    assert (reclaim.status, reclaim_account.booked(reclaim)) == ("ISSUED", TEN_THOUSAND)
    received(cast, "10000.00", day=date(2023, 1, 31), purpose=reclaim.reference)
    reclaim.refresh_from_db()
    assert (reclaim.status, reclaim_account.booked(reclaim)) == ("ISSUED", Decimal("468.22"))


def test_money_that_came_in_after_the_proposal_sends_it_back(notice, cast):
    reclaim = proposed(notice, cast)
    received(cast, "4000.00", day=date(2022, 12, 1), purpose=reclaim.reference)
    with pytest.raises(reclaims.ChangedSinceProposal):
        operations.countersign_reclaim(reclaim, issued_on=SILVESTER, actor=cast.approver)


def test_what_comes_too_much_is_noted_and_goes_back(notice, cast):
    reclaim = issued(notice, cast)
    received(cast, "10500.00", day=SILVESTER, purpose=reclaim.reference)
    assert reclaim_account.standing_of(reclaim, on=SILVESTER).too_much == Decimal("88.00")
    assert BudgetTitle.objects.get().amount_repaid == TEN_THOUSAND
    (task,) = queries.tasks_for(cast.cashier, SILVESTER)
    reclaim.refresh_from_db()
    assert (task.title, task.reason.replace("\u202f", " ")) == ("Überzahlung zurückgeben", "88,00 €")
    steps = {name: about(reclaim, getattr(cast, name), on=SILVESTER)["step"] for name in ("cashier", "officer", "lead")}
    assert steps["cashier"].label == "Überzahlung zurückgeben"
    assert "Kasse" in steps["officer"].waiting_for
    assert "Kasse" in steps["lead"].waiting_for
    with pytest.raises(DomainError, match="88,00"):
        operations.propose_refund(reclaim, amount=Decimal(89), note="", on=SILVESTER, actor=cast.cashier)
    refund = operations.propose_refund(reclaim, amount=Decimal(88), note="", on=SILVESTER, actor=cast.cashier)
    assert reclaim_account.booked(reclaim) == -88
    assert queries.tasks_for(cast.cashier, SILVESTER) == []
    assert "zweite Person" in about(reclaim, cast.cashier, on=SILVESTER)["step"].waiting_for
    with pytest.raises(operations.RefundWaits):
        operations.propose_refund(reclaim, amount=Decimal(1), note="", on=SILVESTER, actor=cast.cashier)
    assert [task.title for task in queries.tasks_for(cast.approver, SILVESTER)] == ["Rückgabe anordnen"]
    operations.reject_refund(refund, reason="Erst klären", actor=cast.approver)
    assert [task.title for task in queries.tasks_for(cast.cashier, SILVESTER)] == ["Überzahlung zurückgeben"]
    with pytest.raises(NotAllowedNow):
        operations.order_refund(refund, on=SILVESTER, actor=cast.approver)
    again = operations.propose_refund(reclaim, amount=Decimal(88), note="", on=SILVESTER, actor=cast.cashier)
    entry = operations.order_refund(again, on=SILVESTER, actor=cast.approver)
    assert (entry.kind, entry.amount, entry.recorded_by_id) == ("REFUND", 88, cast.approver.user.pk)
    assert reclaim_account.booked(reclaim) == 0
    with pytest.raises(IntegrityError, match="refund_four_eyes"), transaction.atomic():
        Refund.objects.filter(pk=again.pk).update(signed_by=cast.cashier.user)
    assert queries.tasks_for(cast.cashier, SILVESTER) == []
    assert about(reclaim, cast.cashier, on=SILVESTER)["step"].done


def test_more_time_without_interest_and_less_to_pay_need_two_persons(notice, cast):
    reclaim = issued(notice, cast)
    relief = operations.propose_deferral(
        reclaim, until=date(2023, 3, 31), bears_interest=False, reason="Haushaltssperre", on=SILVESTER,
        actor=cast.officer,
    )  # fmt: skip
    with pytest.raises(SamePerson):
        operations.grant_relief(relief, on=SILVESTER, actor=cast.officer)
    operations.grant_relief(relief, on=SILVESTER, actor=cast.approver)
    reclaim.refresh_from_db()
    assert (reclaim.status, deadlines.due_of("RECLAIM_DUE", reclaim)) == ("DEFERRED", date(2023, 3, 31))
    assert reclaim_account.standing_of(reclaim, on=date(2023, 3, 31)).interest_to_come <= 0
    assert operations.end_due_deferrals(on=date(2023, 4, 3), actor=SYSTEM) == 1
    waiver = operations.propose_waiver(
        reclaim, amount=Decimal(400), reason="Geringfügig", on=date(2023, 3, 31), actor=cast.officer
    )
    operations.grant_relief(waiver, on=date(2023, 3, 31), actor=cast.approver)
    entry = ReclaimEntry.objects.get(kind="WAIVER")
    assert (entry.amount, entry.note) == (Decimal("-400.00"), "")  # the reason goes with the file, the entry stays


def test_a_deferral_is_not_granted_after_its_day_and_a_new_one_can_be_proposed(notice, cast):
    reclaim, until = issued(notice, cast), date(2023, 3, 31)
    values = {"bears_interest": True, "reason": "Haushaltssperre", "actor": cast.officer}
    relief = operations.propose_deferral(reclaim, until=until, on=SILVESTER, **values)
    with pytest.raises(NoRelief, match=r"bis zum 31\.03\.2023; der Tag ist vorbei"):
        operations.grant_relief(relief, on=date(2023, 4, 1), actor=cast.approver)
    reclaim.refresh_from_db()
    assert (reclaim.status, ReclaimRelief.objects.get().status) == ("ISSUED", "PROPOSED")
    operations.reject_relief(relief, reason="Der Tag ist vorbei.", actor=cast.approver)
    later = operations.propose_deferral(reclaim, until=date(2023, 4, 28), on=date(2023, 4, 3), **values)
    operations.grant_relief(later, on=date(2023, 4, 28), actor=cast.approver)
    assert deadlines.due_of("RECLAIM_DUE", reclaim) == date(2023, 4, 28)


def test_an_offset_lowers_what_the_account_gets_and_is_signed_by_who_orders(notice, cast):
    reclaim = issued(notice, cast)
    later = story.final(story.call_for(2023, opens_on=date(2022, 6, 1)), cast, amount="193500", on=date(2023, 1, 9))
    drawdown = operations.request_drawdown(later, amount=Decimal(50000), on=date(2023, 5, 2), actor=cast.treasury)
    operations.plan_offset(reclaim, drawdown=drawdown, amount=Decimal(10000), on=date(2023, 5, 2), actor=cast.officer)
    other = acting(member(Role.GRANT_OFFICER))
    operations.verify_drawdown(drawdown, on=date(2023, 5, 2), actor=other)
    with pytest.raises(SamePerson):
        operations.order_drawdown(
            drawdown, on=date(2023, 5, 2), actor=acting(member(Role.GRANT_APPROVER), by=cast.officer.user)
        )
    operations.order_drawdown(drawdown, on=date(2023, 5, 2), actor=cast.approver)
    payment = operations.record_disbursement(
        drawdown, paid_on=date(2023, 5, 3), on=date(2023, 5, 3), reference="K9", actor=cast.cashier
    )
    assert (payment.amount, payment.amount_transferred) == (Decimal(50000), Decimal(40000))
    assert reclaim.entries.get(kind="OFFSET").amount == Decimal(-10000)
    assert BudgetTitle.objects.get(budget_year=2023).amount_paid == Decimal(50000)
    assert 0 < BudgetTitle.objects.get(budget_year=2022).amount_repaid < TEN_THOUSAND


def test_what_one_payment_is_to_settle_is_not_offset_from_another_one_too(notice, cast):
    reclaim = issued(notice, cast)
    later = story.final(story.call_for(2023, opens_on=date(2022, 6, 1)), cast, amount="193500", on=date(2023, 1, 9))
    day = date(2023, 5, 2)
    first, second = (
        operations.request_drawdown(later, amount=Decimal(40000), on=day, actor=cast.treasury) for _call in range(2)
    )
    operations.plan_offset(reclaim, drawdown=first, amount=Decimal(9000), on=day, actor=cast.officer)
    left = reclaim_account.standing_of(reclaim, on=day).open - 9000
    with pytest.raises(DomainError, match=f"höchstens {format_euro(left)}"):
        operations.plan_offset(reclaim, drawdown=second, amount=left + 1, on=day, actor=cast.officer)
    operations.plan_offset(reclaim, drawdown=second, amount=left, on=day, actor=cast.officer)


def test_a_carrier_announces_that_it_gives_back_what_it_did_not_need(notice, cast):
    reclaim = operations.announce_return(
        notice.application, amount=Decimal(2500), reason="Stelle unbesetzt", on=SILVESTER, actor=cast.treasury
    )
    assert (reclaim.status, reclaim.occasion) == ("ANNOUNCED", "UNUSED")
    received(cast, "2500.00", day=SILVESTER, purpose=reclaim.reference_in_groups.lower())
    reclaim.refresh_from_db()
    assert reclaim.status == "SETTLED"
    with pytest.raises(DomainError, match="höchstens"):
        operations.announce_return(
            notice.application, amount=Decimal(295001), reason="x", on=SILVESTER, actor=cast.treasury
        )
