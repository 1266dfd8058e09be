"""What is wrong about a fact or contact is refused at its field; what was typed stays, and nothing has happened."""

import pytest

from verbund.accounts.roles import Role
from verbund.directory.models import CentreContact, CentreFact
from verbund.directory.tests.evidence import CONTACT, FACT, address, traces

pytestmark = pytest.mark.django_db
ATTACK = "<script>alert(1)</script>\"'><b>x"


@pytest.fixture
def lead(client_of, member):
    return client_of(member(Role.CENTRE_LEAD))


@pytest.fixture
def visitor(client_of):
    return client_of()


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


@pytest.mark.parametrize("version", ["0", "77", "-1", "abc", "9" * 400])
def test_nobody_confirms_a_wording_they_have_not_seen(lead, fact, version):
    before = traces()
    response = lead.post(address("fact-confirm", fact), {"version": version})
    assert response.status_code == 409
    assert traces() == before


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
