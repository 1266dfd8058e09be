"""Two things at the same instant, on both databases."""

import pytest

from verbund.core.models import AuditEntry
from verbund.offers.freshness import asking, operations, queries
from verbund.offers.models import ConfirmationRequest, Offer, ReaderReport
from verbund.offers.tests import story
from verbund.offers.tests.freshness_story import ANSWER, TODAY, entry, mails, token_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.usefixtures("reference")]


@pytest.fixture
def partner():
    return story.partner(email="kontakt@verein.example")


@pytest.fixture
def question(staff, partner):
    entry(partner, staff)
    operations.ask_all_due(on=TODAY)
    return ConfirmationRequest.objects.get(partner=partner)


def answering(question, said=ANSWER.CORRECT):
    link, pk = queries.link_of(token_of(mails()[0])), question.entries.get().pk
    return lambda: operations.answer_for_entries(link, {pk: (said, "")}, on=TODAY)


def test_two_presses_at_once_count_once(question, at_the_same_time):
    assert sorted(at_the_same_time(*[answering(question)] * 4)) == [0, 0, 0, 1]
    assert AuditEntry.objects.filter(verb="check_offer").count() == 1


def test_reminder_and_answer_at_once_end_with_the_answer(question, at_the_same_time):
    later = TODAY.replace(month=12, day=7)
    results = at_the_same_time(answering(question), lambda: asking.advance(question.pk, on=later))
    question.refresh_from_db()
    assert results == [1, None]
    assert question.status == "ANSWERED"
    assert len(mails()) == (2 if question.reminded_on else 1)


def test_the_clock_and_the_centre_asking_at_once_send_one_mail(staff, partner, at_the_same_time):
    offer = entry(partner, staff)
    at_the_same_time(
        lambda: operations.ask_partner(partner, [offer], on=TODAY, actor=staff),
        lambda: operations.ask_all_due(on=TODAY),
    )
    assert ConfirmationRequest.objects.count() == len(mails()) == 1


def test_an_answer_and_the_centres_decision_at_once_lose_nothing(question, staff, at_the_same_time):
    answering(question, ANSWER.GONE)()
    one = question.entries.get()
    at_the_same_time(
        answering(question, ANSWER.CORRECT), lambda: operations.settle_answer(one, "ENDED", on=TODAY, actor=staff)
    )
    one.refresh_from_db()
    is_ended = Offer.objects.get().status == "ENDED"
    assert (one.answer, one.outcome) == (("GONE", "ENDED") if is_ended else ("CORRECT", ""))


def test_reports_at_once_count_up_in_one_row(staff, partner, at_the_same_time):
    offer = entry(partner, staff)
    reports = [
        lambda: operations.report_offer(offer, reason="CLOSED", note="Tür zu", on=TODAY),
        lambda: operations.report_offer(offer, reason="CLOSED", note="niemand da", on=TODAY),
    ] * 2
    at_the_same_time(*reports)
    report = ReaderReport.objects.get()
    assert (report.count, set(report.note.split("\n"))) == (4, {"Tür zu", "niemand da"})
