"""Holds on files: nothing under one goes, until somebody lifts it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.funding.models import GrantApplication, LegalHold
from verbund.funding.operations.grants import locked_grant


class AlreadyHeld(DomainError):
    """The file is held already; the reason of the first hold stands."""


class NotHeld(DomainError):
    """The hold has been lifted."""


@transaction.atomic
def set_hold(application: GrantApplication, *, reason: str, actor: Actor) -> LegalHold:
    """Keep a file from being deleted, with a reason. Raises AlreadyHeld or FileDeleted."""
    locked_grant(application.pk)
    if application.holds.filter(lifted_at=None).exists():
        raise AlreadyHeld(_("Für diese Akte gilt schon eine Löschsperre."))
    hold = LegalHold.objects.create(application=application, reason=reason, **actor.signs("set"))
    audit.record("set_hold", application, actor=actor, note=reason)
    return hold


@transaction.atomic
def lift_hold(hold: LegalHold, *, reason: str, actor: Actor) -> None:
    """Let a file go again when its period is over, with a reason. Raises NotHeld."""
    current = locking(LegalHold.objects).get(pk=hold.pk)
    if current.lifted_at is not None:
        raise NotHeld(_("Diese Löschsperre ist schon aufgehoben."))
    current.lifted_by, current.lifted_for = actor.user, actor.on_behalf_of
    current.lifted_at = timezone.now()
    current.save(update_fields=["lifted_by", "lifted_for", "lifted_at"])
    audit.record("lift_hold", current.application, actor=actor, note=reason)
