"""Asking without account: who answers, what the asker reads and does behind the link, and what is refused."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from verbund.advising.enquiries import operations, public_page
from verbund.advising.models import Enquiry, EnquiryRule
from verbund.advising.tests.enquiry_story import ASK, PROMISED, SAID, asked, hidden, link_of, mails, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_march():
    with time_machine.travel("2026-03-11 12:00+01:00", tick=False):
        yield


def test_a_question_from_a_place_goes_to_its_centre_which_has_ten_working_days(client):
    sent = send(client)

    made = Enquiry.objects.get()
    assert made.centre.key == "05122"
    assert (made.municipality.name, made.field.code, made.due_on) == ("Solingen", "labour", PROMISED)
    page = client.get(sent["Location"]).text
    assert "Danke. Ihre Frage ist angekommen." in page
    assert f"{made.centre}" in page
    assert "25.03.2026" in page
    assert made.reference in page
    [mail] = mails()
    assert mail.recipient == SAID["email"]
    assert link_of(made) in mail.body
    assert SAID["question"] not in mail.body
    assert not client.cookies


@pytest.mark.parametrize(
    ("place", "topic", "code"),
    [("", "labour", "KOORD"), ("", "", "KOORD"), ("", "school-work", "LASI"), ("59174", "school-work", "KI-05978")],
)
def test_without_a_place_a_coordination_unit_answers_about_school_the_one_for_schools(place, topic, code):
    assert asked(place, topic=topic or None).responsible.code == code


def test_where_no_centre_was_at_work_on_that_day_the_coordination_unit_answers():
    before, today = asked("47533", on=date(2015, 3, 2)), asked("47533")

    assert (before.responsible.code, before.municipality.name) == ("BRA-37", "Kleve")
    assert today.responsible.code == "KI-05154"


def test_before_there_was_any_unit_nobody_is_promised_an_answer():
    with pytest.raises(operations.NobodyResponsible):
        asked("", on=date(2012, 3, 1))


def test_an_unknown_place_is_asked_again_and_everything_else_stays(client):
    page = send(client, ort="Atlantis", question="Wo <b>ist</b> das?")

    assert page.status_code == 422
    assert "Diesen Ort finden wir in Nordrhein-Westfalen nicht." in page.text
    assert "Wo &lt;b&gt;ist&lt;/b&gt; das?" in page.text
    assert 'value="mensch@beispiel.example"' in page.text
    assert '<option value="labour" selected>' in page.text
    assert "Eine Postleitzahl hat fünf Ziffern" in send(client, ort="426").text
    assert not Enquiry.objects.exists()


def test_a_postcode_over_two_districts_asks_for_the_town_and_the_choice_decides(client):
    page = send(client, ort="40472")

    assert page.status_code == 422
    assert "Ratingen (Kreis Mettmann)" in page.text
    again = send(client, ort="40472", town="05158028", question="")
    assert again.status_code == 422
    assert 'name="town" value="05158028"' in again.text
    assert send(client, ort="40472", town="05122000").status_code == 422
    send(client, ort="40472", town="05158028")
    made = Enquiry.objects.get()
    assert (made.centre.key, made.municipality.name) == ("05158", "Ratingen")


def test_who_wants_the_link_only_leaves_no_address(client):
    for email in ("mensch@beispiel.example", "kaputt"):
        assert send(client, answer_by="link", email=email).status_code == 302
    assert send(client, email="").status_code == 422

    assert {one.email for one in Enquiry.objects.all()} == {""}
    assert mails() == []


def test_a_form_sent_twice_asks_once_and_too_long_a_question_stays_on_the_page(client):
    fresh = hidden(client.get(ASK).text)
    first, second = (client.post(ASK, {**fresh, **SAID}) for _time in range(2))

    assert first["Location"] == second["Location"]
    assert Enquiry.objects.count() == 1
    long = "Warum? " * 500
    page = send(client, question=long)
    assert page.status_code == 422
    assert long.strip() in page.text


def test_programs_and_floods_are_kept_out(client, monkeypatch):
    assert send(client, anrede="Frau").status_code == 422
    assert client.post(ASK, SAID).status_code == 422
    assert client.post(ASK, SAID, headers={"origin": "https://anderswo.example"}).status_code == 403
    assert Enquiry.objects.count() == 0
    monkeypatch.setitem(public_page.LIMITS, "enquiry", (3, 100))
    assert send(client).status_code == 302
    assert send(client).status_code == 429
    assert Enquiry.objects.count() == 1


def test_the_asker_adds_to_the_question_and_after_an_answer_the_time_begins_anew(client, member, acting):
    made = asked()
    where = link_of(made)
    fresh = hidden(client.get(where).text.split("<details")[0])
    client.post(f"{where}ergaenzen/", {**fresh, "text": "Es geht um einen Abschluss aus Syrien."})
    assert "Abschluss aus Syrien" in client.get(where).text
    made.refresh_from_db()
    assert (made.due_on, made.version) == (PROMISED, 2)

    operations.answer(made, text="Die Beratung.", seen=2, on=date(2026, 3, 20), actor=acting(member("CENTRE_STAFF")))
    with time_machine.travel("2026-03-23 12:00+01:00", tick=False):
        client.post(f"{where}ergaenzen/", {**hidden(client.get(where).text), "text": "Und wo?"})
    made.refresh_from_db()
    assert (made.status, made.due_on, made.promised_on) == ("OPEN", date(2026, 4, 8), PROMISED)  # Easter lies between
    assert made.answered_on == date(2026, 3, 20)


def test_the_asker_deletes_everything_at_once_and_the_link_says_so(client):
    made = asked()
    where = link_of(made)
    fresh = hidden(client.get(where).text)
    assert client.post(f"{where}loeschen/", {"_form": "gefälscht"}).status_code == 422
    assert client.post(f"{where}loeschen/", fresh).status_code == 302

    made.refresh_from_db()
    assert (made.status, made.question, made.email, made.forgotten_on) == ("WITHDRAWN", "", "", date(2026, 3, 11))
    gone = client.get(where)
    assert gone.status_code == 410
    assert made.reference in gone.text
    assert client.post(f"{where}loeschen/", fresh).status_code == 302
    assert client.post(f"{where}ergaenzen/", {**fresh, "text": "doch noch"}).status_code == 410


def test_a_link_that_never_was_leads_nowhere(client):
    where = link_of(asked())
    for wrong in (f"{where[:-2]}x/", f"{ASK}AAAA-AAAA/", f"{ASK}AAAA-AAAA.falsch/"):
        assert client.get(wrong).status_code == 404


def test_the_time_to_answer_is_a_dated_row(client):
    EnquiryRule.objects.create(
        what="ANSWER_WORKING_DAYS", value=3, valid_from=date(2026, 3, 1), source="Beschluss", mark="A"
    )
    assert "Antwort innerhalb von 3 Arbeitstagen." in client.get(ASK).text
    assert asked().due_on == date(2026, 3, 16)


def test_the_page_speaks_the_language_of_the_finder_and_the_mail_its_own(client):
    page = client.get(f"{ASK}?sprache=ar&ort=42651")
    assert 'dir="rtl"' in page.text
    assert 'value="42651"' in page.text
    sent = send(client, query="?sprache=ar")
    assert "?sprache=ar" in sent["Location"]
    assert Enquiry.objects.get().language == "ar"
    assert "?sprache=ar" in mails()[0].body


def test_the_front_page_and_the_page_of_a_centre_lead_to_the_form_with_the_place_filled_in(client):
    assert f'href="{ASK}"' in client.get("/").text
    assert f'href="{ASK}?ort=59174"' in client.get("/?ort=59174").text
    for key, place, centre in (("05122", "Solingen", "05122"), ("05978", "Kreis%20Unna", "05978")):
        where = f"{ASK}?ort={place}"
        assert f'href="{where}"' in client.get(reverse("portal:centre", args=[key])).text
        send(client, query=f"?ort={place}", ort=place.replace("%20", " "))
        assert Enquiry.objects.first().centre.key == centre
