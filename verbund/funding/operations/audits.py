"""Audits: opening files for a time, ending that early, and noting every page that was read."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.funding import notifications, parties, queries
from verbund.funding.models import AuditMandate, GrantApplication


class NotToBeGranted(DomainError):
    """The house may not open these files, or not to this person."""


class WrongPeriod(DomainError):
    """The access would be over already, or end before it begins."""


class NotRunning(DomainError):
    """The access has ended."""


@transaction.atomic
def grant_audit_access(mandate: AuditMandate, *, on: date, actor: Actor) -> AuditMandate:
    """Let an auditor read, for a time, what an audit is about.

    A carrier opens only its own files, to its own audit office or a body that audits others; the authority those of
    all. Raises NotToBeGranted or WrongPeriod.
    """
    if not queries.auditors_for(actor, on=on).filter(pk=mandate.auditor_id).exists():
        raise NotToBeGranted(_("Dieser Person kann Ihr Haus keinen Lesezugang geben."), field="auditor")
    if not parties.is_of_authority(actor) and mandate.carrier_id is None:
        mandate.carrier_id = actor.carrier_id
    if mandate.carrier_id and not queries.carriers_for_audit(actor).filter(pk=mandate.carrier_id).exists():
        raise NotToBeGranted(_("Über die Akten dieses Trägers entscheidet Ihr Haus nicht."), field="carrier")
    if mandate.centre and mandate.carrier_id and mandate.centre.carrier_id != mandate.carrier_id:
        raise NotToBeGranted(_("Dieses Zentrum gehört zu einem anderen Träger."), field="centre")
    if mandate.valid_until < max(on, mandate.valid_from):
        raise WrongPeriod(_("Der letzte Tag liegt vor heute oder vor dem ersten."), field="valid_until")
    mandate.body_id = parties.granting_body(actor)
    mandate.granted_by, mandate.granted_for = actor.user, actor.on_behalf_of
    mandate.save(force_insert=True)
    days = {"valid_from": mandate.valid_from, "valid_until": mandate.valid_until}
    audit.record("grant_audit_access", mandate, actor=actor, after=days, note=mandate.subject)
    notifications.tell_auditor(mandate)
    return mandate


@transaction.atomic
def end_audit_access(mandate: AuditMandate, *, reason: str, on: date, actor: Actor) -> None:
    """End an access before its last day; from this moment nothing can be read. Raises NotRunning."""
    current = locking(AuditMandate.objects).get(pk=mandate.pk)
    if current.ended_at is not None or current.valid_until < on:
        raise NotRunning(_("Dieser Zugang ist schon beendet."))
    current.ended_by, current.ended_for = actor.user, actor.on_behalf_of
    current.ended_at, current.ended_reason = timezone.now(), reason
    current.save(update_fields=["ended_by", "ended_for", "ended_at", "ended_reason"])
    audit.record("end_audit_access", current, actor=actor, note=reason)


@transaction.atomic
def note_reading(application: GrantApplication, *, page: str, on: date, actor: Actor) -> None:
    """Note, at every mandate that opens the file, that an auditor opened a page of it.

    The entries stand in the trail of the carrier whose file it is; the house that granted the access reads them.
    """
    running = AuditMandate.objects.running(on=on).filter(auditor_id=actor.membership_id or 0)
    covering = running.covering(
        carrier=application.carrier_id,
        centre=application.centre_id,
        programme=application.call.programme_id,
        year=application.call.budget_year,
    )
    for mandate in covering.order_by("pk"):
        audit.record(
            "read_for_audit",
            mandate,
            actor=actor,
            organisation_id=application.carrier_id,
            note=f"{application}: {page}",
        )
