"""The map of a place: drawn by ourselves, loaded on tap, and never of a protected address."""

from decimal import Decimal

import pytest
from defusedxml import ElementTree
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.offers import operations
from verbund.offers.maps import drawing
from verbund.offers.models import OfferAtPlace
from verbund.offers.tests import story

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def published(member, acting):
    """`published(place, …)` makes a public entry there and returns it with the rows of its places."""
    staff = acting(member(Role.CENTRE_STAFF))

    def make(*places):
        content = story.content(at=[story.tuesdays(place) for place in places])
        partner = story.partner(places[0].centre.key)
        offer = operations.create_offer(partner, content, on=today(), actor=staff)
        operations.publish_offer(offer, on=today(), actor=staff)
        return offer, list(OfferAtPlace.objects.filter(offer=offer).order_by("pk"))

    return make


def address(offer, at) -> str:
    return reverse("offers:offer-map", args=[offer.pk, at.pk])


def texts(answer) -> list[str]:
    return [one.text for one in ElementTree.fromstring(answer.content).iter(f"{SVG}text")]


def test_the_map_shows_the_place_among_its_neighbours_and_asks_nobody(published, client, django_assert_num_queries):
    offer, (at,) = published(story.place())
    page = client.get(offer.get_absolute_url()).content.decode()
    with django_assert_num_queries(3):
        answer = client.get(address(offer, at))
    picture = answer.content.decode()

    assert f'src="{address(offer, at)}"' in page
    assert 'loading="lazy" alt="Karte der Umgebung: Haus der Begegnung, Hauptstraße 1, 42651 Solingen"' in page
    assert answer["Content-Type"] == "image/svg+xml"
    assert {"Solingen", "Haan", "Hilden", "N", "5 km"} <= set(texts(answer))
    assert picture.count('class="area area--own"') == 1
    assert "http" not in picture.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert len(answer.content) < 20_000
    assert drawing.STYLE_HASH in answer["Content-Security-Policy"]
    again = client.get(address(offer, at), headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_a_place_with_a_protected_address_has_neither_map_nor_coordinates(published, client):
    hidden = story.place(is_protected=True, name="Zuflucht", street="", postcode="")
    offer, (at,) = published(hidden)
    page = client.get(offer.get_absolute_url()).content.decode()

    assert client.get(address(offer, at)).status_code == 404
    assert not [word for word in (f"{offer.pk}/karte", "geo:", str(hidden.municipality.latitude)) if word in page]


def test_only_the_map_of_a_public_entry_at_its_own_place_is_there(published, client, member, acting):
    offer, (at,) = published(story.place())
    other, (elsewhere, remote) = published(story.place("05978"), None)

    assert [client.get(address(offer, one)).status_code for one in (at, elsewhere)] == [200, 404]
    assert client.get(address(other, remote)).status_code == 404
    operations.end_offer(offer, reason="vorbei", on=today(), actor=acting(member(Role.CENTRE_STAFF)))
    assert client.get(address(offer, at)).status_code == 404


def test_a_place_far_out_says_about_how_far(published, client):
    town = story.place().municipality
    offer, _at = published(story.place(latitude=town.latitude + Decimal("0.036"), longitude=town.longitude))
    assert "etwa 4 km von der Ortsmitte" in client.get(offer.get_absolute_url()).content.decode()


def test_no_name_lies_over_another_or_leaves_the_map():
    frame = drawing.Frame(51.17, 7.08)
    towns = [
        drawing.Town(f"Ort {number}", 51.17 + number % 5 * 0.02, 7.08 + number // 5 * 0.02, number)
        for number in range(40)
    ]
    boxes = [label.box for label in drawing.labels(frame, towns)]

    assert 3 < len(boxes) <= drawing.MOST_TOWNS
    assert all(box[0] >= 0 and box[2] <= drawing.WIDTH for box in boxes)
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]


def test_what_is_typed_as_a_name_is_text_in_the_map(published, client):
    offer, (at,) = published(story.place(name="<script>alert(1)</script>"))
    assert "<script" not in client.get(address(offer, at)).content.decode()
