"""The facts and contacts of a centre are kept true: who may, what is recorded, what is refused and why."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.support.cast import centre
from verbund.accounts.roles import Role
from verbund.core.dates import add_months, day_in_berlin, today
from verbund.core.models import AuditEntry
from verbund.directory.models import Centre, CentreContact, CentreFact

pytestmark = pytest.mark.django_db

FACT = {
    "kind": "GOAL",
    "text": "Eltern beraten, bevor ihr Kind in die Schule kommt",
    "valid_from": "01.02.2013",
    "evidenced_until": "31.12.2013",
    "source": "Vorlage 4/2013",
}
CONTACT = {
    "function": "Geschäftsstelle",
    "phone": "+49 (0)212 / 290-2225",
    "email": "ki@stadt.example",
    "website": "https://www.stadt.example/ki",
    "valid_from": "01.02.2013",
    "evidenced_until": "31.12.2013",
    "source": "Webseite am 31.12.2013",
}
ATTACK = "<script>alert(1)</script>\"'><b>x"


@pytest.fixture
def fact() -> CentreFact:
    return CentreFact.objects.get(code="05122-goal-1")


@pytest.fixture
def contact() -> CentreContact:
    return CentreContact.objects.get(code="05122-contact-2012")


@pytest.fixture
def lead(client_of, member):
    return client_of(member(Role.CENTRE_LEAD))


@pytest.fixture
def visitor(client_of):
    return client_of()


def address(name: str, record=None) -> str:
    return reverse(f"directory:{name}", args=[(record or centre()).pk])


def form_of(record) -> dict:
    """What the form of a fact or contact holds when nothing is changed."""
    names = FACT if isinstance(record, CentreFact) else {**CONTACT, "address": ""}
    values = {name: getattr(record, name) for name in names}
    days = {name: f"{value:%d.%m.%Y}" for name, value in values.items() if isinstance(value, date)}
    return values | days | {"version": record.version}


def traces() -> tuple:
    """Everything a refused act must leave as it was."""
    return (
        list(CentreFact.objects.order_by("pk").values()),
        list(CentreContact.objects.order_by("pk").values()),
        list(Centre.objects.order_by("pk").values_list("changed_at", flat=True)),
        AuditEntry.objects.count(),
    )


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
def test_facts_are_kept_by_the_own_lead_contacts_also_by_its_staff(client_of, member, role, at, facts, contacts):
    client = client_of(member(role, at=at) if role else None)
    fact, contact = CentreFact.objects.get(code="05122-goal-1"), CentreContact.objects.get(code="05122-contact-2012")
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


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"text": ""}, "text", "Bitte füllen Sie dieses Feld aus."),
        ({"text": "   \n "}, "text", "Bitte füllen Sie dieses Feld aus."),
        ({"text": "x" * 5000}, "text", "600"),
        ({"text": "a\x00b"}, "text", "Zeichen"),
        ({"kind": "QUATSCH"}, "kind", "Bitte wählen Sie einen Eintrag aus der Liste."),
        ({"source": ""}, "source", "Bitte füllen Sie dieses Feld aus."),
        ({"position": "0"}, "position", "1"),
        ({"position": "-3"}, "position", "1"),
        ({"position": "9" * 400}, "position", ""),
        ({"valid_from": "29.02.2013"}, "valid_from", "Diesen Tag gibt es nicht."),
        ({"valid_from": "01.01.0200"}, "valid_from", "Das Jahr liegt außerhalb von 1970 bis 2100."),
        ({"valid_from": ""}, "valid_from", "Bitte füllen Sie dieses Feld aus."),
        ({"evidenced_until": "31.01.2013"}, "evidenced_until", "Der letzte Beleg liegt vor dem Beginn."),
        ({"evidenced_until": "01.01.2099"}, "evidenced_until", "Ein Beleg kann nicht in der Zukunft liegen."),
        ({"valid_until": "31.01.2013"}, "valid_until", "Das Ende liegt vor dem Beginn am 01.02.2013."),
        ({"valid_until": "30.12.2013"}, "valid_until", "Bis zum 31.12.2013 ist es belegt."),
    ],
)
def test_a_wrong_fact_is_refused_at_its_field_and_keeps_what_was_typed(lead, changed, field, sentence):
    before = traces()
    response = lead.post(address("fact-add"), FACT | changed)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert sentence in response.content.decode()
    assert "Vorlage 4/2013" in response.content.decode() or field == "source"
    assert traces() == before


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"phone": "", "email": "", "website": "", "address": " "}, "phone"),
        ({"phone": "0212 Zentrale"}, "phone"),
        ({"phone": "Zentrale 0212 290"}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"phone": "٠٢١٢٢٩٠"}, "phone"),
        ({"phone": "0212\n290"}, "phone"),
        ({"phone": "1" * 5000}, "phone"),
        ({"email": "ki@stadt"}, "email"),
        ({"email": "ki@stadt.example\nBcc: x@y.example"}, "email"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "JaVaScRiPt://stadt.example/%0aalert(1)"}, "website"),
        ({"website": "data:text/html,x"}, "website"),
        ({"website": "ftp://stadt.example/"}, "website"),
        ({"website": "https://" + "a" * 5000}, "website"),
        ({"address": "x" * 301}, "address"),
        ({"function": ""}, "function"),
        ({"function": "Frau Muster"}, "function"),
        ({"function": "Ansprechpartner: Herr Dr. Muster"}, "function"),
        ({"evidenced_until": "01.01.2099"}, "evidenced_until"),
    ],
)
def test_a_wrong_contact_is_refused_at_its_field_and_keeps_what_was_typed(lead, changed, field):
    before = traces()
    response = lead.post(address("contact-add"), CONTACT | changed)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert "Webseite am 31.12.2013" in response.content.decode()
    assert traces() == before


@pytest.mark.parametrize(
    "changed",
    [
        {"phone": "", "email": "", "website": "", "address": "Rathausplatz 1, 42651 Solingen"},
        {"phone": "110", "email": "", "website": ""},
        {"website": "http://stadt.example"},
        {"website": "stadt.example/ki"},
        {"function": "Beratung Frau und Beruf"},
        {"function": "Beauftragte für Frauen"},
    ],
)
def test_one_way_to_reach_is_enough_and_an_address_may_be_typed_short(lead, changed):
    assert lead.post(address("contact-add"), CONTACT | changed).status_code == 302
    contact = CentreContact.objects.get(code=None)
    assert contact.website in {"", "https://www.stadt.example/ki", "http://stadt.example", "https://stadt.example/ki"}


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


@pytest.mark.parametrize("version", ["0", "77", "-1", "abc", "9" * 400])
def test_nobody_confirms_a_wording_they_have_not_seen(lead, fact, version):
    before = traces()
    response = lead.post(address("fact-confirm", fact), {"version": version})
    assert response.status_code == 409
    assert traces() == before


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


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"last_day": "30.12.2012"}, "last_day", "Bis zum 31.12.2012 ist es belegt."),
        ({"last_day": "01.11.2012"}, "last_day", "Das Ende liegt vor dem Beginn am 01.12.2012."),
        ({"last_day": "29.02.2013"}, "last_day", "Diesen Tag gibt es nicht."),
        ({"last_day": ""}, "last_day", "Bitte füllen Sie dieses Feld aus."),
        ({"source": ""}, "source", "Bitte füllen Sie dieses Feld aus."),
        ({"source": "x" * 5000}, "source", "200"),
    ],
)
def test_a_wrong_end_is_refused_at_its_field(lead, fact, changed, field, sentence):
    before = traces()
    values = {"last_day": "30.06.2015", "source": "Vorlage 9/2015", "version": fact.version} | changed
    response = lead.post(address("fact-end", fact), values)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert sentence in response.content.decode()
    assert traces() == before


def test_two_sources_that_are_too_long_together_are_refused_and_nothing_is_cut_off(lead, fact):
    CentreFact.objects.filter(pk=fact.pk).update(source="x" * 290)
    values = {"last_day": "30.06.2015", "source": "Vorlage 9/2015", "version": fact.version}
    response = lead.post(address("fact-end", fact), values)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"source"}


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
    assert "Hier steht keine weitere Angabe." in page
    assert "Tragen Sie ein, wie Ihr Zentrum zu erreichen ist" in page
    assert "Alles ist im letzten Jahr belegt." not in page


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


def test_a_form_sent_twice_records_one_fact(lead):
    for _turn in range(2):
        assert lead.post(address("fact-add"), FACT | {"_once": "0" * 32})["Location"] == "/zentren/05122/#angaben"
    assert CentreFact.objects.filter(code=None).count() == 1


def test_text_is_never_markup_and_a_pasted_sentence_stands_on_one_line(lead, fact, contact, visitor):
    lead.post(address("fact-add"), FACT | {"text": f"Ein Satz\r\n  {ATTACK}", "source": ATTACK})
    lead.post(address("contact-add"), CONTACT | {"function": ATTACK, "address": ATTACK, "source": ATTACK})
    made, reached = CentreFact.objects.get(code=None), CentreContact.objects.get(code=None)
    assert made.text == f"Ein Satz {ATTACK}"
    for client, target in (
        (visitor, "/zentren/05122/?stichtag=2013-06-01"),
        (lead, address("evidence")),
        (lead, address("fact-correct", made)),
        (lead, address("fact-end", made)),
        (lead, address("contact-correct", reached)),
        (lead, address("contact-end", reached)),
    ):
        page = client.get(target).content.decode()
        assert "&lt;script&gt;" in page, target
        assert "<script>alert" not in page, target
        assert "<b>x" not in page, target
