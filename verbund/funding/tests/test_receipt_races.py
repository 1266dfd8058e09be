"""Two cashiers at one receipt: it is assigned once, on either database."""

from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest

from tests.support.cast import acting, member
from verbund.accounts.roles import Role
from verbund.funding import operations, reclaim_account
from verbund.funding.models import Receipt
from verbund.funding.tests import story
from verbund.funding.tests.test_races import kinds

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]
APRIL, MAY, DAY = date(2023, 4, 17), date(2023, 5, 2), date(2023, 12, 20)


def announced_and_received():
    cast = story.people()
    notice = story.final(story.call_for(2023), cast, amount="193500", on=APRIL)
    drawdown = operations.request_drawdown(notice, amount=Decimal(90000), on=MAY, actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=MAY, actor=cast.officer)
    operations.order_drawdown(drawdown, on=MAY, actor=cast.approver)
    operations.record_disbursement(drawdown, paid_on=MAY, on=MAY, reference="K", actor=cast.cashier)
    claim = operations.announce_return(
        notice.application, amount=Decimal(2500), reason="übrig", on=DAY, actor=cast.treasury
    )
    receipt = operations.record_receipt(
        booking_number="1", day=DAY, amount=Decimal(2500), payer="", purpose="", on=DAY, actor=cast.cashier
    )
    return claim, receipt


def test_two_cashiers_who_assign_the_same_receipt_at_once_book_it_once(at_the_same_time):
    claim, receipt = announced_and_received()
    cashiers = [acting(member(Role.CASHIER)) for _number in range(2)]
    outcomes = at_the_same_time(
        *(
            lambda actor=actor: operations.assign_receipt(
                Receipt.objects.get(pk=receipt.pk), reclaim=claim, amount=Decimal(2500), on=DAY, actor=actor
            )
            for actor in cashiers
        )
    )
    assert kinds(outcomes) == ["NotAllowedNow", "done"]
    assert reclaim_account.booked(claim) == 0
    assert Receipt.objects.get().amount_assigned == Decimal(2500)


def test_without_the_lock_on_the_receipt_both_cashiers_find_it_unassigned(at_the_same_time):
    """The check of an assignment without the row's lock: each reads what the other has not written yet."""
    _claim, receipt = announced_and_received()
    both_have_read, passed = Barrier(2), []

    def look():
        if Receipt.objects.get(pk=receipt.pk).amount_unassigned == Decimal(2500):
            passed.append("free")
        both_have_read.wait(timeout=20)

    at_the_same_time(look, look)
    assert passed == ["free", "free"]
