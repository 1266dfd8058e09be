"""The open data: every public entry once, valid by the schemas and by what they miss; nothing that is not public."""

import json
from datetime import date, time
from uuid import uuid4

import pytest

from verbund.offers import operations
from verbund.offers.content import Hours
from verbund.offers.models import OfferAtPlace, OfferText, Term
from verbund.offers.opendata.vocabulary import word_of
from verbund.offers.tests import hsds_rules, story
from verbund.offers.tests.hsds_world import CANARY, world

pytestmark = pytest.mark.django_db
TODAY = story.TODAY
LISTS = {
    "services": "service",
    "organizations": "organization",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "service_at_locations": "service_at_location",
}


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(f"{TODAY} 12:00+01:00", tick=False)


@pytest.fixture
def get(client_of):
    client = client_of()

    def get(path: str, status: int = 200) -> dict:
        response = client.get(f"/api/hsds/{path}")
        assert response.status_code == status, response.content[:500]
        assert response["Access-Control-Allow-Origin"] == "*"
        return response.json()

    return get


def published(staff, *, partner=None, **values):
    """Make an entry that everybody sees, every Tuesday at a place."""
    values.setdefault("at", [story.tuesdays(story.place())])
    offer = operations.create_offer(partner or story.partner(), story.content(**values), on=TODAY, actor=staff)
    operations.publish_offer(offer, on=TODAY, actor=staff)
    return offer


def everything(get, name: str, question: str = "", *, per_page: int = 7) -> list[dict]:
    """Follow the pages of a list to the last, checking each head, and return all its rows."""
    rows, number = [], 1
    while True:
        page = get(f"{name}?per_page={per_page}&page={number}{question}")
        assert hsds_rules.page_faults(page, asked=number, per_page=per_page) == []
        rows += page["contents"]
        if page["last_page"]:
            return rows
        number += 1


@pytest.mark.postgres
def test_every_public_entry_of_a_world_appears_once_and_all_lists_are_valid(staff, get):
    made = {str(offer.uid) for offer in world(staff, number=40)}
    for name, kind in LISTS.items():
        for question in ("", "&full=true") if name in {"services", "organizations", "service_at_locations"} else ("",):
            rows = everything(get, name, question)
            assert rows
            assert [fault for row in rows for fault in hsds_rules.faults(kind, row)] == []
            assert len({row["id"] for row in rows}) == len(rows)
            if name == "services":
                assert {row["id"] for row in rows} == made


def test_every_single_record_is_valid_and_what_it_refers_to_exists(staff, get):
    world(staff, number=12)
    found, wanted = set(), set()
    for name, kind in LISTS.items():
        for row in everything(get, name):
            one = get(f"{name}/{row['id']}")
            assert hsds_rules.faults(kind, one) == []
            found |= {(inner, thing["id"]) for inner, thing in hsds_rules.objects(kind, one) if "id" in thing}
            wanted |= hsds_rules.references(kind, one)
    assert wanted <= found


def test_what_is_not_public_never_leaves(staff, get, client_of):
    draft = operations.create_offer(
        story.partner(name=f"{CANARY} Verein"), story.content(title=CANARY), on=TODAY, actor=staff
    )
    ended = published(staff, title=f"{CANARY} beendet")
    operations.end_offer(ended, reason="vorbei", on=TODAY, actor=staff)
    over = published(staff, title=f"{CANARY} vorbei", valid_until=date(2026, 11, 22))
    world(staff, number=10)
    said = ""
    for name in LISTS:
        for question in ("", "&full=true") if name[:3] in {"ser", "org"} else ("",):
            said += json.dumps(everything(get, name, question, per_page=100), ensure_ascii=False)
        said += b"".join(client_of().get(f"/api/hsds/{name}?format=ndjson").streaming_content).decode()
    for offer in (draft, ended, over):
        assert get(f"services/{offer.uid}", 404)["error"]
        assert str(offer.uid) not in said
    assert CANARY not in said
    assert "Haus 1" in said


def test_of_a_protected_place_only_town_and_telephone_leave(staff, get):
    place = story.place(is_protected=True, name=CANARY, street="", postcode="")
    at = story.tuesdays(place)
    offer = published(staff, at=[at.__class__(**{**vars(at), "phone": "0212 9", "room": CANARY, "hours_note": CANARY})])
    one = get(f"services/{offer.uid}")["service_at_locations"][0]
    assert one["location"].keys() == {"id", "location_type", "name", "description"}
    assert one["service_areas"][0]["name"] == place.municipality.name
    assert one["phones"][0]["number"] == "0212 9"
    assert CANARY not in json.dumps(one, ensure_ascii=False)
    assert get("service_at_locations?postcode=42651&proximity=200000")["total_items"] == 0


def test_parameters_narrow_together(staff, get):
    ours = story.partner()
    german = published(staff, partner=ours, terms=[("NEED", "learn-german")])
    health = published(staff, partner=ours, terms=[("NEED", "health"), ("AUDIENCE", "women")])
    published(staff, terms=[("NEED", "health")])
    term = word_of(Term.objects.get(kind="NEED", code="health"))
    audiences = word_of(Term.objects.get(kind="AUDIENCE", code="women")).as_data()["taxonomy_id"]

    def found(question):
        return {row["id"] for row in get(f"services?{question}")["contents"]}

    assert found(f"organization_id={ours.uid}") == {str(german.uid), str(health.uid)}
    assert found(f"organization_id={ours.uid}&taxonomy_term_id={term.uid}") == {str(health.uid)}
    assert found(f"taxonomy_id={audiences}") == {str(health.uid)}
    assert found(f"taxonomy_term_id={term.uid}&taxonomy_id={audiences}&organization_id={uuid4()}") == set()
    assert found(f"taxonomy_term_id={uuid4()}") == set()
    assert {row["id"] for row in get(f"organizations?taxonomy_id={audiences}")["contents"]} == {str(ours.uid)}
    assert found("modified_after=2026-11-23T12:00:00+01:00") == {row["id"] for row in get("services")["contents"]}, (
        "changed at that very moment counts"
    )
    assert found("modified_after=2026-11-24") == set()


def test_minimal_names_all_entries_on_one_page(staff, get):
    made = {str(offer.uid) for offer in world(staff, number=8)}
    page = get("services?minimal=true")
    assert {row["id"] for row in page["contents"]} == made
    assert all(row.keys() == {"id", "modified_date"} for row in page["contents"])
    assert (page["total_items"], page["total_pages"], page["last_page"]) == (8, 1, True)


def test_all_lines_of_ndjson_are_the_rows_of_the_pages(staff, get, client_of):
    world(staff, number=9)
    response = client_of().get("/api/hsds/services?format=ndjson&full=true")
    lines = [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]
    assert lines == get("services?full=true&per_page=100")["contents"]


def test_near_a_postcode_means_within_the_metres_asked_for(staff, get):
    near, far = story.place(), story.place(latitude="51.50000", longitude="7.46000")
    published(staff, at=[story.tuesdays(near)])
    published(staff, at=[story.tuesdays(far)])
    remote = published(staff, at=[story.tuesdays(None)])

    def towns(question):
        rows = get(f"service_at_locations?postcode=42651{question}")["contents"]
        return {row["location_id"] for row in rows}

    assert towns("&proximity=5000") == {str(near.uid)}
    assert towns("&proximity=100000") == {str(near.uid), str(far.uid)}
    both = {str(near.uid), str(far.uid), get(f"services/{remote.uid}")["service_at_locations"][0]["location_id"]}
    assert towns("") == both, "without a distance: what the centre of the postcode looks after"
    assert get("service_at_locations?postcode=50667")["contents"] == []


def test_search_finds_by_words(staff, get):
    from verbund.core import search

    offer = published(staff, title="Fahrradwerkstatt")
    published(staff, title="Chor")
    search.index("offer", [search.Document(offer.pk, "Fahrradwerkstatt")])
    assert [row["id"] for row in get("services?search=fahrr%C3%A4der")["contents"]] == [str(offer.uid)]
    assert get("services?search=nirgendwo")["empty"]
    assert [row["name"] for row in get("taxonomies?search=anliegen")["contents"]] == ["Anliegen"]


def test_a_rule_keeps_its_identifier_when_the_entry_is_edited(staff, get):
    offer = published(staff)
    before = get(f"services/{offer.uid}")["service_at_locations"][0]["schedules"]
    content = operations.OfferContent.of(offer)
    content.values["title"] = "Neuer Titel"
    operations.edit_offer(offer, content, seen=offer.version, on=TODAY, actor=staff)
    after = get(f"services/{offer.uid}")
    assert after["name"] == "Neuer Titel"
    assert after["service_at_locations"][0]["schedules"] == before


def test_hours_are_told_as_rules_with_the_offset_of_the_day(staff, get, time_machine):
    place, rules = story.place(), (("WEEKLY", "TU"), ("LAST", "-1TU"), ("SECOND", "2TU"), ("EVEN_WEEKS", "TU"))
    at = story.tuesdays(place)
    hours = tuple(Hours(1, time(15 + n), time(16 + n), rhythm=rule) for n, (rule, _byday) in enumerate(rules))
    offer = published(staff, at=[at.__class__(place=place.pk, hours=hours)])
    rows = get(f"services/{offer.uid}")["service_at_locations"][0]["schedules"]
    assert [row["byday"] for row in rows] == [byday for _rule, byday in rules]
    assert [row["freq"] for row in rows] == ["WEEKLY", "MONTHLY", "MONTHLY", "WEEKLY"]
    assert rows[3]["byweekno"].startswith("2,4,6,")
    assert (rows[0]["opens_at"], rows[0]["timezone"]) == ("15:00+01:00", 1)
    time_machine.move_to("2027-07-01 12:00+02:00", tick=False)
    summer = get(f"services/{offer.uid}")["service_at_locations"][0]["schedules"][0]
    assert (summer["opens_at"], summer["timezone"], summer["id"]) == ("15:00+02:00", 2, rows[0]["id"])


def test_texts_in_other_languages_say_who_made_them_and_whether_they_are_outdated(staff, get):
    offer = published(staff)
    sources = {"ar": offer.text_sha256(), "tr": "0" * 64}
    for language, source in sources.items():
        OfferText.objects.create(
            offer=offer, language_id=language, title="…", summary="…", origin="MACHINE", source_sha256=source
        )
    one = get(f"services/{offer.uid}")
    assert {row["language"]: row["is_outdated"] for row in one["translations"]} == {"ar": False, "tr": True}
    assert {row["origin"] for row in one["translations"]} == {"machine"}
    assert one["name"] == offer.title
    assert hsds_rules.faults("service", one) == []


def test_what_nobody_knows_about_a_place_is_told_as_not_known(staff, get):
    offer = published(staff)
    rows = get(f"services/{offer.uid}")["service_at_locations"][0]["location"]["accessibility"]
    assert len(rows) == Term.objects.filter(kind="FEATURE").count()
    assert {row["details"] for row in rows} == {"nicht bekannt"}


def test_a_paused_entry_is_temporarily_closed_and_says_until_when(staff, get):
    offer = published(staff)
    operations.pause_offer(offer, until=date(2027, 1, 10), reason="Umbau", on=TODAY, actor=staff)
    one = get(f"services/{offer.uid}")
    assert (one["status"], one["alert"]) == ("temporarily closed", "Vorübergehend geschlossen bis 10.01.2027.")


@pytest.mark.parametrize("name", ["services", "organizations", "service_at_locations"])
@pytest.mark.parametrize("full", ["true", "false"])
def test_the_number_of_statements_does_not_grow(staff, client_of, django_assert_num_queries, name, full):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, path = client_of(), f"/api/hsds/{name}?full={full}&per_page=100"
    world(staff, number=3)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    world(staff, number=9, seed=8)
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) <= len(few) + 2, "prefetches that had nothing to fetch the first time"
    assert len(many) <= 18
    assert OfferAtPlace.objects.count() > 12
