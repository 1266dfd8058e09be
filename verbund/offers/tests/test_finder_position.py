"""Searching around where one is: only on request, rounded, never stored, and every strange value answered in words."""

import json
import logging
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.browser import NARROW
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.offers import operations
from verbund.offers.content import At, Hours
from verbund.offers.models import MissedSearch
from verbund.offers.tests import story
from verbund.offers.tests.test_finder import titles

HERE, FAR = {"latitude": "51.17000", "longitude": "7.08000"}, {"latitude": "51.96000", "longitude": "7.62000"}
IN_SOLINGEN = {"latitude": 51.171234, "longitude": 7.083456}


@pytest.fixture
def entries(reference, member, acting):
    """Two public entries every day: one in Solingen, one as far as Münster."""
    staff, partner = acting(member(Role.CENTRE_STAFF)), story.partner()
    hours = tuple(Hours(day, story.time(15), story.time(17)) for day in range(7))
    for title, where in (("Nah", HERE), ("Fern", FAR)):
        content = story.content(title=title, at=[At(place=story.place(**where).pk, hours=hours)])
        offer = operations.create_offer(partner, content, on=today(), actor=staff)
        operations.publish_offer(offer, on=today(), actor=staff)


@pytest.fixture
def page(client):
    def opened(**asked) -> str:
        answer = client.get("/angebote/", asked)
        assert answer.status_code == 200
        assert not answer.cookies
        return answer.content.decode()

    return opened


@pytest.mark.django_db
class TestOnTheServer:
    @pytest.fixture(autouse=True)
    def _entries(self, entries):
        pass

    def test_a_position_finds_what_is_near_with_distances_and_filters(self, page):
        assert titles(page()) == ["Nah", "Fern"]
        shown = page(position="51.17,7.08", kostenlos="1")
        assert titles(shown) == ["Nah"]
        assert "Ihr Standort" in shown
        assert re.search(r'offer-card__km">unter 1 km<', shown)
        assert titles(page(position="51.17,7.08", umkreis="0")) == ["Nah", "Fern"]
        assert titles(page(position="51.17,7.08", was="Reitunterricht")) == []

    def test_however_exact_it_is_typed_only_the_rounded_one_stands_on_the_page(self, page):
        shown = page(position="51.171234,7.083456", tag="1")
        assert 'name="position" value="51.17,7.08"' in shown
        assert "51.171234" not in shown.replace("sprache", "").split('<form class="find"')[1]
        way_out = re.search(r'href="([^"]*)">Standort entfernen', shown)[1]
        assert way_out == "?tag=1"

    def test_a_place_somebody_names_goes_before_the_position(self, page):
        shown = page(position="51.96,7.62", ort="42651")
        assert titles(shown) == ["Nah"]
        assert "Standort entfernen" not in shown

    @pytest.mark.parametrize(
        "typed", ["7.626.846", "Solingen", "51.17", "51.17,7.08,9", "1e3,7", "nan,nan", "inf,7", "51,17,7,08",
                  "９９,７", "'; --", "<b>,1", "9" * 400 + ",7"],
    )  # fmt: skip
    def test_what_is_no_position_is_said_and_everything_searched(self, page, typed):
        shown = page(position=typed)
        assert "Die Angabe zum Standort ist nicht lesbar. Gesucht wird überall." in shown
        assert titles(shown) == ["Nah", "Fern"]

    @pytest.mark.parametrize("typed", ["52.52,13.40", "0,0", "-51.17,7.08", "999,999", "90,180"])
    def test_a_position_outside_of_the_state_is_said_and_everything_searched(self, page, typed):
        shown = page(position=typed)
        assert "Ihr Standort liegt außerhalb von Nordrhein-Westfalen. Gesucht wird überall." in shown
        assert titles(shown) == ["Nah", "Fern"]

    def test_it_is_neither_counted_nor_logged(self, page, caplog):
        with caplog.at_level(logging.DEBUG):
            page(position="51.17,7.08", was="Reitunterricht")
        missed = MissedSearch.objects.get()
        assert (missed.words, missed.district_id) == ("reitunterricht", None)
        logged = [json.dumps(vars(record), default=str) for record in caplog.records if "django.db" not in record.name]
        assert [line for line in logged if "51.17" in line] == []

    @pytest.mark.parametrize(
        ("address", "policy"),
        [("/angebote/", "geolocation=(self)"), ("/", "geolocation=()"), ("/zentren/", "geolocation=()")],
    )
    def test_only_the_finder_may_ask_where_a_device_is(self, client, address, policy):
        assert policy in client.get(address)["Permissions-Policy"]


def test_who_taps_and_allows_it_searches_around_the_own_position(site, entries, assert_accessible, picture):
    page = site.open("/angebote/?was=Sprachcafe&kostenlos=1", viewport=NARROW, geolocation=IN_SOLINGEN,
                     permissions=["geolocation"])  # fmt: skip
    assert page.locator("[data-position] [role=status]").inner_text() == ""
    assert_accessible(page)
    picture(page, "finder-position-before")
    page.fill("#was", "")
    page.click("text=Meinen Standort verwenden")
    page.wait_for_url("**position=**")
    asked = parse_qs(urlsplit(page.url).query)
    assert asked == {"position": ["51.17,7.08"], "kostenlos": ["1"]}
    assert page.locator(".offer-card__title").all_inner_texts() == ["Nah"]
    assert page.locator(".results__place").inner_text() == "· Ihr Standort"
    assert_accessible(page)
    picture(page, "finder-position-after")
    page.select_option("#umkreis", "0")
    page.click(".find__send button")
    page.wait_for_url("**umkreis=0**")
    assert page.locator(".offer-card__title").all_inner_texts() == ["Nah", "Fern"]
    page.click("text=Standort entfernen")
    page.wait_for_url(lambda url: "position" not in url)


@pytest.mark.parametrize(
    ("language", "said"), [("de", "nicht freigegeben"), ("en", "did not share"), ("ar", "لم يشارك")]
)
def test_who_does_not_allow_it_reads_how_to_go_on(site, entries, assert_accessible, picture, language, said):
    page = site.open(f"/angebote/?sprache={language}", viewport=NARROW)
    page.click("[data-position] button")
    status = page.locator("[data-position] [role=status]")
    page.wait_for_function("text => document.querySelector('[data-position] [role=status]').innerText.includes(text)",
                           arg=said)  # fmt: skip
    assert said in status.inner_text()
    assert "position" not in page.url
    assert page.locator("[data-position] button").is_enabled()
    assert_accessible(page)
    picture(page, f"finder-position-denied-{language}")


def test_without_scripts_there_is_no_button(site, entries):
    page = site.open("/angebote/", viewport=NARROW, java_script_enabled=False)
    assert not page.locator("[data-position]").is_visible()
