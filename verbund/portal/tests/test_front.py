"""The front page: what the network is, the centre of one's own town, and a door for everybody."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from playwright.sync_api import expect

from tests.support.browser import PHONE
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.directory.models import Centre, CentreContact, Municipality, Organisation

MOST_BYTES_UNCOMPRESSED = 200 * 1024
MOST_BYTES_OF_JAVASCRIPT = 25 * 1024
SMALL_PHONES = [{"width": 360, "height": 640}, {"width": 320, "height": 568}]
STYLES = finders.find("portal/home.css")


@pytest.fixture
def visitor(client_of):
    return client_of()


def text_of(html: str) -> str:
    """Return what a person reads in the main part of a page."""
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def read(visitor, **asked) -> str:
    return text_of(visitor.get("/", asked).content.decode())


def test_the_page_counts_the_centres_instead_of_naming_a_number(visitor):
    assert "54 Zentren in Nordrhein-Westfalen" in read(visitor)
    Centre.objects.get(key="05978").delete()

    assert "53 Zentren in Nordrhein-Westfalen" in read(visitor)
    assert "53 Zentren in Nordrhein-Westfalen" in read(visitor, ort="42651")


def test_no_answer_stands_there_before_somebody_asks(visitor):
    page = visitor.get("/").content.decode()

    assert 'id="antwort"' not in page
    assert "aria-invalid" not in page


@pytest.mark.parametrize(
    ("typed", "title", "centres"),
    [
        ("59174", "Das zuständige Zentrum", ["05978"]),
        ("4 2 6 5 1", "Das zuständige Zentrum", ["05122"]),
        ("33154", "Das zuständige Zentrum", ["05774"]),
        ("40472", "40472 liegt in mehreren Gemeinden.", ["05111", "05158"]),
        ("muelheim ruhr", "Das zuständige Zentrum", ["05117"]),
        ("Städteregion Aachen", "Dafür sind mehrere Zentren zuständig.", ["05334002", "05334"]),
        ("Bergka", "Das zuständige Zentrum", ["05978"]),
        ("Solingen Ohligs", "Welchen Ort meinen Sie?", ["05122"]),
        ("80331", "80331 gehört nicht zu Nordrhein-Westfalen oder fehlt in unseren Daten.", []),
        ("Ohligs", "Keine Stadt oder Gemeinde heißt „Ohligs“.", []),
    ],
)
def test_who_types_a_place_is_told_the_centre_and_finds_the_way_to_it(visitor, typed, title, centres):
    page = visitor.get("/", {"ort": typed}).content.decode()
    answer = page[page.index('id="antwort"') : page.index("front-doors")]

    assert re.search(r'id="antwort-titel">([^<]*)<', answer)[1] == title
    assert re.findall(r'href="/zentren/(\d+)/"', answer) == centres
    assert re.search(r"<title>([^<]*)</title>", page)[1] == f"{title} – Verbund"
    assert f'value="{typed}"' in page


def test_whoever_finds_nothing_is_shown_what_can_be_searched_and_the_list(visitor):
    page = visitor.get("/", {"ort": "Ohligs"}).content.decode()

    assert "nicht in Stadtteilen" in page
    assert f'<a href="{reverse("directory:centre-list")}">Alle Zentren mit ihren Orten</a>' in page


def test_a_long_list_asks_for_more_of_the_name(visitor):
    assert "Schreiben Sie mehr vom Namen" in read(visitor, ort="en")
    assert "Schreiben Sie mehr vom Namen" not in read(visitor, ort="Bad")


def test_a_name_that_two_towns_bear_shows_both_with_their_district(visitor):
    Municipality.objects.filter(name="Olpe").update(name="Herscheid")
    page = read(visitor, ort="herscheid")

    assert "Herscheid (Kreis Olpe)" in page
    assert "Herscheid (Märkischer Kreis)" in page
    assert "Es kommt darauf an, in welcher Gemeinde Sie wohnen." in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Geben Sie eine Postleitzahl oder den Namen einer Stadt oder Gemeinde ein."),
        ("   ", "Geben Sie eine Postleitzahl oder den Namen einer Stadt oder Gemeinde ein."),
        ("K", "Geben Sie mindestens zwei Buchstaben des Ortes ein oder die Postleitzahl."),
        ("🎉", "Geben Sie mindestens zwei Buchstaben des Ortes ein oder die Postleitzahl."),
        ("a\x00b", "Geben Sie mindestens zwei Buchstaben des Ortes ein oder die Postleitzahl."),
        ("1234", "Eine Postleitzahl hat fünf Ziffern, zum Beispiel 59174."),
        ("x" * 300, "Das ist zu lang."),
        ("9" * 5000, "Das ist zu lang."),
    ],
)
def test_what_cannot_be_looked_for_is_refused_at_the_field_and_kept(visitor, typed, sentence):
    answer = visitor.get("/", {"ort": typed})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert sentence in page
    assert 'aria-invalid="true"' in page
    assert 'id="antwort"' not in page
    assert "\x00" not in page
    assert len(page) < 20 * 1024
    assert not typed.strip(" \x00") or f'value="{typed[:300].replace(chr(0), " ")}"' in page


def test_what_was_typed_and_what_is_stored_is_never_markup(visitor):
    attack = "<script>alert(1)</script>\"'><b>x"
    Organisation.objects.filter(centre__key="05978").update(name=attack)
    for typed in (attack, "Kamen"):
        page = visitor.get("/", {"ort": typed}).content.decode()

        assert "&lt;script&gt;" in page
        assert "<script>" not in page
        assert "<b>x" not in page


def test_a_contact_stands_in_the_answer_by_function_until_it_ends(visitor):
    contact = CentreContact.objects.create(
        centre=Centre.objects.get(key="05978"),
        function="Auskunft des Zentrums",
        phone="0000 000-1",
        email="auskunft@demo.invalid",
        valid_from=today() - timedelta(days=30),
        evidenced_until=today() - timedelta(days=10),
        source="Test",
    )
    page = visitor.get("/", {"ort": "Kamen"}).content.decode()
    assert "Auskunft des Zentrums" in page
    assert 'href="tel:00000001"' in page
    assert 'href="mailto:auskunft@demo.invalid"' in page
    assert "noch nicht eingetragen" not in page

    contact.valid_until = today() - timedelta(days=1)
    contact.save()
    page = visitor.get("/", {"ort": "Kamen"}).content.decode()
    assert "Auskunft des Zentrums" not in page
    assert "Ein heutiger Kontakt ist noch nicht eingetragen." in page


def test_a_phone_number_of_2012_is_not_given_to_a_family_of_today(visitor):
    assert "290-2225" not in read(visitor, ort="Solingen")


@pytest.mark.parametrize("asked", ["", "?ort=59174", "?ort=40472", "?ort=Essen", "?ort=Bad", "?ort=Ohligs", "?ort=K"])
def test_the_page_asks_the_database_at_most_four_times(visitor, django_assert_max_num_queries, asked):
    with django_assert_max_num_queries(4):
        visitor.get(f"/{asked}")


def test_the_page_with_everything_it_loads_is_light(visitor):
    page = visitor.get("/", {"ort": "en"}).content
    names = re.findall(rf'(?:href|src)="{settings.STATIC_URL}([^"]+)"', page.decode())
    sizes = {name: len(open(finders.find(name), "rb").read()) for name in names}  # noqa: SIM115

    assert "portal/home.css" in names
    assert sum(sizes.values()) + len(page) <= MOST_BYTES_UNCOMPRESSED
    assert sum(size for name, size in sizes.items() if name.endswith(".js")) <= MOST_BYTES_OF_JAVASCRIPT


def test_everybody_finds_their_door_and_every_way_behind_it_can_be_gone(visitor):
    page = visitor.get("/").content.decode()
    doors = page[page.index("front-doors") : page.index("</main>")]
    ways = re.findall(r'href="([^"]+)"', doors)

    assert re.findall(r'front-door__title">([^<]+)<', doors) == [
        "Für alle",
        "Für Träger und Partner",
        "Für Beschäftigte",
    ]
    assert {
        "/zentren/",
        "/karte/",
        "/netz/",
        "/rundgang/",
        "/programme/",
        "/impressum/",
        reverse("account_login"),
    } <= set(ways)
    assert {way: visitor.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)


def test_published_figures_are_not_repeated_on_the_front_page(visitor):
    page = read(visitor)

    assert not re.search(r"9,83|Million|\b(47|49|52)\b", page)


@pytest.mark.parametrize(
    ("address", "status"), [("/", 302), ("/?seite=start", 200), ("/?ort=Kamen", 200), ("/?seite=anders", 302)]
)
def test_whoever_has_signed_in_is_led_to_their_work_unless_they_ask_for_the_page(client_of, member, address, status):
    answer = client_of(member(Role.CENTRE_LEAD)).get(address)

    assert answer.status_code == status
    assert status == 200 or answer["Location"] == reverse("portal:worklist")
    assert status == 302 or "Zu Ihren Aufgaben" in answer.content.decode()


def test_a_visitor_is_asked_to_sign_in_and_not_led_to_tasks(visitor):
    page = read(visitor)

    assert "Anmelden" in page
    assert "Zu Ihren Aufgaben" not in page


def test_the_front_page_answers_to_reading_only(visitor):
    assert visitor.head("/").status_code == 200
    assert visitor.post("/", {"ort": "Kamen"}).status_code == 405


def test_the_rules_of_the_page_name_no_left_and_no_right():
    rules = open(STYLES, encoding="utf-8").read()  # noqa: SIM115

    assert not re.search(
        r"(?:^|[\s{;-])(?:left|right)\s*:|text-align:\s*(?:left|right)|(?:margin|padding)-(?:left|right)", rules
    )


def test_a_family_types_its_postcode_and_lands_on_the_page_of_its_centre(site, picture):
    page = site.open("/", viewport=PHONE, java_script_enabled=False)
    page.fill("input[name=ort]", "59174")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?ort=59174#antwort")
    assert page.locator("#antwort").inner_text().startswith("Das zuständige Zentrum")
    assert page.input_value("input[name=ort]") == "59174"
    page.keyboard.press("Tab")
    picture(page, "front-answer-phone")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zentren/05978/")
    assert page.locator("h1").inner_text() == "Kommunales Integrationszentrum Kreis Unna"


def test_after_a_refusal_one_goes_on_typing_in_the_field(site):
    page = site.open("/")
    page.fill("input[name=ort]", "K")
    page.click("text=Zentrum finden")
    page.wait_for_url("**/?ort=K*")
    expect(page.locator("input[name=ort]")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("amen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?ort=Kamen*")
    assert "Kreis Unna" in page.locator("#antwort").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_front_page_and_its_answers_are_accessible_on_a_phone(site, assert_accessible, picture, scheme):
    page = site.open("/", viewport=SMALL_PHONES[1], dark=scheme == "dark")
    for asked in ("", "?ort=40472", "?ort=Lippe", "?ort=en", "?ort=Ohligs", "?ort=K"):
        page.goto(f"{site.url}/{asked}")
        assert_accessible(page)
        picture(page, f"front-{asked.partition('=')[2] or 'page'}-{scheme}")


@pytest.mark.parametrize("viewport", SMALL_PHONES)
def test_the_field_is_in_sight_on_a_small_phone_before_one_scrolls(site, viewport):
    page = site.open("/", viewport=viewport, is_mobile=True)
    field = page.locator("input[name=ort]").bounding_box()

    assert field["y"] + field["height"] <= viewport["height"]


def test_the_page_is_mirrored_for_languages_that_run_from_right_to_left(site, assert_accessible):
    page = site.open("/?ort=Lippe")

    def places() -> list[float]:
        return [page.locator(part).bounding_box()["x"] for part in (".finder .kern-btn", ".front-door >> nth=2")]

    before = places()
    page.evaluate("document.documentElement.dir = 'rtl'")

    assert all(mirrored < original for mirrored, original in zip(places(), before, strict=True))
    assert_accessible(page)
