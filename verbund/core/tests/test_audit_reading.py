"""What the trail says on the screen."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils import timezone

from verbund.core import audit
from verbund.core.acting import SYSTEM
from verbund.core.audit.reading import _german
from verbund.core.models import Holiday, StoredFile
from verbund.core.money import MoneyField

pytestmark = pytest.mark.django_db


@transaction.atomic
def record(verb, target, *, actor=SYSTEM, **details):
    return audit.record(verb, target, actor=actor, **details)


def test_the_newest_act_comes_first_with_function_and_what_changed(member, acting):
    lead = member("CENTRE_LEAD")
    record("create", lead, actor=acting(lead), after={"role": "CENTRE_STAFF", "valid_from": date(2012, 12, 1)})
    record("change", lead, before={"role": "CENTRE_STAFF"}, after={"role": "CENTRE_LEAD"}, note="auf Wunsch")
    newest, oldest = audit.history_of(lead)
    assert (newest["who"], newest["what"], newest["note"]) == ("System (Uhr)", "geändert", "auf Wunsch")
    assert newest["changes"] == [{"label": "Funktion", "before": "Fachkraft", "after": "Leitung"}]
    assert (oldest["who"], oldest["what"]) == (str(lead), "angelegt")
    assert {"label": "Gültig von", "before": "–", "after": "01.12.2012"} in oldest["changes"]


def test_a_deputy_is_named_as_one(member, acting):
    lead = member("CENTRE_LEAD")
    deputy = get_user_model().objects.create_user("d@verbund.example", display_name="D")
    record("change", lead, actor=acting(lead, by=deputy))
    assert audit.history_of(lead)[0]["who"] == f"in Vertretung für: {lead}"


def test_personal_values_are_shown_to_those_who_may_read_them_only(member):
    user = member("CENTRE_LEAD").user
    record("change", user, before={"email": "old@verbund.example"}, after={"email": "new@verbund.example"})
    hidden, shown = audit.history_of(user), audit.history_of(user, reveal=True)
    assert [(change["before"], change["after"]) for change in hidden[0]["changes"]] == [("geschützt", "geschützt")]
    assert [(change["before"], change["after"]) for change in shown[0]["changes"]] == [
        ("old@verbund.example", "new@verbund.example")
    ]


def test_destroyed_values_say_since_when_and_the_chain_is_whole(member):
    user = member("CENTRE_LEAD").user
    record("change", user, after={"email": "new@verbund.example"})
    audit.destroy_key(f"user:{user.pk}")
    change = audit.history_of(user, reveal=True)[0]["changes"][0]
    assert change["after"] == f"gelöscht am {timezone.localdate():%d.%m.%Y}"
    assert audit.verify() == []


def test_several_records_that_belong_together_share_one_history(member):
    lead, holiday = member("CENTRE_LEAD"), Holiday(day=date(2017, 10, 31))
    record("create", lead)
    record("create", Holiday(day=date(2017, 11, 1)))
    record("change", holiday)
    assert [entry["what"] for entry in audit.history_of(lead, holiday)] == ["geändert", "angelegt"]
    assert len(audit.history_of(lead, holiday, limit=1)) == 1


def test_an_app_says_what_its_verbs_are_called():
    holiday = Holiday(day=date(2017, 10, 31))
    audit.describe("proclaim", "ausgerufen", Holiday)
    audit.describe("proclaim", "verkündet")
    record("proclaim", holiday)
    assert audit.history_of(holiday)[0]["what"] == "ausgerufen"
    assert audit.sentence_for("proclaim", "core.StoredFile") == "verkündet"


@pytest.mark.parametrize("entries", [1, 3])
def test_the_history_takes_two_statements_however_long_it_is(member, entries, django_assert_num_queries):
    user = member("CENTRE_LEAD").user
    for number in range(entries):
        record("change", user, after={"email": f"{number}@verbund.example"})
    with django_assert_num_queries(2):
        assert len(audit.history_of(user, reveal=True)) == entries


@pytest.mark.parametrize(
    ("column", "text", "shown"),
    [
        (MoneyField(), "57000.00", "57.000,00\u202f€"),
        (models.DateTimeField(), "2024-07-01T10:00:00+00:00", "01.07.2024, 12:00"),
        (models.BooleanField(), "true", "ja"),
        (models.ForeignKey(StoredFile, models.PROTECT), "12", "Nr. 12"),
        (models.ForeignKey(StoredFile, models.PROTECT), "sha256:0123456789", "Datei 01234567…"),
        (models.CharField(), "", "–"),
        (models.CharField(), None, "–"),
        (None, "anything", "anything"),
    ],
)
def test_values_are_shown_as_clerks_write_them(column, text, shown):
    assert _german(column, text) == shown


def test_an_amount_reads_as_it_was_recorded(member):
    lead = member("CENTRE_LEAD")
    record("change", lead, after={"amount": Decimal("1.50")})
    assert audit.history_of(lead)[0]["changes"] == [{"label": "Betrag", "before": "–", "after": "1.50"}]
