"""The page of an entry: what to do next, where and when, and how sure that is; and what is never shown."""

import re
from dataclasses import replace
from datetime import date, time, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from verbund.offers import operations
from verbund.offers.content import At, Break, Change, Hours
from verbund.offers.models import Language, OfferText, PlaceFeature, Term
from verbund.offers.tests import story
from verbund.offers.tests.finder_world import MONDAY_MORNING, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SECRET = "Geheimstraße 17"
SECRET_ROOM = "Hinterhaus"


@pytest.fixture
def read(client):
    """`read(offer, "druck/?sprache=ar")` opens a page of an entry and returns its text."""

    def opened(offer, more: str = "") -> str:
        answer = client.get(offer.get_absolute_url() + more)
        assert answer.status_code == 200
        assert not answer.cookies
        return answer.content.decode()

    return opened


@pytest.mark.parametrize(
    ("registration", "said"),
    [
        ("NONE", "Sie können einfach kommen."),
        ("PHONE", "Rufen Sie vorher an."),
        ("EMAIL", "Schreiben Sie vorher eine E-Mail."),
        ("WEBSITE", "Melden Sie sich vorher auf der Webseite an."),
        ("REFERRAL", "Sie brauchen eine Vermittlung"),
    ],
)
def test_the_first_thing_said_is_what_to_do_next(staff, read, registration, said):
    shown = read(publish(staff, registration=registration))
    assert said in shown
    assert shown.index(said) < shown.index("Wo und wann")
    assert 'href="tel:02122900"' in shown


@pytest.mark.postgres
def test_hours_next_dates_and_exceptions_stand_in_words(staff, read):
    at = At(
        place=story.place().pk,
        hours=(Hours(1, time(15), time(17), languages=("ar",), in_school_holidays=False),),
        changes=(
            Change("CANCELLED", date(2026, 12, 1), note="Fortbildung"),
            Change("EXTRA", date(2026, 12, 2), time(9), time(10)),
        ),
        breaks=(Break(date(2026, 12, 21), date(2027, 1, 3), "Winterpause"),),
    )  # fmt: skip
    offer = publish(staff, at=[at], languages=[("de", "SPOKEN")])
    assert "\u206809:00–10:00\u2069" in read(offer, "?sprache=ar")  # else the hours stand the wrong way round
    shown = read(offer)
    for said in (
        "morgen",
        "fällt aus am Di 01.12.2026 (Fortbildung)",
        "zusätzlich am Mi 02.12.2026, 09:00–10:00",
        "geschlossen vom 21.12.2026 bis 03.01.2027 (Winterpause)",
        "nicht in den Schulferien",
        "dann auch Arabisch",
    ):
        assert said in shown
    dates = shown[shown.index('<ol class="dates">') : shown.index("</ol>", shown.index('<ol class="dates">'))]
    assert dates.count("<li>") == 3
    assert "01.12." not in dates


WEEK = tuple(Hours(day, time(0), time(23, 59)) for day in range(7))
MORNINGS = tuple(Hours(day, time(9), time(12)) for day in range(5))
OFFICE = (*MORNINGS, Hours(0, time(14), time(16)), Hours(6, time(18), time(23, 59)))


@pytest.mark.parametrize(
    ("hours", "language", "lines"),
    [
        (WEEK, "de", ["Montag – Sonntag rund um die Uhr"]),
        (WEEK, "ar", ["الاثنين – الأحد على مدار الساعة"]),
        (OFFICE, "de", ["Montag – Freitag 09:00–12:00", "Montag 14:00–16:00", "Sonntag 18:00–24:00"]),
        (MORNINGS[:2], "de", ["Montag 09:00–12:00", "Dienstag 09:00–12:00"]),
    ],
)
def test_hours_that_are_the_same_on_three_days_and_more_are_one_line(staff, read, hours, language, lines):
    offer = publish(staff, at=[At(place=story.place().pk, hours=hours)])
    for more in (f"?sprache={language}", f"druck/?sprache={language}"):
        found = re.search(r'<ul class="hours">(.*?)</ul>', read(offer, more), re.DOTALL)[1]
        assert [re.sub("<.*?>", "", line).strip() for line in found.split("</li>")[:-1]] == lines


def test_what_never_closes_says_so_in_the_next_date_too(staff, read, client):
    offer = publish(staff, at=[At(place=story.place().pk, hours=WEEK)])
    card = client.get("/angebote/").content.decode()
    assert '<strong>heute <bdi dir="ltr">rund um die Uhr</bdi></strong>' in card
    assert "00:00" not in card + read(offer, "druck/")


def test_accessibility_is_told_feature_by_feature_also_what_nobody_knows(staff, read):
    place = story.place()
    for code, value in (("step-free", "YES"), ("lift", "NO")):
        PlaceFeature.objects.create(place=place, feature=Term.objects.get(kind="FEATURE", code=code), value=value)
    shown = read(publish(staff, at=[story.tuesdays(place)]))
    assert "<dt>stufenlos</dt><dd>ja</dd>" in shown
    assert "<dt>Aufzug</dt><dd>nein</dd>" in shown
    assert "<dt>ruhiger Raum</dt><dd>nicht bekannt</dd>" in shown


def test_a_draft_does_not_exist_for_visitors_not_even_one_that_was_discarded(staff, client):
    at = [story.tuesdays(story.place())]
    draft = operations.create_offer(story.partner(), story.content(at=at), on=story.TODAY, actor=staff)
    discarded = operations.create_offer(story.partner(), story.content(at=at), on=story.TODAY, actor=staff)
    operations.end_offer(discarded, reason="doppelt", on=story.TODAY, actor=staff)
    for offer in (draft, discarded):
        for more in ("", "druck/", "qr.svg"):
            assert client.get(offer.get_absolute_url() + more).status_code == 404
    assert "offer-card__title" not in client.get("/angebote/").content.decode()


@pytest.mark.parametrize(
    ("language", "said", "need"),
    [
        ("de", "Dieses Angebot gibt es nicht mehr", "Deutsch lernen"),
        ("leicht", "Dieses Angebot gibt es nicht mehr", "Deutsch lernen"),
        ("ar", "هذا العرض لم يعد موجودًا", "تعلم اللغة الألمانية"),
    ],
)
def test_who_follows_an_old_link_reads_that_an_entry_is_over_and_where_to_look_on(
    staff, client, time_machine, language, said, need
):
    time_machine.move_to(MONDAY_MORNING, tick=False)
    at = [story.tuesdays(story.place())]
    ended = publish(staff, title="Nähkreis", at=at, phone="0212 4711")
    operations.end_offer(ended, reason="Die Leiterin ist fort", on=story.TODAY, actor=staff)
    over = publish(staff, title="Sommerkurs", at=at, phone="0212 4711", valid_until=story.TODAY)
    time_machine.move_to(MONDAY_MORNING + timedelta(days=1), tick=False)
    for offer in (ended, over):
        for more in ("", "druck/"):
            answer = client.get(offer.get_absolute_url() + more, {"sprache": language})
            shown = unescape(answer.content.decode())
            assert answer.status_code == 410
            assert {said, offer.title, need} <= set(re.findall(r">([^<>]+)<", shown))
            assert "0212 4711" not in shown
            assert "Leiterin" not in shown
    address = re.search(r'href="(/angebote/\?anliegen=[^"]*)"', shown)[1]
    assert "ort=Solingen" in address
    assert address.endswith(f"sprache={language}") or language == "de"
    assert client.get(address).status_code == 200
    assert client.get(f"{ended.get_absolute_url()}qr.svg").status_code == 404


@pytest.mark.postgres
def test_a_protected_address_is_shown_nowhere(staff, read, client):
    place = story.place(name=SECRET, is_protected=True, street="", postcode="")
    offer = publish(staff, title="Zuflucht", at=[replace(story.tuesdays(place), room=SECRET_ROOM)])
    more = ("", "druck/", "?sprache=ar", "druck/?sprache=en", "qr.svg", "ergaenzen/", "melden/", "kalender.ics")
    pages = [read(offer, one) for one in more]
    for address in ("", "?ort=42651", "?was=Zuflucht", "?was=Geheimstraße", "?sprache=ar", "?ort=42651&umkreis=2"):
        pages.append(client.get("/angebote/" + address).content.decode())
    for text in pages:
        assert escape(SECRET) not in text
        assert SECRET_ROOM not in text
        assert "geo:" not in text
    assert "Die Adresse ist geschützt" in pages[0]
    assert "Treffer: 0" in pages[len(more) + 3]
    assert all("offer-card__km" not in text for text in pages)


def translated(offer, **more) -> OfferText:
    said = {"title": "مقهى اللغة", "summary": "نتحدث الألمانية", "source_sha256": offer.text_sha256()}
    return OfferText.objects.create(offer=offer, language=Language.objects.get(pk="ar"), **said | more)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, {"لم تتم مراجعة الترجمة"}),
        ({"origin": "MACHINE"}, {"ترجمة آلية", "لم تتم مراجعة الترجمة"}),
        ({"checked_on": date(2026, 5, 1), "checked_by_function": "Sprachmittlung"}, set()),
        (
            {"checked_on": date(2026, 5, 1), "checked_by_function": "Sprachmittlung", "source_sha256": "alt"},
            {"تغيّر النص الألماني"},
        ),
    ],
)
def test_a_translation_says_how_sure_it_is(staff, read, more, said):
    offer = publish(staff)
    translated(offer, **more)
    shown = read(offer, "?sprache=ar")
    sentences = {"ترجمة آلية", "لم تتم مراجعة الترجمة", "تغيّر النص الألماني"}
    assert {sentence for sentence in sentences if sentence in shown} == said
    assert "مقهى اللغة" in shown
    assert "Sprachcafé" in shown  # to be shown to a bus driver


def test_numbers_telephones_and_times_stay_left_to_right_in_arabic(staff, read):
    shown = read(publish(staff), "?sprache=ar")
    assert '<html lang="ar" dir="rtl">' in shown
    assert '<bdi dir="ltr">0212 290-0</bdi>' in shown
    assert '<bdi dir="ltr">15:00–17:00</bdi>' in shown


@pytest.mark.parametrize(
    ("language", "only_german", "day", "spoken"),
    [
        ("tr", "Bu kayıt şimdilik yalnızca Almanca var.", "Salı", "istek üzerine"),
        ("uk", "Цей запис поки що є лише німецькою.", "вівторок", "на запит"),
    ],
)
def test_turkish_and_ukrainian_say_what_is_only_german(staff, read, language, only_german, day, spoken):
    shown = read(publish(staff, languages=[("fa", "ON_REQUEST")]), f"?sprache={language}")
    assert f'<html lang="{language}" dir="ltr">' in shown
    assert only_german in shown
    assert f"<li>{day} <bdi" in shown
    assert f"({spoken})" in shown


def test_the_picture_leads_to_the_entry_without_inline_style(staff, client, settings):
    offer = publish(staff)
    answer = client.get(offer.get_absolute_url() + "qr.svg?sprache=ar")
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"style=" not in answer.content


@pytest.mark.postgres
def test_an_entry_with_many_hours_asks_no_more_than_one_with_few(staff, client):
    def statements(offer) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(offer.get_absolute_url()).status_code == 200
        return len(caught)

    few = publish(staff)
    hours = tuple(Hours(day, time(9), time(10), languages=("ar",)) for day in range(7))
    many = publish(staff, at=[At(place=story.place(name=f"Ort {number}").pk, hours=hours) for number in range(3)])
    assert statements(few) == statements(many)
    assert statements(many) <= 3  # from memory the second time


def test_the_prepared_mail_is_german_also_on_an_arabic_page(staff, read):
    shown = read(publish(staff, email="treff@example.org", registration="EMAIL"), "?sprache=ar")
    assert "mailto:treff@example.org?subject=Anfrage%3A%20Sprachcaf%C3%A9&amp;body=Guten%20Tag" in shown
