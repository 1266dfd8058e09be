"""The directory as a file: what stands in CSV, XLSX and GeoJSON for a day, who is named, and what is refused."""

import csv
import io
import json
import math
from datetime import date
from itertools import pairwise

import openpyxl
import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from verbund.directory import exports, queries
from verbund.directory.attributions import ATTRIBUTIONS
from verbund.directory.forms import CentreFilterForm
from verbund.directory.models import Centre, CentreContact, Organisation
from verbund.directory.reference_day import ReferenceDay

pytestmark = pytest.mark.django_db
CSV, XLSX, GEOJSON = "/zentren/export.csv", "/zentren/export.xlsx", "/zentren/export.geojson"
HEADS = [
    "Schlüssel",
    "Name",
    "Träger",
    "Art des Trägers",
    "Sitz",
    "Regierungsbezirk",
    "Stand am Stichtag",
    "Erstes Jahr",
    "Beleg des ersten Jahres",
    "Kontakte am Stichtag",
]
PROPERTIES = [
    "key",
    "name",
    "carrier",
    "carrier_kind",
    "seat",
    "region",
    "state",
    "first_year",
    "evidence",
    "contacts",
]


def rows_of(response) -> dict[str, dict]:
    """Return the rows of a CSV file by key, read as a spreadsheet reads them."""
    text = response.content.decode("utf-8-sig")
    return {row["Schlüssel"]: row for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=";")}


def book_of(response):
    return openpyxl.load_workbook(io.BytesIO(response.content))


def features_of(response) -> dict[str, dict]:
    return {feature["id"]: feature for feature in json.loads(response.content)["features"]}


def rings_of(feature) -> list:
    return [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]


def turn(ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def test_german_excel_opens_the_csv_with_one_row_for_each_centre(client):
    response = client.get(CSV)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith("\ufeff".encode())
    assert response.content.decode("utf-8-sig").split("\r\n")[0] == ";".join(f'"{head}"' for head in HEADS)
    assert len(rows_of(response)) == 54
    assert response["Content-Disposition"].endswith('.csv"')


def test_as_on_25_april_2014_each_state_stands_in_words(client):
    rows = rows_of(client.get(CSV, {"stichtag": "2014-04-25"}))
    assert rows["05558"]["Stand am Stichtag"] == "noch keines"  # Coesfeld
    assert rows["05122"]["Stand am Stichtag"] == "in Betrieb"  # Solingen
    assert rows["05916"]["Stand am Stichtag"] == "möglicherweise in Betrieb"  # Herne
    assert rows_of(client.get(CSV, {"stichtag": "2012-08-01"}))["05122"]["Stand am Stichtag"] == "in Vorbereitung"
    assert rows_of(client.get(CSV))["05558"]["Stand am Stichtag"] == "in Betrieb"


def test_a_row_says_all_that_is_known_of_a_centre(client):
    assert list(rows_of(client.get(CSV, {"stichtag": "2012-12-15"}))["05122"].values()) == [
        "05122",
        "Kommunales Integrationszentrum Stadt Solingen",
        "Stadt Solingen",
        "Stadt",
        "Solingen",
        "Düsseldorf",
        "in Betrieb",
        "2012",
        "belegt",
        "Integrationsbeauftragte: Telefon 0212 290-2225",
    ]


def test_a_contact_is_not_claimed_beyond_the_day_its_source_vouches_for(client):
    contact = rows_of(client.get(CSV, {"stichtag": "2014-04-25"}))["05122"]["Kontakte am Stichtag"]
    assert contact == "Integrationsbeauftragte: Telefon 0212 290-2225 (zuletzt belegt am 31.12.2012)"
    assert rows_of(client.get(CSV, {"stichtag": "2012-11-30"}))["05122"]["Kontakte am Stichtag"] == ""


def test_a_contact_that_ended_is_gone_and_several_stand_together(client):
    centre = Centre.objects.get(key="05916")
    days = {"valid_from": date(2013, 1, 1), "evidenced_until": date(2014, 1, 1), "source": "herne.de"}
    CentreContact.objects.create(centre=centre, function="Leitung", phone="1", valid_until=date(2014, 4, 24), **days)
    CentreContact.objects.create(centre=centre, function="Büro", email="ki@herne.example", address="Platz 1", **days)
    CentreContact.objects.create(centre=centre, position=2, function="Presse", website="https://ki.example", **days)
    found = rows_of(client.get(CSV, {"stichtag": "2013-06-01"}))["05916"]["Kontakte am Stichtag"]
    assert found == "Leitung: Telefon 1 | Büro: ki@herne.example, Platz 1 | Presse: https://ki.example"
    assert "Leitung" not in rows_of(client.get(CSV, {"stichtag": "2014-04-25"}))["05916"]["Kontakte am Stichtag"]


def test_a_centre_stands_under_the_name_of_the_day(client):
    organisation = Organisation.objects.get(code="KI-05122")
    organisation.names.create(name="Integrationszentrum am Markt", valid_until=date(2020, 1, 1), source="Vorlage")
    assert rows_of(client.get(CSV, {"stichtag": "2014-04-25"}))["05122"]["Name"] == "Integrationszentrum am Markt"
    assert rows_of(client.get(CSV))["05122"]["Name"] == "Kommunales Integrationszentrum Stadt Solingen"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "＝", "\u200b="])
def test_no_name_and_no_contact_becomes_a_formula(client, sign):
    Organisation.objects.filter(code="KI-05122").update(name=f"{sign}HYPERLINK(1)")
    CentreContact.objects.update(function=f"{sign}1+1")
    row = rows_of(client.get(CSV, {"stichtag": "2012-12-15"}))["05122"]
    assert row["Name"].startswith("'")
    assert row["Kontakte am Stichtag"].startswith("'")
    sheet = book_of(client.get(XLSX, {"stichtag": "2012-12-15"})).worksheets[0]
    [line] = [line for line in sheet.iter_rows(min_row=2) if line[0].value == "05122"]
    assert {cell.data_type for cell in line if cell.value} == {"s"}
    assert line[1].value.startswith("'")


def test_the_workbook_keeps_the_keys_as_text_and_names_its_sources_on_a_second_sheet(client):
    response = client.get(XLSX, {"stichtag": "2014-04-25"})
    table, sources = book_of(response).worksheets
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert [cell.value for cell in table[1]] == HEADS
    assert table.max_row == 55
    assert "05122" in {cell.value for cell in table["A"]}
    said = [cell.value for cell in sources["A"]]
    assert sources.title == "Quellen"
    assert said[0] == "Stichtag: 25.04.2014"
    assert "Bevölkerung und Fläche: © Statistisches Bundesamt (Destatis), 2025" in said


def test_workbook_and_csv_hold_the_same_rows(client):
    sheet = book_of(client.get(XLSX)).worksheets[0]
    lines = [[cell or "" for cell in line] for line in sheet.iter_rows(min_row=2, values_only=True)]
    assert lines == [list(row.values()) for row in rows_of(client.get(CSV)).values()]


def test_the_geojson_is_a_feature_collection_of_54_areas_with_day_and_attribution(client):
    response = client.get(GEOJSON, {"stichtag": "2014-04-25"})
    found = json.loads(response.content)
    assert response["Content-Type"] == "application/geo+json"
    assert found["type"] == "FeatureCollection"
    assert found["reference_day"] == "2014-04-25"
    assert "© GeoBasis-DE / BKG (Daten verändert)" in found["attribution"]
    assert "crs" not in found
    assert len(found["features"]) == len(features_of(response)) == 54


def test_every_area_is_a_valid_shape_in_north_rhine_westphalia(client):
    for feature in features_of(client.get(GEOJSON)).values():
        assert feature["type"] == "Feature"
        assert feature["geometry"]["type"] == "MultiPolygon"
        for ring in rings_of(feature):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            for longitude, latitude in ring:
                assert math.isfinite(longitude)
                assert math.isfinite(latitude)
                assert 5.8 < longitude < 9.5
                assert 50.3 < latitude < 52.6


def test_outer_rings_run_counter_clockwise_as_rfc_7946_asks(client):
    for feature in features_of(client.get(GEOJSON)).values():
        for outer, *holes in feature["geometry"]["coordinates"]:
            assert turn(outer) > 0
            assert all(turn(hole) < 0 for hole in holes)


def test_an_area_says_what_its_row_says(client):
    areas = features_of(client.get(GEOJSON, {"stichtag": "2014-04-25"}))
    rows = rows_of(client.get(CSV, {"stichtag": "2014-04-25"}))
    assert areas["05558"]["properties"]["state"] == "noch keines"
    assert list(areas["05122"]["properties"]) == PROPERTIES
    assert {key: list(area["properties"].values()) for key, area in areas.items()} == {
        key: list(row.values()) for key, row in rows.items()
    }


def test_aachen_and_its_region_are_two_areas(client):
    areas = features_of(client.get(GEOJSON))
    assert areas["05334"]["properties"]["carrier"] == "Städteregion Aachen"
    assert areas["05334002"]["properties"]["carrier"] == "Stadt Aachen"
    assert areas["05334"]["geometry"] != areas["05334002"]["geometry"]


def test_a_name_with_quotes_leaves_the_geojson_readable(client):
    name = '"],"x":{"</script>\\ \u2028 „Haus“'
    Organisation.objects.filter(code="KI-05122").update(name=name)
    assert features_of(client.get(GEOJSON))["05122"]["properties"]["name"] == name


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ({"bezirk": "Arnsberg"}, 12),
        ({"art": "CITY"}, 23),
        ({"suche": "42651"}, 1),
        ({"suche": "gibt es nicht"}, 0),
        ({"stand": "NONE", "stichtag": "2014-04-25"}, 5),
    ],
)
def test_the_files_hold_what_the_list_with_these_filters_shows(client, filters, number):
    assert len(rows_of(client.get(CSV, filters))) == number
    assert len(features_of(client.get(GEOJSON, filters))) == number
    assert book_of(client.get(XLSX, filters)).worksheets[0].max_row == number + 1


@pytest.mark.parametrize("address", [CSV, XLSX, GEOJSON])
@pytest.mark.parametrize(
    "wrong",
    [
        {"stichtag": "2013-02-29"},
        {"stichtag": "gestern"},
        {"stichtag": "9" * 5000},
        {"bezirk": "Bayern"},
        {"art": "X"},
        {"stand": "1"},
        {"suche": "x" * 5000},
        {"suche": "a\x00b"},
    ],
)
def test_what_cannot_be_asked_for_is_refused_and_no_other_file_given(client, address, wrong):
    response = client.get(address, wrong)
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().startswith("Es wurde keine Datei erstellt.")
    assert next(iter(wrong)) in response.content.decode()


@pytest.mark.parametrize("address", [CSV, XLSX, GEOJSON])
def test_a_file_is_sent_again_only_when_something_changed(client, address):
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(address, {"stichtag": "2014-04-25"}, headers={"If-None-Match": tag}).status_code == 200
    assert client.get(address, {"art": "CITY"}, headers={"If-None-Match": tag}).status_code == 200
    Centre.objects.filter(key="05122").update(changed_at=timezone.now())
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("address", [CSV, XLSX, GEOJSON])
def test_each_file_names_its_licence_and_can_only_be_read(client, address):
    response = client.get(address)
    assert response["Link"] == '<https://www.govdata.de/dl-de/by-2-0>; rel="license"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", [CSV, XLSX, GEOJSON])
def test_more_contacts_cost_no_more_statements(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for centre in Centre.objects.all():
        CentreContact.objects.create(
            centre=centre, function="Büro", phone="1", valid_from="2012-01-01", evidenced_until="2026-01-01", source="x"
        )
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_the_two_attributions_named_are_those_of_areas_and_districts():
    assert "GeoBasis-DE" in exports.AREA_SOURCE
    assert "Destatis" in exports.DISTRICT_SOURCE
    assert {exports.AREA_SOURCE, exports.DISTRICT_SOURCE} < set(ATTRIBUTIONS)


def test_a_centre_whose_area_was_not_shipped_has_no_geometry():
    [row] = exports.rows(date(2014, 4, 25), text="42651")
    [feature] = json.loads(exports.geojson([row | {"key": "99999"}], date(2014, 4, 25)))["features"]
    assert feature["geometry"] is None


def test_the_links_keep_the_day_and_the_filters_that_were_applied():
    form = CentreFilterForm({"art": "CITY", "bezirk": "Bayern", "stichtag": "2014-04-25"}, regions=queries.regions())
    html = Template("{% load downloads %}{% centre_downloads reference_day=day form=form %}").render(
        Context({"day": ReferenceDay(date(2014, 4, 25), is_today=False), "form": form})
    )
    assert 'href="/zentren/export.csv?stichtag=2014-04-25&amp;art=CITY"' in html
    assert "Bayern" not in html
    assert exports.AREA_SOURCE in html
    assert exports.DISTRICT_SOURCE in html
    today = Template("{% load downloads %}{% centre_downloads reference_day=day %}").render(
        Context({"day": ReferenceDay(date(2014, 4, 25), is_today=True)})
    )
    assert 'href="/zentren/export.geojson"' in today
