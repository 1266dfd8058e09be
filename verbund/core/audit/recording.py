"""Writing: one act, one entry, in the transaction of the act."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import privacy
from verbund.core.audit import canonical, keys
from verbund.core.models import AuditChain, AuditEntry

PLATFORM = 0
LABEL_LENGTH = 300
NOTE = "*note"


class OutsideTransaction(RuntimeError):
    """An act was to be recorded outside of a transaction, where it could stand without the change or the reverse."""


def record(verb: str, target, *, actor, organisation_id=None, before=None, after=None, note="") -> AuditEntry:
    """Append one act to the chain of the organisation on whose record it happens.

    `before` and `after` map field names to values; stored are those of `after` that differ (with only `before`: what
    was deleted). Without `organisation_id` the target's `audit_organisation_id` counts; 0 is the platform.
    The chain's row stays locked until the transaction ends, so two acts on one organisation follow one another:
    call this last, and for several organisations in the order of their ids.
    Raises OutsideTransaction unless the caller has begun one.
    """
    if not _in_own_transaction():
        raise OutsideTransaction(f"audit.record({verb!r}) must be called inside transaction.atomic, with the change.")
    if organisation_id is None:
        organisation_id = getattr(target, "audit_organisation_id", None) or PLATFORM
    declaration = privacy.declaration_of(type(target))
    changes = _locked_up(_changed(before, after), target, declaration)
    if note and declaration and declaration.personal_note:
        changes[NOTE] = [None, *keys.lock_up(privacy.subject_of(target, declaration), [canonical.text_of(note)])]
        note = ""
    chain = _locked_chain(organisation_id)
    entry = AuditEntry(
        chain=chain,
        sequence=chain.sequence + 1,
        at=timezone.now(),
        verb=verb,
        target_type=target._meta.label,
        target_id=str(target.pk),
        actor=actor.user,
        actor_label=_label_of(actor),
        membership_id=actor.membership_id,
        on_behalf_of=actor.on_behalf_of,
        changes=changes,
        note=canonical.text_of(note) or "",
        previous=chain.head,
    )
    entry.hash = canonical.hash_of(entry)
    entry.save(force_insert=True)
    AuditChain.objects.filter(pk=chain.pk).update(sequence=entry.sequence, head=entry.hash)
    return entry


def hold_chain(organisation_id: int) -> None:
    """Lock the chain of an organisation now, before rows that other acts lock only after they have recorded something.

    Whoever takes chain and row always in this order cannot block another act that does the same.
    """
    if not _in_own_transaction():
        raise OutsideTransaction("audit.hold_chain must be called inside transaction.atomic, with the change.")
    _locked_chain(organisation_id)


def _in_own_transaction() -> bool:
    """Whether the caller has begun a transaction; the one a test case wraps around itself does not count."""
    return any(not block._from_testcase for block in transaction.get_connection().atomic_blocks)


def _label_of(actor) -> str:
    """Return the function of the actor; people without one are not named, for this text can never be erased."""
    if actor.user is not None and actor.membership_id is None:
        return _("Person ohne Funktion")
    return actor.label[:LABEL_LENGTH]


def _locked_chain(organisation_id: int) -> AuditChain:
    """Return the chain with its row locked (SQLite: the transaction began IMMEDIATE and is alone)."""
    chains = AuditChain.objects.select_for_update()
    chain = chains.filter(pk=organisation_id).first()
    if chain is None:
        AuditChain.objects.get_or_create(pk=organisation_id)
        chain = chains.get(pk=organisation_id)
    return chain


def _changed(before: dict | None, after: dict | None) -> dict[str, list]:
    """Return `{field: [canonical before, canonical after]}` of the fields that differ."""
    before = before or {}
    names = before if after is None else after
    pairs = {name: (before.get(name), (after or {}).get(name)) for name in names}
    texts = {name: [canonical.text_of(old), canonical.text_of(new)] for name, (old, new) in pairs.items() if old != new}
    return {name: pair for name, pair in texts.items() if pair[0] != pair[1]}


def _locked_up(changes: dict[str, list], target, declaration) -> dict[str, list]:
    """Encrypt the values of fields declared personal with the key of the person concerned."""
    personal = privacy.personal_names(declaration) & changes.keys() if declaration else set()
    if personal:
        subject = privacy.subject_of(target, declaration)
        for name in sorted(personal):
            changes[name] = keys.lock_up(subject, changes[name])
    return changes
