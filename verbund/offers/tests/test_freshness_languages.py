"""A partner that reads another language than German: the mail says where, and the page speaks it in full."""

import re
from datetime import date

import pytest

from verbund.core.dates import today
from verbund.core.models import AuditEntry
from verbund.offers.freshness import operations, public_views
from verbund.offers.models import ConfirmationEntry, ConfirmationLink
from verbund.offers.reading import PAGE_LANGUAGES
from verbund.offers.tests import story
from verbund.offers.tests.freshness_story import entry, mails, token_of

pytestmark = pytest.mark.django_db
OTHERS = [code for code in PAGE_LANGUAGES if code != "de"]
GERMAN = re.compile(r"Stimmen Ihre|Ganzen Eintrag|Ihre Antwort vom|Was hat sich|Ihre Einträge|Seite gibt es nicht")


@pytest.fixture
def asked(staff):
    """One entry of a partner that was asked about it."""
    partner = story.partner(email="kontakt@verein.example", name="Begegnung e. V.")
    entry(partner, staff, title="Nähtreff", summary="Gemeinsam nähen")
    operations.ask_all_due(on=today())
    return ConfirmationEntry.objects.get()


def address() -> str:
    return f"/angebote/bestaetigen/{token_of(mails()[-1])}/"


def hidden(page) -> dict[str, str]:
    """Return the hidden fields of the last form of a page."""
    form = page.content.decode().rpartition("<form")[2]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))


def test_the_mail_is_german_and_names_a_link_for_each_other_language(client, asked):
    (mail,) = mails()
    said = re.findall(r"^(\S.*): https?://[^/]+(/angebote/bestaetigen/\S+)$", mail.body, re.MULTILINE)

    assert mail.subject == "Stimmt Ihr Eintrag noch?"
    assert [name for name, _path in said] == ["Leichte Sprache", "English", "العربية", "Türkçe", "Українська"]
    assert [client.get(path)["Content-Language"] for _name, path in said] == ["de-simple", "en", "ar", "tr", "uk"]


@pytest.mark.parametrize("language", OTHERS)
def test_answering_stays_in_the_language_and_the_trail_stays_german(client, asked, language):
    path, query = address(), f"?sprache={language}"
    page = client.get(path + query)
    form = hidden(page)
    missing = client.post(path + query, {**form, f"answer-{asked.pk}": "CHANGED"})
    saved = client.post(path + query, {**form, f"answer-{asked.pk}": "CHANGED", f"note-{asked.pk}": "مغلق"})
    after = client.get(saved.url)
    asked.refresh_from_db()

    assert (missing.status_code, saved.url) == (422, f"{path}{query}&gespeichert=1")
    assert (asked.answer, asked.note) == ("CHANGED", "مغلق")
    for shown in (page, missing, after):
        text = shown.content.decode()
        assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in text
        assert 'lang="de" dir="auto">Nähtreff<' in text
        assert language == "leicht" or GERMAN.findall(text) == []
    assert f'href="{path}"' in page.content.decode()
    assert f"/angebote/anbieter/{token_of(mails()[-1])}/{asked.offer_id}/{query}" in page.content.decode()
    entry_of_trail = AuditEntry.objects.get(verb="answer_for_offer")
    assert entry_of_trail.actor_label == "Anbieter über Link: Begegnung e. V."


def test_one_press_stays_in_the_language(client, asked):
    path = f"{address()}alles/?sprache=tr"
    form = hidden(client.get(f"{address()}?sprache=tr"))
    assert client.post(path, form).url == f"{address()}?sprache=tr&gespeichert=1"
    asked.refresh_from_db()
    assert asked.answer == "CORRECT"


@pytest.mark.parametrize(
    ("language", "over", "wait", "foreign", "unknown"),
    [
        ("de", "Dieser Link galt bis", "Bitte warten Sie", "Das Formular war zu lange offen", "Fehler 404"),
        ("en", "This link was valid until", "Please wait", "The form was open for too long", "Error 404"),
        ("ar", "هذا الرابط", "يُرجى الانتظار", "بقي النموذج مفتوحًا", "خطأ 404"),
    ],
)
def test_refusals_are_said_in_the_language(client, asked, monkeypatch, language, over, wait, foreign, unknown):
    path = address()
    query = f"?sprache={language}" if language != "de" else ""
    form = {**hidden(client.get(path)), f"answer-{asked.pk}": "GONE"}

    def told(answer) -> tuple[int, str]:
        return answer.status_code, answer.content.decode()

    answers = {
        "foreign": told(client.post(path + query, form, headers={"Origin": "https://boese.example"})),
        "unknown": told(client.get(f"/angebote/bestaetigen/{'A' * 43}/{query}")),
    }
    monkeypatch.setitem(public_views.LIMITS[public_views.ANSWERS], "of_one", 0)
    answers["wait"] = told(client.post(path + query, form))
    ConfirmationLink.objects.update(valid_until=date(2026, 11, 1))
    answers["over"] = told(client.post(path + query, form))
    expected = {"foreign": (403, foreign), "unknown": (404, unknown), "wait": (429, wait), "over": (410, over)}
    assert {name: status for name, (status, _text) in answers.items()} == {
        name: status for name, (status, _text) in expected.items()
    }
    assert [name for name, (_status, text) in expected.items() if text not in answers[name][1]] == []
    asked.refresh_from_db()
    assert asked.answer == ""
