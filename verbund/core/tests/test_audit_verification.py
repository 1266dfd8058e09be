"""Every manipulation of the trail is found and named."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from verbund.core import append_only, audit
from verbund.core.acting import SYSTEM
from verbund.core.audit.canonical import hash_of
from verbund.core.models import AuditChain, AuditEntry, Holiday

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@transaction.atomic
def record(number, organisation_id=7):
    holiday = Holiday(day=date(2017, 10, 31))
    return audit.record("change", holiday, actor=SYSTEM, organisation_id=organisation_id, after={"name": str(number)})


@pytest.fixture
def chain():
    """A chain with ten acts, and another one that must never be blamed."""
    record(0, organisation_id=8)
    return [record(number) for number in range(1, 11)]


def manipulate(*statements):
    """Do to the database what somebody with full access could do."""
    with append_only.unlocked(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statements = [
                "SET session_replication_role = replica",
                *statements,
                "SET session_replication_role = origin",
            ]
        for statement in statements:
            cursor.execute(*statement) if isinstance(statement, tuple) else cursor.execute(statement)


def shift(first: int, by: int) -> list:
    """Return the statements that move all entries from `first` on to other places."""
    return [
        (
            "UPDATE core_auditentry SET sequence = sequence + %s WHERE chain_id = 7 AND sequence >= %s",
            [100_000 + by, first],
        ),
        "UPDATE core_auditentry SET sequence = sequence - 100000 WHERE chain_id = 7 AND sequence > 50000",
    ]


def copy_of(entry: AuditEntry, sequence: int, previous: str, verb: str = "invented") -> AuditEntry:
    """Return an invented entry whose hash is right."""
    copy = AuditEntry.objects.get(pk=entry.pk)
    copy.pk, copy.sequence, copy.previous, copy.verb = None, sequence, previous, verb
    copy._state.adding = True
    copy.hash = hash_of(copy)
    return copy


def recompute(first: int) -> list:
    """Return the statements that make the hashes of a chain right again from an entry on."""
    entries = list(AuditEntry.objects.filter(chain_id=7).order_by("sequence"))
    previous, statements = "", []
    for entry in entries:
        entry.previous = previous
        if entry.sequence == first:
            entry.actor_label = "somebody else"
        entry.hash = previous = hash_of(entry)
        statements.append(
            (
                "UPDATE core_auditentry SET actor_label = %s, previous = %s, hash = %s WHERE id = %s",
                [entry.actor_label, entry.previous, entry.hash, entry.pk],
            )
        )
    return [*statements, ("UPDATE core_auditchain SET head = %s WHERE organisation_id = 7", [previous])]


def found(anchor=None) -> list[tuple]:
    findings = audit.verify(anchor)
    assert {finding.chain for finding in findings} <= {7}
    assert all("Organisation 7" in str(finding) for finding in findings)
    return [(finding.kind, finding.sequence) for finding in findings]


def test_a_trail_nobody_touched_is_whole(chain):
    anchor = audit.head()
    record(11)
    assert found() == []
    assert found(anchor) == []


@pytest.mark.parametrize(
    "change",
    [
        'changes = \'{"name": [null, "99"]}\'',
        "actor_label = 'somebody else'",
        "actor_id = NULL, membership_id = 12",
        "verb = 'approve'",
        "target_id = '9'",
        "note = 'invented'",
        "at = '2020-01-01 00:00:00'",
        "previous = ''",
        "hash = 'f00'",
    ],
)
def test_a_changed_value_is_found(chain, change):
    manipulate(f"UPDATE core_auditentry SET {change} WHERE chain_id = 7 AND sequence = 5")  # noqa: S608
    assert ("CHANGED", 5) in found()
    assert "Eintrag 5 wurde verändert" in " ".join(map(str, audit.verify()))


def test_a_changed_person_is_found(chain, member):
    user = member("CENTRE_LEAD").user
    manipulate(("UPDATE core_auditentry SET actor_id = %s WHERE chain_id = 7 AND sequence = 5", [user.pk]))
    assert found() == [("CHANGED", 5)]


def test_a_changed_value_whose_hash_was_made_right_again_is_found(chain):
    forged = copy_of(chain[4], 5, chain[4].previous)
    manipulate(
        ("UPDATE core_auditentry SET verb = %s, hash = %s WHERE id = %s", [forged.verb, forged.hash, chain[4].pk])
    )
    assert found() == [("CHANGED", 5)]


def test_the_last_entry_made_right_again_is_found_by_the_head(chain):
    forged = copy_of(chain[9], 10, chain[9].previous)
    manipulate(
        ("UPDATE core_auditentry SET verb = %s, hash = %s WHERE id = %s", [forged.verb, forged.hash, chain[9].pk])
    )
    assert found() == [("HEAD", 10)]


def test_a_removed_entry_is_found(chain):
    manipulate("DELETE FROM core_auditentry WHERE chain_id = 7 AND sequence = 5")
    assert found() == [("REMOVED", 5)]


def test_several_removed_entries_are_named_as_a_run(chain):
    manipulate("DELETE FROM core_auditentry WHERE chain_id = 7 AND sequence IN (1, 4, 5, 6)")
    assert found() == [("REMOVED", 1), ("REMOVED", 4)]
    assert "Einträge 4 bis 6 wurden entfernt" in str(audit.verify()[1])


def test_a_removed_entry_is_found_though_the_others_moved_up(chain):
    manipulate("DELETE FROM core_auditentry WHERE chain_id = 7 AND sequence = 5", *shift(6, -1))
    assert sorted(found()) == [("MOVED", 5), ("REMOVED", 5)]
    assert "Einträge 5 bis 9 wurden umgestellt, sie standen an den Stellen 6 bis 10." in str(audit.verify())


def test_entries_cut_off_at_the_end_are_found(chain):
    manipulate("DELETE FROM core_auditentry WHERE chain_id = 7 AND sequence > 8")
    assert found() == [("CUT", 9)]
    assert "die Kette wurde abgeschnitten, es fehlen die Einträge 9 bis 10" in str(audit.verify()[0])


def test_a_chain_cut_off_with_its_head_is_found_with_an_anchor(chain):
    anchor = audit.head()
    manipulate(
        "DELETE FROM core_auditentry WHERE chain_id = 7 AND sequence > 8",
        ("UPDATE core_auditchain SET sequence = 8, head = %s WHERE organisation_id = 7", [chain[7].hash]),
    )
    assert found() == []
    assert found(anchor) == [("CUT", 9)]


def test_swapped_entries_are_found(chain):
    manipulate(
        "UPDATE core_auditentry SET sequence = 1000 WHERE chain_id = 7 AND sequence = 3",
        "UPDATE core_auditentry SET sequence = 3 WHERE chain_id = 7 AND sequence = 8",
        "UPDATE core_auditentry SET sequence = 8 WHERE chain_id = 7 AND sequence = 1000",
    )
    assert found() == [("MOVED", 3), ("MOVED", 8)]
    assert "Eintrag 3 wurde umgestellt, er stand an Stelle 8" in str(audit.verify()[0])


def test_an_inserted_entry_is_found(chain):
    manipulate(*shift(5, 1))
    copy_of(chain[4], 5, chain[3].hash).save(force_insert=True)
    assert sorted(found()) == [("INSERTED", 5), ("MOVED", 6)]


def test_an_entry_appended_behind_the_head_is_found(chain):
    copy_of(chain[9], 11, chain[9].hash).save(force_insert=True)
    assert found() == [("INSERTED", 11)]


def test_a_chain_recomputed_from_end_to_end_is_found_with_an_anchor(chain):
    anchor = json.loads(json.dumps(audit.head()))
    record(11)
    manipulate(*recompute(first=5))
    assert found() == []
    assert found(anchor) == [("RECOMPUTED", 10)]


def test_a_removed_head_is_found(chain):
    manipulate("DELETE FROM core_auditchain WHERE organisation_id = 7")
    assert ("HEAD", 0) in found()
    AuditChain.objects.create(pk=7)  # so that the foreign keys are whole again when the test ends


def test_a_chain_removed_with_its_head_is_found_with_an_anchor(chain):
    anchor = audit.head()
    manipulate(
        "DELETE FROM core_auditentry WHERE chain_id = 7", "DELETE FROM core_auditchain WHERE organisation_id = 7"
    )
    assert found() == []
    assert found(anchor) == [("HEAD", 0), ("CUT", 1)]


def test_neighbours_that_were_changed_are_named_as_a_run(chain):
    manipulate("UPDATE core_auditentry SET verb = 'x' WHERE chain_id = 7 AND sequence BETWEEN 3 AND 6")
    assert [str(finding) for finding in audit.verify()] == [
        "Kette der Organisation 7: Einträge 3 bis 6 wurden verändert."
    ]


def test_many_findings_are_named_up_to_fifty_per_chain(chain):
    for number in range(11, 121):
        record(number)
    manipulate("UPDATE core_auditentry SET verb = 'x' WHERE chain_id = 7 AND sequence % 2 = 0")
    findings = audit.verify()
    assert len(findings) == 51
    assert str(findings[-1]).endswith("10 weitere Befunde.")


def test_the_command_says_what_it_checked(chain, capsys):
    call_command("audit", "verify")
    assert capsys.readouterr().out.strip() == "11 Einträge in 2 Ketten geprüft, unverändert"


def test_the_command_compares_with_an_anchor_written_earlier(chain, capsys, tmp_path):
    call_command("audit", "head")
    anchor = tmp_path / "anchor.json"
    anchor.write_text(capsys.readouterr().out)
    manipulate(*recompute(first=5))
    with pytest.raises(CommandError, match="1 Befund"):
        call_command("audit", "verify", anchor=anchor)
    assert "neu berechnet" in capsys.readouterr().err


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"chains": 1}', '{"chains": {"7": {"sequence": 1}}}', '{"chains": {"x": {"sequence": 1, "hash": ""}}}'],
)
def test_a_file_that_is_no_anchor_is_refused(content, tmp_path):
    anchor = tmp_path / "anchor.json"
    anchor.write_text(content)
    with pytest.raises(CommandError, match="audit head"):
        call_command("audit", "verify", anchor=anchor)
