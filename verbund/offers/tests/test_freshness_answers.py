"""The page a partner's mail leads to: buttons, no sign-in, no cookie; opening it changes nothing."""

import re
from datetime import date, timedelta

import pytest
from django.core import signing
from django.utils import timezone

from verbund.core import public_forms
from verbund.core.dates import today
from verbund.core.models import AuditEntry
from verbund.offers.freshness import operations, queries
from verbund.offers.models import ConfirmationEntry, ConfirmationLink, ConfirmationRequest, Offer
from verbund.offers.tests import story
from verbund.offers.tests.freshness_story import ANSWER, LONG_AGO, entry, mails, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(staff):
    """A question about two entries of one partner."""
    partner = story.partner(email="kontakt@verein.example", name="Begegnung e. V.")
    entry(partner, staff, title="Nähtreff")
    entry(partner, staff, title="Sprachcafé")
    operations.ask_all_due(on=today())
    return ConfirmationRequest.objects.get(partner=partner)


def address() -> str:
    return f"/angebote/bestaetigen/{token_of(mails()[-1])}/"


def hidden(page) -> dict[str, str]:
    """Return the hidden fields of the last form of a page."""
    form = page.content.decode().rpartition("<form")[2]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))


def send(client, said: dict, *, to: str = "", **headers):
    path = address()
    return client.post(to or path, {**hidden(client.get(path)), **said}, headers=headers)


def everything() -> list:
    """Return what could have changed."""
    return [
        list(Offer.objects.order_by("pk").values()),
        list(ConfirmationRequest.objects.order_by("pk").values()),
        list(ConfirmationEntry.objects.order_by("pk").values()),
        AuditEntry.objects.count(),
        len(mails()),
    ]


def entries(question) -> list[ConfirmationEntry]:
    return list(question.entries.order_by("offer__title"))


def test_mail_scanners_that_open_the_link_change_nothing(client, question):
    before = everything()
    for ask in (client.get, client.get, client.head):
        assert ask(address()).status_code == 200
    assert client.get(f"{address()}alles/").status_code == 405
    assert everything() == before


def test_the_page_needs_no_sign_in_and_sets_no_cookie(client, question):
    first, _second = entries(question)
    page = client.get(address())
    answer = send(client, {f"answer-{first.pk}": "CORRECT"})
    assert answer.status_code == 302
    assert client.get(answer.url).status_code == 200
    assert not client.cookies
    assert page["X-Robots-Tag"] == "noindex"
    assert page["Cache-Control"] == "no-store"
    assert "Nähtreff" in page.content.decode()
    assert "Dienstag 15:00–17:00" in page.content.decode()


def test_a_partner_says_for_each_entry_whether_it_holds(client, question, staff):
    first, second = entries(question)
    send(
        client,
        {f"answer-{first.pk}": "CORRECT", f"answer-{second.pk}": "CHANGED", f"note-{second.pk}": "jetzt um 16 Uhr"},
    )
    first.offer.refresh_from_db()
    second.offer.refresh_from_db()
    question.refresh_from_db()
    assert (first.offer.checked_on, first.offer.checked_how) == (today(), "PARTNER")
    assert (second.offer.checked_on, second.offer.is_public) == (LONG_AGO, True)
    assert [(one.offer, one.note) for one in queries.open_answers(staff, ANSWER.CHANGED)] == [
        (second.offer, "jetzt um 16 Uhr")
    ]
    assert question.status == "ANSWERED"
    assert set(AuditEntry.objects.filter(verb="answer_for_offer").values_list("actor_label", "actor")) == {
        ("Anbieter über Link: Begegnung e. V.", None)
    }


def test_one_press_says_that_everything_is_right(client, question):
    first, _second = entries(question)
    send(client, {f"answer-{first.pk}": "GONE"})
    assert send(client, {}, to=f"{address()}alles/").status_code == 302
    assert [one.answer for one in entries(question)] == ["GONE", "CORRECT"]


def test_an_entry_that_is_over_stays_and_says_so_until_the_centre_decides(client, question, staff):
    first, _second = entries(question)
    send(client, {f"answer-{first.pk}": "GONE"})
    sentence = "Laut Anbieter beendet, wird geprüft"
    assert sentence in client.get(first.offer.get_absolute_url()).content.decode()
    assert sentence in client.get("/angebote/?was=Nähtreff").content.decode()
    first.refresh_from_db()
    operations.settle_answer(first, "GOES_ON", on=today(), actor=staff)
    assert sentence not in client.get(first.offer.get_absolute_url()).content.decode()


def test_an_answer_can_be_changed_until_the_link_ends_and_the_check_is_taken_back(client, question):
    first, _second = entries(question)
    send(client, {f"answer-{first.pk}": "CORRECT"})
    send(client, {f"answer-{first.pk}": "CHANGED", f"note-{first.pk}": "anderer Raum"})
    first.refresh_from_db()
    first.offer.refresh_from_db()
    assert (first.answer, first.offer.checked_on, first.offer.checked_how) == ("CHANGED", LONG_AGO, "CENTRE")


def test_the_same_answer_again_changes_nothing(client, question):
    first, _second = entries(question)
    send(client, {f"answer-{first.pk}": "CORRECT"})
    before = everything()
    assert send(client, {f"answer-{first.pk}": "CORRECT"}).status_code == 302
    assert everything() == before


def test_a_form_sent_twice_acts_once(client, question):
    first, _second = entries(question)
    form = {**hidden(client.get(address())), f"answer-{first.pk}": "CORRECT"}
    answers = [client.post(address(), form).status_code for _time in range(2)]
    assert answers == [302, 302]
    assert AuditEntry.objects.filter(verb="check_offer").count() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Wählen Sie für mindestens einen Eintrag eine Antwort."),
        ({"answer": "CHANGED", "note": "  "}, "Schreiben Sie kurz, was sich geändert hat."),
        ({"answer": "CHANGED", "note": "x" * 1001}, "1000"),
        ({"answer": "CHANGED", "note": "a\x00b"}, "Ihre Eingaben sind noch da."),
        ({"answer": "VIELLEICHT"}, "Ihre Eingaben sind noch da."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_saved(client, question, said, sentence):
    first, _second = entries(question)
    before = everything()
    answer = send(client, {f"{name}-{first.pk}": value for name, value in said.items()})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert everything() == before


def test_with_the_link_of_one_partner_nobody_answers_for_another(client, question, staff):
    other = story.partner(email="b@verein.example")
    entry(other, staff)
    own_path = address()
    operations.ask_all_due(on=today())
    foreign = ConfirmationRequest.objects.get(partner=other).entries.get()
    first, _second = entries(question)
    before = everything()
    said = {f"answer-{first.pk}": "CORRECT", f"answer-{foreign.pk}": "GONE"}
    answer = client.post(own_path, {**hidden(client.get(own_path)), **said})
    assert answer.status_code == 422
    with pytest.raises(operations.ForeignEntry):
        operations.answer_for_entries(
            question.links.get(), {first.pk: ("CORRECT", ""), foreign.pk: ("GONE", "")}, on=today()
        )
    assert everything() == before


def test_a_link_that_has_ended_says_so_and_takes_nothing(client, question):
    first, _second = entries(question)
    form = {**hidden(client.get(address())), f"answer-{first.pk}": "GONE"}
    before, link = everything(), question.links.get()
    ConfirmationLink.objects.update(valid_until=today())
    assert client.get(address()).status_code == 200
    assert link.valid_until == today() + timedelta(days=30)
    ConfirmationLink.objects.update(valid_until=date(2026, 11, 1))
    assert client.get(address()).status_code == 410
    refused = client.post(address(), form)
    assert refused.status_code == 410
    assert "galt bis 01.11.2026" in refused.content.decode()
    assert client.post(f"{address()}alles/", form).status_code == 410
    assert everything() == before


@pytest.mark.parametrize("token", ["x", "A" * 43, "a.b", "%00", "ü" * 20, "9" * 3000])
def test_a_token_nobody_gave_out_leads_nowhere(client, question, token):
    before = everything()
    for path in (f"/angebote/bestaetigen/{token}/", f"/angebote/bestaetigen/{token}/alles/"):
        assert client.post(path, {"answer-1": "GONE"}).status_code == 404
    assert client.get(f"/angebote/bestaetigen/{token}/").status_code == 404
    assert everything() == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://boese.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_on_another_site_is_refused(client, question, headers):
    first, _second = entries(question)
    before = everything()
    assert send(client, {f"answer-{first.pk}": "GONE"}, **headers).status_code == 403
    assert everything() == before
    ours = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert send(client, {f"answer-{first.pk}": "GONE"}, **ours).status_code == 302


def test_a_form_that_was_open_for_more_than_a_day_is_shown_again_with_what_was_typed(client, question, monkeypatch):
    first, _second = entries(question)
    said = {f"answer-{first.pk}": "CHANGED", f"note-{first.pk}": "jetzt mittwochs"}
    form = hidden(client.get(address()))
    for wrong in ("", "x", form["_form"][:-1], signing.TimestampSigner(salt="x").sign("answers.1")):
        answer = client.post(address(), {**form, "_form": wrong, **said})
        assert answer.status_code == 422
        assert "länger als einen Tag offen" in answer.content.decode()
        assert "jetzt mittwochs" in answer.content.decode()
    monkeypatch.setattr(public_forms, "LONGEST_OPEN_SECONDS", -1)
    assert client.post(address(), {**form, **said}).status_code == 422
    assert client.post(f"{address()}alles/", form).status_code == 422
    monkeypatch.undo()
    assert client.post(address(), {**form, **said}).status_code == 302


def test_many_forms_of_one_sender_are_stopped_and_another_sender_is_not(client, question, monkeypatch):
    from verbund.offers.freshness import public_views

    monkeypatch.setitem(public_views.LIMITS[public_views.ANSWERS], "of_one", 3)
    first, _second = entries(question)
    answers = [send(client, {f"answer-{first.pk}": "CORRECT"}).status_code for _time in range(4)]
    assert answers == [302, 302, 302, 429]
    client.defaults["REMOTE_ADDR"] = "198.51.100.7"
    assert send(client, {f"answer-{first.pk}": "CORRECT"}).status_code == 302


def test_senders_are_kept_as_a_keyed_hash_that_is_another_one_every_day(rf):
    now = timezone.now()
    request = rf.get("/", REMOTE_ADDR="192.0.2.1")
    same = public_forms.sender_of(rf.get("/", REMOTE_ADDR="192.0.2.1"), now)
    assert public_forms.sender_of(request, now) == same
    assert public_forms.sender_of(request, now + timedelta(days=1)) != same
    neighbours = [public_forms.sender_of(rf.get("/", REMOTE_ADDR=f"2001:db8::{n}"), now) for n in (1, 2)]
    assert neighbours[0] == neighbours[1] != same


def test_the_address_of_a_protected_place_is_not_on_the_page(client, staff):
    partner = story.partner(email="a@verein.example")
    shelter = story.place(name="Haus Geheim", street="", postcode="", is_protected=True)
    entry(partner, staff, at=[story.tuesdays(shelter)])
    operations.ask_all_due(on=today())
    page = client.get(address()).content.decode()
    assert "Adresse geschützt" in page
    assert shelter.name not in page
