"""The main job: a grant runs from call to payout."""

from datetime import date
from decimal import Decimal

import pytest

from verbund.funding import amounts, operations
from verbund.funding.models import BudgetTitle, Drawdown
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db


@pytest.mark.postgres
def test_solingen_receives_14_167_euros_for_december_2012():
    cast = story.people("05122")
    call = story.call_for(2012, opens_on=date(2012, 10, 1))
    posts = story.full_staff(2012, first=date(2012, 12, 1))
    notice = story.final(call, cast, amount="14167", posts=posts, on=date(2012, 12, 10))

    drawdown = operations.request_drawdown(notice, amount=Decimal("14167"), on=date(2012, 12, 12), actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=date(2012, 12, 13), actor=cast.officer)
    operations.order_drawdown(drawdown, on=date(2012, 12, 13), actor=cast.approver)
    operations.record_disbursement(
        drawdown, paid_on=date(2012, 12, 14), on=date(2012, 12, 14), reference="K-1", actor=cast.cashier
    )

    title = BudgetTitle.objects.get()
    assert (title.amount_committed, title.amount_paid) == (Decimal("14167"), Decimal("14167"))
    assert Drawdown.objects.get().status == "DISBURSED"
    assert amounts.recompute(notice.parameters).total == Decimal("14167")
    assert notice.document.is_unchanged()


@pytest.mark.parametrize(("key", "specialists", "amount"), [("05978", 6, "364500"), ("05916", 5, "307500")])
def test_a_kreis_and_a_stadt_receive_their_full_staff_in_2023_in_two_instalments(key, specialists, amount):
    cast = story.people(key)
    call = story.call_for(2023, amount="20000000")
    posts = story.full_staff(2023, specialists=specialists)
    notice = story.final(call, cast, amount=amount, key=key, posts=posts, on=date(2023, 4, 17))

    parts = [(part.due_on, part.amount) for part in notice.instalments.all()]
    half = Decimal(amount) / 2
    assert parts == [(date(2023, 5, 2), half), (date(2023, 10, 2), half)]
