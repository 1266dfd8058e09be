"""Manipulations of every kind, one upon the other: the trail is never taken for whole."""

import copy
import random
from datetime import UTC, datetime

import pytest

from verbund.core.audit.canonical import hash_of
from verbund.core.audit.verification import _ChainWalk
from verbund.core.models import AuditChain, AuditEntry

LENGTH = 12


@pytest.fixture
def head(db):
    return AuditChain(pk=7, sequence=LENGTH)


@pytest.fixture
def entries(head):
    made = []
    for sequence in range(1, LENGTH + 1):
        made.append(
            AuditEntry(
                chain=head,
                sequence=sequence,
                at=datetime(2024, 1, 1, tzinfo=UTC),
                verb=f"act {sequence}",
                target_type="core.Holiday",
                target_id="1",
                actor_label="Leitung",
                previous=head.head,
            )
        )
        made[-1].hash = head.head = hash_of(made[-1])
    head.save(force_insert=True)
    return made


def change(entries, place, luck):
    entries[place].verb = f"other {luck.random()}"


def change_and_hash(entries, place, luck):
    change(entries, place, luck)
    entries[place].hash = hash_of(entries[place])


def remove(entries, place, luck):
    del entries[place]


def remove_and_move_up(entries, place, luck):
    gone = entries.pop(place)
    for entry in entries:
        entry.sequence -= entry.sequence > gone.sequence


def swap(entries, place, luck):
    other = luck.choice(entries)
    entries[place].sequence, other.sequence = other.sequence, entries[place].sequence


def insert(entries, place, luck):
    new = copy.copy(entries[place])
    for entry in entries:
        entry.sequence += entry.sequence >= new.sequence
    new.verb = "invented"
    new.hash = hash_of(new)
    entries.append(new)


def cut(entries, place, luck):
    del entries[place:]


def findings(entries, head):
    walk = _ChainWalk(7, head, None)
    for entry in sorted(entries, key=lambda entry: entry.sequence):
        walk.take(entry)
    return walk.finish()


def content(entries):
    return sorted((entry.sequence, entry.verb, entry.hash) for entry in entries)


def test_any_mixture_of_manipulations_is_found_and_nothing_else_is_blamed(entries, head):
    assert findings(entries, head) == []
    for seed in range(1500):
        luck, forged = random.Random(seed), [copy.copy(entry) for entry in entries]
        for _number in range(luck.choice([1, 1, 2, 3])):
            manipulation = luck.choice([change, change_and_hash, remove, remove_and_move_up, swap, insert, cut])
            if forged:
                manipulation(forged, luck.randrange(len(forged)), luck)
        assert bool(findings(forged, head)) == (content(forged) != content(entries)), seed
