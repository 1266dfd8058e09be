"""Asking back and writing down: the time stands still while whoever asked is asked; the telephone counts, too."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.advising.enquiries import operations
from verbund.advising.enquiries.worklist import tasks_for as enquiries_waiting
from verbund.advising.models import Enquiry, EnquiryMessage
from verbund.advising.tests.enquiry_story import PROMISED, SAID, TODAY, asked, hidden, link_of, mails, term
from verbund.advising.worklist import tasks_for
from verbund.core import privacy

pytestmark = pytest.mark.django_db

FRIDAY = date(2026, 3, 20)
"""Seven working days after TODAY."""
RESUMED = date(2026, 4, 7)
"""The promised day, seven working days later: Good Friday and Easter Monday do not count."""
TAKE = reverse("advising:enquiry-take")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-11 12:00+01:00", tick=False) as moved:
        yield moved


@pytest.fixture
def staff():
    return cast_of.member(Role.CENTRE_STAFF)


@pytest.fixture
def desk(client_of, staff):
    return client_of(staff)


def send(desk, page: str, enquiry: Enquiry, **typed):
    where = reverse(f"advising:{page}", args=[enquiry.pk])
    return desk.post(where, {**hidden(desk.get(where).text), **typed})


def test_whoever_asked_replies_by_the_same_link_and_the_time_goes_on_from_there(desk, client, clock):
    made = asked()
    sent = send(desk, "enquiry-ask-back", made, text="In welchem Land haben Sie gelernt?")

    assert sent.status_code == 302
    made.refresh_from_db()
    assert (made.status, made.ended_on) == ("ASKED", None)
    [_received, query] = mails()
    assert query.subject.startswith("Rückfrage zu Ihrer Frage")
    assert "In welchem Land haben Sie gelernt?" in query.body
    page = client.get(link_of(made)).text
    assert "Solange steht die Zeit für unsere Antwort still." in page
    assert "antwortet bis zum" not in page
    assert "die Zeit steht still" in desk.get(reverse("advising:enquiries")).text

    clock.move_to("2026-03-20 09:00+01:00")
    page = client.get(link_of(made)).text
    replied = client.post(f"{link_of(made)}ergaenzen/", {**first_form(page), "text": "In Syrien."}, follow=True)
    assert "Danke. Ihre Antwort ist angekommen." in replied.text
    assert "07.04.2026" in replied.text
    made.refresh_from_db()
    assert (made.status, made.due_on, made.promised_on) == ("OPEN", RESUMED, RESUMED)
    assert [one.text for one in made.messages.all()] == ["In welchem Land haben Sie gelernt?", "In Syrien."]


def first_form(page: str) -> dict:
    return hidden(page.split('<details class="withdraw"', 1)[0])


def test_what_stays_without_reply_is_brought_up_and_closed_for_that_reason_only(desk, staff, acting, client):
    silent, open_one = asked(), asked()
    actor = acting(staff)
    operations.ask_back(silent, text="Welche Stadt?", seen=silent.version, on=TODAY, actor=actor)

    assert [task.title for task in tasks_for(actor, date(2026, 3, 25))] == ["Bürgeranfrage beantworten"]
    assert [task.title for task in tasks_for(actor, date(2026, 3, 26))] == [
        "Bürgeranfrage beantworten", "Rückfrage blieb ohne Antwort",
    ]  # fmt: skip
    assert send(desk, "enquiry-close", open_one, close_reason="NO_REPLY", text="").status_code == 422
    assert send(desk, "enquiry-close", silent, close_reason="NO_REPLY", text="").status_code == 302
    assert "keine Antwort auf die Rückfrage" in client.get(link_of(silent)).text
    with pytest.raises(operations.NothingAsked):
        operations.close(
            open_one, close_reason="NO_REPLY", text="", seen=open_one.version, on=TODAY, actor=acting(staff)
        )


def test_many_questions_without_reply_cost_the_work_list_no_more_than_one(
    staff, acting, clock, django_assert_max_num_queries
):
    actor = acting(staff)
    for day in (9, 10, 11):
        clock.move_to(f"2026-03-{day:02} 12:00+01:00")
        made = asked()
        operations.ask_back(made, text="Welche Stadt?", seen=made.version, on=date(2026, 3, day), actor=actor)

    with django_assert_max_num_queries(4):
        assert len(enquiries_waiting(actor, FRIDAY.replace(month=4))) == 3


def test_a_pause_is_not_held_against_the_body_that_answers_without_waiting_on(staff, acting):
    made = asked()
    actor = acting(staff)
    operations.ask_back(made, text="Welche Stadt?", seen=made.version, on=TODAY, actor=actor)
    made.refresh_from_db()
    operations.answer(made, text="In jeder Stadt gilt …", seen=made.version, on=RESUMED, actor=actor)

    made.refresh_from_db()
    assert made.answered_on == RESUMED <= made.promised_on
    assert made.promised_on > PROMISED


def test_who_is_asked_back_may_still_delete_everything(staff, acting):
    made = asked()
    operations.ask_back(made, text="Welche Stadt?", seen=made.version, on=TODAY, actor=acting(staff))
    operations.delete(made, on=FRIDAY)

    assert Enquiry.objects.get(pk=made.pk).status == "WITHDRAWN"
    assert not EnquiryMessage.objects.exists()


def test_a_question_on_the_telephone_counts_from_the_day_of_the_call(desk, staff, acting):
    typed = {
        "channel": "PHONE", "asked_on": "2026-03-10", "question": "Wo lerne ich Deutsch?", "field": term().pk,
        "phone": "0212 1112223", "language": "de",
    }  # fmt: skip
    nowhere = desk.post(TAKE, {**hidden(desk.get(TAKE).text), **typed, "phone": ""})
    assert "Wie soll die Antwort ankommen?" in nowhere.text
    assert desk.post(TAKE, {**hidden(desk.get(TAKE).text), **typed, "asked_on": "2026-03-12"}).status_code == 422
    assert not Enquiry.objects.exists()

    sent = desk.post(TAKE, {**hidden(desk.get(TAKE).text), **typed})
    made = Enquiry.objects.get()
    assert sent["Location"] == made.get_absolute_url()
    assert (made.centre_id, made.promised_on) == (staff.organisation_id, date(2026, 3, 24))
    assert mails() == []
    assert "0212 1112223" in desk.get(reverse("advising:enquiry-answer", args=[made.pk])).text
    assert reverse("advising:enquiry-ask-back", args=[made.pk]) not in desk.get(made.get_absolute_url()).text
    with pytest.raises(operations.NoWayBack):
        operations.ask_back(made, text="Welche Stadt?", seen=made.version, on=TODAY, actor=acting(staff))
    operations.answer(made, text="In der Volkshochschule.", seen=made.version, on=TODAY, actor=acting(staff))
    operations.delete(Enquiry.objects.get(), on=TODAY)
    assert privacy.places_naming("0212 1112223") == []


def test_what_was_answered_on_the_telephone_is_done_and_mailed_only_to_who_wants_it(desk):
    typed = {"channel": "PHONE", "asked_on": "2026-03-11", "question": "Wann ist Sprechstunde?", "language": "de"}
    for email in ("", SAID["email"]):
        desk.post(TAKE, {**hidden(desk.get(TAKE).text), **typed, "answer_text": "Dienstags.", "email": email})

    assert [one.status for one in Enquiry.objects.all()] == ["ANSWERED", "ANSWERED"]
    [answer] = mails()
    assert "Dienstags." in answer.body


def test_only_bodies_that_answer_citizens_write_questions_down(client_of):
    unit, ministry = cast_of.member(Role.COORDINATOR), cast_of.member(Role.MINISTRY_READER)
    typed = {"channel": "LETTER", "asked_on": "2026-03-11", "question": "Wer hilft?", "language": "de"}
    assert client_of(ministry).get(TAKE).status_code == 403
    at_unit = client_of(unit)
    assert at_unit.post(TAKE, {**hidden(at_unit.get(TAKE).text), **typed}).status_code == 302
    assert Enquiry.objects.get().unit_id == unit.organisation_id


def test_a_refusal_is_said_in_the_language_of_the_page(client, staff, acting):
    made = asked(language="ar")
    where = f"{link_of(made)}?sprache=ar"
    page = client.get(where).text
    operations.close(made, close_reason="TWICE", text="", seen=made.version, on=TODAY, actor=acting(staff))
    refused = client.post(where.replace("?", "ergaenzen/?"), {**first_form(page), "text": "وأيضاً"})

    assert refused.status_code == 422
    assert "لم يعد هذا ممكنًا" in refused.text
    assert "وأيضاً" in refused.text  # what was typed is not lost
    assert "Das geht im Stand" not in refused.text
    assert privacy.places_naming("وأيضاً") == []
