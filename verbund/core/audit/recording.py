"""Writing: one act, one entry, in the transaction of the act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import bulk, privacy
from verbund.core.audit import canonical, keys
from verbund.core.locks import locking
from verbund.core.models import AuditChain, AuditEntry, StoredFile

PLATFORM = 0
LABEL_LENGTH = 300
NOTE = "*note"
FINGERPRINTS = frozenset({"sha256"})
COLUMNS = tuple(field.attname for field in AuditEntry._meta.concrete_fields if not field.primary_key)
WRITTEN_OF = attrgetter(*("changes_text" if name == "changes" else name for name in COLUMNS))
"""What of a `Line` goes into the columns."""


class OutsideTransaction(RuntimeError):
    """An act was to be recorded outside of a transaction, where it could stand without the change or the reverse."""


@dataclass(frozen=True, slots=True)
class Act:
    """What `record` is told of one act, for `record_many`."""

    verb: str
    target: Model
    before: dict | None = None
    after: dict | None = None
    note: str = ""
    organisation_id: int | None = None


def record(verb: str, target, *, actor, organisation_id=None, before=None, after=None, note="") -> AuditEntry:
    """Append one act to the chain of the organisation on whose record it happens.

    `before` and `after` map field names to values; stored are those of `after` that differ (with only `before`: what
    was deleted). Without `organisation_id` the target's `audit_organisation_id` counts; 0 is the platform.
    The chain's row stays locked until the transaction ends, so two acts on one organisation follow one another:
    call this last, and for several organisations in the order of their ids.
    Raises OutsideTransaction unless the caller has begun one.
    """
    [line] = _chained([Act(verb, target, before, after, note, organisation_id)], actor)
    pk = bulk.insert_one(AuditEntry, COLUMNS, WRITTEN_OF(line))
    return AuditEntry.from_db("default", ("id", *COLUMNS), (pk, *attrgetter(*COLUMNS)(line)))


def record_many(acts: Iterable[Act], *, actor) -> None:
    """Append acts in their order, as `record` would one by one in the same moment.

    The chains are locked once, in the order of their ids. Raises OutsideTransaction.
    """
    lines = _chained(list(acts), actor)
    bulk.insert(AuditEntry, COLUMNS, map(WRITTEN_OF, lines))


def hold(organisation_ids: Iterable[int]) -> None:
    """Lock the chains of organisations in order, before rows that other acts lock only after they have recorded.

    Whoever takes chains and rows always in this order cannot block another act that does the same. Raises
    OutsideTransaction.
    """
    if not _in_own_transaction():
        raise OutsideTransaction("audit.hold must be called inside transaction.atomic, with the change.")
    _locked_chains(set(organisation_ids))


@dataclass(slots=True)
class Line:
    """An entry in its place, not stored yet; its fields are those of `AuditEntry`."""

    chain_id: int
    sequence: int
    at: datetime
    verb: str
    target_type: str
    target_id: str
    actor_id: int | None
    actor_label: str
    membership_id: int | None
    on_behalf_of_id: int | None
    changes: dict[str, list]
    note: str
    previous: str
    hash: str = ""
    changes_text: bulk.AsJson = bulk.NOTHING


def _chained(acts: list[Act], actor) -> list[Line]:
    """Return the lines of acts; the heads of their chains have moved on."""
    if not _in_own_transaction():
        verbs = ", ".join(sorted({act.verb for act in acts}))
        raise OutsideTransaction(f"audit.record ({verbs}) must be called inside transaction.atomic, with the change.")
    lock = keys.Lock()
    said = [_said(act, lock) for act in acts]
    now = timezone.now()
    owners = [_owner_of(act) for act in acts]
    chains = _locked_chains(set(owners))
    person, deputised, label = _pk(actor.user), _pk(actor.on_behalf_of), _label_of(actor)
    lines = []
    for act, owner, (changes, note) in zip(acts, owners, said, strict=True):
        chain, target = chains[owner], act.target
        line = Line(
            owner,
            chain.sequence + 1,
            now,
            act.verb,
            target._meta.label,
            str(target.pk),
            person,
            label,
            actor.membership_id,
            deputised,
            changes,
            note,
            chain.head,
        )
        line.changes_text = bulk.AsJson(canonical.changes_of(line))
        line.hash = canonical.hash_of(line, changes=line.changes_text)
        chain.sequence, chain.head = line.sequence, line.hash
        lines.append(line)
    bulk.update(AuditChain, ("sequence", "head"), [(one.sequence, one.head, one.pk) for one in chains.values()])
    return lines


def _pk(person) -> int | None:
    return None if person is None else person.pk


def _owner_of(act: Act) -> int:
    if act.organisation_id is not None:
        return act.organisation_id
    return getattr(act.target, "audit_organisation_id", None) or PLATFORM


def _said(act: Act, lock: keys.Lock) -> tuple[dict[str, list], str]:
    """Return changes and note as they are kept, personal ones encrypted."""
    declaration = privacy.declaration_of(type(act.target))
    changes = _locked_up(_changed(act.before, act.after), act.target, declaration, lock)
    note = canonical.text_of(act.note) or ""
    if note and declaration and declaration.personal_note:
        changes[NOTE] = [None, *lock.up(privacy.subject_of(act.target, declaration), [note])]
    elif note and declaration and declaration.seals_texts:
        changes[NOTE] = [None, *lock.seal(privacy.text_key_of(act.target), [note])]
    else:
        return changes, note
    return changes, ""


def _in_own_transaction() -> bool:
    """Whether the caller has begun a transaction; the one a test case wraps around itself does not count."""
    return any(not block._from_testcase for block in transaction.get_connection().atomic_blocks)


def _label_of(actor) -> str:
    """Return the function of the actor; people without one are not named, for this text can never be erased."""
    if actor.user is not None and actor.membership_id is None:
        return _("Person ohne Funktion")
    return actor.label[:LABEL_LENGTH]


@dataclass(slots=True)
class Head:
    """Where a chain ends; its fields are those of `AuditChain`, of which an act on many records needs hundreds."""

    pk: int
    sequence: int
    head: str


def _locked_chains(organisation_ids: set[int]) -> dict[int, Head]:
    """Return the heads of chains with their rows locked (SQLite: the transaction began IMMEDIATE and is alone)."""
    chains = locking(AuditChain.objects).filter(pk__in=organisation_ids).order_by("pk")
    chains = chains.values_list("pk", "sequence", "head")
    found = {row[0]: Head(*row) for row in chains}
    missing = organisation_ids - found.keys()
    if missing:
        new = [AuditChain(pk=organisation_id) for organisation_id in sorted(missing)]
        AuditChain.objects.bulk_create(new, ignore_conflicts=True)
        found = {row[0]: Head(*row) for row in chains.all()}
    return found


def _changed(before: dict | None, after: dict | None) -> dict[str, list]:
    """Return `{field: [canonical before, canonical after]}` of the fields that differ."""
    if not before:
        return {
            name: [None, text] for name, new in (after or {}).items() if (text := canonical.text_of(new)) is not None
        }
    names = before if after is None else after
    after = after or {}
    changes = {}
    for name in names:
        old, new = before.get(name), after.get(name)
        if old != new:
            pair = [None if old is None else canonical.text_of(old), canonical.text_of(new)]
            if pair[0] != pair[1]:
                changes[name] = pair
    return changes


def _locked_up(changes: dict[str, list], target, declaration, lock: keys.Lock) -> dict[str, list]:
    """Encrypt the values of fields declared personal with the key of the person concerned, and seal free texts."""
    personal = privacy.personal_names(declaration) & changes.keys() if declaration else set()
    if personal:
        subject = privacy.subject_of(target, declaration)
        for name in sorted(personal):
            changes[name] = lock.up(subject, changes[name])
    if declaration and declaration.seals_texts:
        for name in sorted(changes.keys() - personal):
            if may_hold_free_text(type(target), name):
                changes[name] = lock.seal(privacy.text_key_of(target), changes[name])
    return changes


def may_hold_free_text(model, name: str) -> bool:
    """Whether what is recorded under a name may be something people wrote, names of files included.

    Codes, days, amounts and fingerprints are not; what is no field of the model may be anything, and so may be what is
    recorded under the name of the records that refer to it.
    """
    declaration = privacy.declaration_of(model)
    if declaration and name in declaration.unsealed:
        return False
    try:
        column = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name not in FINGERPRINTS
    if column.is_relation:
        return column.auto_created or column.related_model is StoredFile
    return isinstance(column, (models.CharField, models.TextField, models.JSONField)) and not column.choices
