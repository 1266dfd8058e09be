"""Proposing in other languages than German: what is wrong, mails, and what the centre must know first."""

import pytest

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.offers.models import InclusionRule, OfferText, Proposal
from verbund.offers.proposals import operations
from verbund.offers.tests import story
from verbund.offers.tests.finder_world import publish
from verbund.offers.tests.proposal_story import NEW, SEND, change, link_in, mails, posted, send

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return answer.content.decode()


WRONG = {
    "is_free": "", "amount_fee": "abc", "phone": "xyz", "email": "nix", "website": "nix nix", "minimum_age": "12",
    "maximum_age": "3", "valid_from": "31.02.2026", "valid_until": "quatsch", "spoken": "Klingonisch", "title": "",
    "ort-0-zeiten-tag0": "9-8", "ort-0-zeiten-tag1": "Mittag", "submitter_email": "x@", "terms_need": "",
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar", "tr", "uk"])
def test_what_is_wrong_is_said_in_the_language_of_the_page(client, language):
    def told(query: str) -> list[str]:
        sent = posted(client, NEW + query, **WRONG)
        found = client.post(SEND + query, {name: value for name, value in sent.items() if value})
        assert found.status_code == 422
        return [str(error["text"]) for error in found.context["errors"]]

    german, other = told(""), told(f"?sprache={language}")

    assert len(german) == len(other) >= len(WRONG) - 2
    assert set(german) & set(other) == set()


def test_mails_go_in_the_language_of_the_page_with_a_link_that_keeps_it(client, member, acting):
    staff = acting(member(Role.CENTRE_STAFF))
    asked = posted(client, f"{NEW}?sprache=tr")
    client.post(f"{SEND}?sprache=tr", asked)
    proposal = Proposal.objects.get()
    operations.ask_submitter(proposal, text="Ist der Eingang stufenlos?", on=today(), actor=staff)
    operations.withdraw_proposal(Proposal.objects.get(), on=today())
    rule = InclusionRule.objects.first()
    send(client, title="Zweiter Treff", note="ein anderer")
    german = Proposal.objects.exclude(pk=proposal.pk).get()
    operations.refuse_proposal(german, rule=rule, reason="Das kostet.", on=today(), actor=staff)
    received, question, _second, refused = mails()

    assert (received.subject, question.subject) == (
        "Öneriniz ulaştı", "Önerinizle ilgili soru: Nähtreff am Dienstag",
    )  # fmt: skip
    assert "Ist der Eingang stufenlos?" in question.body
    assert "bir soru soruyor" in question.body
    for mail in (received, question):
        page = client.get(link_in(mail))
        assert (page.status_code, page["Content-Language"]) == (200, "tr")
        assert '<html lang="tr"' in text_of(page)
    assert refused.subject == "Zu Ihrem Vorschlag: Zweiter Treff"
    assert "ist entschieden: abgelehnt." in refused.body
    assert 'lang="de"' in text_of(client.get(link_in(refused)))


def test_the_centre_reads_in_which_language_its_mails_go(client, client_of, member):
    client.post(f"{SEND}?sprache=tr", posted(client, f"{NEW}?sprache=tr"))
    send(client, title="Zweiter Treff")
    turkish, german = Proposal.objects.order_by("pk")
    staff = client_of(member(Role.CENTRE_STAFF))

    assert "Türkçe" in text_of(staff.get(f"/angebote/pflege/vorschlaege/{turkish.pk}/"))
    assert "Sprache der Seite" not in text_of(staff.get(f"/angebote/pflege/vorschlaege/{german.pk}/"))


@pytest.mark.parametrize(("language", "is_easy"), [("leicht", True), ("tr", False)])
def test_the_way_to_a_proposal_stays_in_the_language_and_leichte_sprache_says_what_it_is(client, language, is_easy):
    for path in ("/angebote/vorschlagen/", NEW, "/angebote/regeln/"):
        page = text_of(client.get(f"{path}?sprache={language}"))
        assert ("Diese Seite ist in Leichter Sprache." in page) is is_easy
        assert f'data-language="{language}"' in page
    where = text_of(client.get(f"/angebote/vorschlagen/?sprache={language}"))
    assert f'<input type="hidden" name="sprache" value="{language}">' in where
    assert (
        client.get("/angebote/vorschlagen/", {"ort": "42651", "sprache": language}).url == f"{NEW}?sprache={language}"
    )


@pytest.mark.parametrize(
    ("language", "summary", "is_warned", "begins_with"),
    [
        ("de", "Gemeinsam nähen à la carte", False, "yes"),
        ("leicht", "Wir nähen", False, "yes"),
        ("tr", "Birlikte dikiyoruz", True, "yes"),
        ("de", "نخيط معًا", True, "no"),
    ],
)
def test_the_centre_is_warned_before_words_of_another_language_stand_as_german(
    client, client_of, member, language, summary, is_warned, begins_with
):
    query = f"?sprache={language}"
    client.post(f"{SEND}{query}", posted(client, f"{NEW}{query}", summary=summary))
    page = client_of(member(Role.CENTRE_STAFF)).get(f"/angebote/pflege/vorschlaege/{Proposal.objects.get().pk}/")

    assert ("Vielleicht nicht auf Deutsch geschrieben" in text_of(page)) is is_warned
    assert page.context["form"]["publish"].value() == begins_with


TURKISH = {"other_language": "tr", "other_title": "Salı dikiş buluşması", "other_summary": "Birlikte dikiyoruz"}


def shown_text() -> tuple:
    text = OfferText.objects.get()
    return text.language_id, text.title, text.summary, text.origin, text.checked_on


def test_a_text_in_a_second_language_stands_in_the_entry_unchecked_once_the_centre_takes_it_over(
    client, client_of, member
):
    send(client, **TURKISH)
    proposal, staff = Proposal.objects.get(), client_of(member(Role.CENTRE_STAFF))
    address = f"/angebote/pflege/vorschlaege/{proposal.pk}/"
    page = staff.get(address)
    row = page.context["rows"][-1]
    assert (row.label, row.new) == ("Text auf Türkisch (nicht geprüft)", "Salı dikiş buluşması\nBirlikte dikiyoruz")
    assert not OfferText.objects.exists()
    names = [one.name for one in page.context["rows"]]
    said = {"partner": "neu", "name": "Nähtreff Ohligs e. V.", "kind": "CLUB", "publish": "yes", "reply": ""}
    taken = staff.post(f"{address}uebernehmen/", {"fields_taken": names, **said})
    proposal.refresh_from_db()

    assert (taken.status_code, proposal.status) == (302, "ACCEPTED")
    assert shown_text() == ("tr", "Salı dikiş buluşması", "Birlikte dikiyoruz", "UNKNOWN", None)
    read = text_of(client.get(f"/angebote/{proposal.made_offer_id}/?sprache=tr"))
    assert "Salı dikiş buluşması" in read
    assert "Çeviri kontrol edilmedi" in read
    assert "Salı dikiş buluşması" in text_of(client.get("/angebote/?was=dikiş&sprache=tr"))


def test_a_second_language_that_the_centre_leaves_out_stays_out(client, member, acting):
    send(client, **TURKISH)
    about = {"partner": None, "new_partner": {"name": "Nähtreff", "kind": "CLUB"}, "publish": False, "reply": ""}
    staff = acting(member(Role.CENTRE_STAFF))
    operations.accept_proposal(Proposal.objects.get(), ["at"], **about, seen=None, on=today(), actor=staff)

    assert (OfferText.objects.exists(), Proposal.objects.get().status) == (False, "PARTLY")


def test_for_an_entry_a_second_language_alone_is_a_proposal_and_a_checked_text_is_not_replaced_unasked(
    client, client_of, member, acting
):
    membership = member(Role.CENTRE_STAFF)
    offer = publish(acting(membership), story.partner(name="Begegnung e. V."))
    kept = {"title": "Dikiş", "summary": "Dikiş dikeriz", "description": "Uzun metin", "source_sha256": "x"}
    OfferText.objects.create(
        offer=offer, language_id="tr", checked_on=today(), checked_by_function="Zentrum", origin="HUMAN", **kept
    )
    path = f"/angebote/{offer.pk}/ergaenzen/"
    house = {"organisation_name": "Begegnung e. V.", "organisation_kind": "CLUB", "phone": offer.phone or "0212 290-0"}
    assert "Sie haben noch nichts geändert." in text_of(change(client, path, **house))
    assert change(client, path, **house, **TURKISH).status_code == 302
    proposal = Proposal.objects.get()
    page = client_of(membership).get(f"/angebote/pflege/vorschlaege/{proposal.pk}/")
    (row,) = page.context["rows"]
    assert (row.old, page.context["form"].taken) == ("Dikiş\nDikiş dikeriz", set())

    about = {"partner": None, "new_partner": None, "publish": False, "reply": "", "seen": offer.version}
    operations.accept_proposal(proposal, ["other_text"], **about, on=today(), actor=acting(membership))
    text = OfferText.objects.get()
    assert shown_text() == ("tr", "Salı dikiş buluşması", "Birlikte dikiyoruz", "UNKNOWN", None)
    assert (text.description, text.source_sha256, text.checked_by_function) == ("Uzun metin", "x", "")


@pytest.mark.parametrize("missing", sorted(TURKISH))
def test_a_second_language_is_whole_or_not_there(client, missing):
    answer = send(client, **(TURKISH | {missing: ""}))
    assert answer.status_code == 422
    assert [error["target"] for error in answer.context["errors"]] == [f"id_{missing}"]
    assert not Proposal.objects.exists()
    assert send(client, **(TURKISH | {"other_language": "de"})).status_code == 422
    assert send(client, **dict.fromkeys(TURKISH, "")).status_code == 302
    assert Proposal.objects.get().other_text is None
