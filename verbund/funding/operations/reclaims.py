"""Reclaims: what was paid without right comes back."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from verbund.core import audit
from verbund.core.acting import Actor
from verbund.funding import notifications
from verbund.funding.models import GrantApplication, GrantNotice, Hearing, Reclaim, ReclaimEntry


@transaction.atomic
def open_reclaim(
    application: GrantApplication,
    *,
    occasion: str,
    principal: Decimal,
    reason: str,
    on: date,
    actor: Actor,
    notice: GrantNotice | None = None,
    hearing: Hearing | None = None,
) -> Reclaim:
    """Note that `principal` euros were paid without right, and since when that stands; nobody is asked to pay yet."""
    reclaim = Reclaim.objects.create(
        application=application,
        notice=notice,
        hearing=hearing,
        occasion=occasion,
        principal=principal,
        reason=reason,
        arose_on=on,
        status_since=on,
        **actor.signs("opened"),
    )
    if principal:
        ReclaimEntry.objects.create(
            reclaim=reclaim, kind=ReclaimEntry.Kind.PRINCIPAL, amount=principal, day=on, **actor.signs("recorded")
        )
    after = {"occasion": occasion, "principal": principal, "reason": reason}
    audit.record("open_reclaim", reclaim, actor=actor, after=after)
    notifications.tell_officer_about_reclaim(reclaim)
    return reclaim
