"""Requests about personal data: who may answer them, that each look leaves a trace, and when nobody is erased."""

from datetime import date

import pytest
from django.db import transaction

from tests.support.cast import acting, client_of, member, organisation_of
from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.core import audit, privacy
from verbund.core.acting import SYSTEM
from verbund.core.models import AuditEntry, InboxMessage
from verbund.directory.data_protection import operations, queries
from verbund.directory.data_protection.operations import Ground
from verbund.directory.models import Membership, Organisation

pytestmark = pytest.mark.django_db
START = "/verwaltung/auskunft/"
NAME, ADDRESS = "Kanarienvogel", "kanarienvogel@verbund.example"
LAST_YEAR, TODAY = date(2025, 12, 31), date(2026, 11, 21)
CONFIRMED = {"ground": "REQUESTED", "is_checked": "on"}


def user(address: str = ADDRESS) -> User:
    return User.objects.create_user(address, "nur-fuer-die-tests-7", display_name=NAME)


@pytest.fixture
def former():
    """A person whose function at the centre of Solingen has ended, with a message and an entry in the trail."""
    person = member(Role.CENTRE_STAFF, user=user(), valid_until=LAST_YEAR).user
    InboxMessage.objects.create(user=person, key="1", text=f"Guten Tag {NAME}")
    with transaction.atomic():
        audit.record("change", person, actor=SYSTEM, before={"display_name": ""}, after={"display_name": NAME})
    return person


@pytest.fixture
def operator():
    return member(Role.OPERATOR)


def officer_of(kind) -> Membership:
    return member(Role.DATA_PROTECTION_OFFICER, organisation_of(kind))


def officer_of_solingen() -> Membership:
    carrier = member(Role.TREASURY).organisation
    return member(Role.DATA_PROTECTION_OFFICER, carrier)


def page_of(person, part: str = "") -> str:
    return f"{START}{person.pk}/{part}"


def acts_on(person) -> list[str]:
    return [entry.verb for entry in AuditEntry.objects.filter(target_type="accounts.User", target_id=person.pk)]


# --- who


@pytest.mark.parametrize(
    ("role", "search", "page"),
    [
        (None, 302, 302),
        (Role.OPERATOR, 200, 200),
        (Role.CENTRE_LEAD, 403, 404),
        (Role.GRANT_APPROVER, 403, 404),
        (Role.AUDITOR, 403, 404),
    ],
)
def test_operators_answer_requests_and_others_do_not(former, role, search, page):
    client = client_of(member(role) if role else None)
    assert client.get(START).status_code == search
    for part in ("", "json/", "pdf/", "loeschen/"):
        assert client.get(page_of(former, part)).status_code == page


def test_the_officer_of_the_platform_answers_for_everybody_and_that_of_a_house_for_its_own_people(former):
    everywhere = member(Role.CENTRE_STAFF, at="05978").user
    both = member(Role.CENTRE_STAFF, valid_until=LAST_YEAR).user
    member(Role.CENTRE_LEAD, at="05978", user=both)
    people = User.objects.filter(pk__in=[former.pk, everywhere.pk, both.pk])
    seen_by = {
        "platform": officer_of(Organisation.Kind.OPERATOR),
        "house": officer_of_solingen(),
        "authority": officer_of(Organisation.Kind.GRANTING_AUTHORITY),
    }
    seen = {name: set(queries.people_visible_to(acting(one)).filter(pk__in=people)) for name, one in seen_by.items()}
    assert seen == {"platform": {former, everywhere, both}, "house": {former}, "authority": set()}


# --- search and look


def test_the_whole_address_finds_the_person_and_a_part_of_it_nobody(former, operator):
    client = client_of(operator)
    assert client.post(START, {"email": ADDRESS.upper()}).url == page_of(former)
    for typed in ("kanarienvogel@verbund", "vogel@verbund.example", "", "x" * 300):
        answer = client.post(START, {"email": typed})
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"email"}


def test_whom_an_officer_may_not_answer_for_cannot_be_told_from_nobody(former):
    client = client_of(officer_of(Organisation.Kind.GRANTING_AUTHORITY))
    known = client.post(START, {"email": ADDRESS}).context["form"].errors
    unknown = client.post(START, {"email": "niemand@verbund.example"}).context["form"].errors
    assert known == unknown


def test_each_look_is_in_the_trail_with_who_looked(former, operator):
    client = client_of(operator)
    before = acts_on(former)
    page = client.get(page_of(former))
    assert NAME in page.content.decode()
    assert client.get(page_of(former, "json/")).json()["data"]["accounts.User"][0]["email"] == ADDRESS
    assert client.get(page_of(former, "pdf/")).content.startswith(b"%PDF")
    assert acts_on(former)[len(before) :] == ["read_information", "hand_out_information", "hand_out_information"]
    looks = AuditEntry.objects.filter(verb__endswith="_information")
    assert {entry.actor_id for entry in looks} == {operator.user_id}
    history = client.get(page_of(former)).content.decode()
    assert "gespeicherte Daten als Datei entnommen" in history


# --- erase


def test_an_erased_person_is_nowhere_and_what_they_did_stays(former, operator):
    answer = client_of(operator).post(page_of(former, "loeschen/"), CONFIRMED)
    assert answer.status_code == 302
    assert privacy.places_naming(NAME, ADDRESS) == []
    assert acts_on(former)[-2:] == ["order_erasure", "erase"]
    assert "auf Antrag der Person" in AuditEntry.objects.get(verb="order_erasure").note
    assert audit.verify() == []
    assert client_of(operator).post(START, {"email": ADDRESS}).status_code == 422


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"ground": "REQUESTED"}, "is_checked"),
        ({"is_checked": "on"}, "ground"),
        ({"ground": "Laune", "is_checked": "on"}, "ground"),
    ],
)
def test_without_ground_and_confirmation_nobody_is_erased(former, operator, typed, field):
    answer = client_of(operator).post(page_of(former, "loeschen/"), typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    former.refresh_from_db()
    assert former.display_name == NAME


@pytest.mark.parametrize("ends", [None, TODAY, date(2027, 1, 1)])
def test_a_person_with_a_function_is_not_erased(operator, ends):
    person = member(Role.CENTRE_STAFF, valid_until=ends).user
    with pytest.raises(operations.StillInFunction):
        operations.erase_person(person, ground=Ground.REQUESTED, on=TODAY, actor=acting(operator))


def test_a_person_whose_function_is_still_to_begin_is_not_erased(operator):
    person = member(Role.CENTRE_STAFF, valid_from=date(2030, 1, 1)).user
    with pytest.raises(operations.StillInFunction):
        operations.erase_person(person, ground=Ground.REQUESTED, on=TODAY, actor=acting(operator))


def test_nobody_erases_themselves_nor_whom_they_stand_in_for(operator):
    second = member(Role.OPERATOR)
    for person in (operator.user, second.user):
        with pytest.raises(operations.OwnAccount):
            operations.erase_person(person, ground=Ground.REQUESTED, on=TODAY, actor=acting(operator, by=second.user))


def test_nobody_is_erased_twice(former, operator):
    operations.erase_person(former, ground=Ground.REQUESTED, on=TODAY, actor=acting(operator))
    with pytest.raises(operations.AlreadyErased):
        operations.erase_person(former, ground=Ground.REQUESTED, on=TODAY, actor=acting(operator))


def test_the_page_says_why_a_person_cannot_be_erased(operator):
    person = member(Role.CENTRE_STAFF).user
    client = client_of(operator)
    assert "Diese Person hat noch eine Funktion" in client.get(page_of(person)).content.decode()
    refused = client.post(page_of(person, "loeschen/"), CONFIRMED)
    assert refused.status_code == 422
    assert "Diese Person hat noch eine Funktion" in refused.content.decode()
    assert "nur eine andere Person" in client.get(page_of(operator.user)).content.decode()


@pytest.mark.parametrize("verb", ["read_information", "hand_out_information", "order_erasure"])
def test_every_act_has_a_german_sentence(verb):
    assert audit.sentence_for(verb, "accounts.User") != verb.replace("_", " ")


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.DATA_PROTECTION_OFFICER])
def test_the_navigation_leads_to_requests_and_to_the_record_of_processing(role):
    page = client_of(member(role)).get(START).content.decode()
    assert f'href="{START}"' in page
    assert 'href="/verwaltung/verarbeitungen/"' in page
