"""Calls for money: when, how much, from whom; each refusal names its sum."""

from datetime import date
from decimal import Decimal

import pytest

from tests.support.cast import member
from verbund.accounts.roles import Role
from verbund.core.lifecycle import NotAllowedNow
from verbund.funding import operations
from verbund.funding.models import BudgetEntry, Disbursement, Drawdown, GrantNotice, RecipientAccount
from verbund.funding.operations.payments import NoAccount, NotFinal, TooEarly, TooLate, TooMuch, UnknownIban
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
APRIL, MAY, OCTOBER = date(2023, 4, 17), date(2023, 5, 3), date(2023, 10, 4)


@pytest.fixture
def cast(db):
    return story.people()


@pytest.fixture
def notice(cast) -> GrantNotice:
    """A final grant of 193,500 euros in two halves, due on 2 May and 2 October 2023."""
    return story.final(story.call_for(2023), cast, amount="193500", on=APRIL)


def call(notice, cast, amount: str, on: date):
    return operations.request_drawdown(notice, amount=Decimal(amount), on=on, actor=cast.treasury)


def refusal(kind, notice, cast, amount: str, on: date) -> str:
    with pytest.raises(kind) as refused:
        call(notice, cast, amount, on)
    return str(refused.value).replace("\u202f", " ")


def test_money_is_called_part_by_part_up_to_what_has_fallen_due(notice, cast):
    assert refusal(TooEarly, notice, cast, "0.01", date(2023, 5, 1)) == (
        "Heute können Sie 0,00 € abrufen. Ab 02.05.2023 kommen 96.750,00 € dazu."
    )
    call(notice, cast, "96749.99", date(2023, 5, 2))
    assert refusal(TooEarly, notice, cast, "0.02", MAY) == (
        "Heute können Sie 0,01 € abrufen. Ab 02.10.2023 kommen 96.750,00 € dazu."
    )
    call(notice, cast, "0.01", MAY)
    assert refusal(TooMuch, notice, cast, "96750.01", OCTOBER) == (
        "Von der Zuwendung sind noch 96.750,00 € offen; 96.750,01 € sind 0,01 € zu viel."
    )
    call(notice, cast, "96750", OCTOBER)
    assert refusal(TooMuch, notice, cast, "0.01", OCTOBER).startswith("Von der Zuwendung sind noch 0,00 € offen")
    assert operations.amount_called(notice) == Decimal(193500)


def test_after_the_last_day_what_is_left_lapses_and_the_refusal_names_it(notice, cast):
    call(notice, cast, "100000.00", OCTOBER)
    assert refusal(TooLate, notice, cast, "1", date(2024, 1, 1)) == (
        "Mittelabrufe waren bis zum 31.12.2023 möglich; 93.500,00 € sind verfallen."
    )
    call(notice, cast, "93500", date(2023, 12, 31))


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_nothing_and_less_cannot_be_called(notice, cast, amount):
    assert refusal(TooMuch, notice, cast, amount, MAY) == "Der Betrag muss über null liegen."


def test_what_was_rejected_or_withdrawn_can_be_called_again(notice, cast):
    first = call(notice, cast, "96750", MAY)
    operations.reject_drawdown(first, reason="Erst ab Juni gebraucht", actor=cast.officer)
    second = call(notice, cast, "96750", MAY)
    operations.withdraw_drawdown(second, actor=cast.treasury)
    third = call(notice, cast, "96750", MAY)
    assert list(Drawdown.objects.values_list("status", flat=True)) == ["REJECTED", "WITHDRAWN", "SUBMITTED"]
    operations.verify_drawdown(third, on=MAY, actor=cast.officer)
    with pytest.raises(NotAllowedNow):
        operations.withdraw_drawdown(third, actor=cast.treasury)
    operations.reject_drawdown(third, reason="Doch nicht", actor=cast.approver)
    assert Drawdown.objects.get(pk=third.pk).rejection_reason == "Doch nicht"


def test_money_needs_a_final_notice_and_a_confirmed_account(cast):
    notice = story.granted(story.call_for(2023), cast, amount="193500", on=APRIL)
    assert refusal(NotFinal, notice, cast, "1", MAY).startswith("Der Bescheid ist noch nicht bestandskräftig")
    operations.record_notification(notice, how="HANDED_OVER", day=APRIL, on=APRIL, actor=cast.officer)
    assert refusal(NotFinal, notice, cast, "1", MAY)
    operations.waive_remedy(notice, on=APRIL, actor=cast.signatory)
    assert "eine zweite Person muss es bestätigen" in refusal(NoAccount, notice, cast, "1", MAY)
    account = operations.propose_account(
        notice.application.carrier, iban=story.IBAN, holder="Stadt Solingen", actor=cast.treasury
    )
    assert refusal(NoAccount, notice, cast, "1", MAY)
    operations.confirm_account(account, actor=cast.signatory)
    assert call(notice, cast, "1", MAY).account == account


def test_the_stages_of_a_payment_follow_one_another_and_none_is_skipped_or_repeated(notice, cast):
    drawdown = call(notice, cast, "1000", MAY)
    acts = {
        "verify": lambda: operations.verify_drawdown(drawdown, on=MAY, actor=cast.officer),
        "order": lambda: operations.order_drawdown(drawdown, on=MAY, actor=cast.approver),
        "pay": lambda: operations.record_disbursement(
            drawdown, paid_on=MAY, on=MAY, reference="K-1", actor=cast.cashier
        ),
    }
    for name, act in acts.items():
        for other in set(acts) - {name}:
            with pytest.raises(NotAllowedNow):
                acts[other]()
        act()
    for act in acts.values():
        with pytest.raises(NotAllowedNow):
            act()
    with pytest.raises(NotAllowedNow):
        operations.reject_drawdown(drawdown, reason="zu spät", actor=cast.officer)
    assert (Disbursement.objects.count(), BudgetEntry.objects.filter(kind="PAYMENT").count()) == (1, 1)


def test_nothing_is_paid_before_it_was_ordered(notice, cast):
    drawdown = call(notice, cast, "1000", MAY)
    operations.verify_drawdown(drawdown, on=MAY, actor=cast.officer)
    operations.order_drawdown(drawdown, on=MAY, actor=cast.approver)
    with pytest.raises(TooEarly, match="erst nach der Anordnung"):
        operations.record_disbursement(
            drawdown, paid_on=date(2023, 5, 2), on=date(2023, 5, 2), reference="K-1", actor=cast.cashier
        )
    assert Drawdown.objects.get().status == "ORDERED"


def test_a_grant_whose_payout_plan_has_no_days_can_be_called_once_it_is_final(cast):
    call_2012 = story.call_for(2012, opens_on=date(2012, 10, 1))
    notice = story.final(
        call_2012,
        cast,
        amount="14167",
        posts=story.full_staff(2012, first=date(2012, 12, 1)),
        on=date(2012, 12, 10),
    )
    assert [part.due_on for part in notice.instalments.all()] == [None]
    assert call(notice, cast, "14167", date(2012, 12, 10)).amount == Decimal(14167)


# accounts


@pytest.mark.parametrize(
    "iban",
    ["", "DE", "DE88370400440532013000", "DE8937040044053201300", "DE89370400440532013000 0", "GB00", "x" * 34, "DÉ89"],
)
def test_a_mistyped_iban_is_refused_and_nothing_is_kept(cast, iban):
    carrier = member(Role.TREASURY).organisation.carrier
    with pytest.raises(UnknownIban, match="Zeichen für Zeichen"):
        operations.propose_account(carrier, iban=iban, holder="Stadt", actor=cast.treasury)
    assert RecipientAccount.objects.count() == 0


def test_a_new_account_replaces_the_old_one_only_when_it_is_confirmed(notice, cast):
    carrier = notice.application.carrier
    new = operations.propose_account(carrier, iban="DE02 1203 0000 0000 2020 51", holder="Stadt", actor=cast.treasury)
    assert call(notice, cast, "1", MAY).account.iban == story.IBAN
    operations.confirm_account(new, actor=cast.signatory)
    assert call(notice, cast, "1", MAY).account == new
    assert (new.bank_name, new.iban) == ("Deutsche Kreditbank Berlin", "DE02120300000000202051")
    assert sorted(carrier.accounts.values_list("status", flat=True)) == ["CONFIRMED", "REPLACED"]


def test_a_rejected_account_is_never_confirmed(cast):
    carrier = member(Role.TREASURY).organisation.carrier
    account = operations.propose_account(carrier, iban=story.IBAN, holder="Stadt", actor=cast.treasury)
    operations.reject_account(account, actor=cast.signatory)
    with pytest.raises(NotAllowedNow):
        operations.confirm_account(account, actor=cast.signatory)
