"""Granted amounts as open data (360Giving): what is public by rule, by the version that counts, without persons."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from jsonschema import Draft202012Validator

from tests.support.cast import acting, client_of, member
from verbund.accounts.roles import Role
from verbund.funding import operations, publication, worklist
from verbund.funding.models import Call, GrantNotice, PublicationRule
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2023, 4, 17), date(2023, 5, 3)
FILE = "/foerderung/offene-daten/360giving.json"
DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
ORGANISATIONS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["id", "name"],
        "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
        "additionalProperties": False,
    },
}
GRANT = {
    "type": "object",
    "required": [
        *("id", "title", "description", "currency", "amountAwarded", "awardDate"),
        *("recipientOrganization", "fundingOrganization"),
    ],
    "properties": {
        "id": {"type": "string", "pattern": "^360G-"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "currency": {"const": "EUR"},
        "amountAwarded": {"type": "number"},
        "awardDate": DAY,
        "plannedDates": {
            "type": "array",
            "items": {"properties": {"startDate": DAY, "endDate": DAY}, "additionalProperties": False},
        },
        "recipientOrganization": ORGANISATIONS,
        "fundingOrganization": ORGANISATIONS,
        "grantProgramme": {
            "type": "array",
            "items": {"required": ["title"], "properties": {"code": {}, "title": {}}, "additionalProperties": False},
        },
        "beneficiaryLocation": {
            "type": "array",
            "items": {"properties": {"name": {}, "countryCode": {"const": "DE"}}, "additionalProperties": False},
        },
        "dateModified": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+]\d{2}:\d{2}$"},
        "dataSource": {"type": "string", "pattern": "^http"},
        "classifications": {"type": "array", "items": {"required": ["vocabulary", "title"]}},
    },
    "additionalProperties": False,
}
PACKAGE = {
    "type": "object",
    "required": ["version", "grants"],
    "properties": {"version": {}, "license": {}, "grants": {"type": "array", "items": GRANT}},
    "additionalProperties": False,
}


def published() -> list[dict]:
    found = client_of(None).get(FILE).json()
    Draft202012Validator(PACKAGE).validate(found)
    return found["grants"]


@pytest.fixture
def cast(db) -> story.People:
    return story.people()


@pytest.fixture
def notice(cast) -> GrantNotice:
    """A grant to Solingen of 17 April 2023 with money called, read on 3 May."""
    with time_machine.travel("2023-05-03 12:00+02:00", tick=True):
        made = story.final(story.call_for(2023), cast, amount="193500", on=APRIL)
        operations.request_drawdown(made, amount=Decimal(1000), on=MAY, actor=cast.treasury)
        story.submitted(story.call_for(2024, opens_on=date(2022, 6, 1)), cast)
        yield made


def test_a_notified_grant_is_published_with_amount_carrier_programme_and_days_and_nothing_of_persons(notice):
    (grant,) = published()
    assert grant["amountAwarded"] == 193500
    assert (grant["id"], grant["awardDate"]) == (f"360G-verbund-{notice.application.pk}", "2023-04-17")
    assert grant["plannedDates"] == [{"startDate": "2023-01-01", "endDate": "2023-12-31"}]
    assert grant["recipientOrganization"][0]["name"] == str(notice.application.carrier)
    assert "classifications" not in grant
    text = client_of(None).get(FILE).content.decode()
    assert not [word for word in ("DE89", "@verbund.example", notice.verification_code, "Aufbau") if word in text]


def test_a_grant_that_is_not_yet_notified_and_one_of_a_programme_without_a_rule_are_not_published(notice):
    GrantNotice.objects.update(notified_on=date(2023, 5, 4))
    assert published() == []
    GrantNotice.objects.update(notified_on=APRIL)
    assert len(published()) == 1
    PublicationRule.objects.update(is_published=False)
    assert published() == []
    PublicationRule.objects.update(is_published=True, valid_until=date(2023, 5, 2))
    assert published() == []


def test_the_newest_notified_version_counts_under_the_same_id(notice, cast):
    first = published()[0]
    posts = story.full_staff(2023)
    decision = operations.propose_change(
        notice,
        kind="AMENDMENT",
        effective_from=date(2023, 10, 1),
        reasons="Eine Stelle ist unbesetzt.",
        posts=[story.shortened(posts[0], until=date(2023, 9, 30)), *posts[1:]],
        amount=Decimal(179250),
        on=MAY,
        actor=cast.officer,
    )
    later = operations.countersign_change(decision, issued_on=MAY, actor=cast.approver)
    assert published() == [first]
    GrantNotice.objects.filter(pk=later.pk).update(notified_on=MAY)
    (changed,) = published()
    assert (changed["id"], changed["awardDate"], changed["amountAwarded"]) == (first["id"], "2023-04-17", 179250)
    assert changed["dateModified"].startswith("2023-05-03")


def test_what_is_made_up_for_the_demonstration_is_marked_so(notice):
    Call.objects.update(is_demo=True)
    assert published()[0]["classifications"][0]["code"] == "demonstration"


def test_anybody_may_read_the_file_from_anywhere_and_gets_it_once(notice):
    visitor = client_of(None)
    answer = visitor.get(FILE)
    assert (answer["Access-Control-Allow-Origin"], "Set-Cookie" in answer.headers) == ("*", False)
    again = visitor.get(FILE, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again["ETag"], again["Access-Control-Allow-Origin"]) == (304, answer["ETag"], "*")
    assert visitor.post(FILE).status_code in {403, 405}
    page = visitor.get("/foerderung/offene-daten/").content.decode()
    assert "Derzeit eine Zuwendung." in page
    assert PublicationRule.objects.get().source.split(";")[0] in page


def test_the_licence_of_the_rule_stands_in_the_file_and_loading_again_keeps_what_was_changed(notice):
    assert "license" not in client_of(None).get(FILE).json()
    PublicationRule.objects.update(licence="https://www.govdata.de/dl-de/zero-2-0")
    publication.load()
    assert client_of(None).get(FILE).json()["license"] == "https://www.govdata.de/dl-de/zero-2-0"


def test_one_operator_proposes_a_rule_another_adopts_it_and_nobody_else_sees_the_page(notice):
    first, second = member(Role.OPERATOR), member(Role.OPERATOR)
    page = "/foerderung/regeln/veroeffentlichung/"
    typed = {
        "programme": PublicationRule.objects.get().programme_id,
        "valid_from": "2023-05-01",
        "source": "Weisung",
        "mark": "C",
        "licence": "",
    }
    assert client_of(first).post(f"{page}neu/", typed).status_code == 302
    proposed = PublicationRule.objects.get(status="PROPOSED")
    assert len(published()) == 1
    assert [task.subject for task in worklist.tasks_for(acting(second), MAY)] == [str(proposed)]
    assert worklist.tasks_for(acting(first), MAY) == []
    assert client_of(first).post(f"{page}{proposed.pk}/annehmen/").status_code == 422
    assert client_of(member(Role.GRANT_APPROVER)).post(f"{page}{proposed.pk}/annehmen/").status_code == 403
    assert client_of(second).post(f"{page}{proposed.pk}/annehmen/").status_code == 302
    assert published() == []
    found = {
        role: client_of(member(role)).get(page).status_code
        for role in (Role.OPERATOR, Role.GRANT_OFFICER, Role.CENTRE_LEAD, Role.AUDITOR)
    }
    assert found == {Role.OPERATOR: 200, Role.GRANT_OFFICER: 200, Role.CENTRE_LEAD: 403, Role.AUDITOR: 403}
    assert client_of(first).get("/foerderung/regeln/erfunden/").status_code == 404
