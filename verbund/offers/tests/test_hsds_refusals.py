"""What the open data refuse, and what they withstand."""

from uuid import UUID

import pytest

from verbund.accounts.roles import Role
from verbund.offers.opendata import openapi
from verbund.offers.opendata.parameters import PARAMETERS
from verbund.offers.opendata.values import uri
from verbund.offers.tests.hsds_world import world

pytestmark = pytest.mark.django_db
NIL = "00000000-0000-0000-0000-000000000000"
PATHS = {
    "/",
    "/openapi.json",
    "/services",
    "/services/{id}",
    "/organizations",
    "/organizations/{id}",
    "/taxonomies",
    "/taxonomies/{id}",
    "/taxonomy_terms",
    "/taxonomy_terms/{id}",
    "/service_at_locations",
    "/service_at_locations/{id}",
}
GOOD = {
    "search": "kurs",
    "page": "2",
    "per_page": "10",
    "format": "json",
    "taxonomy_term_id": NIL,
    "taxonomy_id": NIL,
    "organization_id": NIL,
    "modified_after": "2026-01-01T00:00:00Z",
    "minimal": "true",
    "full": "true",
    "postcode": "42651",
    "proximity": "1000",
}
HOSTILE = ["", "-1", "0", "1e9", "9" * 40, "\x00", "١٢", "'; DROP TABLE x;--", "x" * 5000, "🦄", "%", "null", "[]", " "]


@pytest.fixture
def get(client_of):
    client = client_of()
    return lambda path, **data: client.get(f"/api/hsds{path}", data)


@pytest.mark.parametrize(
    ("path", "question", "parameter"),
    [
        ("/services", {"page": "0"}, "page"),
        ("/services", {"page": "-1"}, "page"),
        ("/services", {"per_page": "101"}, "per_page"),
        ("/services", {"per_page": "zehn"}, "per_page"),
        ("/services", {"taxonomy_term_id": "7"}, "taxonomy_term_id"),
        ("/services", {"organization_id": "7"}, "organization_id"),
        ("/services", {"modified_after": "gestern"}, "modified_after"),
        ("/services", {"full": "ja"}, "full"),
        ("/services", {"format": "xml"}, "format"),
        ("/services", {"format": "ndjson", "page": "2"}, "page"),
        ("/services", {"search": " "}, "search"),
        ("/services", {"postcode": "42651"}, "postcode"),
        ("/services", {"sort": "name"}, "sort"),
        ("/services", {"page": ["1", "2"]}, "page"),
        ("/service_at_locations", {"postcode": "4265"}, "postcode"),
        ("/service_at_locations", {"proximity": "1000"}, "proximity"),
        ("/service_at_locations", {"postcode": "42651", "proximity": "-1"}, "proximity"),
        ("/service_at_locations", {"postcode": "10115", "proximity": "1000"}, "postcode"),
        ("/organizations", {"minimal": "true"}, "minimal"),
        ("/taxonomies", {"full": "true"}, "full"),
        ("/", {"page": "1"}, "page"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(get, path, question, parameter):
    response = get(path, **question)
    assert response.status_code == 400
    assert response.json()["parameter"] == parameter
    assert f"„{parameter}“" in response.json()["error"] or parameter in {"page", "postcode"}
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.postgres
def test_no_parameter_brings_it_down(get, member, acting):
    world(acting(member(Role.CENTRE_STAFF)), number=2)
    for path in ("/services", "/organizations", "/service_at_locations", "/taxonomy_terms"):
        for name in PARAMETERS:
            for value in HOSTILE:
                extra = {"postcode": "42651"} if name == "proximity" else {}
                assert get(path, **{name: value}, **extra).status_code in {200, 400}, (path, name, value)
    assert get("/services", page="999999999").json()["empty"]
    for moment in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"):
        assert get("/services", modified_after=moment).status_code == 400


@pytest.mark.parametrize("name", ["services", "organizations", "taxonomies", "taxonomy_terms", "service_at_locations"])
def test_what_is_not_there_is_said_as_json(get, name):
    for path in (f"/{name}/{NIL}", f"/{name}/keine-kennung", f"/{name}/", "/nirgendwo"):
        response = get(path)
        assert response.status_code == 404
        assert response.json()["error"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client_of, method):
    response = getattr(client_of(), method)("/api/hsds/services")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["error"]
    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize("address", ["", "services", f"services/{UUID(int=1)}", "gibt-es-nicht"])
def test_a_browser_that_asks_before_reading_from_another_house_may_read(client_of, address):
    asks = {"Origin": "https://andere.example", "Access-Control-Request-Method": "GET"}
    response = client_of().options(f"/api/hsds/{address}", headers=asks)
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD"


def test_a_post_without_a_token_is_told_to_read(settings, client_of):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post("/api/hsds/services").status_code == 405


def test_the_front_page_leads_to_profile_and_description(get, client_of):
    about = get("/").json()
    assert about["version"] == "3.1"
    for name in ("profile", "openapi_url"):
        path = about[name].removeprefix("http://testserver")
        assert client_of().get(path).status_code == 200


def test_the_description_names_exactly_what_there_is(get):
    document = get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == PATHS == {path for path, _view in openapi.routes()}
    assert set(document["components"]["parameters"]) == set(GOOD)
    names = [operation["get"]["operationId"] for operation in document["paths"].values()]
    assert len(set(names)) == len(names)


def test_each_address_takes_the_parameters_the_description_names_and_no_other(get):
    document = get("/openapi.json").json()
    for path in PATHS - {path for path in PATHS if path.endswith("{id}")}:
        named = {one["$ref"].rsplit("/")[-1] for one in document["paths"][path]["get"]["parameters"] if "$ref" in one}
        for name, value in GOOD.items():
            extra = {"postcode": GOOD["postcode"]} if name == "proximity" and "postcode" in named else {}
            assert get(path, **{name: value}, **extra).status_code == (200 if name in named else 400), (path, name)


def test_web_addresses_are_told_as_browsers_call_them():
    assert uri("https://müller.example/über uns?a=[1]") == "https://xn--mller-kva.example/%C3%BCber%20uns?a=%5B1%5D"
    assert uri("https://verein.example") == "https://verein.example"
    for wrong in ("", "javascript:alert(1)", "verein", "https://", "http://a b/", "https://nutzer:wort@verein.example"):
        assert uri(wrong) == ""


def test_an_answer_is_german_whatever_the_reader_speaks(get, member, acting, client_of):
    world(acting(member(Role.CENTRE_STAFF)), number=1)
    plain = client_of().get("/api/hsds/services?full=true").json()
    other = client_of().get("/api/hsds/services?full=true", headers={"accept-language": "ar"}).json()
    assert plain == other
