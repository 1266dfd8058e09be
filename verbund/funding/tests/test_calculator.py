"""The calculator for everybody."""

import pytest
from django.urls import include, path

from config.urls import urlpatterns as site

urlpatterns = [path("programme/rechner/", include("verbund.funding.calculator.urls")), *site]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

ADDRESS = "/programme/rechner/"
STAFF_2012 = {
    "year": "2012",
    "carrier_kind": "CITY",
    "p0-count": "3",
    "p0-kind": "SPECIALIST",
    "p0-share": "1",
    "p0-first_month": "12",
    "p0-last_month": "12",
    "p1-count": "1",
    "p1-kind": "ASSISTANT",
    "p1-share": "0,5",
    "p1-first_month": "12",
    "p1-last_month": "12",
    "p2-kind": "SPECIALIST",
    "p2-share": "",
    "p2-first_month": "1",
    "p2-last_month": "12",
}


def test_a_visitor_computes_solingens_grant_for_december_2012(client):
    answer = client.get(ADDRESS, STAFF_2012)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert answer.context["result"].total == 14_167
    for words in ("14.167,00", "× 1/12 Monate", "Rundung", "Pressemitteilung 619/pe", "abgeleitet", "Fassung 1"):
        assert words in text


def test_the_empty_calculator_shows_how_a_centre_began(client):
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert answer.context["result"] is None
    assert 'value="0,5"' in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"year": "2011"}, "im Jahr 2011 keine Richtlinie"),
        ({"year": "morgen"}, "Eine Angabe"),
        ({"p0-count": "4"}, "fördert höchstens 3"),
        ({"p0-share": "1.5x"}, "Eine Angabe"),
        ({"p0-share": "2"}, "Eine Angabe"),
        ({"p0-last_month": "11"}, "endet, bevor er beginnt"),
        ({"pool": "1.000,00"}, "wird im Jahr 2012 nicht gefördert"),
        ({"pool": "1,000.00"}, "57.000,00"),
        ({"year": "2023", "pool": "50.000,01"}, "höchstens 50.000,00"),
        ({"p1-share": "0,6"}, "fördert höchstens 0,5"),
    ],
)
def test_what_cannot_be_right_is_said_at_its_field_and_stays(client, changed, words):
    answer = client.get(ADDRESS, STAFF_2012 | changed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert all(f'value="{value}"' in text or "month" in name for name, value in changed.items())
