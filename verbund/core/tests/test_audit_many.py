"""Many acts at once leave exactly the chains that the same acts leave one by one."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verbund.core import append_only, audit
from verbund.core.acting import SYSTEM
from verbund.core.audit.keys import KeyRing, is_locked_up
from verbund.core.models import AuditChain, AuditEntry, Holiday, SubjectKey

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

VALUES = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.booleans(),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, max_value=10**6, min_value=0),
    st.dates(min_value=date(2012, 1, 1)),
    st.lists(st.text(max_size=5), max_size=3),
)
FIELDS = st.dictionaries(st.sampled_from(["name", "display_name", "email", "amount"]), VALUES, max_size=4)
TEXTS = st.text(max_size=30)
ACTS = st.lists(st.tuples(st.booleans(), st.integers(0, 3), FIELDS, FIELDS, TEXTS), max_size=8)


def acts_of(drawn, people: list) -> list[audit.Act]:
    """Return acts on persons (whose values are encrypted) and on days, on the records of several organisations."""
    return [
        audit.Act(f"act {number}", people[number % 2] if is_person else Holiday(pk=7), before, after, note, chain)
        for number, (is_person, chain, before, after, note) in enumerate(drawn)
    ]


def one_by_one(acts) -> None:
    for act in acts:
        audit.record(
            act.verb, act.target, actor=SYSTEM, organisation_id=act.organisation_id, before=act.before,
            after=act.after, note=act.note,
        )  # fmt: skip


def left_by(write, acts, *, readable: bool) -> tuple[list, list]:
    """Return the raw rows of the trail and its heads after writing, and take them back.

    With `readable` ciphers, which are never twice alike, are opened, and what is hashed over them left out.
    """
    with transaction.atomic():
        write(acts)
        assert audit.verify() == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM core_auditentry ORDER BY chain_id, sequence")
            names = [column.name if hasattr(column, "name") else column[0] for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        heads = list(AuditChain.objects.order_by("pk").values_list())
        if readable:
            ring = KeyRing(SubjectKey.objects.values_list("subject", flat=True))
            opened = [[_opened(pair, ring) for pair in row.changes.items()] for row in AuditEntry.objects.all()]
            rows, heads = [(row["chain_id"], row["sequence"], row["verb"], row["note"]) for row in rows], opened
        transaction.set_rollback(True)
    return [{**row, "id": None} if isinstance(row, dict) else row for row in rows], heads


def _opened(pair, ring):
    name, values = pair
    return name, [("opened", ring.read(value)) if is_locked_up(value) else value for value in values]


@pytest.fixture
def people(time_machine):
    time_machine.move_to("2024-05-06 12:00+02:00", tick=False)
    users = get_user_model().objects
    return [users.create_user(f"{name}@verbund.example", display_name=name) for name in "ab"]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(ACTS)
def test_many_acts_leave_byte_for_byte_the_chains_of_the_same_acts_one_by_one(people, drawn):
    open_ones = acts_of([(False, *rest) for _is_person, *rest in drawn], people)
    with_persons = acts_of(drawn, people)

    assert left_by(many, open_ones, readable=False) == left_by(one_by_one, open_ones, readable=False)
    assert left_by(many, with_persons, readable=True) == left_by(one_by_one, with_persons, readable=True)


def many(acts) -> None:
    audit.record_many(acts, actor=SYSTEM)


def test_a_change_to_one_of_many_is_found(people):
    with transaction.atomic():
        many([audit.Act("create", Holiday(pk=number), after={"name": f"Tag {number}"}) for number in range(50)])
    assert audit.verify() == []

    with append_only.unlocked(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_auditentry SET note = 'anders' WHERE sequence = 20")
        cursor.execute("DELETE FROM core_auditentry WHERE sequence = 31")

    assert [(finding.kind, finding.sequence) for finding in audit.verify()] == [("CHANGED", 20), ("REMOVED", 31)]


def test_many_acts_outside_of_a_transaction_are_refused_and_none_leave_nothing(people):
    with pytest.raises(audit.OutsideTransaction):
        many([audit.Act("create", Holiday(pk=1), after={"amount": Decimal(1)})])
    with transaction.atomic():
        many([])

    assert not AuditEntry.objects.exists()


def test_a_destroyed_key_keeps_nothing_of_later_acts_on_the_person(people):
    with transaction.atomic():
        audit.destroy_key(f"user:{people[0].pk}")
        many([audit.Act("change", person, after={"display_name": "neu"}) for person in people])

    ciphers = [entry.changes["display_name"][1]["cipher"] for entry in AuditEntry.objects.order_by("sequence")]
    assert [bool(cipher) for cipher in ciphers] == [False, True]
