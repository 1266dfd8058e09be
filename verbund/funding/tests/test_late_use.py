"""Late use: where a guideline lets the two months run, what was used later costs interest; elsewhere nothing runs."""

from datetime import date
from decimal import Decimal

import pytest

from verbund.core import deadlines
from verbund.core.errors import DomainError
from verbund.funding import late_use, operations, reclaim_account
from verbund.funding.models import Disbursement
from verbund.funding.operations.uses import ClockDoesNotRun, NothingLate
from verbund.funding.tests import story
from verbund.funding.tests.story import People
from verbund.programmes.models import PolicyValue

pytestmark = pytest.mark.django_db
JANUARY, SILVESTER = date(2022, 1, 3), date(2022, 12, 30)


@pytest.fixture
def cast(db) -> People:
    return story.people()


def paid(cast, *, clock: bool) -> Disbursement:
    call = story.call_for(2022)
    if clock:
        row = PolicyValue(
            guideline=call.guideline, key="USE_WITHIN_MONTHS", label="Verwendung", value="2", unit="Monate",
            valid_from=date(2021, 1, 1), valid_until=date(2022, 12, 31), source="Test", mark="A",
        )  # fmt: skip
        PolicyValue.objects.bulk_create([row])  # an adopted version takes none in daily work
    notice = story.final(call, cast, amount="187500", on=JANUARY)
    drawdown = operations.request_drawdown(notice, amount=Decimal(10000), on=date(2022, 5, 2), actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=date(2022, 5, 2), actor=cast.officer)
    operations.order_drawdown(drawdown, on=date(2022, 5, 2), actor=cast.approver)
    return operations.record_disbursement(
        drawdown, paid_on=date(2022, 5, 2), on=date(2022, 5, 2), reference="K", actor=cast.cashier
    )


def used(payment, cast, amount: str, day: date):
    return operations.note_use(
        payment, used_on=day, amount=Decimal(amount), note="Sachkosten", on=SILVESTER, actor=cast.treasury
    )


def test_what_is_used_after_two_months_costs_interest_from_its_payment_and_is_claimed_without_principal(cast):
    payment = paid(cast, clock=True)
    assert deadlines.due_of("USE_WITHIN_TWO_MONTHS", payment) == date(2022, 7, 4)  # 2 July is a Saturday
    used(payment, cast, "4000", date(2022, 7, 4))
    with pytest.raises(NothingLate):
        operations.claim_late_use(payment, reason="Verspätet", on=SILVESTER, actor=cast.officer)
    used(payment, cast, "6000", date(2022, 9, 30))
    assert deadlines.due_of("USE_WITHIN_TWO_MONTHS", payment) is None
    with pytest.raises(DomainError, match="0,00"):
        used(payment, cast, "1", SILVESTER)
    claim = operations.claim_late_use(payment, reason="Verspätet verwendet", on=SILVESTER, actor=cast.officer)
    expected = Decimal("102.94")  # 6,000 × 4.12 % × 152/365
    assert late_use.interest_of(payment, on=SILVESTER).interest == expected
    assert (claim.principal, reclaim_account.account_on(claim, SILVESTER).open) == (0, expected)
    operations.hear_about_reclaim(claim, text="Zinsen", due_on=date(2023, 1, 20), on=SILVESTER, actor=cast.officer)
    operations.answer_hearing(claim.hearing, answer="Ja", on=SILVESTER, actor=cast.lead)
    claim.hearing.refresh_from_db()
    operations.propose_reclaim(claim, hearing=claim.hearing, interest_until=SILVESTER, on=SILVESTER, actor=cast.officer)
    operations.countersign_reclaim(claim, issued_on=SILVESTER, actor=cast.approver)
    assert reclaim_account.booked(claim) == expected
    with pytest.raises(NothingLate):
        operations.claim_late_use(payment, reason="noch einmal", on=SILVESTER, actor=cast.officer)


def test_where_the_guideline_excludes_the_period_nothing_runs(cast):
    payment = paid(cast, clock=False)
    assert deadlines.due_of("USE_WITHIN_TWO_MONTHS", payment) is None
    assert "9.3.1" in late_use.why_no_clock(payment.drawdown.notice.application).value
    with pytest.raises(ClockDoesNotRun):
        used(payment, cast, "4000", date(2022, 9, 30))
