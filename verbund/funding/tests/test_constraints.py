"""The last line: what must never be wrong is refused by the database itself, past every operation."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from verbund.funding import operations
from verbund.funding.models import (
    BudgetTitle,
    Call,
    Decision,
    Disbursement,
    Drawdown,
    GrantApplication,
    GrantNotice,
    Instalment,
    PlannedPost,
    RecipientAccount,
)
from verbund.funding.tests import story

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
MAY = date(2023, 5, 3)


@pytest.fixture
def paid(db) -> Drawdown:
    """A grant of 193,500 euros of which 1,000 are paid."""
    cast = story.people()
    notice = story.final(story.call_for(2023), cast, amount="193500", on=date(2023, 4, 17))
    drawdown = operations.request_drawdown(notice, amount=Decimal(1000), on=MAY, actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=MAY, actor=cast.officer)
    operations.order_drawdown(drawdown, on=MAY, actor=cast.approver)
    operations.record_disbursement(drawdown, paid_on=MAY, on=MAY, reference="K-1", actor=cast.cashier)
    return drawdown


def copy_of(record, **changes):
    """Return an unsaved copy of a record."""
    record.pk = None
    record._state.adding = True
    for name, value in changes.items():
        setattr(record, name, value)
    return record


WRONG = {
    "a title cannot be overbooked": lambda: BudgetTitle.objects.update(amount_committed=Decimal("9830000.01")),
    "a title cannot be cut below what is committed": lambda: BudgetTitle.objects.update(amount_planned=Decimal(193499)),
    "a title pays only what is committed": lambda: BudgetTitle.objects.update(amount_paid=Decimal("193500.01")),
    "a title has no negative commitments": lambda: BudgetTitle.objects.update(amount_committed=-1, amount_paid=-1),
    "a title exists once a year": lambda: copy_of(BudgetTitle.objects.get()).save(),
    "an application is signed by two": lambda: GrantApplication.objects.update(signed_by=F("offered_by")),
    "a decision is signed by two": lambda: Decision.objects.update(signed_by=F("proposed_by")),
    "an account is confirmed by two": lambda: RecipientAccount.objects.update(confirmed_by=F("proposed_by")),
    "a payment is ordered by two": lambda: Drawdown.objects.update(ordered_by=F("verified_by")),
    "a carrier has one account in use": lambda: copy_of(RecipientAccount.objects.get()).save(),
    "a centre has one living application": lambda: copy_of(GrantApplication.objects.get()).save(),
    "an application has one open proposal": lambda: [
        copy_of(Decision.objects.first(), status="PROPOSED").save() for _number in range(2)
    ],
    "a decision has one notice": lambda: copy_of(GrantNotice.objects.get(), verification_code="A" * 12).save(),
    "a verification code leads to one notice": lambda: copy_of(
        GrantNotice.objects.get(), decision=copy_of_decision()
    ).save(),
    "a call for money is paid once": lambda: copy_of(Disbursement.objects.get()).save(),
    "nothing is called below zero": lambda: Drawdown.objects.update(amount=Decimal(0)),
    "nothing is granted below zero": lambda: GrantNotice.objects.update(amount_granted=Decimal("-0.01")),
    "nothing is decided below zero": lambda: Decision.objects.update(amount=Decimal("-0.01")),
    "an instalment has its number once": lambda: Instalment.objects.update(number=1),
    "a post has no share over one": lambda: PlannedPost.objects.update(full_time_share=Decimal("1.000001")),
    "a post has a share": lambda: PlannedPost.objects.update(full_time_share=Decimal(0)),
    "a post does not end before it begins": lambda: PlannedPost.objects.update(occupied_until=date(2022, 12, 31)),
    "a call does not end before it begins": lambda: Call.objects.update(period_until=date(2022, 1, 1)),
    "applications do not end before they begin": lambda: Call.objects.update(closes_on=date(2022, 1, 1)),
    "what is paid from is not deleted": lambda: Drawdown.objects.get().delete(),
    "what was granted is not deleted": lambda: GrantApplication.objects.get().delete(),
}


def copy_of_decision() -> Decision:
    decision = copy_of(Decision.objects.get())
    decision.save()
    return decision


def is_refused(wrong) -> bool:
    try:
        with transaction.atomic():
            wrong()
    except IntegrityError:
        return True
    return False


def test_the_database_refuses_what_must_never_be(paid):
    assert [sentence for sentence, wrong in WRONG.items() if not is_refused(wrong)] == []
    paid.refresh_from_db()
    assert (paid.status, paid.amount) == ("DISBURSED", Decimal(1000))
