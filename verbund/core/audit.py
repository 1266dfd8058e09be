"""The audit trail (first form; see docs/architecture.md)."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone


def record(verb, target, *, actor, organisation_id=None, before=None, after=None, note=""):
    """Append one act to the chain of the organisation on whose record it happens, in the caller's transaction."""
    from verbund.core.models import AuditChain, AuditEntry

    if organisation_id is None:
        organisation_id = getattr(target, "audit_organisation_id", None) or 0
    with transaction.atomic():
        AuditChain.objects.get_or_create(organisation_id=organisation_id)
        chain = AuditChain.objects.select_for_update().get(organisation_id=organisation_id)
        changes = {name: [str((before or {}).get(name, "")), str(value)] for name, value in (after or {}).items()}
        body = json.dumps([chain.head, verb, target._meta.label, str(target.pk), changes, note])
        chain.sequence += 1
        previous, chain.head = chain.head, hashlib.sha256(body.encode()).hexdigest()
        chain.save(update_fields=["sequence", "head"])
        return AuditEntry.objects.create(
            chain=chain,
            sequence=chain.sequence,
            at=timezone.now(),
            verb=verb,
            target_type=target._meta.label,
            target_id=str(target.pk),
            actor=actor.user,
            actor_label=actor.label,
            membership_id=actor.membership_id,
            on_behalf_of=actor.on_behalf_of,
            changes=changes,
            note=note,
            previous=previous,
            hash=chain.head,
        )
