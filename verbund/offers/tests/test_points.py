"""GeoJSON of a search: what the finder finds, at its places, for maps on other sites; protected ones never."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from verbund.offers import operations
from verbund.offers.content import At
from verbund.offers.feeds import points
from verbund.offers.models import Language, OfferText
from verbund.offers.tests import story
from verbund.offers.tests.finder_world import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def collection(client):
    """`collection(was="…")` returns the feature collection of a search."""

    def asked(**filters) -> dict:
        answer = client.get("/angebote/orte.geojson", filters)
        assert answer.status_code == 200, answer.content.decode()
        assert (answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == ("application/geo+json", "*")
        assert not answer.cookies
        return json.loads(answer.content)

    return asked


def test_an_entry_is_a_point_with_what_a_map_shows(staff, collection):
    place = story.place(name="Haus am Markt", latitude="51.17000", longitude="7.08000")
    offer = publish(staff, story.partner(name="Verein Brücke"), at=[story.tuesdays(place)])

    [feature] = collection()["features"]

    assert feature["id"] == str(offer.at_places.get().uid)
    assert feature["geometry"] == {"type": "Point", "coordinates": [7.08, 51.17]}
    said = feature["properties"]
    assert (said["title"], said["provider"], said["place"]) == (offer.title, "Verein Brücke", "Haus am Markt")
    assert (said["street"], said["town"], said["needs"]) == ("Hauptstraße 1", "Solingen", ["Deutsch lernen"])
    assert (said["languages"], said["is_free"]) == (["Arabisch"], True)
    assert said["url"].endswith(f"/angebote/{offer.pk}/")


def test_it_holds_what_the_finder_finds_with_the_same_filters(staff, collection, client):
    publish(staff, title="Nähcafé")
    chess = publish(staff, title="Schachclub", is_free=False)

    found = collection(was="schach")

    assert [one["properties"]["title"] for one in found["features"]] == ["Schachclub"]
    assert found["source"].endswith("/angebote/?was=schach")
    assert collection(kostenlos="1")["features"][0]["properties"]["title"] == "Nähcafé"
    assert client.get("/angebote/orte.geojson", {"tag": "9"}).status_code == 400
    link = 'href="/angebote/orte.geojson?was=schach"'
    assert link in client.get("/angebote/", {"was": "schach"}).content.decode()
    operations.end_offer(chess, reason="vorbei", on=story.TODAY, actor=staff)
    assert collection(was="schach")["features"] == []


def test_of_a_protected_place_nothing_leaves_but_its_town_and_a_remote_one_has_none(staff, collection):
    hidden = story.place(name="Zufluchtshaus", street="", postcode="", is_protected=True)
    publish(staff, title="Frauenhaus", at=[At(place=hidden.pk, room="Hinterhof"), At(place=None, phone="0212 1")])

    answer = collection()

    by_kind = {one["properties"]["is_remote"]: one for one in answer["features"]}
    assert [one["geometry"] for one in answer["features"]] == [None, None]
    assert (by_kind[False]["properties"]["town"], by_kind[False]["properties"]["place"]) == ("Solingen", "")
    assert by_kind[False]["properties"]["is_protected"]
    assert "Zufluchtshaus" not in json.dumps(answer)
    assert "Hinterhof" not in json.dumps(answer)


def test_titles_come_in_the_language_of_the_address_and_text_stays_text(staff, collection):
    offer = publish(staff, title='</script><b>"x"\u2028')
    OfferText.objects.create(
        offer=offer, language=Language.objects.get(code="en"), title="Sewing", summary="Sewing together",
        source_sha256=offer.text_sha256(),
    )  # fmt: skip

    assert collection(sprache="en")["features"][0]["properties"]["title"] == "Sewing"
    assert collection()["features"][0]["properties"]["title"].startswith('</script><b>"x"')


def test_an_unchanged_search_is_not_sent_again(staff, client):
    publish(staff)
    first = client.get("/angebote/orte.geojson")

    again = client.get("/angebote/orte.geojson", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")


def test_three_entries_take_as_many_statements_as_one_and_a_cut_says_so(staff, collection, monkeypatch):
    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            collection()
        return len(found)

    collection()  # what is kept in memory is there
    publish(staff)
    one = statements()
    publish(staff)
    publish(staff)

    assert statements() == one <= 16
    assert collection()["is_complete"]
    monkeypatch.setattr(points, "MOST_FEATURES", 2)
    cut = collection(x="1")
    assert (len(cut["features"]), cut["is_complete"]) == (2, False)
