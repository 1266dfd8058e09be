"""Facts and contacts of a centre are recorded, corrected, confirmed and ended, each with days and source."""

import re
from datetime import date

import pytest

from tests.support.cast import centre
from verbund.accounts.roles import Role
from verbund.core.dates import day_in_berlin, today
from verbund.core.models import AuditEntry
from verbund.directory.models import CentreContact, CentreFact
from verbund.directory.tests.evidence import CONTACT, FACT, address, form_of, traces

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client_of, member):
    return client_of(member(Role.CENTRE_LEAD))


@pytest.fixture
def visitor(client_of):
    return client_of()


def test_a_fact_for_2013_entered_today_carries_the_day_of_its_record(lead, visitor):
    visitor.get("/zentren/05122/?stichtag=2013-06-01")
    response = lead.post(address("fact-add"), FACT)
    assert response["Location"] == "/zentren/05122/#angaben"
    fact = CentreFact.objects.get(code=None)
    assert (fact.valid_from, fact.evidenced_until, fact.valid_until) == (date(2013, 2, 1), date(2013, 12, 31), None)
    assert day_in_berlin(fact.recorded_at) == today()
    page = visitor.get("/zentren/05122/?stichtag=2013-06-01").content.decode()
    assert fact.text in page
    assert re.search(rf"nacherfasst\s*<time[^>]*>{today():%d.%m.%Y}", page[page.index(fact.text) :])
    assert fact.text not in visitor.get("/zentren/05122/?stichtag=2013-01-31").content.decode()
    entry = AuditEntry.objects.get(verb="record_fact")
    assert (entry.target_id, entry.chain.organisation_id) == (str(fact.pk), fact.centre_id)
    assert entry.changes["text"] == [None, fact.text]


def test_what_is_recorded_later_stays_so_on_earlier_days_when_it_is_confirmed(lead, visitor):
    lead.post(address("fact-add"), FACT)
    fact = CentreFact.objects.get(code=None)
    lead.post(address("fact-confirm", fact))
    for query, is_recorded_later in (("?stichtag=2013-06-01", True), ("?stichtag=2020-06-01", True), ("", False)):
        page = visitor.get(f"/zentren/05122/{query}").content.decode()
        row = page[page.index(fact.text) :].split("</li>")[0]
        assert ("nacherfasst" in row) == is_recorded_later, query
        assert "belegt" in row


def test_a_goal_without_a_place_goes_behind_the_others(lead):
    last = CentreFact.objects.filter(centre=centre(), kind="GOAL").order_by("position").last().position
    lead.post(address("fact-add"), FACT)
    lead.post(address("fact-add"), FACT | {"kind": "TOPIC", "position": "7"})
    assert list(CentreFact.objects.filter(code=None).order_by("pk").values_list("position", flat=True)) == [last + 1, 7]


def test_staff_record_a_contact_by_its_function(client_of, member, visitor):
    visitor.get("/zentren/05122/?stichtag=2013-06-01")
    response = client_of(member(Role.CENTRE_STAFF)).post(address("contact-add"), CONTACT)
    assert response["Location"] == "/zentren/05122/#kontakt"
    contact = CentreContact.objects.get(code=None)
    assert (contact.function, contact.phone, contact.website) == (
        "Geschäftsstelle",
        "+49 (0)212 / 290-2225",
        "https://www.stadt.example/ki",
    )
    assert "ki@stadt.example" in visitor.get("/zentren/05122/?stichtag=2013-06-01").content.decode()
    assert AuditEntry.objects.get(verb="record_contact").target_id == str(contact.pk)


def test_a_correction_keeps_the_earlier_wording_in_the_trail(lead, visitor, fact):
    earlier = fact.text
    visitor.get("/zentren/05122/?stichtag=2012-12-15")
    response = lead.post(address("fact-correct", fact), form_of(fact) | {"text": "Bildung für alle"})
    assert response["Location"] == "/zentren/05122/#angaben"
    page = visitor.get("/zentren/05122/?stichtag=2012-12-15").content.decode()
    assert "Bildung für alle" in page
    assert earlier not in page
    assert AuditEntry.objects.get(verb="correct_fact").changes == {"text": [earlier, "Bildung für alle"]}
    assert "Angabe berichtigt" in lead.get(address("fact-correct", fact)).content.decode()


@pytest.mark.parametrize(
    ("name", "verb", "field"), [("fact", "correct_fact", "text"), ("contact", "correct_contact", "function")]
)
def test_the_second_of_two_sees_what_is_stored_and_keeps_the_own_text(lead, request, name, verb, field):
    record = request.getfixturevalue(name)
    target, values = address(f"{name}-correct", record), form_of(record)
    assert lead.post(target, values | {field: "erster Text"}).status_code == 302
    second = lead.post(target, values | {field: "zweiter Text"})
    page = second.content.decode()
    assert second.status_code == 409
    assert page.index("Jetzt ist gespeichert") < page.index("erster Text") < page.index("zweiter Text")
    record.refresh_from_db()
    assert getattr(record, field) == "erster Text"
    assert AuditEntry.objects.filter(verb=verb).count() == 1
    del values["version"]
    assert lead.post(target, values).status_code == 409


@pytest.mark.parametrize(("name", "place"), [("fact", "angaben"), ("contact", "kontakt")])
def test_one_press_says_that_it_still_holds_and_by_whom(lead, request, name, place):
    record = request.getfixturevalue(name)
    source, changed_at = record.source, record.centre.changed_at
    response = lead.post(address(f"{name}-confirm", record), {"version": record.version})
    assert response["Location"] == f"/zentren/05122/#{place}"
    record.refresh_from_db()
    who = "Leitung, Kommunales Integrationszentrum Stadt Solingen"
    assert (record.evidenced_until, record.source) == (today(), f"{source}; weiter laut: {who}")
    assert record.centre.changed_at > changed_at
    entry = AuditEntry.objects.get(verb="confirm_evidence")
    assert entry.note == f"gilt weiter laut: {who}"
    assert entry.changes["evidenced_until"] == ["2012-12-31", today().isoformat()]
    assert lead.post(address(f"{name}-confirm", record)).status_code == 422
    assert AuditEntry.objects.count() == 1


def test_a_confirmation_a_year_later_does_not_name_the_same_function_twice(lead, fact):
    lead.post(address("fact-confirm", fact))
    source = CentreFact.objects.get(pk=fact.pk).source
    CentreFact.objects.filter(pk=fact.pk).update(evidenced_until=date(2020, 1, 1))
    lead.post(address("fact-confirm", fact))
    fact.refresh_from_db()
    assert (fact.evidenced_until, fact.source) == (today(), source)


def test_a_source_that_is_full_stays_as_it_is_and_the_trail_says_who_confirmed(lead, fact):
    CentreFact.objects.filter(pk=fact.pk).update(source="x" * 300)
    assert lead.post(address("fact-confirm", fact)).status_code == 302
    fact.refresh_from_db()
    assert fact.source == "x" * 300
    assert "Leitung" in AuditEntry.objects.get().note


def test_what_has_ended_or_was_only_announced_is_not_confirmed(lead, fact):
    visit = CentreFact.objects.get(code="05122-visit")
    CentreFact.objects.filter(pk=fact.pk).update(valid_until=date(2015, 1, 1))
    before = traces()
    for known, sentence in ((fact, "Das Ende ist schon eingetragen."), (visit, "Besuch dauert nicht fort")):
        response = lead.post(address("fact-confirm", known))
        assert response.status_code == 422
        assert sentence in response.content.decode()
    assert traces() == before


@pytest.mark.parametrize(("name", "place"), [("fact", "angaben"), ("contact", "kontakt")])
def test_an_end_bears_its_source_and_the_days_before_stay(lead, visitor, request, name, place):
    record = request.getfixturevalue(name)
    source, shown = record.source, getattr(record, "phone", str(record))
    values = {"last_day": "30.06.2015", "source": "Vorlage 9/2015", "version": record.version}
    response = lead.post(address(f"{name}-end", record), values)
    assert response["Location"] == f"/zentren/05122/#{place}"
    record.refresh_from_db()
    assert (record.valid_until, record.source) == (date(2015, 6, 30), f"{source}; Ende: Vorlage 9/2015")
    assert AuditEntry.objects.get(verb="end_evidence").changes["valid_until"] == [None, "2015-06-30"]
    assert shown in visitor.get("/zentren/05122/?stichtag=2015-06-30").content.decode()
    assert shown not in visitor.get("/zentren/05122/?stichtag=2015-07-01").content.decode()
    again = lead.post(address(f"{name}-end", record), values | {"version": record.version})
    assert again.status_code == 422
    assert "Das Ende ist schon eingetragen." in again.content.decode()


def test_a_form_sent_twice_records_one_fact(lead):
    for _turn in range(2):
        assert lead.post(address("fact-add"), FACT | {"_once": "0" * 32})["Location"] == "/zentren/05122/#angaben"
    assert CentreFact.objects.filter(code=None).count() == 1
