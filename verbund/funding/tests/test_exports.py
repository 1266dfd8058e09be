"""The list of applications as a file shows what its page shows, to the same people, and nothing more."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.cast import acting, member
from verbund.accounts.roles import Role
from verbund.directory.models import Organisation
from verbund.funding import exports, operations
from verbund.funding.models import GrantApplication
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
CSV, XLSX = "/foerderung/antraege.csv", "/foerderung/antraege.xlsx"


def table(client, query: str = "") -> list[dict]:
    answer = client.get(CSV + query)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.fixture
def call(db):
    return story.call_for(2023)


@pytest.mark.postgres
def test_the_file_holds_one_line_for_each_application_in_german(call, client_of):
    story.granted(call, story.people(), amount="193500", on=date(2023, 4, 17))
    (line,) = table(client_of(member(Role.GRANT_OFFICER)))
    assert line["Zentrum"] == "Kommunales Integrationszentrum Stadt Solingen"
    assert (line["Haushaltsjahr"], line["Stand"], line["eingegangen"]) == ("2023", "bewilligt", "17.04.2023")
    assert (line["beantragt"], line["bewilligt"], line["verspätet"]) == ("193500,00", "193500,00", "nein")


def test_each_role_finds_in_the_file_what_it_finds_in_the_list(call, client_of):
    story.drafted(call, story.people())
    story.submitted(story.call_for(2024), story.people("05916"), key="05916")
    lines = {
        Role.CENTRE_LEAD: ["Entwurf"],
        Role.TREASURY: ["Entwurf"],
        Role.GRANT_OFFICER: ["eingereicht"],
        Role.MINISTRY_READER: ["eingereicht"],
        Role.COORDINATOR: ["eingereicht"],
    }
    assert {role: [line["Stand"] for line in table(client_of(member(role)))] for role in lines} == lines


@pytest.mark.parametrize("address", [CSV, XLSX])
def test_visitors_are_sent_to_sign_in_and_others_are_refused(client_of, address):
    assert client_of().get(address).status_code == 302
    for role in (Role.OPERATOR, Role.SCHOOL, Role.PROVIDER_MEMBER):
        assert client_of(member(role)).get(address).status_code == 403


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?jahr=2023", 1),
        ("?jahr=2024", 0),
        ("?stand=SUBMITTED", 1),
        ("?stand=DRAFT", 0),
        ("?suche=solingen", 1),
        ("?suche=Herne", 0),
        ("?zustaendig=ich", 0),
        ("?jahr=%C2%B2%C2%B2%C2%B2%C2%B2", 1),
        ("?suche=%00", 1),
        ("?bezirk=%00", 0),
    ],
)
def test_the_filters_of_the_list_count_for_the_file_and_nonsense_filters_nothing(call, client_of, query, found):
    story.submitted(call, story.people())
    client = client_of(member(Role.GRANT_OFFICER))
    assert len(table(client, query)) == found
    assert client.get(f"/foerderung/antraege/{query}").status_code == 200


def test_a_name_that_looks_like_a_formula_is_text_in_both_files(call, client_of):
    story.submitted(call, story.people())
    Organisation.objects.filter(centre__key="05122").update(name="\t=HYPERLINK(1)")
    client = client_of(member(Role.GRANT_OFFICER))
    assert table(client)[0]["Zentrum"] == "' =HYPERLINK(1)"
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(XLSX).content)).active
    assert [(cell.value, cell.data_type) for cell in sheet["C"]] == [("Zentrum", "s"), ("' =HYPERLINK(1)", "s")]


def test_three_lines_cost_one_statement_as_one_line_does(call):
    officer = acting(member(Role.GRANT_OFFICER))

    def statements() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as seen:
            count = len(list(exports.rows({}, officer)))
        return count, len(seen)

    cast = story.people()
    story.submitted(call, cast)
    assert statements() == (1, 1)
    for year in (2024, 2025):
        story.submitted(story.call_for(year), cast)
    assert statements() == (3, 1)


def test_a_withdrawn_application_stays_in_the_file(call, client_of):
    cast = story.people()
    application = story.submitted(call, cast)
    operations.withdraw_application(application, reason="Doppelt", on=date(2022, 7, 1), actor=cast.lead)
    assert GrantApplication.objects.get().status == "WITHDRAWN"
    assert [line["Stand"] for line in table(client_of(member(Role.GRANT_OFFICER)))] == ["zurückgezogen"]
