"""An entry in the words of schema.org, the sitemap, and the page about the open data."""

import json
import re
from datetime import date, time

import pytest

from tests.support.browser import EVERY_LOOK
from verbund.directory.models import Centre
from verbund.offers import operations
from verbund.offers.content import At, Change, Hours
from verbund.offers.models import Offer
from verbund.offers.opendata import jsonld
from verbund.offers.tests import story

pytestmark = pytest.mark.django_db
TODAY = story.TODAY
CANARY = "Kanarienvogel"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(f"{TODAY} 12:00+01:00", tick=False)


def published(staff, **values) -> Offer:
    values.setdefault("at", [story.tuesdays(story.place())])
    offer = operations.create_offer(story.partner(), story.content(**values), on=TODAY, actor=staff)
    operations.publish_offer(offer, on=TODAY, actor=staff)
    return offer


def told(offer) -> list[dict]:
    return jsonld.offer(offer, base="https://verbund.example")["@graph"]


def test_an_entry_is_a_service_with_place_hours_languages_and_provider(staff):
    offer = published(staff, terms=[("NEED", "health"), ("AUDIENCE", "women")], minimum_age=16)
    [service] = told(offer)
    assert service["@type"] == "Service"
    assert service["url"] == f"https://verbund.example/angebote/{offer.pk}/"
    assert service["provider"]["name"] == str(offer.partner)
    [channel] = service["availableChannel"]
    assert channel["serviceLocation"]["address"]["streetAddress"] == "Hauptstraße 1"
    assert channel["serviceLocation"]["geo"].keys() == {"@type", "latitude", "longitude"}
    assert [language["alternateName"] for language in channel["availableLanguage"]] == ["ar"]
    [hours] = service["hoursAvailable"]
    assert (hours["dayOfWeek"], hours["opens"]) == ("https://schema.org/Tuesday", "15:00")
    assert service["audience"][1]["suggestedMinAge"] == 16
    assert service["offers"]["price"] == "0"


def test_single_days_are_events_with_the_time_of_berlin(staff):
    place = story.place()
    at = At(
        place=place.pk,
        hours=(Hours(1, time(15), time(17), rhythm="FIRST"),),
        changes=(Change("EXTRA", date(2026, 12, 9), time(10), time(12)),),
    )
    _service, *events = told(published(staff, at=[at]))
    assert [event["startDate"] for event in events][:2] == ["2026-12-01T15:00:00+01:00", "2026-12-09T10:00:00+01:00"]
    assert {event["location"]["name"] for event in events} == {place.name}


def test_of_a_protected_place_only_the_town_is_told(staff):
    place = story.place(is_protected=True, name=CANARY, street="", postcode="")
    at = At(place=place.pk, room=CANARY, changes=(Change("EXTRA", date(2026, 12, 9), time(10), time(12)),))
    offer = published(staff, at=[at])
    assert CANARY not in json.dumps(told(offer), ensure_ascii=False)
    where = told(offer)[0]["availableChannel"][0]["serviceLocation"]
    assert where["address"]["addressLocality"] == place.municipality.name
    assert where.keys() == {"@type", "address"}


def test_the_file_of_an_entry_is_there_for_public_ones_only(staff, client_of):
    offer = published(staff)
    response = client_of().get(f"/angebote/{offer.pk}/daten.jsonld")
    assert response["Content-Type"] == "application/ld+json"
    assert response.json()["@context"] == "https://schema.org"
    operations.end_offer(offer, reason="", on=TODAY, actor=staff)
    assert client_of().get(f"/angebote/{offer.pk}/daten.jsonld").status_code == 404


def test_nothing_in_a_text_ends_the_block_in_the_page(staff):
    offer = published(staff, title="</script><script>alert(1)</script>&amp;")
    written = jsonld.as_script(jsonld.offer(offer, base="https://verbund.example"))
    assert not {"<", ">", "&"} & set(written)
    assert json.loads(written)["@graph"][0]["name"] == offer.title


def test_the_sitemap_names_all_public_entries_and_centres_and_no_other(staff, client_of):
    shown, draft = published(staff), operations.create_offer(story.partner(), story.content(), on=TODAY, actor=staff)
    client = client_of()
    parts = re.findall("<loc>http://testserver(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    assert parts == ["/sitemap-seiten.xml", "/sitemap-zentren.xml", "/sitemap-finder.xml", "/sitemap-angebote.xml"]
    found = {
        path
        for part in parts
        for path in re.findall("<loc>http://testserver(.*?)</loc>", client.get(part).content.decode())
    }
    assert f"/angebote/{shown.pk}/" in found
    assert f"/angebote/{draft.pk}/" not in found
    assert {centre.get_absolute_url() for centre in Centre.objects.all()} <= found
    assert {path for path in found if "zentren" not in path} == {
        "/",
        "/angebote/",
        "/angebote/offene-daten/",
        "/netz/",
        f"/angebote/{shown.pk}/",
    }
    told = client.get("/sitemap-angebote.xml").content.decode()
    assert re.findall(rf'hreflang="([\w-]+)" href="http://testserver/angebote/{shown.pk}/([^"]*)"', told) == [
        ("de", ""), ("de-simple", "?sprache=leicht"), ("en", "?sprache=en"),
        ("ar", "?sprache=ar"), ("tr", "?sprache=tr"), ("uk", "?sprache=uk"),
    ]  # fmt: skip
    assert client.get("/sitemap-fremd.xml").status_code == 404


def test_programs_may_read_the_public_pages_and_find_the_sitemap(client_of):
    text = client_of().get("/robots.txt").content.decode()
    assert "Allow: /\n" in text
    assert "Disallow: /\n" not in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_page_about_open_data_names_addresses_that_answer(staff, client_of):
    published(staff)
    client = client_of()
    page = client.get("/angebote/offene-daten/").content.decode()
    assert "Lizenz: vom Betrieb anzugeben" in page
    links = set(re.findall(r'href="(/api/hsds/[^"]*)"', page))
    assert len(links) > 6
    assert {client.get(link.replace("&amp;", "&")).status_code for link in links} == {200}


@pytest.mark.django_db(transaction=True)
def test_the_page_of_an_entry_bears_the_data_and_the_policy_of_the_page_allows_it(reference, staff, site, time_machine):
    offer = published(staff, title="Nähen </script> & Reden")
    page = site.open(f"/angebote/{offer.pk}/")  # a complaint of the policy on the console fails the test
    data = json.loads(page.locator('script[type="application/ld+json"]').inner_text())
    assert data["@graph"][0]["name"] == offer.title
    assert page.evaluate("document.scripts.length") == page.locator("script").count()


def test_an_entry_that_is_not_public_has_no_data_in_its_page(staff):
    draft = operations.create_offer(story.partner(), story.content(), on=TODAY, actor=staff)
    assert jsonld.script(draft.pk, "https://verbund.example", "sign", TODAY) == ""


@pytest.mark.django_db(transaction=True)
def test_the_page_about_open_data_is_for_everybody(reference, site):
    site.look_at("/angebote/offene-daten/", "offene-daten", looks=EVERY_LOOK)
