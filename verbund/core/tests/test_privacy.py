"""What the platform holds about a person can be listed, handed out and erased."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.test import Client
from django.urls import path
from django.utils import timezone

from config.urls import urlpatterns as all_addresses
from verbund.core import audit, privacy
from verbund.core.acting import SYSTEM
from verbund.core.models import AuditEntry, Holiday, InboxMessage, OutboxMail, StoredFile, SubjectKey
from verbund.core.privacy import pages
from verbund.core.privacy.registry import DECLARATIONS

urlpatterns = [path("verwaltung/verarbeitungen/", pages.processing), *all_addresses]

NAME, ADDRESS = "Kanarienvogel", "kanarienvogel@verbund.example"
TEXTS = {"purpose": "p", "legal_basis": "l", "recipients": "r", "retention": "t"}


@pytest.fixture
def person(member):
    """A person with traces in every mechanism, and another one beside them."""
    user = get_user_model().objects.create_user(ADDRESS, "nur-fuer-die-tests-7", display_name=NAME)
    lead = member("CENTRE_LEAD", user=user)
    other = member("CENTRE_STAFF")
    for index, recipient in enumerate((user, other.user)):
        InboxMessage.objects.create(user=recipient, key=str(index), text=f"Guten Tag {recipient.display_name}")
        OutboxMail.objects.create(
            key=str(index),
            recipient=recipient.email.upper(),
            subject="Bescheid",
            body=f"Guten Tag {recipient.display_name}",
            next_try_at=timezone.now(),
        )
    with transaction.atomic():
        audit.record("change", user, actor=SYSTEM, before={"display_name": ""}, after={"display_name": NAME})
        audit.record("create", lead, actor=SYSTEM, after={"user": user})
    return user


@pytest.mark.django_db
def test_information_holds_all_tables_of_the_person_and_nothing_of_others(person):
    found = json.loads(json.dumps(privacy.information_about(person)))
    assert found["data"]["accounts.User"][0]["email"] == ADDRESS
    assert "password" not in found["data"]["accounts.User"][0]
    assert [row["text"] for row in found["data"]["core.InboxMessage"]] == [f"Guten Tag {NAME}"]
    assert [row["body"] for row in found["data"]["core.OutboxMail"]] == [f"Guten Tag {NAME}"]
    assert found["data"]["directory.Membership"][0]["user"] == NAME
    assert found["traces"]["directory.Membership"] == {"user": 1}
    assert found["history"][0]["changes"][0]["after"] == NAME
    assert "Fachkraft" not in json.dumps(found)


@pytest.mark.django_db
def test_information_counts_the_acts_of_the_person(person, acting):
    with transaction.atomic():
        audit.record("change", Holiday(pk="2017-10-31"), actor=acting(person.memberships.get()))
    assert privacy.information_about(person)["traces"]["core.AuditEntry"] == {"actor": 1}


@pytest.mark.postgres
@pytest.mark.django_db
def test_after_the_erasure_no_table_names_the_person_and_the_chain_is_whole(person):
    assert privacy.places_naming(NAME, ADDRESS)
    entries = AuditEntry.objects.count()
    privacy.erase_subject(person, actor=SYSTEM)
    assert privacy.places_naming(NAME, ADDRESS) == []
    assert AuditEntry.objects.count() == entries + 1
    assert audit.verify() == []
    person.refresh_from_db()
    assert (person.display_name, person.is_active) == (f"Gelöschte Person {person.pk}", False)
    assert audit.history_of(person, reveal=True)[-1]["changes"][0]["after"].startswith("gelöscht am")


@pytest.mark.django_db
def test_the_erasure_leaves_other_people_alone(person):
    privacy.erase_subject(person, actor=SYSTEM)
    assert InboxMessage.objects.count() == OutboxMail.objects.count() == 1
    assert not SubjectKey.objects.filter(destroyed_at=None, subject=f"user:{person.pk}").exists()


@pytest.mark.django_db
def test_the_erased_person_is_signed_out_everywhere(person):
    Client().force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert Session.objects.count() == 1
    privacy.erase_subject(person, actor=SYSTEM)
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_values_from_before_the_person_had_an_account_are_erased_too(person):
    mail = OutboxMail.objects.get(recipient__iexact=ADDRESS)
    person.email = "later@verbund.example"
    person.save(update_fields=["email"])
    with transaction.atomic():
        audit.record("create", mail, actor=SYSTEM, after={"recipient": ADDRESS})
    person.email = ADDRESS
    person.save(update_fields=["email"])
    privacy.erase_subject(person, actor=SYSTEM)
    assert SubjectKey.objects.get(subject=f"core.OutboxMail:{mail.pk}").key is None


@pytest.mark.django_db
def test_a_note_may_be_declared_personal(monkeypatch):
    monkeypatch.setitem(DECLARATIONS, Holiday, DECLARATIONS[Holiday])
    privacy.declare(Holiday, **TEXTS, personal={"name": "w"}, subject=None, personal_note=True)
    holiday = Holiday(pk="2017-10-31")
    with transaction.atomic():
        entry = audit.record("change", holiday, actor=SYSTEM, note=NAME)
    assert NAME not in f"{entry.note}{entry.changes}"
    assert [item["note"] for item in audit.history_of(holiday)] == ["geschützt"]
    assert [item["note"] for item in audit.history_of(holiday, reveal=True)] == [NAME]


@pytest.mark.parametrize(
    "wrong", [{"personal": {"nme": "w"}}, {"erase": {"name": "somehow"}}, {"erase": "somehow"}, {"withheld": ("nme",)}]
)
def test_a_declaration_that_cannot_be_right_stops_the_start(wrong, monkeypatch):
    monkeypatch.setitem(DECLARATIONS, Holiday, DECLARATIONS[Holiday])
    with pytest.raises(ImproperlyConfigured):
        privacy.declare(Holiday, **{**TEXTS, "personal": {"name": "w"}, "subject": None, **wrong})


def test_a_model_nobody_declared_is_named(monkeypatch):
    monkeypatch.delitem(DECLARATIONS, StoredFile)
    assert "core.StoredFile" in privacy.undeclared_models()


def test_every_model_with_or_without_personal_data_says_so():
    assert privacy.undeclared_models() == []


def test_the_record_of_processing_names_purpose_basis_and_retention_of_every_table():
    rows = privacy.record_of_processing()
    assert {"accounts.User", "core.AuditEntry", "directory.Membership"} <= {row["table"] for row in rows}
    assert all(row["purpose"] and row["legal_basis"] and row["recipients"] and row["retention"] for row in rows)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("role", "status"), [("DATA_PROTECTION_OFFICER", 200), ("OPERATOR", 200), ("CENTRE_LEAD", 403), (None, 302)]
)
def test_the_record_of_processing_is_read_by_data_protection_and_operation(role, status, member, client_of):
    client = client_of(member(role)) if role else client_of()
    answer = client.get("/verwaltung/verarbeitungen/")
    assert answer.status_code == status
    if status == 200:
        said = answer.content.decode()
        assert "Nachweis, wer im Verfahren wann was getan hat" in said
        for deletes in (
            "der Hintergrunddienst, von selbst",
            "ein Löschlauf, den zwei Personen der Bewilligungsbehörde",
        ):
            assert deletes in said
