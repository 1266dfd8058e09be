"""Letters about a claim that was not paid in time: one after the other, each with what is open on its day."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.support.cast import client_of, member
from verbund.accounts.roles import Role
from verbund.core.models import InboxMessage
from verbund.core.tasks import JOBS
from verbund.core.tests.pdf_text import text_of
from verbund.funding import operations, queries, tasks
from verbund.funding.models import Reclaim, ReclaimReminder
from verbund.funding.operations import reclaims
from verbund.funding.tests import claims, story

pytestmark = pytest.mark.django_db
DUE, TUESDAY, SATURDAY, MONDAY = claims.DUE, date(2023, 1, 31), date(2023, 2, 11), date(2023, 2, 13)
LATER = date(2023, 2, 14)


@pytest.fixture
def cast(db):
    return story.people()


@pytest.fixture
def reclaim(cast) -> Reclaim:
    """A claim of 10,412 euros, payable until 30 January 2023, on which 5,000 are paid that day."""
    reclaim = claims.issued(claims.paid_grant(cast), cast)
    day = date(2023, 1, 2)
    operations.record_notification(reclaim.issued_notice, how="HANDED_OVER", day=day, on=day, actor=cast.officer)
    claims.received(cast, "5000.00", day=DUE, purpose=reclaim.reference)
    return Reclaim.objects.get(pk=reclaim.pk)


def reminded(reclaim, cast, on=TUESDAY, until=SATURDAY) -> ReclaimReminder:
    return operations.remind(reclaim, payable_until=until, on=on, actor=cast.officer)


@pytest.mark.postgres
def test_the_first_letter_reminds_and_the_next_one_duns_when_its_day_has_passed(reclaim, cast):
    with pytest.raises(reclaims.NotDueYet, match=r"30\.01\.2023"):
        reminded(reclaim, cast, on=DUE)
    with pytest.raises(reclaims.NotDueYet, match="nach heute"):
        reminded(reclaim, cast, until=TUESDAY)
    first = reminded(reclaim, cast)
    standing = claims.standing(reclaim, TUESDAY)
    assert (first.amount, first.payable_until) == (standing.open, MONDAY)
    assert first.amount_principal == standing.account.principal_open
    with pytest.raises(reclaims.NotDueYet, match=r"13\.02\.2023"):
        reminded(reclaim, cast, on=MONDAY, until=LATER)
    second = reminded(reclaim, cast, on=LATER, until=date(2023, 2, 28))
    assert [one.kind_in_words for one in ReclaimReminder.objects.all()] == ["Zahlungserinnerung", "Mahnung"]
    assert second.amount_interest > first.amount_interest
    with pytest.raises(IntegrityError), transaction.atomic():
        ReclaimReminder.objects.filter(pk=second.pk).update(number=1)


def test_a_letter_says_the_sum_the_reference_and_the_day_and_tells_who_pays(reclaim, cast):
    letter = reminded(reclaim, cast)
    with letter.document.open() as file:
        text = text_of(file.read())
    for said in ("5.000,00", "13. Februar 2023", "bis zum 30. Januar 2023", reclaim.reference_in_groups):
        assert said in text
    assert InboxMessage.objects.filter(user=cast.treasury.user, text__startswith="Zahlungserinnerung").count() == 1


def test_more_time_moves_the_next_letter_and_ends_by_the_clock(reclaim, cast):
    relief = operations.propose_deferral(
        reclaim, until=date(2023, 3, 31), bears_interest=True, reason="Haushaltssperre", on=TUESDAY, actor=cast.officer
    )
    operations.grant_relief(relief, on=TUESDAY, actor=cast.approver)
    reclaim.refresh_from_db()
    assert JOBS["funding.end_deferrals"].run is tasks.end_deferrals
    tasks.end_deferrals(datetime(2023, 4, 3, 8, 0, tzinfo=UTC))
    with pytest.raises(reclaims.NotDueYet, match=r"31\.03\.2023"):
        reminded(reclaim, cast, on=date(2023, 3, 31), until=date(2023, 4, 14))
    assert reminded(reclaim, cast, on=date(2023, 4, 3), until=date(2023, 4, 14)).number == 1


def test_an_officer_sends_the_letter_and_carrier_and_authority_open_it_and_nobody_else(reclaim, cast, time_machine):
    time_machine.move_to("2023-01-31 12:00+01:00")
    officer, url = client_of(member(Role.GRANT_OFFICER)), reclaim.get_absolute_url()
    assert f"{url}erinnern/" in officer.get(url).content.decode()
    assert officer.get(f"{url}erinnern/").status_code == 200
    assert client_of(member(Role.TREASURY)).post(f"{url}erinnern/", {"payable_until": "2023-02-11"}).status_code == 403
    assert officer.post(f"{url}erinnern/", {"payable_until": "2023-01-31"}).status_code == 422
    assert officer.post(f"{url}erinnern/", {"payable_until": "2023-02-11"}).status_code == 302
    letter = ReclaimReminder.objects.get()
    address = f"/foerderung/zahlungserinnerungen/{letter.pk}/schriftstueck/"
    answers = {
        (role, place): client_of(member(role, at=place) if place else member(role)).get(address).status_code
        for role, place in (
            (Role.TREASURY, "05122"),
            (Role.TREASURY, "05916"),
            (Role.GRANT_OFFICER, ""),
            (Role.OPERATOR, ""),
        )
    }
    assert list(answers.values()) == [200, 404, 200, 404]
    page = client_of(member(Role.TREASURY)).get(url).content.decode()
    assert address in page
    assert f"{url}erinnern/" not in page


def test_overdue_claims_wait_for_their_officer_with_as_many_statements_for_one_as_for_three(reclaim, cast):
    def tasks(on) -> list:
        return [task for task in queries.tasks_for(cast.officer, on) if "ahn" in task.title or "Zahlung" in task.title]

    with CaptureQueriesContext(connection) as one:
        assert [task.title for task in tasks(TUESDAY)] == ["An die Zahlung erinnern"]
    for _number in range(2):
        claim = claims.issued_on(reclaim.notice, cast, claims.SILVESTER, amount="100")
        day = date(2023, 1, 2)
        operations.record_notification(claim.issued_notice, how="HANDED_OVER", day=day, on=day, actor=cast.officer)
    with CaptureQueriesContext(connection) as three:
        assert len(tasks(TUESDAY)) == 3
    assert len(three) == len(one)
    reminded(reclaim, cast)
    assert len(tasks(MONDAY)) == 2
    paying = [task.due_on for task in queries.tasks_for(cast.treasury, MONDAY) if task.title == "Rückforderung zahlen"]
    assert sorted(paying) == [DUE, DUE, MONDAY]
    assert [(task.title, task.due_on) for task in tasks(LATER) if task.due_on == MONDAY] == [("Zahlung mahnen", MONDAY)]
