"""The public pages, and who may change what they say."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from verbund.accounts.roles import Role
from verbund.core.models import AuditEntry
from verbund.directory.models import Centre, LifeStep, Organisation, OrganisationName
from verbund.directory.views import centres

pytestmark = pytest.mark.django_db
ATTACK = "<script>alert(1)</script>\"'><b>x"

STEP = {
    "kind": "AWARD",
    "body": "Land",
    "day_from": "14.11.2019",
    "evidence": "EVIDENCED",
    "result": "Preis",
    "source": "Vorlage 12/2019",
}


def names_in(response) -> list[str]:
    return re.findall(r'class="row-link" href="/zentren/(\d+)/"', response.content.decode())


@pytest.fixture
def visitor(client_of):
    return client_of()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, 54),
        ({"bezirk": "Arnsberg"}, 12),
        ({"art": "CITY"}, 23),
        ({"art": "COUNTY"}, 31),
        ({"beleg": "EVIDENCED"}, 17),
        ({"beleg": "RANGE"}, 37),
        ({"bezirk": "Köln", "art": "CITY"}, 4),
        ({"suche": "gibt es nicht"}, 0),
    ],
)
def test_the_list_shows_what_the_filters_say(visitor, filters, expected):
    assert len(names_in(visitor.get("/zentren/", filters))) == expected


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("solingen", ["05122"]),
        ("KÖLN", ["05315"]),
        ("koln", ["05315"]),
        ("Wermelskirchen", ["05378"]),
        ("42651", ["05122"]),
        ("52062", ["05334002"]),
        ("52477", ["05334"]),
        ("Gummersbach", ["05374"]),
        ("99999", []),
        ("1234", []),
    ],
)
def test_a_centre_is_found_by_name_town_and_postcode(visitor, text, keys):
    assert names_in(visitor.get("/zentren/", {"suche": text})) == keys


@pytest.mark.parametrize(
    "filters",
    [
        {"bezirk": "Bayern"},
        {"art": "X' OR 1=1 --"},
        {"beleg": "0"},
        {"suche": "x" * 5000},
        {"suche": "a\x00b"},
        {"unbekannt": "1", "art": ["CITY", "Quatsch"]},
    ],
)
def test_a_filter_that_does_not_exist_is_named_and_not_applied(visitor, filters):
    response = visitor.get("/zentren/", filters)
    assert response.status_code == 200
    assert len(names_in(response)) == 54
    assert 'aria-invalid="true"' in response.content.decode()


def test_lists_are_in_the_order_of_places(visitor):
    keys = names_in(visitor.get("/zentren/", {"bezirk": "Düsseldorf"}))
    assert keys[:3] == ["05112", "05111", "05113"]  # Duisburg, Düsseldorf, Essen


@pytest.mark.parametrize("key", ["99999", "5122", "05122-x", "abc", "05334003"])
def test_an_unknown_centre_is_not_found(visitor, key):
    assert visitor.get(f"/zentren/{key}/").status_code == 404


def test_the_page_of_a_centre_says_where_it_is_and_how_it_came_about(visitor):
    page = visitor.get("/zentren/05122/").content.decode()
    for text in (
        "Stadt Solingen",
        "165.626",
        "31.12.2024",
        "Stadtdienst Integration",
        "05.07.2012",
        "14.167 €",
        "ZUWI",
    ):
        assert text in page
    way = page[page.index('id="weg"') :]
    assert way.index("November 2011") < way.index("05.07.2012") < way.index("14.167 €")
    assert page.count("nur als Zeitraum bekannt") == 1
    assert "zuletzt belegt: Dezember 2012" in page


def test_an_estimated_population_is_not_printed(visitor):
    page = visitor.get("/zentren/05334002/").content.decode()
    assert "255.987" not in page
    assert "582.410" in page


def test_pages_are_light_and_ask_little(visitor, django_assert_max_num_queries):
    visitor.get("/zentren/05111/")  # reads the rows of the guideline, once for all
    for address in ("/zentren/", "/zentren/05122/", "/zentren/05334/", "/netz/"):
        with django_assert_max_num_queries(15):
            response = visitor.get(address)
        assert response.status_code == 200
        assert len(response.content) < 60 * 1024


def statements(client, address) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_list_of_one_row_asks_as_much_as_one_of_three(visitor):
    one, three = "/zentren/?art=CITY&bezirk=Detmold", "/zentren/?art=CITY&bezirk=Münster"
    assert [len(names_in(visitor.get(address))) for address in (one, three)] == [1, 3]
    centres._found.cache_clear()
    assert statements(visitor, one) == statements(visitor, three) <= 7


def test_the_list_shows_a_new_name_at_once(visitor, client_of, member):
    assert "kiz Solingen" not in visitor.get("/zentren/").content.decode()
    centre = Centre.objects.get(key="05122")
    client_of(member(Role.CENTRE_LEAD)).post(
        f"/zentren/{centre.pk}/bearbeiten/", {"version": 1, "name": "kiz Solingen"}
    )
    assert "kiz Solingen" in visitor.get("/zentren/").content.decode()


def test_a_life_of_one_step_asks_as_much_as_one_of_eight(visitor):
    visitor.get("/zentren/05978/")
    assert statements(visitor, "/zentren/05111/") == statements(visitor, "/zentren/05122/") <= 14


def test_a_page_asked_for_again_comes_from_memory_until_the_centre_changes(visitor, client_of, member):
    statements(visitor, "/zentren/05122/")
    assert statements(visitor, "/zentren/05122/") <= 2
    centre = Centre.objects.get(key="05122")
    client_of(member(Role.CENTRE_LEAD)).post(f"/zentren/{centre.pk}/bearbeiten/", {"version": 1, "name": "Neuer Name"})
    page = visitor.get("/zentren/05122/").content.decode()
    assert "Neuer Name" in page
    client_of(member(Role.CENTRE_LEAD)).post(f"/zentren/{centre.pk}/verlauf/neu/", STEP)
    assert "Vorlage 12/2019" in visitor.get("/zentren/05122/").content.decode()


def test_what_only_the_lead_sees_is_never_kept_for_visitors(visitor, client_of, member):
    lead = client_of(member(Role.CENTRE_LEAD))
    for _turn in range(2):
        assert "bearbeiten/" in lead.get("/zentren/05122/").content.decode()
        assert "bearbeiten/" not in visitor.get("/zentren/05122/").content.decode()


@pytest.mark.parametrize(
    ("day", "there", "not_there"),
    [
        ("2012-12-15", ["(MAIS)", "(MSW)"], ["(MKJFGFI)", "(MSB)"]),
        ("25.04.2014", ["(MAIS)", "(LaKI)"], ["(MKFFI)"]),
        ("2022-01-01", ["(MKFFI)", "(LaSI)"], []),
        ("2022-12-31", ["(MKJFGFI)", "(MSB)"], []),
    ],
)
def test_who_is_who_by_day(visitor, day, there, not_there):
    page = visitor.get("/netz/", {"stichtag": day}).content.decode()
    headings = " ".join(re.findall(r"<h3[^>]*>(.*?)</h3>", page))
    assert all(name in headings for name in there)
    assert not any(name in headings for name in not_there)
    assert "nicht der heutige Stand" in page


@pytest.mark.parametrize("day", ["quatsch", "2012-13-45", "31.02.2014", "0001-01-01", "9999-12-31", "2014" * 500])
def test_a_day_that_is_none_is_said_and_today_is_shown(visitor, day):
    response = visitor.get("/netz/", {"stichtag": day})
    assert response.status_code == 200
    assert "kann nicht gezeigt werden" in response.content.decode()
    assert "MKJFGFI" in response.content.decode()


def test_text_in_names_is_never_markup(visitor, client_of, member):
    centre = Centre.objects.get(key="05122")
    Organisation.objects.filter(pk__in=[centre.pk, centre.carrier_id]).update(name=ATTACK, short_name=ATTACK[:60])
    Organisation.objects.filter(code="BRA-36").update(name=ATTACK, address=ATTACK, source=ATTACK, period_note=ATTACK)
    Centre.objects.update(seat=ATTACK, started_note=ATTACK)
    LifeStep.objects.update(body=ATTACK, result=ATTACK, source=ATTACK)
    OrganisationName.objects.create(organisation_id=centre.pk, name=ATTACK, source=ATTACK)
    step = LifeStep.objects.filter(centre=centre).first()
    operator = client_of(member(Role.OPERATOR))
    for client, address in [
        (visitor, "/zentren/"),
        (visitor, "/zentren/05122/"),
        (visitor, "/netz/"),
        (visitor, "/zentren/?suche=" + ATTACK),
        (operator, f"/zentren/{centre.pk}/bearbeiten/"),
        (operator, f"/zentren/verlauf/{step.pk}/"),
    ]:
        page = client.get(address).content.decode()
        assert "&lt;script&gt;" in page, address
        assert "<script>" not in page, address
        assert "<b>x" not in page, address


def edit_pages() -> list[str]:
    solingen = Centre.objects.get(key="05122")
    step = LifeStep.objects.get(code="05122-council")
    return [
        f"/zentren/{solingen.pk}/bearbeiten/",
        f"/zentren/{solingen.pk}/verlauf/neu/",
        f"/zentren/verlauf/{step.pk}/",
    ]


@pytest.mark.parametrize(
    ("role", "at", "status"),
    [
        (None, "", 302),
        (Role.CENTRE_LEAD, "05122", 200),
        (Role.OPERATOR, "05122", 200),
        (Role.CENTRE_LEAD, "05111", 403),
        (Role.CENTRE_STAFF, "05122", 403),
        (Role.SIGNATORY, "05122", 403),
        (Role.GRANT_OFFICER, "", 403),
        (Role.COORDINATOR, "", 403),
        (Role.AUDITOR, "", 403),
    ],
)
def test_only_the_own_lead_and_the_operator_change_a_centre(client_of, member, role, at, status):
    client = client_of(member(role, at=at) if role else None)
    for address in edit_pages():
        assert client.get(address).status_code == status, address
        before = (LifeStep.objects.count(), AuditEntry.objects.count())
        answer = client.post(address, {"short_name": "fremd", "version": 1}).status_code
        assert role is None or answer == (422 if status == 200 else status), address
        assert (LifeStep.objects.count(), AuditEntry.objects.count()) == before
    for pk in (0, 999_999):
        assert client.get(f"/zentren/{pk}/bearbeiten/").status_code == (302 if role is None else 404)


def test_edit_links_are_shown_only_to_those_who_may(client_of, member, visitor):
    lead = client_of(member(Role.CENTRE_LEAD))
    assert "bearbeiten/" in lead.get("/zentren/05122/").content.decode()
    assert "verlauf/" in lead.get("/zentren/05122/").content.decode()
    assert "verlauf/" not in lead.get("/zentren/05111/").content.decode()
    assert "bearbeiten/" not in visitor.get("/zentren/05122/").content.decode()


def test_a_lead_gives_the_centre_its_local_name(client_of, member):
    centre = Centre.objects.get(key="05122")
    lead = member(Role.CENTRE_LEAD)
    values = {"version": 1, "name": "KI Solingen", "short_name": "KI"}
    response = client_of(lead).post(f"/zentren/{centre.pk}/bearbeiten/", values)
    assert response["Location"] == "/zentren/05122/"
    assert Organisation.objects.get(pk=centre.pk).name == "KI Solingen"
    entry = AuditEntry.objects.get(verb="describe_centre")
    assert (entry.target_id, entry.actor, entry.chain.organisation_id) == (str(centre.pk), lead.user, centre.pk)
    assert entry.changes["name"] == ["Kommunales Integrationszentrum Stadt Solingen", "KI Solingen"]


def test_a_page_edited_by_two_keeps_the_text_of_the_second_and_shows_the_first(client_of, member):
    centre = Centre.objects.get(key="05122")
    client = client_of(member(Role.CENTRE_LEAD))
    address, values = f"/zentren/{centre.pk}/bearbeiten/", {"version": 1, "name": "Erster Name"}
    client.post(address, values)
    response = client.post(address, values | {"name": "Zweiter Name"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Erster Name" in page
    assert 'value="Zweiter Name"' in page
    assert Organisation.objects.get(pk=centre.pk).name == "Erster Name"
    assert AuditEntry.objects.filter(verb="describe_centre").count() == 1


def test_a_lead_records_a_step_that_appears_as_recorded_later(client_of, member, visitor):
    centre = Centre.objects.get(key="05122")
    response = client_of(member(Role.CENTRE_LEAD)).post(f"/zentren/{centre.pk}/verlauf/neu/", STEP)
    assert response["Location"] == "/zentren/05122/#weg"
    step = LifeStep.objects.get(code=None)
    assert (step.day_from, step.day_until, step.source) == (date(2019, 11, 14), date(2019, 11, 14), "Vorlage 12/2019")
    page = visitor.get("/zentren/05122/").content.decode()
    assert re.search(r"Vorlage 12/2019 · nacherfasst <time", page)
    assert AuditEntry.objects.get(verb="record_life_step").chain.organisation_id == centre.pk


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"source": ""}, "source", "Bitte füllen Sie dieses Feld aus."),
        ({"day_from": "", "day_until": ""}, "day_from", "Geben Sie den Tag oder den Zeitraum an, in dem er liegt."),
        ({"day_from": "", "day_until": "14.11.2019"}, "day_from", "Nur bei einem Vorläufer darf der Beginn fehlen."),
        ({"day_until": "13.11.2019"}, "day_until", "Der späteste Tag liegt vor dem frühesten."),
        ({"day_from": "30.02.2019"}, "day_from", "Diesen Tag gibt es nicht. Beispiel: 31.10.2022"),
        ({"day_from": "01.01.2099"}, "day_from", "Der Tag liegt in der Zukunft."),
        ({"day_from": "01.01.0200"}, "day_from", "Das Jahr liegt außerhalb von 1970 bis 2100."),
        ({"kind": "QUATSCH"}, "kind", "Bitte wählen Sie einen Eintrag aus der Liste."),
        ({"result": "x" * 401}, "result", "400"),
    ],
)
def test_a_wrong_step_is_refused_at_its_field_and_keeps_what_was_typed(client_of, member, changed, field, sentence):
    centre = Centre.objects.get(key="05122")
    response = client_of(member(Role.CENTRE_LEAD)).post(f"/zentren/{centre.pk}/verlauf/neu/", STEP | changed)
    page = response.content.decode()
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert sentence in page
    assert 'value="Land"' in page
    assert not LifeStep.objects.filter(code=None).exists()
    assert not AuditEntry.objects.exists()


def test_a_step_is_corrected_once_and_the_earlier_wording_stays_in_the_trail(client_of, member):
    step = LifeStep.objects.get(code="05122-council")
    client = client_of(member(Role.OPERATOR))
    address = f"/zentren/verlauf/{step.pk}/"
    values = STEP | {"kind": "RESOLUTION", "result": "Ratsbeschluss Nr. 7", "version": 1}
    assert client.post(address, values).status_code == 302
    second = client.post(address, values | {"result": "anders"})
    assert second.status_code == 409
    assert "Ratsbeschluss Nr. 7" in second.content.decode()
    step.refresh_from_db()
    assert step.result == "Ratsbeschluss Nr. 7"
    entry = AuditEntry.objects.get(verb="correct_life_step")
    assert entry.changes["result"][0].startswith("Beschluss, in Solingen")


def test_a_form_sent_twice_records_one_step(client_of, member):
    centre = Centre.objects.get(key="05122")
    client = client_of(member(Role.CENTRE_LEAD))
    values = STEP | {"_once": "0" * 32}
    answers = [client.post(f"/zentren/{centre.pk}/verlauf/neu/", values)["Location"] for _ in range(2)]
    assert answers == ["/zentren/05122/#weg"] * 2
    assert LifeStep.objects.filter(code=None).count() == 1


@pytest.mark.parametrize("address", ["/zentren/", "/zentren/05122/", "/netz/"])
def test_public_pages_answer_to_reading_only(visitor, address):
    assert visitor.head(address).status_code == 200
    assert visitor.post(address).status_code == 405
