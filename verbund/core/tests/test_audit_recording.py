"""The audit trail is written in the transaction of the act, without gaps, and cannot be changed."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from verbund.core import audit
from verbund.core.acting import SYSTEM, Actor
from verbund.core.audit import canonical
from verbund.core.audit.canonical import text_of
from verbund.core.audit.keys import KeyRing
from verbund.core.models import AuditChain, AuditEntry, Holiday, OutboxMail, StoredFile, SubjectKey
from verbund.core.models.audit import AppendOnly

HOLIDAY = Holiday(day=date(2017, 10, 31), name="Reformationstag", source="GV. NRW.")


@transaction.atomic
def record(verb="change", target=HOLIDAY, *, actor=SYSTEM, **details):
    return audit.record(verb, target, actor=actor, **details)


@pytest.mark.django_db
def test_an_entry_says_who_acted_in_which_function_for_whom_on_what(member, acting):
    holder, deputy = member("CENTRE_LEAD"), get_user_model().objects.create_user("d@verbund.example", display_name="D")
    actor = acting(holder, by=deputy)
    entry = record("submit", holder, actor=actor, note="per Post")
    entry.refresh_from_db()
    assert (entry.chain_id, entry.verb) == (holder.organisation_id, "submit")
    assert (entry.target_type, entry.target_id) == ("directory.Membership", str(holder.pk))
    assert (entry.actor, entry.actor_label, entry.membership_id) == (deputy, str(holder), holder.pk)
    assert (entry.on_behalf_of, entry.note) == (holder.user, "per Post")


@pytest.mark.django_db
def test_a_person_without_a_function_is_not_named():
    user = get_user_model().objects.create_user("a@verbund.example", display_name="A")
    entry = record(actor=Actor(user=user, label=str(user)))
    assert (entry.actor, entry.actor_label) == (user, "Person ohne Funktion")


@pytest.mark.django_db
def test_only_fields_that_changed_are_kept_with_before_and_after():
    before = {"amount": Decimal("100.00"), "due": date(2024, 4, 2), "name": "a"}
    entry = record(before=before, after={"amount": Decimal("100"), "due": date(2024, 4, 3), "name": "b"})
    assert entry.changes == {"due": ["2024-04-02", "2024-04-03"], "name": ["a", "b"]}


@pytest.mark.django_db
def test_what_is_created_has_no_before_and_what_is_deleted_no_after():
    assert record("create", after={"name": "a", "source": None}).changes == {"name": [None, "a"]}
    assert record("delete", before={"name": "a"}).changes == {"name": ["a", None]}


@pytest.mark.django_db
def test_what_is_hashed_is_the_json_of_all_an_entry_says_with_its_keys_in_order(member):
    said = {"name": 'Zoë "\u2028\\" \x01\n𝄞', "sum": Decimal("1.50"), "none": None}
    entry = record("change", member("CENTRE_LEAD"), after=said, note="Grüße\t„\x7f“")
    body = json.loads(canonical.body_of(entry))
    assert canonical.body_of(entry) == canonical.ENCODER.encode(body)
    assert (body["changes"], body["note"], body["at"]) == (entry.changes, entry.note, entry.at.isoformat())
    others = {"actor", "actor_label", "chain", "format", "membership", "on_behalf_of", "previous", "sequence", "target"}
    assert body.keys() == others | {"at", "changes", "note", "verb"}
    assert canonical.hash_of(entry) == entry.hash


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        (True, "true"),
        (7, "7"),
        (Decimal("57000.50"), "57000.50"),
        (date(2012, 12, 1), "2012-12-01"),
        (datetime(2012, 12, 1, 8, tzinfo=UTC), "2012-12-01T08:00:00+00:00"),
        (StoredFile(pk=3, sha256="ab12"), "sha256:ab12"),
        (HOLIDAY, "2017-10-31"),
        (b"x", "sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"),
        ({"b": 1, "a": [None, False]}, '{"a":"[null,\\"false\\"]","b":"1"}'),
        ({2, 1}, '["1","2"]'),
        ("a\x00b\ud800", "a\ufffdb?"),
    ],
)
def test_every_kind_of_value_has_one_text(value, text):
    assert text_of(value) == text


@pytest.mark.django_db
def test_each_organisation_has_its_own_chain_and_the_platform_the_chain_zero(member):
    lead = member("CENTRE_LEAD")
    entries = [record(), record("create", lead), record(organisation_id=lead.organisation_id), record()]
    assert [(entry.chain_id, entry.sequence) for entry in entries] == [
        (0, 1),
        (lead.organisation_id, 1),
        (lead.organisation_id, 2),
        (0, 2),
    ]
    assert entries[2].previous == entries[1].hash
    assert entries[3].previous == entries[0].hash
    assert audit.verify() == []


@pytest.mark.django_db
def test_an_act_outside_of_a_transaction_is_not_recorded():
    with pytest.raises(audit.OutsideTransaction):
        audit.record("change", HOLIDAY, actor=SYSTEM)
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_an_act_that_fails_leaves_no_entry_and_no_gap():
    class Interrupted(Exception):
        pass

    @transaction.atomic
    def act_that_fails():
        audit.record("change", HOLIDAY, actor=SYSTEM)
        raise Interrupted

    record()
    with pytest.raises(Interrupted):
        act_that_fails()
    assert record().sequence == 2
    assert audit.verify() == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_acts_on_one_organisation_at_once_follow_one_another_without_a_gap(at_the_same_time):
    acts = [lambda: [record(after={"name": str(number)}).sequence for number in range(5)]] * 6
    sequences = [number for numbers in at_the_same_time(*acts) for number in numbers]
    assert sorted(sequences) == list(range(1, 31))
    assert audit.verify() == []


@pytest.mark.django_db
def test_an_entry_can_be_neither_changed_nor_removed_through_the_models():
    entry = record()
    entry.verb = "other"
    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(verb="other"),
        lambda: AuditEntry.objects.bulk_update([entry], ["verb"]),
    ):
        with pytest.raises(AppendOnly):
            attempt()
    assert AuditEntry.objects.get().verb == "change"


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditentry SET verb = 'other'",
        "DELETE FROM core_auditentry",
        "DELETE FROM core_auditchain",
        "UPDATE core_auditchain SET sequence = 0",
        "UPDATE core_auditchain SET head = ''",
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_entries(statement):
    record()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert audit.verify() == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_emptying_the_database_is_possible_and_the_lock_comes_back():
    record()
    call_command("flush", interactive=False, verbosity=0)
    assert not AuditChain.objects.exists()
    record()
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_auditentry")


@pytest.mark.django_db
def test_personal_values_are_encrypted_with_the_key_of_the_person(member):
    user = member("CENTRE_LEAD").user
    entry = record(target=user, before={"email": "old@verbund.example"}, after={"email": "new@verbund.example"})
    assert {value["subject"] for value in entry.changes["email"]} == {f"user:{user.pk}"}
    assert "verbund.example" not in str(entry.changes)
    key = bytes(SubjectKey.objects.get(subject=f"user:{user.pk}").key)
    assert len(key) > 100  # wrapped, never as it is


@pytest.mark.django_db
def test_a_person_without_an_account_has_a_key_of_the_record_itself():
    mail = OutboxMail(pk=5, recipient="niemand@verbund.example")
    entry = record(target=mail, after={"recipient": mail.recipient})
    assert entry.changes["recipient"][1]["subject"] == "core.OutboxMail:5"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_acts_that_are_the_first_to_name_a_person_in_the_same_instant_share_one_key(at_the_same_time):
    mail = OutboxMail(pk=5, recipient="niemand@verbund.example")
    acts = [lambda: record(target=mail, after={"recipient": mail.recipient}).changes["recipient"][1]] * 4
    values = at_the_same_time(*acts)
    ring = KeyRing([value["subject"] for value in values])
    assert [ring.read(value) for value in values] == [mail.recipient] * 4


@pytest.mark.django_db
def test_nothing_personal_is_kept_after_the_key_was_destroyed(member):
    user = member("CENTRE_LEAD").user
    audit.destroy_key(f"user:{user.pk}")
    entry = record(target=user, after={"email": user.email})
    assert entry.changes["email"][1]["cipher"] == ""


@pytest.mark.django_db
def test_another_audit_key_is_named_instead_of_losing_values(member, settings):
    user = member("CENTRE_LEAD").user
    record(target=user, after={"email": user.email})
    assert audit.are_readable()
    settings.SECRET_KEY = "another" * 8
    settings.AUDIT_KEY = ""
    with pytest.raises(audit.WrongAuditKey, match="VERBUND_AUDIT_KEY"):
        record(target=user, after={"email": "x"})
    assert not audit.are_readable()
    assert audit.history_of(user, reveal=True)[0]["changes"][0]["after"] == "nicht lesbar"


@pytest.mark.django_db
def test_an_old_secret_key_still_opens_the_keys(member, settings):
    user = member("CENTRE_LEAD").user
    record(target=user, after={"email": user.email})
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 8
    shown = audit.history_of(user, reveal=True)[0]["changes"][0]
    assert shown["after"] == user.email


@pytest.mark.django_db
def test_recording_an_act_takes_three_statements(django_assert_num_queries):
    record()
    with transaction.atomic(), django_assert_num_queries(3):
        audit.record("change", HOLIDAY, actor=SYSTEM, after={"name": "b"})
