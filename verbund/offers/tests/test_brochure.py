"""The brochure: what the finder shows, on paper, in each language; complete, accessible, silent where it must be."""

import io
from datetime import time
from itertools import pairwise

import pdfua
import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from verbund.accounts.roles import Role
from verbund.core.tests.pdf_text import pages_of, text_of
from verbund.offers import operations, reading
from verbund.offers.brochure import documents, views
from verbund.offers.brochure.content import plain_language
from verbund.offers.content import At, Hours
from verbund.offers.models import EASY, Language, Offer, OfferText
from verbund.offers.tests import hsds_world, story
from verbund.offers.tests.finder_world import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SEARCH = "/angebote/broschuere.pdf"
SOLINGEN = "/angebote/zentrum/05122/broschuere.pdf"
NEED = (("NEED", "learn-german"),)


@pytest.fixture
def printed(client):
    """`printed(was="…")` returns the brochure of a search as bytes."""

    def asked(address: str = SEARCH, **filters) -> bytes:
        answer = client.get(address, filters)
        assert answer.status_code == 200, answer.content.decode()
        assert answer["Content-Type"] == "application/pdf"
        return answer.content

    return asked


def translated(offer: Offer, language: str = "ar", title: str = "مقهى اللغة") -> OfferText:
    said = {"summary": "نتحدث الألمانية", "source_sha256": offer.text_sha256()}
    if language == EASY:
        said |= {"origin": OfferText.Origin.HUMAN, "checked_on": story.TODAY, "checked_by_function": "Redaktion"}
    return OfferText.objects.create(offer=offer, language=Language.objects.get(pk=language), title=title, **said)


@pytest.mark.parametrize("language", reading.PAGE_LANGUAGES)
def test_it_is_accessible_fit_for_the_archive_and_names_its_language(staff, printed, tmp_path, language):
    for offer in hsds_world.world(staff, number=6):
        if language != "de":
            translated(offer, language)
    content = printed(sprache=language)
    path = tmp_path / "brochure.pdf"
    path.write_bytes(content)
    assert not pdfua.validate(path).findings
    with pikepdf.open(io.BytesIO(content)) as document:
        assert str(document.Root.Lang).split("-")[0] == plain_language(language)
        metadata = document.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        elements = list(_elements(document.Root.StructTreeRoot.K))
    levels = [int(str(one.S)[2]) for one in elements if str(one.S) in {"/H1", "/H2", "/H3"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    figures = [one for one in elements if one.S == "/Figure"]
    assert len(figures) == 7
    assert all("/Alt" in one for one in figures)


def _elements(node):
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from _elements(node.get("/K", pikepdf.Array()))


def test_an_entry_says_on_paper_what_its_page_says(staff, printed):
    place = story.place(name="Haus der Begegnung", directions="Eingang im Hof")
    hours = (Hours(1, time(15), time(17), languages=("tr",), by_appointment=True),)
    offer = publish(
        staff, at=[At(place=place.pk, hours=hours)], terms=[*NEED, ("AUDIENCE", "women")], fee_note="Spende willkommen",
        to_bring="Ausweis", next_steps="Klingeln Sie bei Nummer 3.", phone="0212 290-0",
    )  # fmt: skip
    operations.check_offer(offer, on=story.TODAY, how="CENTRE", actor=staff)
    pages = pages_of(printed(ort="Solingen"))
    text = " ".join(pages)
    for said in (
        "Angebote: Solingen", "Stand: 23.11.2026", "Einträge: 1", "Inhalt", "Deutsch lernen", "Sprachcafé",
        "Deutsch sprechen bei Kaffee und Tee", "Hauptstraße 1", "Eingang im Hof", "Dienstag 15:00–17:00",
        "nur mit Termin", "dann auch Türkisch", "0212 290-0", "Spende willkommen", "Frauen", "Ausweis",
        "Klingeln Sie bei Nummer 3.", "geprüft am 23.11.2026", "Arabisch",
    ):  # fmt: skip
        assert said in text, said
    for number, page in enumerate(pages, start=1):
        assert f"Seite {number} von {len(pages)}" in page


def test_in_arabic_numbers_and_german_addresses_keep_their_direction(staff, printed):
    translated(publish(staff, phone="0212 290-0"))
    text = text_of(printed(sprache="ar", ort="42651"))
    for said in ("42651 Solingen", "0212 290-0", "15:00–17:00", "Hauptstraße 1", "Sprachcafé"):
        assert said in text, said
    assert "Seite 1" not in text


def test_a_translation_says_that_nobody_checked_it_and_german_stands_in_for_a_missing_one(staff, printed):
    translated(publish(staff, title="Sprachcafé"), "tr", "Dil kahvesi")
    publish(staff, title="Nähkurs")
    text = text_of(printed(sprache="tr"))
    assert "Dil kahvesi" in text
    assert text.count("Çeviri kontrol edilmedi.") == 1
    assert text.count("Bu kayıt şimdilik yalnızca Almanca var.") == 1
    assert "Nähkurs" in text


def test_a_protected_address_is_not_on_paper(staff, printed):
    hidden = story.place(is_protected=True, name="Kanarienvogel", street="", postcode="")
    publish(staff, title="Zuflucht", at=[story.tuesdays(hidden)])
    for language in reading.PAGE_LANGUAGES:
        content = printed(sprache=language)
        assert "Zuflucht" in text_of(content)
        assert "Kanarienvogel" not in text_of(content)
        assert b"Kanarienvogel" not in content


def test_only_public_entries_of_the_centre_are_in_its_brochure(staff, printed, client):
    publish(staff, title="Sprachcafé")
    publish(staff, story.partner("05111"), title="Auswärts", at=[story.tuesdays(None)])
    operations.create_offer(story.partner(), story.content(title="Entwurf"), on=story.TODAY, actor=staff)
    text = text_of(printed(SOLINGEN))
    assert "Sprachcafé" in text
    assert "Kommunales Integrationszentrum" in text
    assert not {"Auswärts", "Entwurf"} & set(text.split())
    assert client.get("/angebote/zentrum/99999/broschuere.pdf").status_code == 404


def test_entries_stand_under_their_first_need_once_and_by_title(staff, printed):
    both = (("NEED", "learn-german"), ("NEED", "health"))
    publish(staff, title="Zumba", terms=(("NEED", "health"),))
    publish(staff, title="Atmen", terms=(("NEED", "health"),))
    publish(staff, title="Wortschatz", terms=both)
    body = " ".join(pages_of(printed())[2:])
    places = [body.index(word) for word in ("Deutsch lernen", "Wortschatz", "Gesundheit", "Atmen", "Zumba")]
    assert places == sorted(places)
    assert body.count("Wortschatz") == 1


def test_markup_and_strange_signs_in_a_text_are_printed_as_text(staff, printed):
    publish(staff, title="#panic() *fett* 中", summary="\u202eumgedreht\u202c <b>&amp;", description="x")
    text = text_of(printed())
    assert "#panic() *fett*" in text
    assert "umgedreht <b>&amp;" in text


def test_too_much_or_nothing_or_nonsense_is_answered_with_a_plain_sentence(staff, client, monkeypatch):
    assert "Dazu ist zurzeit nichts eingetragen." in client.get(SEARCH).content.decode()
    publish(staff)
    publish(staff, title="Zumba", terms=(("NEED", "health"),))
    refused = client.get(SEARCH, {"tag": "9"})
    assert refused.status_code == 422
    assert "kennt diese Suche nicht" in refused.content.decode()
    monkeypatch.setattr(documents, "MOST_ENTRIES", 1)
    monkeypatch.setattr("verbund.offers.views.finder.MOST_ENTRIES", 1)
    answer = client.get(SEARCH, {"sprache": "uk"})
    assert answer.status_code == 422
    assert "У брошуру вміщується щонайбільше 1." in answer.content.decode()
    assert 'href="?sprache=uk&amp;anliegen=health"' in answer.content.decode()
    assert client.get(SEARCH, {"sprache": "uk", "anliegen": "health"}).status_code == 200
    page = client.get("/angebote/", {"x": "1"}).content.decode()
    assert "broschuere.pdf" not in page
    assert "wenn Sie enger suchen" in page


def test_a_kept_brochure_is_given_out_again_and_a_new_one_only_within_the_limit(staff, client, monkeypatch):
    offer = publish(staff)
    first = client.get(SEARCH)
    assert client.get(SEARCH, headers={"If-None-Match": first["ETag"]}).status_code == 304
    monkeypatch.setattr(views, "OF_ONE", 1)
    assert client.get(SEARCH, {"x": "1"}).content == first.content
    operations.pause_offer(offer, until=None, reason="Umbau", on=story.TODAY, actor=staff)
    answer = client.get(SEARCH, headers={"If-None-Match": first["ETag"]})
    assert answer.status_code == 429
    assert "in einer Stunde" in answer.content.decode()
    monkeypatch.undo()
    assert client.get(SEARCH).content != first.content


@pytest.mark.postgres
def test_the_number_of_statements_does_not_grow_with_the_entries(staff, client):
    def statements(number: int) -> int:
        for _one in range(number):
            translated(publish(staff))
        client.get("/angebote/")
        with CaptureQueriesContext(connection) as caught:
            assert client.get(SEARCH, {"sprache": "ar"}).status_code == 200
        return len(caught)

    statements(1)  # counts the first brochure of the hour
    assert statements(1) == statements(3) <= 20


def test_the_finder_leads_to_it_with_its_filters(staff, client):
    publish(staff)
    page = client.get("/angebote/", {"tag": "1", "sprache": "tr", "seite": "1"}).content.decode()
    assert f'href="{SEARCH}?tag=1&amp;sprache=tr"' in page
    assert f'href="{SEARCH}"' in client.get("/angebote/").content.decode()


@pytest.mark.parametrize(("role", "is_there"), [(Role.CENTRE_STAFF, True), (Role.PROVIDER_MEMBER, False)])
def test_the_centre_finds_its_brochure_in_each_language_beside_its_list(client_of, member, role, is_there):
    organisation = None if is_there else story.partner().organisation
    page = client_of(member(role, organisation) if organisation else member(role)).get(
        "/angebote/pflege/?anliegen=health"
    )
    assert (f'href="{SOLINGEN}?anliegen=health&amp;sprache=ar"' in page.content.decode()) is is_there
