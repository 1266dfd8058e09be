"""Who keeps facts and contacts, and the page that asks whether they still hold."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.support.cast import centre
from verbund.accounts.roles import Role
from verbund.core.dates import add_months, today
from verbund.directory.models import CentreFact
from verbund.directory.tests.evidence import FACT, address, traces

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client_of, member):
    return client_of(member(Role.CENTRE_LEAD))


OF_FACTS = ("fact-add", "fact-correct", "fact-confirm", "fact-end")
OF_CONTACTS = ("contact-add", "contact-correct", "contact-confirm", "contact-end")


@pytest.mark.parametrize(
    ("role", "at", "facts", "contacts"),
    [
        (None, "", 302, 302),
        (Role.CENTRE_LEAD, "05122", 200, 200),
        (Role.OPERATOR, "", 200, 200),
        (Role.CENTRE_STAFF, "05122", 403, 200),
        (Role.CENTRE_LEAD, "05111", 403, 403),
        (Role.CENTRE_STAFF, "05111", 403, 403),
        *(
            (role, "05122", 403, 403)
            for role in Role
            if role not in {Role.CENTRE_LEAD, Role.CENTRE_STAFF, Role.OPERATOR}
        ),
    ],
)
def test_facts_are_kept_by_the_own_lead_contacts_also_by_its_staff(
    client_of, member, fact, contact, role, at, facts, contacts
):
    client = client_of(member(role, at=at) if role else None)
    before = traces()
    assert client.get(address("evidence")).status_code == contacts
    for names, record, status in ((OF_FACTS, fact, facts), (OF_CONTACTS, contact, contacts)):
        for name in names:
            target = address(name, None if name.endswith("add") else record)
            if not name.endswith("confirm"):
                assert client.get(target).status_code == status, name
            refused = client.post(target, {"version": 77}).status_code
            assert refused in {200: {409, 422}, 302: {403}, 403: {403}}[status], name
    assert traces() == before


@pytest.mark.parametrize("name", [*OF_FACTS, *OF_CONTACTS, "evidence"])
@pytest.mark.parametrize("pk", [0, 999_999, 10**30])
def test_what_does_not_exist_is_not_found(lead, name, pk):
    target = reverse(f"directory:{name}", args=[pk])
    assert (lead.post if name.endswith("confirm") else lead.get)(target).status_code == 404


def test_nothing_is_confirmed_by_opening_an_address(lead, fact, contact):
    before = traces()
    assert lead.get(address("fact-confirm", fact)).status_code == 405
    assert lead.get(address("contact-confirm", contact)).status_code == 405
    assert traces() == before


def rows_in(page: str, anchor: str) -> list[str]:
    found = re.search(rf'<section class="section" id="{anchor}">(.*?)</section>', page, re.DOTALL)
    return re.findall(r'<tr id="([a-z]+-\d+)"', found[1]) if found else []


def test_the_overview_asks_first_about_what_was_last_evidenced_more_than_a_year_ago(lead, fact, contact):
    solingen = centre()
    CentreFact.objects.filter(centre=solingen).exclude(pk=fact.pk).delete()
    year_ago = add_months(today(), -12)

    def goal(evidenced_until, **values):
        days = {"valid_from": date(2012, 1, 1), "evidenced_until": evidenced_until, "source": "x"} | values
        return CentreFact.objects.create(centre=solingen, kind="GOAL", text="Ziel", **days)

    older = goal(year_ago - timedelta(days=1))
    young = goal(year_ago)
    visit = goal(date(2014, 4, 25))
    CentreFact.objects.filter(pk=visit.pk).update(kind="ANNOUNCED_VISIT")
    over = goal(date(2014, 4, 25), valid_until=today() - timedelta(days=1))
    last = goal(date(2014, 4, 26), valid_until=today())
    page = lead.get(address("evidence")).content.decode()
    asked = rows_in(page, "pruefen")
    assert set(asked[:2]) == {f"fact-{fact.pk}", f"contact-{contact.pk}"}
    assert asked[2:] == [f"fact-{last.pk}", f"fact-{older.pk}"]
    assert set(rows_in(page, "angaben")) == {f"fact-{young.pk}", f"fact-{visit.pk}"}
    assert rows_in(page, "kontakt") == []
    assert rows_in(page, "beendet") == [f"fact-{over.pk}"]
    assert re.search(r"zuletzt belegt am <time[^>]*>31.12.2012</time> – gilt das noch\?", page)
    confirmable = {fact, older, young, last}
    buttons = re.findall(r'action="/zentren/angaben/(\d+)/gilt-weiter/', page)
    assert {int(pk) for pk in buttons} == {known.pk for known in confirmable}


def test_staff_see_the_facts_but_are_asked_only_about_contacts(client_of, member, contact):
    page = client_of(member(Role.CENTRE_STAFF)).get(address("evidence")).content.decode()
    assert rows_in(page, "pruefen") == [f"contact-{contact.pk}"]
    assert len(rows_in(page, "angaben")) == CentreFact.objects.filter(centre=centre(), valid_until=None).count()
    assert not re.search(r"/zentren/(\d+/angaben/neu|angaben/\d+)/", page)


def test_an_act_begun_on_the_overview_leads_back_there_and_nowhere_else(lead, fact):
    page = lead.get(address("evidence")).content.decode()
    target = re.search(rf'action="(/zentren/angaben/{fact.pk}/gilt-weiter/[^"]*)"', page)[1]
    assert lead.post(target, {"version": fact.version})["Location"] == address("evidence")
    elsewhere = address("fact-add") + "?von=https://anderswo.example"
    assert lead.post(elsewhere, FACT)["Location"] == "/zentren/05122/#angaben"


def test_a_centre_of_which_nothing_is_known_says_what_to_enter(client_of, member):
    CentreFact.objects.filter(centre=centre("05111")).delete()
    page = client_of(member(Role.CENTRE_LEAD, at="05111")).get(address("evidence", centre("05111"))).content.decode()
    assert "Noch keine Angabe, die heute gilt." in page
    assert "Tragen Sie ein, wie Ihr Zentrum zu erreichen ist" in page
    assert "im letzten Jahr belegt" not in page


def statements(client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address("evidence")).status_code == 200
    return len(asked)


def test_the_overview_asks_as_little_for_ten_as_for_one(lead, fact):
    CentreFact.objects.filter(centre=centre()).exclude(pk=fact.pk).delete()
    with_one = statements(lead)
    for _number in range(9):
        lead.post(address("fact-add"), FACT)
    lead.get(address("evidence"))  # shows the messages of what was done
    assert statements(lead) == with_one
