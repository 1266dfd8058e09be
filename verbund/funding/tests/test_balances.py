"""Where a grant stood: known is what was entered by a day, valid what counts by one, and both agree with the books."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.cast import client_of, member
from verbund.accounts.roles import Role
from verbund.funding import balances, ledger, operations
from verbund.funding.models import BudgetEntry, GrantNotice, Reclaim
from verbund.funding.operations import payments
from verbund.funding.tests import claims, story
from verbund.funding.tests.story import People

pytestmark = pytest.mark.django_db
FIRST, TENTH, TWENTIETH = (date(2023, 3, day) for day in (1, 10, 20))
HUNDRED = Decimal("100.00")


@pytest.fixture
def cast(db) -> People:
    return story.people()


@pytest.fixture
def paid(cast) -> GrantNotice:
    """A grant of 2022, all of it paid in May and October."""
    return claims.paid_grant(cast)


def ordered(notice, cast, amount, *, on):
    drawdown = operations.request_drawdown(notice, amount=amount, on=on, actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=on, actor=cast.officer)
    operations.order_drawdown(drawdown, on=on, actor=cast.approver)
    return drawdown


def stood(notice, cast, *, known, valid) -> balances.GrantBalance:
    return balances.balance_of(notice.application, known_on=known, valid_on=valid, actor=cast.officer)


@pytest.mark.postgres
def test_money_paid_on_the_first_and_entered_on_the_twentieth_is_not_known_on_the_tenth(cast):
    posts = story.full_staff(2022, specialists=5)
    notice = story.final(story.call_for(2022), cast, amount="297500", on=date(2022, 1, 3), posts=posts)
    december = date(2022, 12, 1)
    first, tenth, twentieth = december, date(2022, 12, 10), date(2022, 12, 20)
    drawdown = ordered(notice, cast, HUNDRED, on=december)
    with pytest.raises(payments.TooEarly, match="wenn sie geleistet ist"):
        operations.record_disbursement(drawdown, paid_on=twentieth, reference="K", on=tenth, actor=cast.cashier)
    operations.record_disbursement(drawdown, paid_on=first, reference="K", on=twentieth, actor=cast.cashier)
    asked = [(tenth, first), (tenth, twentieth), (twentieth, first - timedelta(days=1)), (twentieth, first)]
    assert [stood(notice, cast, known=known, valid=valid).paid for known, valid in asked] == [0, 0, 0, HUNDRED]
    entry = BudgetEntry.objects.get(kind="PAYMENT")
    assert (entry.day, entry.entered_on) == (first, twentieth)
    with pytest.raises(IntegrityError, match="entered_when_made"), transaction.atomic():
        BudgetEntry.objects.create(
            budget_title=entry.budget_title, kind="PAYMENT", amount=1, day=twentieth, entered_on=tenth, notice=notice
        )


@pytest.mark.postgres
def test_money_that_comes_later_is_known_when_it_is_entered_and_counts_from_its_day(paid, cast):
    claim = operations.announce_return(paid.application, amount=HUNDRED, reason="übrig", on=FIRST, actor=cast.treasury)
    operations.record_receipt(
        booking_number="B1", day=TWENTIETH, amount=HUNDRED, payer="", purpose=claim.reference, on=TENTH,
        actor=cast.cashier,
    )  # fmt: skip
    asked = [(TENTH, TENTH), (FIRST, TWENTIETH), (TENTH, TWENTIETH)]
    assert [stood(paid, cast, known=known, valid=valid).returned for known, valid in asked] == [0, 0, HUNDRED]


def test_a_claim_is_known_from_the_day_it_was_opened_until_the_day_it_was_dropped(paid, cast):
    claim = claims.opened(paid, cast, amount=HUNDRED, on=FIRST)
    operations.drop_reclaim(claim, reason="Doch belegt.", on=TWENTIETH, actor=cast.officer)
    days = [FIRST - timedelta(days=1), FIRST, TENTH, TWENTIETH]
    assert [stood(paid, cast, known=day, valid=date(2023, 12, 31)).reclaimed for day in days] == [
        0,
        HUNDRED,
        HUNDRED,
        0,
    ]


def test_interest_is_known_from_the_day_on_which_it_was_booked(paid, cast):
    claim = claims.issued(paid, cast)
    before = claims.SILVESTER - timedelta(days=1)
    assert [stood(paid, cast, known=day, valid=claims.SILVESTER).interest for day in (before, claims.SILVESTER)] == [
        0,
        claim.amount_interest,
    ]
    operations.record_receipt(
        booking_number="B1", day=claims.SILVESTER, amount=Decimal(10500), payer="", purpose=claim.reference,
        on=TENTH, actor=cast.cashier,
    )  # fmt: skip
    asked = (TENTH - timedelta(days=1), TENTH)
    seen = [stood(paid, cast, known=day, valid=claims.SILVESTER) for day in asked]
    assert [(one.returned, one.interest_paid) for one in seen] == [(0, 0), (claims.TEN_THOUSAND, claim.amount_interest)]


EVENTS = st.lists(st.tuples(st.integers(0, 59), st.integers(-5, 40), st.integers(1, 2_000)), min_size=1, max_size=4)
"""Money that came in: its day, how many days later (or earlier) it was entered, euros; in all less than is owed."""


@given(EVENTS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_known_grows_only_by_what_was_entered_and_today_it_is_the_sum_of_the_books(paid, cast, events):
    """In whatever order the cash office enters what came in, and whatever of it is interest."""
    with transaction.atomic():
        claim = claims.issued(paid, cast)
        told = sorted((day + later, day, amount) for day, later, amount in events)
        january = date(2023, 1, 1)
        entered = [(january + timedelta(days=at), january + timedelta(days=day), amount) for at, day, amount in told]
        for number, (at, day, amount) in enumerate(entered):
            operations.record_receipt(
                booking_number=f"B{number}", day=day, amount=Decimal(amount), payer="", purpose=claim.reference, on=at,
                actor=cast.cashier,
            )  # fmt: skip
        last = date(2023, 12, 31)
        for known in sorted({at for at, _day, _amount in entered}):
            for valid in sorted({day for _at, day, _amount in entered}):
                seen = stood(paid, cast, known=known, valid=valid)
                came = sum(amount for at, day, amount in entered if at <= known and day <= valid)
                assert seen.returned + seen.interest_paid == came
            before, grown = (stood(paid, cast, known=day, valid=last) for day in (known - timedelta(days=1), known))
            new = sum(amount for at, _day, amount in entered if at == known)
            assert grown.returned + grown.interest_paid == before.returned + before.interest_paid + new
        now, books = stood(paid, cast, known=last, valid=last), ledger.sums(ledger.entries_of(paid.application))
        assert (now.paid, now.returned, now.interest_paid) == (books["paid"], books["repaid"], books["interest"])
        assert ledger.differences() == []
        transaction.set_rollback(True)


def test_the_pages_and_the_file_show_the_day_of_a_booking_and_the_day_it_was_entered(paid, cast):
    operations.announce_return(paid.application, amount=HUNDRED, reason="übrig", on=FIRST, actor=cast.treasury)
    claim = Reclaim.objects.get()
    operations.record_receipt(
        booking_number="B1", day=FIRST, amount=HUNDRED, payer="", purpose=claim.reference, on=TWENTIETH,
        actor=cast.cashier,
    )  # fmt: skip
    officer, title = client_of(member(Role.GRANT_OFFICER)), BudgetEntry.objects.first().budget_title_id
    pages = [f"/foerderung/bescheide/{paid.pk}/buchungen/", f"/foerderung/titel/{title}/", claim.get_absolute_url()]
    for address in pages:
        text = officer.get(address).content.decode()
        assert 'scope="col">erfasst am</th>' in text, address
        assert "20.03.2023" in text or "20. März 2023" in text
    head, *_others, last = (
        officer.get(f"/foerderung/titel/{title}/buchungen.csv").content.decode("utf-8-sig").splitlines()
    )
    assert head.startswith('"Tag";"erfasst am";"Art"')
    assert last.startswith('"01.03.2023";"20.03.2023";"Rückzahlung"')
    balance = f"/foerderung/bescheide/{paid.pk}/stand/?gueltig=2023-03-20&bekannt="
    shown = [officer.get(f"{balance}{day}").content.decode() for day in ("2023-03-10", "2023-03-20")]
    assert ["100,00" in text.split("zurückgekommen")[1].split("</dd>")[0] for text in shown] == [False, True]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_what_was_booked_before_is_taken_as_entered_on_its_day(reference):
    cast = story.people()
    claims.issued(claims.paid_grant(cast), cast)
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    executor.migrate([("funding", "0062_receipts_are_written_afterwards")])
    executor = MigrationExecutor(connection)
    executor.migrate(newest)
    with connection.cursor() as cursor:
        for table in ("funding_budgetentry", "funding_reclaimentry"):
            cursor.execute(f"SELECT COUNT(*), SUM(CASE WHEN entered_on = day THEN 1 ELSE 0 END) FROM {table}")  # noqa: S608
            count, same = cursor.fetchone()
            assert count == same > 0
