"""The page of a centre as it was on a day: what is known, how sure it is, and who sees posts and grants."""

import re
from datetime import date

import pytest
from django.utils import timezone

from verbund.accounts.roles import Role
from verbund.core.acting import SYSTEM
from verbund.directory.models import Centre, CentreContact, CentreFact, OrganisationName
from verbund.portal import centre_page
from verbund.portal import demo as demonstration
from verbund.staffing.models import Secondment
from verbund.staffing.operations import cancel_secondment

pytestmark = pytest.mark.django_db
DECEMBER_2012 = "/zentren/05122/?stichtag=2012-12-15"


@pytest.fixture(autouse=True)
def _no_pages_kept():
    centre_page._parts_for_visitors.cache_clear()


@pytest.fixture
def visitor(client_of):
    return client_of()


def page_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def section(page: str, anchor: str) -> str:
    found = re.search(rf'<section class="section" id="{anchor}">.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def test_solingen_in_december_2012_is_all_the_press_release_tells(visitor):
    page = page_of(visitor, DECEMBER_2012)
    for told in (
        "Stadtdienst Integration",
        "Die Welt zu Hause in Solingen",
        "Inklusive Bildung",
        "Schule, Ausbildung und Arbeit",
        "Kulturelle Vielfalt",
        "Integrationsbeauftragte",
        "0212 290-2225",
        "Integrationspreis",
        "14.167 € für Dezember 2012",
        "170.000 € im Jahr",
    ):
        assert told in page
    assert "nicht der heutige Stand" in page
    assert "zuletzt belegt" not in page


def test_what_a_source_told_for_2012_is_not_claimed_for_today(visitor):
    page = page_of(visitor, "/zentren/05122/")
    assert page.count("zuletzt belegt: Dezember 2012") == 7  # unit, two ideas, three goals, the old contact
    assert 'href="tel:' not in page
    assert "Ältere Angaben, die nicht mehr stimmen müssen" in page


def test_a_contact_confirmed_lately_can_be_called_at_once(visitor):
    centre = Centre.objects.get(key="05122")
    CentreContact.objects.create(
        centre=centre,
        function="Empfang",
        phone="0212 / 290-0",
        valid_from=date(2020, 1, 1),
        evidenced_until=timezone.now().date(),
        source="Webseite der Stadt",
    )
    assert 'href="tel:02122900"' in page_of(visitor, "/zentren/05122/")


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("05112", "Südosteuropa"),
        ("05124", "Südosteuropa"),
        ("05513", "Integrationsratswahl"),
        ("05978", "Integrationsratswahl"),
        ("05915", "Ältere Menschen"),
        ("05334002", "Ältere Menschen"),
        ("05762", "Besuch des Staatssekretärs"),
    ],
)
def test_topics_of_april_2014_stand_at_their_centres_and_not_before(visitor, key, told):
    assert told in page_of(visitor, f"/zentren/{key}/?stichtag=2014-04-25")
    assert told not in page_of(visitor, f"/zentren/{key}/?stichtag=2014-04-24")


def test_what_ended_is_gone_the_day_after(visitor):
    assert "Integrationsratswahl" in page_of(visitor, "/zentren/05978/?stichtag=2014-05-25")
    assert "Integrationsratswahl" not in page_of(visitor, "/zentren/05978/?stichtag=2014-05-26")


def test_the_way_ends_at_the_reference_day(visitor):
    way = section(page_of(visitor, "/zentren/05122/?stichtag=2012-07-04"), "weg")
    assert "Zustimmung zum Konzept" in way
    assert "Beschluss, in Solingen" not in way
    assert "Schritte liegen nach diesem Tag" in way
    assert "Beschluss, in Solingen" in section(page_of(visitor, "/zentren/05122/?stichtag=2012-07-05"), "weg")


@pytest.mark.parametrize(
    ("key", "day", "state"),
    [
        ("05122", "2012-07-04", "in Vorbereitung"),
        ("05122", "2012-12-01", "in Betrieb"),
        ("05158", "2014-04-25", "möglicherweise in Betrieb"),
        ("05154", "2018-08-31", "noch nicht"),
        ("05154", "2018-09-30", "in Betrieb"),
    ],
)
def test_the_state_stands_beside_the_name(visitor, key, day, state):
    head = page_of(visitor, f"/zentren/{key}/?stichtag={day}").split("</h1>")[1][:300]
    assert f">{state}<" in head


def test_a_centre_bears_the_name_of_the_day(visitor):
    centre = Centre.objects.get(key="05978")
    OrganisationName.objects.create(
        organisation_id=centre.pk, name="Zentrum alt", valid_until=date(2019, 12, 31), source="Kreistag"
    )
    then = page_of(visitor, "/zentren/05978/?stichtag=2019-12-31")
    assert "<h1" in then
    assert "Zentrum alt</h1>" in then
    assert "Zentrum alt</h1>" not in page_of(visitor, "/zentren/05978/?stichtag=2020-01-01")
    assert "Zentrum alt" in page_of(visitor, "/zentren/?stichtag=2019-12-31")
    assert "Zentrum alt" not in page_of(visitor, "/zentren/")


def test_links_from_a_past_day_stay_in_it(visitor):
    page = page_of(visitor, DECEMBER_2012)
    for address in ("/zentren/", "/netz/", "/programme/"):
        assert f'href="{address}?stichtag=2012-12-15"' in page
    assert "stichtag=" not in section(page_of(visitor, "/zentren/05122/"), "weg")


def test_a_text_without_end_entered_today_says_when_it_was_recorded(visitor):
    centre = Centre.objects.get(key="05111")
    CentreFact.objects.create(
        centre=centre,
        kind="GOAL",
        text="Sprache für alle",
        valid_from=date(2015, 1, 1),
        evidenced_until=date(2015, 12, 31),
        source="Vorlage",
    )
    page = page_of(visitor, "/zentren/05111/?stichtag=2015-06-01")
    assert re.search(r"Sprache für alle.*?nacherfasst <time", page, re.DOTALL)


@pytest.fixture
def demo_world():
    demonstration.load()


def test_posts_are_numbers_for_everybody_and_grants_for_those_who_may_read_them(demo_world, client_of, visitor):
    page = page_of(visitor, DECEMBER_2012)
    posts = section(page, "stellen")
    assert re.findall(r'<bdi class="number"[^>]*>([^<]*)</bdi>', posts) == [
        *("1", "2", "3", "3", "3"),
        *("0,5", "0,5", "0,5", "0,5"),
        *("2", "2", "2"),
    ]
    assert "Vorführung" in posts
    assert section(page, "foerderung") == ""


def test_a_page_in_memory_is_made_anew_when_a_notice_or_a_secondment_changes_its_posts(demo_world, visitor, client_of):
    address = "/zentren/05122/?stichtag=2012-12-15"
    assert section(page_of(visitor, address), "stellen").count(">2<") == 4
    secondment = Secondment.objects.filter(request__centre__key="05122").first()
    cancel_secondment(secondment, end_reason="Irrtum", actor=SYSTEM)
    assert section(page_of(visitor, address), "stellen").count(">2<") == 3


@pytest.mark.parametrize(
    ("role", "at", "sees"),
    [
        (Role.CENTRE_LEAD, "05122", True),
        (Role.TREASURY, "05122", True),
        (Role.GRANT_OFFICER, "", True),
        (Role.MINISTRY_READER, "", True),
        (Role.CENTRE_LEAD, "05978", False),
        (Role.SIGNATORY, "05978", False),
        (Role.CASE_TEAM, "05122", False),
        (Role.PROVIDER_MEMBER, "", False),
        (Role.OPERATOR, "", False),
    ],
)
def test_only_those_who_read_notices_see_the_grants(demo_world, client_of, member, role, at, sees):
    page = page_of(client_of(member(role, at=at) if at else member(role)), DECEMBER_2012)
    assert ("/foerderung/bescheide/" in page) is sees
    assert ("14.167,00" in section(page, "foerderung")) is sees


def test_before_the_notice_nothing_was_granted_and_nothing_paid(demo_world, client_of, member):
    lead = client_of(member(Role.CENTRE_LEAD))
    assert "kein Bescheid eingetragen" in page_of(lead, "/zentren/05122/?stichtag=2012-12-09")
    before_payment = section(page_of(lead, "/zentren/05122/?stichtag=2012-12-12"), "foerderung")
    assert re.findall(r'<bdi class="money"[^>]*>([^<]*)</bdi>', before_payment) == ["14.167,00\u202f€", "0,00\u202f€"]
    after = section(page_of(lead, "/zentren/05122/?stichtag=2012-12-13"), "foerderung")
    assert re.findall(r'<bdi class="money"[^>]*>([^<]*)</bdi>', after) == ["14.167,00\u202f€"] * 2
