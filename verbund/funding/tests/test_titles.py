"""Budget titles and calls: what is committed is never more than what is planned."""

from datetime import date
from decimal import Decimal

import pytest

from tests.support.cast import acting, member
from verbund.accounts.roles import Role
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import AuditEntry
from verbund.funding import operations
from verbund.funding.models import BudgetEntry, BudgetTitle, Decision, GrantApplication, GrantNotice
from verbund.funding.operations.calls import CallDoesNotFit
from verbund.funding.operations.titles import BelowCommitments
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
DAY = date(2023, 4, 17)


@pytest.fixture
def approver():
    return acting(member(Role.GRANT_APPROVER))


def test_an_overbooked_title_refuses_the_second_signature_and_names_what_is_missing():
    cast = story.people()
    decision = story.proposed(story.call_for(2023), cast, amount="193500")
    BudgetTitle.objects.update(amount_planned=Decimal("193499.99"))
    with pytest.raises(operations.TitleExhausted) as refusal:
        operations.countersign_decision(decision, issued_on=DAY, actor=cast.approver)
    sentence = str(refusal.value).replace("\u202f", " ")
    assert sentence == ("Im Haushaltstitel 07 080 633 10 (2023) sind nur noch 193.499,99 € frei; es fehlen 0,01 €.")
    assert (BudgetEntry.objects.count(), GrantNotice.objects.count()) == (0, 0)
    assert (Decision.objects.get().status, GrantApplication.objects.get().status) == ("PROPOSED", "READY_FOR_DECISION")


def test_a_title_that_is_just_enough_is_used_up_to_the_cent():
    cast = story.people()
    decision = story.proposed(story.call_for(2023, amount="193500"), cast, amount="193500")
    operations.countersign_decision(decision, issued_on=DAY, actor=cast.approver)
    title = BudgetTitle.objects.get()
    assert (title.amount_free, title.amount_unpaid) == (Decimal(0), Decimal(193500))
    assert BudgetEntry.objects.get().amount == Decimal(193500)


def test_an_overbooked_title_already_refuses_the_proposal():
    cast = story.people()
    application = story.reviewed(story.call_for(2023, amount="193499"), cast)
    with pytest.raises(operations.TitleExhausted):
        operations.propose_decision(application, kind="GRANT", amount=Decimal(193500), on=DAY, actor=cast.officer)
    assert Decision.objects.count() == 0


def test_a_title_can_be_raised_and_cut_down_to_its_commitments_but_not_below(approver):
    story.granted(story.call_for(2023), story.people(), amount="193500")
    title = BudgetTitle.objects.get()
    operations.change_planned_amount(title, amount=Decimal("193500.00"), reason="Haushaltssperre", actor=approver)
    with pytest.raises(BelowCommitments) as refusal:
        operations.change_planned_amount(title, amount=Decimal("193499.99"), reason="Kürzung", actor=approver)
    assert "Gebunden sind bereits 193.500,00" in str(refusal.value)
    title.refresh_from_db()
    assert title.amount_planned == Decimal(193500)
    entry = AuditEntry.objects.get(verb="change_planned_amount")
    assert (entry.note, entry.changes["amount_planned"]) == ("Haushaltssperre", ["9830000.00", "193500.00"])


def test_what_is_committed_and_paid_is_the_sum_of_the_entries():
    cast = story.people()
    notice = story.final(story.call_for(2023), cast, amount="193500", on=DAY)
    for amount in (Decimal("50000.01"), Decimal("46749.99")):
        drawdown = operations.request_drawdown(notice, amount=amount, on=date(2023, 5, 3), actor=cast.treasury)
        operations.verify_drawdown(drawdown, on=date(2023, 5, 3), actor=cast.officer)
        operations.order_drawdown(drawdown, on=date(2023, 5, 3), actor=cast.approver)
        operations.record_disbursement(
            drawdown, paid_on=date(2023, 5, 4), on=date(2023, 5, 4), reference="K", actor=cast.cashier
        )
    title = BudgetTitle.objects.get()
    entries = list(BudgetEntry.objects.values_list("kind", "amount"))
    assert entries == [
        ("COMMITMENT", Decimal(193500)),
        ("PAYMENT", Decimal("50000.01")),
        ("PAYMENT", Decimal("46749.99")),
    ]
    assert (title.amount_committed, title.amount_paid) == (Decimal(193500), Decimal("96750.00"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"period_from": date(2022, 12, 1)}, "Bewilligungszeitraum muss im Haushaltsjahr liegen"),
        ({"period_until": date(2024, 1, 31)}, "Bewilligungszeitraum muss im Haushaltsjahr liegen"),
        ({"drawdowns_until": date(2022, 12, 31)}, "enden vor dem Bewilligungszeitraum"),
    ],
)
def test_a_call_whose_year_and_period_do_not_fit_is_neither_prepared_nor_opened(approver, change, sentence):
    call = story.call_for(2023)
    operations.close_call(call, actor=approver)
    for name, value in change.items():
        setattr(call, name, value)
    with pytest.raises(CallDoesNotFit, match=sentence):
        operations.prepare_call(call, actor=approver)
    call.refresh_from_db()
    assert (call.status, call.period_from, call.period_until) == ("CLOSED", date(2023, 1, 1), date(2023, 12, 31))


def test_a_call_takes_its_money_from_a_title_of_its_year(approver):
    other = story.call_for(2024).budget_title
    call = story.call_for(2023)
    call.budget_title = other
    with pytest.raises(CallDoesNotFit, match="Haushaltstitel gehört zu einem anderen Jahr"):
        operations.prepare_call(call, actor=approver)


def test_a_call_opens_closes_and_opens_again_and_nothing_else(approver):
    call = story.call_for(2023)
    with pytest.raises(NotAllowedNow):
        operations.open_call(call, actor=approver)
    operations.close_call(call, actor=approver)
    with pytest.raises(NotAllowedNow):
        operations.close_call(call, actor=approver)
    operations.reopen_call(call, actor=approver)
    call.refresh_from_db()
    assert call.status == "OPEN"
