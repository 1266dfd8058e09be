"""Answering citizens: who sees an enquiry, passing on, closing, two at once, forgetting, and what is counted."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.advising.demo import enquiries as demo
from verbund.advising.enquiries import operations, queries
from verbund.advising.models import Enquiry, EnquiryMessage, EnquiryTransfer
from verbund.advising.tasks import forget_enquiries
from verbund.advising.tests.enquiry_story import PROMISED, SAID, TODAY, asked, hidden, link_of, mails, term
from verbund.advising.worklist import tasks_for
from verbund.core import audit, privacy
from verbund.core.models import AuditEntry, InboxMessage
from verbund.directory import demo as people
from verbund.directory.models import Organisation

pytestmark = pytest.mark.django_db
QUESTION = SAID["question"]


@pytest.fixture(autouse=True)
def in_march():
    with time_machine.travel("2026-03-11 12:00+01:00", tick=False):
        yield


@pytest.fixture
def desks(client_of):
    """Return a client for each side that could want to read an enquiry."""
    general, school = (Organisation.objects.get(code=code) for code in ("KOORD", "LASI"))
    return {
        "lead": client_of(cast_of.member(Role.CENTRE_LEAD)),
        "staff": client_of(cast_of.member(Role.CENTRE_STAFF)),
        "unna": client_of(cast_of.member(Role.CENTRE_STAFF, at="05978")),
        "unit": client_of(cast_of.member(Role.COORDINATOR, general)),
        "school": client_of(cast_of.member(Role.COORDINATOR, school)),
        "ministry": client_of(cast_of.member(Role.MINISTRY_READER)),
        "partner": client_of(cast_of.member(Role.PROVIDER_MEMBER)),
    }


def path(page: str, *args) -> str:
    return reverse(f"advising:{page}", args=args)


def send(client, page: str, enquiry: Enquiry, **typed):
    """Open a form of an enquiry and send it with what is typed."""
    where = path(page, enquiry.pk)
    fresh = hidden(client.get(where).text)
    return client.post(where, {**fresh, **typed})


def codes_of(numbers: str) -> set[str]:
    return {line.split('";"')[1] for line in numbers.splitlines()[1:]}


def test_an_answer_goes_by_mail_and_stands_behind_the_link(desks, client):
    made = asked()
    sent = send(desks["staff"], "enquiry-answer", made, text="Die Anerkennungsstelle <hilft>.")

    assert sent.status_code == 302
    made.refresh_from_db()
    assert (made.status, made.answered_on, made.ended_on) == ("ANSWERED", TODAY, TODAY)
    _received, answer = mails()
    assert answer.recipient == SAID["email"]
    assert "Die Anerkennungsstelle <hilft>." in answer.body
    page = client.get(link_of(made)).text
    assert "Die Anerkennungsstelle &lt;hilft&gt;." in page
    assert "07.09.2026" in page  # 180 days later it is deleted
    send(desks["lead"], "enquiry-answer", made, text="Noch etwas.")
    assert [one.text for one in made.messages.all()] == ["Die Anerkennungsstelle <hilft>.", "Noch etwas."]


def test_nobody_else_finds_an_enquiry_but_units_and_ministries_read_the_numbers(desks):
    made = asked()
    where = path("enquiry", made.pk)
    acts = [path(f"enquiry-{act}", made.pk) for act in ("answer", "ask-back", "forward", "close", "sort")]

    assert {name: client.get(where).status_code for name, client in desks.items()} == {
        "lead": 200, "staff": 200, "unna": 404, "unit": 404, "school": 404, "ministry": 404, "partner": 404,
    }  # fmt: skip
    for name in ("unna", "unit", "school", "ministry", "partner"):
        assert {desks[name].post(act, {"text": "x", "seen": 1}).status_code for act in acts} == {404}
    lists = {name: client.get(path("enquiries")) for name, client in desks.items()}
    assert {name for name, page in lists.items() if made.reference in page.text} == {"lead", "staff"}
    assert {name for name, page in lists.items() if page.status_code == 403} == {"ministry", "partner"}
    numbers = {name: client.get(path("enquiry-numbers-csv")) for name, client in desks.items()}
    assert {name for name, page in numbers.items() if "Arbeit und Wirtschaft" in page.content.decode("utf-8-sig")} == {
        "lead", "staff", "unit", "ministry",
    }  # fmt: skip
    assert numbers["partner"].status_code == 403


def test_an_enquiry_is_passed_on_with_a_reason_and_only_the_new_body_sees_it(desks, client):
    made = asked()
    unna = Organisation.objects.get(code="KI-05978")
    sent = send(desks["staff"], "enquiry-forward", made, to=unna.pk, reason="Sie wohnt jetzt in Kamen.")

    assert sent["Location"] == path("enquiries")
    where = path("enquiry", made.pk)
    assert desks["staff"].get(where).status_code == 404
    assert "Sie wohnt jetzt in Kamen." in desks["unna"].get(where).text
    page = client.get(link_of(made)).text
    assert str(unna) in page
    assert "Sie wohnt jetzt in Kamen." not in page
    made.refresh_from_db()
    assert made.due_on == PROMISED
    assert str(unna) in mails()[1].body
    assert made.reference in InboxMessage.objects.get().text
    school = Organisation.objects.get(code="LASI")
    send(desks["unna"], "enquiry-forward", made, to=school.pk, reason="Schule")
    assert desks["school"].get(where).status_code == 200


def test_an_enquiry_is_never_passed_on_to_who_has_it_or_to_who_is_no_body_here(desks, acting, member):
    made = asked()
    carrier = Organisation.objects.get(code="TR-05122")
    for wrong in (made.centre_id, carrier.pk, "", 10**30):
        assert send(desks["staff"], "enquiry-forward", made, to=wrong, reason="x").status_code == 422
    for wrong in (made.centre_id, carrier.pk):
        with pytest.raises(operations.SameBody):
            operations.pass_on(made, to=wrong, reason="x", seen=1, on=TODAY, actor=acting(member(Role.CENTRE_STAFF)))
    assert not EnquiryTransfer.objects.exists()


def test_two_people_answer_at_once_and_the_second_sees_the_first_and_keeps_the_own_text(desks):
    made = asked()
    where = path("enquiry-answer", made.pk)
    first, second = (hidden(desks[name].get(where).text) for name in ("staff", "lead"))
    desks["staff"].post(where, {**first, "text": "Antwort der Fachkraft"})
    overtaken = desks["lead"].post(where, {**second, "text": "Antwort der Leitung"})

    assert overtaken.status_code == 409
    assert "Antwort der Fachkraft" in overtaken.text
    assert "Antwort der Leitung" in overtaken.text
    assert EnquiryMessage.objects.count() == 1
    desks["lead"].post(where, {**hidden(overtaken.text), "text": "Antwort der Leitung"})
    assert EnquiryMessage.objects.count() == 2


def test_who_writes_while_it_is_passed_on_loses_no_text(desks):
    made = asked()
    where = path("enquiry-answer", made.pk)
    late = hidden(desks["lead"].get(where).text)
    unna = Organisation.objects.get(code="KI-05978")
    made.refresh_from_db()
    opened = Enquiry.objects.filter(pk=made.pk)
    send(desks["staff"], "enquiry-forward", made, to=unna.pk, reason="x")
    assert desks["lead"].post(where, {**late, "text": "zu spät"}).status_code == 404
    assert not opened.get().messages.exists()


def test_an_answer_sent_twice_is_mailed_once(desks):
    made = asked()
    where = path("enquiry-answer", made.pk)
    fresh = hidden(desks["staff"].get(where).text)
    for _time in range(2):
        assert desks["staff"].post(where, {**fresh, "text": "Antwort"}).status_code == 302

    assert EnquiryMessage.objects.count() == 1
    assert len(mails()) == 2  # received, answered


def test_closing_says_why_and_advertising_gets_no_mail(desks, client):
    misplaced, spam = asked(), asked()
    assert send(desks["staff"], "enquiry-close", misplaced, close_reason="NOT_OURS", text=" ").status_code == 422
    send(desks["staff"], "enquiry-close", misplaced, close_reason="NOT_OURS", text="Fragen Sie das Finanzamt.")
    send(desks["staff"], "enquiry-close", spam, close_reason="SPAM", text="")

    page = client.get(link_of(misplaced)).text
    assert "keine Frage an ein Integrationszentrum" in page
    assert "Fragen Sie das Finanzamt." in page
    assert [mail.subject.split(" (")[0] for mail in mails()] == [
        "Ihre Frage ist da", "Ihre Frage ist da", "Ihre Anfrage ist abgeschlossen",
    ]  # fmt: skip
    assert client.post(f"{link_of(spam)}ergaenzen/", {**hidden(page), "text": "doch"}).status_code == 422
    assert send(desks["staff"], "enquiry-close", spam, close_reason="SPAM", text="").status_code == 422
    send(desks["lead"], "enquiry-reopen", spam)
    spam.refresh_from_db()
    assert (spam.status, spam.close_reason, spam.ended_on) == ("OPEN", "", None)


def test_a_deputy_answers_in_the_name_of_the_lead_and_the_trail_holds_no_word_of_it(member, acting):
    lead, deputy = member(Role.CENTRE_LEAD), member(Role.CENTRE_STAFF)
    made = asked()
    message = operations.answer(made, text="Antwort", seen=1, on=TODAY, actor=acting(lead, by=deputy.user))

    assert (message.written_by, message.written_for) == (deputy.user, lead.user)
    entries = AuditEntry.objects.filter(target_type="advising.Enquiry")
    assert [entry.verb for entry in entries] == ["ask_as_citizen", "answer_enquiry"]
    said = repr(list(entries.values()))
    assert not any(word in said for word in (QUESTION, SAID["email"], "Antwort"))
    assert audit.history_of(made)[0]["who"].startswith("in Vertretung für: ")


def test_after_half_a_year_text_and_address_are_gone_everywhere_and_the_count_stays(desks):
    made, still_open = asked(email="weg@beispiel.example"), asked(question="Bleibt offen?")
    operations.pass_on(
        made, to=Organisation.objects.get(code="KI-05978").pk, reason="wegen Umzug nach Kamen", seen=1, on=TODAY,
        actor=cast_of.acting(cast_of.member(Role.CENTRE_STAFF)),
    )  # fmt: skip
    send(desks["unna"], "enquiry-answer", made, text="Eine Antwort mit Einzelheiten")
    assert queries.kept_until(Enquiry.objects.get(pk=made.pk)) == date(2026, 9, 7)
    texts = ("Eine Antwort mit Einzelheiten", "wegen Umzug nach Kamen", "weg@beispiel.example")

    forget_enquiries(datetime(2026, 9, 7, 12, tzinfo=UTC))
    assert all(privacy.places_naming(text) for text in texts)
    forget_enquiries(datetime(2026, 9, 8, 12, tzinfo=UTC))
    assert privacy.places_naming(*texts) == []
    assert privacy.places_naming(QUESTION) == []
    made.refresh_from_db()
    assert (made.question, made.email, made.status, made.answered_on) == ("", "", "ANSWERED", TODAY)
    assert Enquiry.objects.get(pk=still_open.pk).question == "Bleibt offen?"
    assert "Der Text ist gelöscht." in desks["unna"].get(path("enquiry", made.pk)).text
    assert send(desks["unna"], "enquiry-answer", made, text="zu spät").status_code == 422
    assert codes_of_year(desks["unna"]) == {str(Organisation.objects.get(code="KI-05978"))}


def codes_of_year(client) -> set[str]:
    return codes_of(client.get(path("enquiry-numbers-csv")).content.decode("utf-8-sig"))


def test_the_numbers_say_how_many_and_how_soon_by_body_and_topic(desks, acting, member):
    staff = acting(member(Role.CENTRE_STAFF))
    for days, topic in ((2, "labour"), (20, "labour"), (4, None)):
        made = asked(topic=topic)
        operations.answer(made, text="-", seen=1, on=TODAY + timedelta(days=days), actor=staff)
    operations.delete(asked(topic=None), on=TODAY)
    asked("", topic="school-work")
    page = desks["staff"].get(path("enquiry-numbers-csv")).content.decode("utf-8-sig").splitlines()

    solingen = str(Organisation.objects.get(code="KI-05122"))
    assert [line.replace('"', "") for line in page[1:]] == [
        f"2026;{solingen};Arbeit und Wirtschaft;2;2;0;0;0;1;11",
        f"2026;{solingen};etwas anderes;2;1;0;1;0;1;4",
    ]
    assert codes_of_year(desks["school"]) == {str(Organisation.objects.get(code="LASI"))}
    assert len(codes_of_year(desks["ministry"])) == 2
    figures = desks["staff"].get("/beratung/zahlen/").text
    assert "ohne Handlungsfeld" in figures
    assert "Bürgeranfragen" in figures


def test_an_enquiry_about_something_else_is_sorted_so_that_it_counts(desks):
    made = asked(topic=None)
    sent = send(desks["staff"], "enquiry-sort", made, field=term("sports").pk, stage="", audiences=[])

    assert sent.status_code == 302
    made.refresh_from_db()
    assert made.field.code == "sports"


def test_the_list_finds_what_is_late_and_never_exports_what_was_written(desks, at_constant_cost):
    late, fresh = asked(on=date(2026, 2, 2)), asked(topic=None)
    listed = desks["staff"].get(path("enquiries")).text
    assert listed.index(late.reference) < listed.index(fresh.reference)
    assert "überfällig" in listed
    for query, found in (
        ("?frist=ueber", {late}), ("?thema=sonst", {fresh}), ("?thema=labour", {late}), ("?status=CLOSED", set()),
        (f"?q={fresh.reference}", {fresh}), ("?q=Abschluss&status=quatsch", {late, fresh}),
    ):  # fmt: skip
        page = desks["staff"].get(path("enquiries") + query).text
        assert {one for one in (late, fresh) if one.get_absolute_url() in page} == found
    table = desks["staff"].get(path("enquiries-csv") + "?frist=ueber").content.decode("utf-8-sig")
    assert late.reference in table
    assert QUESTION not in table
    assert SAID["email"] not in table
    at_constant_cost(lambda: desks["staff"].get(path("enquiries")), lambda: [asked() for _more in range(3)])


def test_what_waits_stands_in_the_work_list_until_it_is_answered(member, acting):
    staff, unna = acting(member(Role.CENTRE_STAFF)), acting(member(Role.CENTRE_STAFF, at="05978"))
    made = asked()
    [task] = tasks_for(staff, TODAY)
    assert (task.title, task.due_on, task.url) == ("Bürgeranfrage beantworten", PROMISED, made.get_absolute_url())
    assert tasks_for(unna, TODAY) == []
    operations.answer(made, text="Antwort", seen=1, on=TODAY, actor=staff)
    assert tasks_for(staff, TODAY) == []


def test_the_demonstration_shows_what_waits_what_is_late_and_what_is_answered_and_goes_away():
    world = people.World(on=TODAY)
    people.load(world)
    demo.load(world)
    demo.load(world)

    assert sorted(Enquiry.objects.values_list("status", flat=True)) == ["ANSWERED", "OPEN", "OPEN", "OPEN"]
    assert Enquiry.objects.filter(status="OPEN", due_on__lt=TODAY).count() == 1
    assert {one.responsible.code for one in Enquiry.objects.all()} == {"KI-05122", "KI-05978", "KOORD"}
    real = asked()
    operations.answer(real, text="x", seen=1, on=TODAY, actor=world.actor(Role.CENTRE_LEAD, "KI-05122"))
    demo.remove()
    assert not Enquiry.objects.exists()
