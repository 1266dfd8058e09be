"""Asking partners whether their entries still hold: who, when, by one mail; reminder, then the telephone."""

from datetime import date, timedelta

import pytest

from verbund.core import outbox
from verbund.core.acting import SYSTEM
from verbund.core.dates import after_working_days
from verbund.core.models import AuditEntry, OutboxMail
from verbund.offers import operations as offers
from verbund.offers.content import At
from verbund.offers.freshness import asking, operations, queries
from verbund.offers.freshness.calculations import due_if_checked_before
from verbund.offers.models import ConfirmationLink, ConfirmationRequest, FreshnessRule, Offer
from verbund.offers.tests import story
from verbund.offers.tests.freshness_story import ANSWER, LONG_AGO, TODAY, entry, mails, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return story.partner(email="kontakt@verein.example", phone="0212 290-1")


def ask(partner):
    assert operations.ask_all_due(on=TODAY) == 1
    return ConfirmationRequest.objects.get(partner=partner)


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def test_an_entry_holds_for_six_months_and_the_last_day_counts():
    assert due_if_checked_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert due_if_checked_before(date(2026, 11, 23), 12) == date(2025, 11, 23)


def test_five_working_days_pass_over_the_weekend_and_over_holidays():
    monday, christmas = date(2026, 11, 23), {date(2026, 12, 25), date(2026, 12, 26)}
    assert after_working_days(monday, 5, {}) == date(2026, 11, 30)
    assert after_working_days(date(2026, 12, 23), 2, christmas) == date(2026, 12, 28)


def test_entries_with_hours_are_due_after_six_months_others_after_twelve(staff, partner):
    months_ago = date(2026, 4, 1)
    with_hours = entry(partner, staff, checked_on=months_ago)
    entry(partner, staff, checked_on=months_ago, at=[At(place=story.place().pk)])
    oldest = entry(partner, staff, checked_on=date(2025, 11, 22), at=[At(place=story.place().pk)])
    never = entry(partner, staff, checked_on=None)
    entry(partner, staff, checked_on=date(2026, 5, 23))
    assert set(queries.due_offers(on=TODAY)) == {with_hours, oldest, never}


def test_another_rule_applies_from_its_day_on(staff, partner):
    offer = entry(partner, staff, checked_on=date(2026, 8, 1))
    FreshnessRule.objects.create(
        what="MONTHS_WITH_HOURS", value=3, valid_from=TODAY, source="Beschluss des Zentrums", mark="A"
    )
    assert set(queries.due_offers(on=days(-1))) == set()
    assert set(queries.due_offers(on=TODAY)) == {offer}


def test_a_partner_gets_one_mail_for_all_its_due_entries_and_those_soon_due(staff, partner):
    entry(partner, staff, title="Sprachcafé")
    entry(partner, staff, title="Bald fällig", checked_on=TODAY - timedelta(days=170))
    entry(partner, staff, title="Frisch", checked_on=TODAY)
    ask(partner)
    (mail,) = mails()
    assert mail.recipient == "kontakt@verein.example"
    assert mail.subject == "Stimmen Ihre 2 Einträge noch?"
    assert "- Bald fällig\n- Sprachcafé\n" in mail.body
    assert "Frisch" not in mail.body


def test_only_the_hash_of_the_link_is_stored_and_it_holds_thirty_days(staff, partner):
    entry(partner, staff)
    ask(partner)
    link = ConfirmationLink.objects.get()
    token = token_of(mails()[-1])
    assert link.valid_until == days(30)
    assert link.token_sha256 == queries.token_hash(token) != token
    assert queries.link_of(token) == link


def test_line_breaks_in_names_stay_in_their_line(staff):
    partner = story.partner(name="Verein\r\nBcc: alle@example.org", email="post@verein.example")
    entry(partner, staff, title="Treff\n\nhttps://falsch.example")
    ask(partner)
    (mail,) = mails()
    assert "\n" not in mail.subject
    assert "\nBcc" not in mail.body
    assert "- Treff https://falsch.example\n" in mail.body


def test_nobody_is_asked_twice_at_a_time_nor_again_before_the_link_ends(staff, partner):
    offer = entry(partner, staff)
    question = ask(partner)
    assert operations.ask_all_due(on=days(1)) == 0
    with pytest.raises(asking.AlreadyAsked):
        operations.ask_partner(partner, [offer], on=days(1), actor=staff)
    answer(question, ANSWER.CORRECT, on=days(2))
    Offer.objects.update(checked_on=LONG_AGO)
    assert operations.ask_all_due(on=days(29)) == 0
    assert operations.ask_all_due(on=days(30)) == 1


def answer(question, said, note="", *, on=TODAY):
    link = question.links.first()
    return operations.answer_for_entries(link, {one.pk: (said, note) for one in question.entries.all()}, on=on)


def test_after_fourteen_days_comes_one_reminder_and_after_fourteen_more_the_centre_phones(staff, partner):
    entry(partner, staff)
    question = ask(partner)
    operations.advance_all(on=days(13))
    assert len(mails()) == 1
    operations.advance_all(on=days(14))
    operations.advance_all(on=days(14))
    assert [mail.subject for mail in mails()] == ["Stimmt Ihr Eintrag noch?", "Erinnerung: Stimmt Ihr Eintrag noch?"]
    assert list(queries.unanswered(staff, on=days(27))) == []
    operations.advance_all(on=days(28))
    assert [one.offer for one in queries.unanswered(staff, on=days(28))] == [question.entries.get().offer]
    operations.advance_all(on=days(400))
    assert len(mails()) == 2
    assert Offer.objects.get().is_public


def test_both_links_work_each_until_its_own_day(staff, partner):
    entry(partner, staff)
    ask(partner)
    operations.advance_all(on=days(14))
    first, second = (queries.link_of(token_of(mail)) for mail in mails())
    assert (first.valid_until, second.valid_until) == (days(30), days(44))


def test_what_is_answered_or_checked_meanwhile_is_not_asked_again(staff, partner):
    answered, checked = entry(partner, staff, title="Eins"), entry(partner, staff, title="Zwei")
    entry(partner, staff, title="Drei")
    question = ask(partner)
    one = question.entries.get(offer=answered)
    operations.answer_for_entries(question.links.get(), {one.pk: (ANSWER.CORRECT, "")}, on=TODAY)
    offers.check_offer(checked, on=days(3), how="CENTRE", actor=staff)
    operations.advance_all(on=days(14))
    assert mails()[-1].subject == "Erinnerung: Stimmt Ihr Eintrag noch?"
    assert "- Drei\n" in mails()[-1].body
    offers.check_offer(Offer.objects.get(title="Drei"), on=days(20), how="CENTRE", actor=staff)
    operations.advance_all(on=days(28))
    question.refresh_from_db()
    assert question.status == "ANSWERED"


@pytest.mark.parametrize("email", ["", "keine-adresse", "a@b.example\nBcc: x@y.example"])
def test_a_partner_without_a_usable_address_goes_to_the_centres_list_at_once(staff, email):
    partner = story.partner(email=email)
    offer = entry(partner, staff)
    ask(partner)
    assert mails() == []
    assert [one.offer for one in queries.unanswered(staff, on=TODAY)] == [offer]
    assert operations.ask_all_due(on=days(31)) == 0


def test_a_mail_server_that_is_away_stops_nothing(staff, partner, settings):
    entry(partner, staff)
    settings.MAIL_DIR = ""
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 2},
        }
    }
    ask(partner)
    mail = OutboxMail.objects.get()
    assert outbox.send_due(mail.next_try_at) == 0
    mail.refresh_from_db()
    assert (mail.sent_at, mail.given_up_at) == (None, None)
    assert answer(ConfirmationRequest.objects.get(), ANSWER.CORRECT) == 1


def test_a_newer_question_of_the_centre_replaces_one_that_came_to_nothing(staff, partner):
    offer = entry(partner, staff)
    older = ask(partner)
    for day in (14, 28):
        operations.advance_all(on=days(day))
    newer = operations.ask_partner(partner, [offer], on=days(40), actor=staff)
    with pytest.raises(operations.LinkOver, match="neuere Nachricht"):
        answer(older, ANSWER.CORRECT, on=days(29))
    assert answer(newer, ANSWER.CORRECT, on=days(40)) == 1
    assert list(queries.unanswered(staff, on=days(40))) == []


def test_who_asked_stands_in_the_trail(staff, partner):
    offer = entry(partner, staff)
    ask(partner)
    other = story.partner(email="b@verein.example")
    operations.ask_partner(other, [entry(other, staff)], on=TODAY, actor=staff)
    labels = AuditEntry.objects.filter(verb="ask_partner").order_by("pk").values_list("actor_label", flat=True)
    assert list(labels) == [SYSTEM.label, staff.label]
    assert offer.is_public
