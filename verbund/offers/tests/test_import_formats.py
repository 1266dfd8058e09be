"""Lists of other programs: places of Integreat, both ways, and points as GeoJSON."""

import csv
import io
import json
from datetime import time

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.directory.models import Centre
from verbund.offers import integreat, operations
from verbund.offers.content import At, Hours, OfferContent
from verbund.offers.importing import geojson, mapping
from verbund.offers.importing import operations as imports
from verbund.offers.importing.reading import UnreadableFile, open_table
from verbund.offers.models import ImportRun, Offer, Place, PlaceFeature
from verbund.offers.tests import story
from verbund.offers.tests.import_story import CAFE, csv_of
from verbund.offers.tests.test_import_bad_input import brought  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
CENTRE = {
    "name": "Jugendzentrum", "street_address": "Weg 3", "postal_code": "42651", "city": "Solingen",
    "country": "Deutschland", "longitude": "7.08", "latitude": "51.17", "location_on_map": "True",
    "monday_start": "09:00", "monday_end": "12:00", "tuesday_all_day": "True", "wednesday_appointment_only": "True",
    "thursday_closed": "True", "temporarily_closed": "False", "category": "Leute treffen",
    "website": "https://jugend.example/", "appointment_url": "https://termin.example/", "email": "post@jugend.example",
    "phone_number": "+49 212 1", "barrier_free": "True",
}  # fmt: skip


def integreat_csv(*rows, more=()) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, [*integreat.COLUMNS, *more], restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def collection(*features, **more) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features} | more).encode()


def point(*coordinates, kind="Point", **properties) -> dict:
    geometry = {"type": kind, "coordinates": list(coordinates)}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def taken_over(content: bytes, name: str, actor, *, partner=None) -> ImportRun:
    centre = Centre.objects.get(key="05122")
    run = imports.start_import(centre, content, name, at=timezone.now(), actor=actor)
    columns = {int(position): code for position, code in run.columns.items()}
    imports.check_import(run, columns, partner=partner, aim="DRAFT", at=timezone.now(), actor=actor)
    if run.rows.exclude(kind__in=["UNCHANGED", "REFUSED"]).exists():
        imports.apply_import(run, on=today(), at=timezone.now(), actor=actor)
    return run


@pytest.fixture
def actor(acting, member):
    return acting(member(Role.CENTRE_STAFF))


def test_a_place_of_integreat_becomes_an_entry_there_with_its_week(actor):
    taken_over(integreat_csv(CENTRE), "pois.csv", actor)

    offer = Offer.objects.get()
    content = OfferContent.of(offer)
    assert (offer.title, offer.partner.organisation.name) == ("Jugendzentrum", "Jugendzentrum")
    assert content.terms == (("NEED", "meet-people"),)
    assert [(one.weekday, one.opens, one.closes) for one in content.at[0].hours] == [
        (0, time(9), time(12)), (1, time(0), time(23, 59)),
    ]  # fmt: skip
    assert content.at[0].hours_note == "Mi nur mit Termin"
    assert (offer.phone, offer.email, offer.website) == ("+49 212 1", "post@jugend.example", "https://jugend.example/")
    assert offer.next_steps == "Termin: https://termin.example/"
    place = offer.at_places.get().place
    assert (place.name, place.street, place.postcode, str(place.latitude)) == (
        "Jugendzentrum", "Weg 3", "42651", "51.17000",
    )  # fmt: skip
    again = taken_over(integreat_csv(CENTRE), "pois.csv", actor)
    assert set(again.rows.values_list("kind", flat=True)) == {"UNCHANGED"}


@pytest.mark.parametrize(
    ("said", "known", "note"),
    [
        ("True", ["YES"], ""),
        ("False", ["NO"], ""),
        ("", [], ""),
        ("teilweise", [], "„teilweise“ ist weder ja noch nein"),
    ],
)
def test_a_new_place_is_step_free_where_the_list_says_so(actor, said, known, note):
    run = taken_over(integreat_csv(CENTRE | {"barrier_free": said}), "pois.csv", actor)

    features = PlaceFeature.objects.filter(place__name="Jugendzentrum", feature__code="step-free")
    assert list(features.values_list("value", flat=True)) == known
    assert note in " ".join(run.rows.get().notes)
    imports.undo_import(run, on=today(), at=timezone.now(), actor=actor)
    assert not Place.objects.filter(name="Jugendzentrum").exists()


def test_what_the_centre_knows_of_a_place_is_not_overwritten_by_a_list(actor):
    taken_over(integreat_csv(CENTRE | {"barrier_free": "False"}), "pois.csv", actor)
    feature = PlaceFeature.objects.get(feature__code="step-free")

    again = taken_over(integreat_csv(CENTRE | {"barrier_free": "True", "phone_number": "0212 99"}), "pois.csv", actor)

    feature.refresh_from_db()
    assert feature.value == "NO"
    assert set(again.rows.values_list("kind", flat=True)) == {"CHANGED"}


def test_a_closed_place_says_so_and_an_organisation_of_its_own_is_the_partner(actor):
    closed = CENTRE | {"temporarily_closed": "True", "organization": "Stadt Solingen", "monday_start": ""}

    taken_over(integreat_csv(closed, more=["organization"]), "pois.csv", actor)

    offer = Offer.objects.get()
    assert offer.partner.organisation.name == "Stadt Solingen"
    assert offer.at_places.get().hours_note == "vorübergehend geschlossen; Mi nur mit Termin"


def test_an_ordinary_list_is_read_as_before():
    assert open_table(csv_of(CAFE), "liste.csv").head().cells[0] == "Angebot"


def test_what_integreat_gets_it_takes_and_brings_back(client_of, member, acting):
    membership = member(Role.CENTRE_STAFF)
    actor = acting(membership)
    hours = (Hours(1, time(15), time(17)), Hours(1, time(18), time(19)), Hours(3, time(9), time(12), rhythm="FIRST"))
    hidden = story.place(name="Zufluchtshaus", street="", postcode="", is_protected=True)
    place = story.place(street="Markt 3")
    at = [At(place.pk, hours=hours), At(hidden.pk), At(None)]
    offer = operations.create_offer(
        story.partner(), story.content(title="=Café", phone="+49 (0)212 1", at=at), on=story.TODAY, actor=actor
    )
    operations.create_offer(story.partner(), story.content(title="Entwurf"), on=story.TODAY, actor=actor)
    operations.publish_offer(offer, on=story.TODAY, actor=actor)

    answer = client_of(membership).get(reverse("offers:kept-integreat"))

    [row] = csv.DictReader(io.StringIO(answer.content.decode()))
    assert tuple(row) == integreat.COLUMNS
    assert (row["name"], row["phone_number"], row["category"]) == ("'=Café", "0212 1", "Deutsch lernen")
    assert (row["tuesday_start"], row["tuesday_end"], row["tuesday_closed"]) == ("15:00", "17:00", "False")
    assert (row["thursday_start"], row["thursday_closed"], row["street_address"]) == ("", "True", "Markt 3")
    run = imports.start_import(
        Centre.objects.get(key="05122"), answer.content, "orte.csv", at=timezone.now(), actor=actor
    )
    assert run.samples[0][0] == "=Café"


def test_the_table_for_integreat_holds_only_what_one_keeps(client_of, member, acting):
    operations.publish_offer(
        operations.create_offer(
            story.partner("05978"), story.content(title="Fremd", at=[At(story.place("05978").pk)]), on=story.TODAY,
            actor=acting(member(Role.CENTRE_STAFF, at="05978")),
        ),
        on=story.TODAY, actor=acting(member(Role.CENTRE_STAFF, at="05978")),
    )  # fmt: skip

    assert "Fremd" not in client_of(member(Role.CENTRE_STAFF)).get(reverse("offers:kept-integreat")).content.decode()
    assert client_of(member(Role.CASHIER)).get(reverse("offers:kept-integreat")).status_code == 403


def test_points_with_properties_become_entries_at_their_places(brought):  # noqa: F811
    content = collection(
        point(7.08, 51.17, name="Nähcafé", operator="Verein A", website="https://a.example/", tags=["x", "y"]),
        point(7.0851, 51.1732, name="Treff", operator="Verein A", opening_hours="Mo-Fr 09:00-17:00"),
        point(7.08, 51.17, name="Kurs", operator="Verein B", **{"addr:street": "Weg", "addr:housenumber": "3"}),
        {"type": "Feature", "geometry": None, "properties": {"name": "Ohne Ort", "operator": "Verein B"}},
        point([[7, 51], [7, 52]], kind="LineString", name="Linie", operator="Verein B"),
        point(13.4, 52.5, name="Berlin", operator="Verein B"),
    )

    assert brought(content, "orte.geojson") == ""

    rows = {row.title: row for row in ImportRun.objects.get().rows.all()}
    kinds = {title: (row.number, row.kind) for title, row in rows.items()}
    assert kinds == {
        "Nähcafé": (1, "NEW"), "Treff": (2, "NEW"), "Kurs": (3, "NEW"), "Ohne Ort": (4, "NEW"),
        "Linie": (5, "REFUSED"), "Berlin": (6, "REFUSED"),
    }  # fmt: skip
    assert "Nordrhein-Westfalen" in str(rows["Berlin"].reasons)
    assert "Solingen" in str(rows["Nähcafé"].notes)
    assert {str(place.latitude) for place in Place.objects.all()} == {"51.17000", "51.17320"}
    assert Offer.objects.get(title="Treff").at_places.get().slots.count() == 5
    assert brought(content, "orte.geojson") == ""
    assert Offer.objects.count() == 4


def test_a_name_is_a_title_only_where_nothing_else_is():
    assert mapping.suggest(["Name", "Verein"], [])[0] == "title"
    assert mapping.suggest(["Angebot", "Name", "Verein"], []) == {0: "title", 2: "partner"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"type": "FeatureCollection", "features": [', "Zeile 1, Spalte"),
        (b'{"type": "Topology"}', "FeatureCollection"),
        (collection(), "keine Orte"),
        (collection(7), "kein Ort"),
        (collection(point(7, 51), crs={"properties": {"name": "EPSG:25832"}}), "WGS 84"),
        (collection(point(float("nan"), 51)), "JSON"),
        (collection({"type": "Feature", "properties": {str(n): n for n in range(300)}}), "Eigenschaften"),
        (b'{"type": ' + b"[" * 100_000, "JSON"),
        (b'{"type": "FeatureCollection", "features": "' + b"x" * geojson.LARGEST, "20 MB"),
    ],
)
def test_what_is_no_geojson_is_refused_with_its_place(content, reason):
    with pytest.raises(UnreadableFile, match=reason):
        open_table(content, "orte.geojson")


def test_the_name_of_a_geojson_must_say_so(tmp_path):
    with pytest.raises(UnreadableFile, match="der Name sagt"):
        open_table(collection(point(7.08, 51.17, name="x")), "orte.csv")


def test_the_command_takes_points_with_a_partner_for_all(tmp_path):
    story.partner(name="Verein Brücke")
    (tmp_path / "orte.geojson").write_bytes(collection(point(7.08, 51.17, name="Nähcafé")))
    (tmp_path / "mapping.json").write_text(json.dumps({"centre": "05122", "partner": "Verein Brücke"}))
    out = io.StringIO()

    call_command(
        "import", "offers", str(tmp_path / "orte.geojson"), "--mapping", str(tmp_path / "mapping.json"), stdout=out,
        stderr=io.StringIO(),
    )  # fmt: skip

    assert json.loads(out.getvalue())["done"] == {"created": 1}
    assert Offer.objects.get().partner.organisation.name == "Verein Brücke"
