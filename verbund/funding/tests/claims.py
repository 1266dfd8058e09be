"""Claims for tests: a grant of 2022, all of it paid, and 10,000 euros of it that come back."""

from datetime import date, timedelta
from decimal import Decimal

from verbund.funding import operations, reclaim_account
from verbund.funding.models import GrantNotice, Reclaim
from verbund.funding.tests import story
from verbund.funding.tests.story import People

JANUARY, MAY, DECEMBER = date(2022, 1, 3), date(2022, 5, 2), date(2022, 12, 30)
SILVESTER, DUE = date(2022, 12, 31), date(2023, 1, 30)
TEN_THOUSAND = Decimal("10000.00")


def paid_grant(cast: People) -> GrantNotice:
    """A grant of 2022, all of it paid in two instalments."""
    call = story.call_for(2022)
    notice = story.final(call, cast, amount="297500", on=JANUARY, posts=story.full_staff(2022, specialists=5))
    for day, amount in ((MAY, "148750"), (date(2022, 10, 4), "148750")):
        drawdown = operations.request_drawdown(notice, amount=Decimal(amount), on=day, actor=cast.treasury)
        operations.verify_drawdown(drawdown, on=day, actor=cast.officer)
        operations.order_drawdown(drawdown, on=day, actor=cast.approver)
        operations.record_disbursement(drawdown, paid_on=day, on=day, reference="K", actor=cast.cashier)
    return notice


def opened(notice, cast, amount=TEN_THOUSAND, on=date(2022, 11, 2)) -> Reclaim:
    return operations.claim_back(
        notice.application, occasion="PROOF", principal=amount, reason="Nicht belegt.", on=on, actor=cast.officer
    )


def heard(notice, cast) -> Reclaim:
    """Return a claim about which the carrier was heard and answered."""
    reclaim = opened(notice, cast)
    operations.hear_about_reclaim(
        reclaim, text="Sie sollen zahlen.", due_on=date(2022, 11, 30), on=date(2022, 11, 2), actor=cast.officer
    )
    operations.answer_hearing(reclaim.hearing, answer="Einverstanden.", on=date(2022, 11, 3), actor=cast.lead)
    reclaim.hearing.refresh_from_db()
    return reclaim


def propose(reclaim, cast, *, interest_from: date | None = date(2022, 1, 1), until=SILVESTER, **options) -> None:
    values = {"interest_from": interest_from, "interest_from_reason": "so vereinbart", "interest_until": until}
    operations.propose_reclaim(reclaim, hearing=reclaim.hearing, on=SILVESTER, actor=cast.officer, **(values | options))


def proposed(notice, cast, **options) -> Reclaim:
    reclaim = heard(notice, cast)
    propose(reclaim, cast, **options)
    return Reclaim.objects.get(pk=reclaim.pk)


def issued(notice, cast, **options) -> Reclaim:
    reclaim = proposed(notice, cast, **options)
    operations.countersign_reclaim(reclaim, issued_on=SILVESTER, actor=cast.approver)
    return Reclaim.objects.get(pk=reclaim.pk)


def received(cast, amount: str, *, day: date, purpose="", number="") -> object:
    return operations.record_receipt(
        booking_number=number or f"B-{day}-{amount}", day=day, amount=Decimal(amount), payer="Stadt Solingen",
        purpose=purpose, on=day, actor=cast.cashier,
    )  # fmt: skip


def issued_on(notice, cast, day: date, *, amount: str) -> Reclaim:
    """Return a claim on a grant found, heard, proposed and signed on one day."""
    reclaim = opened(notice, cast, amount=Decimal(amount), on=day)
    due_on = day + timedelta(days=14)
    hearing = operations.hear_about_reclaim(
        reclaim, text="Sie sollen zahlen.", due_on=due_on, on=day, actor=cast.officer
    )
    operations.answer_hearing(hearing, answer="Einverstanden.", on=day, actor=cast.lead)
    hearing.refresh_from_db()
    operations.propose_reclaim(reclaim, hearing=hearing, interest_until=day, on=day, actor=cast.officer)
    operations.countersign_reclaim(reclaim, issued_on=day, actor=cast.approver)
    return Reclaim.objects.get(pk=reclaim.pk)


def standing(reclaim, day: date) -> reclaim_account.Standing:
    return reclaim_account.standing_of(reclaim, on=day)
