"""Who advises whom on what: nobody counted twice, the unit for schools only education, one statement for all."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support import cast
from verbund.accounts.roles import Role
from verbund.advising.accompaniments import counts, operations
from verbund.advising.tests import advice
from verbund.advising.tests.advice import TODAY
from verbund.directory.models import Organisation
from verbund.offers.tests import story

pytestmark = pytest.mark.django_db


def reader(role: str, code: str):
    return cast.member(role, Organisation.objects.get(code=code))


@pytest.fixture
def advised():
    """In Solingen a Kita in two fields and a club in one, the Kita twice; in Unna a Kita; one of last year."""
    solingen, unna = advice.people(), advice.people("05978")
    kita, club = advice.daycare("Kita Eins"), story.partner(kind="CLUB")
    first = advice.accompanied(kita, solingen.as_staff, field=advice.field(), first=advice.step(minutes=60))
    operations.record_step(first, advice.step(minutes=30), on=TODAY, actor=solingen.as_staff)
    advice.accompanied(kita, solingen.as_staff, field=advice.field("sports"))
    advice.accompanied(club, solingen.as_staff, field=advice.field("sports"))
    advice.accompanied(advice.daycare(key="05978"), unna.as_staff, stage=advice.stage())
    long_ago = advice.step(done_on=TODAY.replace(year=2025))
    advice.accompanied(advice.daycare("Kita Früher"), solingen.as_staff, first=long_ago)
    return solingen


def said(numbers) -> dict:
    return {one.name: (one.institutions, one.steps) for one in numbers if one.steps}


@pytest.mark.postgres
def test_an_institution_advised_in_two_fields_stands_in_both_and_counts_once(advised):
    found = counts.overview_for(advised.as_staff, year=2026)

    assert (found.total.institutions, found.total.steps, found.total.minutes) == (2, 4, 90)
    assert said(found.fields) == {"Frühe Bildung": (1, 2), "Sport": (2, 2)}
    assert said(found.kinds) == {"Kita oder Familienzentrum": (1, 3), "Verein": (1, 1)}
    assert found.districts == []
    assert counts.overview_for(advised.as_staff, year=2025).total.institutions == 1


def test_units_and_ministries_read_all_districts_and_those_for_schools_only_education(advised, client_of):
    state = counts.overview_for(cast.acting(reader(Role.COORDINATOR, "KOORD")), year=2026)
    sports = str(advice.field("sports").pk)
    by_field = counts.overview_for(cast.acting(reader(Role.MINISTRY_READER, "MIN-INTEGRATION")), year=2026, term=sports)

    assert state.total.institutions == 3
    assert len(state.districts) == 53
    assert said(state.districts) == {"Solingen": (2, 4), "Kreis Unna": (1, 1)}
    assert said(by_field.districts) == {"Solingen": (2, 2)}
    for role, code in ((Role.CONTROLLER, "LASI"), (Role.MINISTRY_READER, "MIN-SCHULE")):
        school = counts.overview_for(cast.acting(reader(role, code)), year=2026)
        assert (school.total.institutions, said(school.fields)) == (2, {"Frühe Bildung": (1, 2)})
        assert said(school.districts) == {"Solingen": (1, 2), "Kreis Unna": (1, 1)}
        pages = [client_of(reader(role, code)).get(f"/beratung/{page}/").text for page in ("ueberblick", "zahlen")]
        assert ["Integration durch Bildung" in page for page in pages] == [True, True]
        assert ["Sport</th>" in page for page in pages] == [False, False]


@pytest.fixture(autouse=True)
def in_march():
    with time_machine.travel("2026-03-11 12:00+01:00", tick=True):
        yield


def test_the_page_says_that_one_counts_once_and_the_file_has_districts_and_fields_without_names(advised, client_of):
    client = client_of(reader(Role.COORDINATOR, "KOORD"))

    page = client.get("/beratung/ueberblick/").content.decode()
    file = client.get("/beratung/ueberblick/liste.csv?jahr=2026").content.decode("utf-8-sig")

    assert "zählt aber in der Summe einmal" in page
    assert '"Kreis und Handlungsfeld";"Solingen";"Sport";"2";"2";"0"' in file
    assert "Kita Eins" not in page + file
    assert client.get("/beratung/ueberblick/?jahr=99999&feld=abc").status_code == 200


def test_the_numbers_are_asked_in_few_statements(advised):
    with CaptureQueriesContext(connection) as caught:
        counts.overview_for(cast.acting(advised.lead), year=2026)

    assert len(caught) == 2


def test_on_a_day_before_the_first_step_its_own_year_can_be_chosen(advised):
    assert counts.years_with_steps(on=TODAY) == [2026, 2025]
    assert counts.years_with_steps(on=date(2012, 11, 15)) == [2012]
