"""The public finder: what one looks for, where, when, in which language, and what fits."""

import re
from datetime import time
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from verbund.offers import operations
from verbund.offers.content import At, Hours
from verbund.offers.forms import finder as form
from verbund.offers.models import Language, MissedSearch, OfferText, PlaceFeature, Term
from verbund.offers.tests import story
from verbund.offers.tests.finder_world import publish
from verbund.offers.words import operations as words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def page(client):
    """`page(was="…", ort="…")` opens the finder and returns its text."""

    def opened(**asked) -> str:
        answer = client.get("/angebote/", asked)
        assert answer.status_code == 200
        assert not answer.cookies
        return answer.content.decode()

    return opened


def titles(text: str) -> list[str]:
    return re.findall(r'offer-card__title"><a [^>]*>([^<]*)</a>', text)


def number_of_hits(text: str) -> int:
    return int(re.search(r"Treffer: (\d+)", text)[1])


def daily(weekday: int, opens: int, closes: int, where=None, **more) -> At:
    return At(place=where and where.pk, hours=(Hours(weekday, time(opens), time(closes), **more),))


@pytest.mark.postgres
def test_words_place_and_filters_find_together(staff, page):
    publish(staff, title="Sprachcafé am Dienstag")
    publish(staff, title="Nähkurs", terms=[("NEED", "meet-people")])
    far = story.place("05978", name="Treff am Markt", postcode="59423")
    assert titles(page(was="Sprachcafés", ort="42651")) == ["Sprachcafé am Dienstag"]
    assert titles(page(was="Näh\u00adkurs", ort="\u200f426\u200b51")) == ["Nähkurs"]
    assert titles(page(anliegen="meet-people")) == ["Nähkurs"]
    assert titles(page(ort=far.municipality.name, umkreis="2")) == []


@pytest.mark.postgres
@pytest.mark.parametrize("typed", ["تعلم اللغة الألمانية", "Learn German", "Almanca kursu", "курси німецької"])
def test_a_question_in_another_language_reaches_the_same_entry(staff, page, typed):
    publish(staff, title="Sprachcafé")
    assert titles(page(was=typed)) == ["Sprachcafé"]


def test_what_takes_place_today_and_is_over_is_not_to_come(staff, page):
    publish(staff, title="Früh", at=[daily(0, 8, 9)])
    publish(staff, title="Spät", at=[daily(0, 15, 17)])
    publish(staff, title="Morgen", at=[daily(1, 15, 17)])
    shown = page(wann="heute")
    assert titles(shown) == ["Spät"]
    assert "heute" in shown
    assert "15:00" in shown
    assert titles(page(wann="woche")) == ["Spät", "Morgen"]


def test_a_free_tuesday_afternoon_finds_only_what_overlaps_it(staff, page):
    publish(staff, title="Dienstag drei bis fünf")
    publish(staff, title="Dienstag früh", at=[daily(1, 9, 11)])
    publish(staff, title="Mittwoch", at=[daily(2, 15, 17)])
    assert titles(page(tag="1", von="14:00", bis="18:00")) == ["Dienstag drei bis fünf"]
    assert titles(page(tag="1", von="17:00")) == []


def test_a_language_of_single_hours_counts_only_in_those(staff, page):
    hours = (Hours(1, time(15), time(17), languages=("tr",)), Hours(2, time(15), time(17)))
    publish(staff, title="Treff", languages=[("de", "SPOKEN")], at=[At(place=None, hours=hours)])
    assert titles(page(spricht="tr")) == ["Treff"]
    assert titles(page(spricht="tr", tag="1")) == ["Treff"]
    assert titles(page(spricht="tr", tag="2")) == []


def test_a_language_on_request_is_found_only_when_that_is_enough(staff, page):
    publish(staff, title="Beratung", languages=[("uk", "ON_REQUEST")])
    assert titles(page(spricht="uk")) == []
    assert titles(page(spricht="uk", auch="1")) == ["Beratung"]


def test_step_free_is_only_what_is_known_to_be_so(staff, page):
    known, unknown = story.place(name="Haus A"), story.place(name="Haus B")
    feature = Term.objects.get(kind="FEATURE", code="step-free")
    PlaceFeature.objects.create(place=known, feature=feature, value="YES")
    PlaceFeature.objects.create(place=unknown, feature=feature, value="UNKNOWN")
    publish(staff, title="Bekannt", at=[story.tuesdays(known)])
    publish(staff, title="Unbekannt", at=[story.tuesdays(unknown)])
    assert titles(page(stufenlos="1")) == ["Bekannt"]


def test_nearer_comes_first_and_the_card_says_how_far(staff, page):
    here = {"latitude": "51.17000", "longitude": "7.08000"}
    publish(staff, title="Weiter", at=[story.tuesdays(story.place(latitude="51.21000", longitude="7.08000"))])
    publish(staff, title="Nah", at=[story.tuesdays(story.place(**here))])
    shown = page(ort="Solingen")
    assert titles(shown) == ["Nah", "Weiter"]
    assert re.findall(r'offer-card__km">([^<]*)<', shown) == ["0,5 km", "4,1 km"]
    assert titles(page(ort="Solingen", umkreis="2")) == ["Nah"]


def test_a_paused_entry_stays_and_says_so(staff, page):
    offer = publish(staff)
    operations.pause_offer(offer, until=None, reason="Umbau", on=story.TODAY, actor=staff)
    shown = page()
    assert titles(shown) == ["Sprachcafé"]
    assert "Vorübergehend geschlossen" in shown


@pytest.mark.parametrize(
    ("checked_on", "said"),
    [
        (None, "noch nie geprüft"),
        ("2026-05-03", "geprüft am 03.05.2026"),
        ("2024-05-03", "zuletzt geprüft am 03.05.2024, vor mehr als einem Jahr"),
    ],
)
def test_the_card_says_honestly_when_an_entry_was_checked(staff, page, checked_on, said):
    offer = publish(staff)
    type(offer).objects.filter(pk=offer.pk).update(checked_on=checked_on)
    assert said in page()


@pytest.mark.parametrize(
    "wrong",
    [
        {"tag": "9"}, {"umkreis": "7", "ort": "42651"}, {"anliegen": "gibt-es-nicht"}, {"spricht": "xx"},
        {"wann": "morgen"}, {"von": "25:00"}, {"ort": "99999"}, {"ort": "Nirgendwostadt"}, {"kostenlos": "ja"},
        {"von": "18:00", "bis": "14:00"}, {"was": "!!"}, {"seite": "-1"}, {"tag": "²"}, {"seite": "²"},
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_and_not_applied(staff, page, wrong):
    publish(staff)
    shown = page(**wrong)
    assert "find__refused" in shown
    assert titles(shown) == ["Sprachcafé"]


def test_where_nothing_fits_there_is_a_way_on(staff, page):
    publish(staff, title="Sprachcafé", at=[story.tuesdays(story.place())])
    shown = page(ort="42651", tag="3", kostenlos="1")
    assert number_of_hits(shown) == 0
    assert "ohne „Donnerstag“" in shown
    way = re.search(r'class="way" href="([^"]*)">ohne „Donnerstag', shown)[1]
    assert titles(page(**dict(part.split("=") for part in way.replace("&amp;", "&")[1:].split("&")))) == ["Sprachcafé"]


def test_a_wider_radius_is_offered_where_the_near_is_empty(staff, page):
    publish(staff, at=[story.tuesdays(story.place(latitude="51.21000", longitude="7.08000"))])
    shown = page(ort="Solingen", umkreis="2")
    assert number_of_hits(shown) == 0
    assert "im Umkreis von 5 km" in shown


def test_a_slip_of_the_pen_is_corrected_and_said(staff, page):
    publish(staff, title="Fahrradwerkstatt")
    shown = page(was="Fahradwerkstat")
    assert titles(shown) == ["Fahrradwerkstatt"]
    assert "Meinten Sie" in shown


@pytest.mark.postgres
def test_a_search_without_hits_is_counted_without_anything_of_a_person(staff, page):
    publish(staff)
    for _time in range(2):
        page(was="Reitunterricht 0176 1234567 jemand@example.org", ort="42651")
    missed = MissedSearch.objects.get()
    assert (missed.words, missed.count, missed.language, missed.district_id) == ("reitunterricht", 2, "de", "05122")


@pytest.mark.parametrize("typed", ["wort " * 24, "0176", "jemand@example.org", "Sprachcafé"])
def test_numbers_addresses_robots_and_what_was_found_are_not_counted(staff, page, typed):
    publish(staff)
    page(was=typed)
    assert not MissedSearch.objects.exists()


def test_a_card_names_the_next_date_in_the_time_looked_for_and_until_when_it_lasts_once_it_has_begun(staff, page):
    hours = (Hours(0, time(9), time(12)), Hours(1, time(15), time(17)), Hours(3, time(9), time(11)))
    publish(staff, at=[At(place=story.place().pk, hours=hours)])

    def said(**filters) -> str:
        return re.sub("<[^>]*>", "", re.search('offer-card__next">(.*?)</p>', page(**filters))[1])

    assert said() == "heute 09:00–12:00"
    assert said(tag="1") == "Di 15:00, morgen"
    assert said(tag="3", von="10:00") == "Do 09:00, in 3 Tagen"
    assert said(von="14:00") == "Di 15:00, morgen"


def test_who_looks_for_german_does_not_find_everything_where_german_is_spoken(staff, page):
    publish(staff, title="Kurs", languages=[("de", "SPOKEN")])
    publish(staff, title="Zumba", summary="Tanzen", terms=[("NEED", "health")], languages=[("de", "SPOKEN")])
    assert titles(page(was="Deutsch")) == ["Kurs"]


def test_a_translation_nobody_checked_says_so_on_the_card_and_on_paper(staff, page, client):
    offer = publish(staff)
    said = {"title": "Dil kahvesi", "summary": "Konuşalım", "source_sha256": offer.text_sha256()}
    text = OfferText.objects.create(offer=offer, language=Language.objects.get(pk="tr"), **said)
    paper = f"{offer.get_absolute_url()}druck/"
    assert "Çeviri kontrol edilmedi." in page(sprache="tr")
    assert "Çeviri kontrol edilmedi." in client.get(paper, {"sprache": "tr"}).content.decode()
    words.check_text(
        text,
        {name: getattr(text, name) for name in words.TEXTS},
        seen=words.sign_of_text(text),
        on=story.TODAY,
        actor=staff,
    )
    assert "Çeviri kontrol edilmedi." not in page(sprache="tr")
    assert "Çeviri kontrol edilmedi." not in client.get(paper, {"sprache": "tr"}).content.decode()


def test_twenty_are_on_a_page_and_the_rest_on_the_next(staff, page):
    partner, place = story.partner(), story.place()
    for number in range(22):
        publish(staff, partner, title=f"Treff {number:02}", at=[story.tuesdays(place)])
    first, second = page(tag="1"), page(tag="1", seite="2")
    assert (len(titles(first)), len(titles(second))) == (20, 2)
    assert set(titles(first)).isdisjoint(titles(second))


@pytest.mark.postgres
def test_a_page_asks_at_most_six_statements_however_many_hits(staff, client):
    def statements(number: int) -> int:
        for _one in range(number):
            publish(staff)
        asked = {"was": "sprachcafé", "ort": "42651", "tag": "1", "sprache": "ar"}
        client.get("/angebote/", {**asked, "seite": "1"})
        with CaptureQueriesContext(connection) as caught:
            client.get("/angebote/", asked)
        return len(caught)

    assert statements(1) == statements(2) <= 6


def test_an_unchanged_page_is_not_sent_again_and_a_changed_one_is(staff, client):
    offer = publish(staff)
    for address in ("/angebote/?ort=42651", offer.get_absolute_url()):
        sign = client.get(address)["ETag"]
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address, headers={"If-None-Match": sign}).status_code == 304
        assert len(caught) == 1
        operations.check_offer(offer, on=story.TODAY, how="CENTRE", actor=staff)
        assert client.get(address, headers={"If-None-Match": sign}).status_code == 200


def test_script_in_a_text_stays_text(staff, page, client):
    offer = publish(staff, title=SCRIPT, summary=SCRIPT, description=SCRIPT, next_steps=SCRIPT, to_bring=SCRIPT)
    OfferText.objects.create(
        offer=offer, language=Language.objects.get(pk="ar"), title=SCRIPT, summary=SCRIPT, source_sha256="x"
    )
    pages = [page(), page(was=SCRIPT), page(ort=SCRIPT), page(sprache="ar"), page(tag=SCRIPT)]
    for address in ("", "druck/", "?sprache=ar"):
        pages.append(client.get(offer.get_absolute_url() + address).content.decode())
    for text in pages:
        assert SCRIPT not in text


@pytest.mark.parametrize(
    ("language", "direction"), [("de", "ltr"), ("en", "ltr"), ("ar", "rtl"), ("tr", "ltr"), ("uk", "ltr")]
)
def test_the_page_speaks_the_language_asked_for_and_german_is_one_tap_away(staff, page, language, direction):
    publish(staff)
    shown = page(sprache=language, ort="42651")
    assert f'<html lang="{language}" dir="{direction}">' in shown
    assert re.search(r'href="/angebote/\?ort=42651" lang="de" hreflang="de"', shown)
    others = re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"?]*)', shown)
    assert sorted(code for code, _address in others) == ["ar", "de", "de-simple", "en", "tr", "uk"]
    assert {address for _code, address in others} == {f"{settings.BASE_URL}/angebote/"}


def test_the_language_stays_on_every_way_from_the_page(staff, page):
    publish(staff)
    shown = page(sprache="ar", ort="42651")
    ways = re.findall(r'class="(?:need|chip|way|offer-card__title)[^>]*href="([^"]*)"', shown)
    ways += re.findall(r'offer-card__title"><a href="([^"]*)"', shown)
    assert ways
    assert all("sprache=ar" in way for way in ways)


def test_a_thousand_strange_parameters_change_nothing_and_are_not_repeated(staff, client):
    publish(staff)
    answer = client.get("/angebote/?" + urlencode({f"x{number}": "y" * 50 for number in range(1_000)}))
    assert answer.status_code == 200
    assert titles(answer.content.decode()) == ["Sprachcafé"]
    assert "yyy" not in answer.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"was": "Sprachcafé " * 5_000}, {"was": "a" * 100_000}, {"was": "\x00\u202e\u200b"}, {"was": "* OR NEAR( \" ^"},
        {"ort": "Ö" * 50_000}, {"position": "9" * 50_000}, {"seite": "9" * 5_000}, {"von": "1" * 5_000},
        dict.fromkeys(form.FIELDS, "1"), dict.fromkeys(form.FIELDS, "x" * 3000),
    ],
)  # fmt: skip
def test_whatever_is_in_the_address_the_page_stays_small_and_asks_little(staff, client, asked):
    publish(staff)
    with CaptureQueriesContext(connection) as caught:
        answer = client.get("/angebote/", asked)
    assert answer.status_code == 200
    assert len(answer.content) < 60_000
    assert len(caught) <= 25


def test_a_language_keeps_its_own_direction_and_the_words_about_it_that_of_the_page(staff, client):
    publish(staff, languages=[("de", "SPOKEN"), ("kmr", "INTERPRETER")])
    card = client.get("/angebote/?sprache=ar").content.decode()
    assert "\u2068Deutsch\u2069، \u2068Kurmancî\u2069 (مع ترجمة شفهية)" in card
