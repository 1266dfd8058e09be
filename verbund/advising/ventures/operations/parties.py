"""Who carries a venture: take partners and bodies in, and let them go."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.models import Venture, VentureParty
from verbund.advising.ventures.lifecycle import VENTURE, VentureStatus
from verbund.advising.ventures.operations.concepts import settle
from verbund.advising.ventures.operations.ventures import (
    ReasonMissing,
    WrongDay,
    WrongParty,
    locked,
    refuse_future,
    refuse_over,
)
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.lifecycle import NotAllowedNow
from verbund.directory.models import Partner


@transaction.atomic
def join_venture(
    venture: Venture, *, partner: Partner | None = None, body: str = "", function: str, since: date, on: date,
    actor: Actor,
) -> VentureParty:  # fmt: skip
    """Take a partner of the directory or a body by its name in. What was agreed needs its consent as well.

    Raises WrongParty, WrongDay, NotAllowedNow.
    """
    stored = locked(venture)
    refuse_over(stored)
    if (partner is None) == (body == ""):
        raise WrongParty(_("Wählen Sie eine Einrichtung oder nennen Sie eine Stelle, nicht beides."), field="body")
    if partner is not None and partner.centre_id != stored.centre_id:
        raise WrongParty(_("Diese Einrichtung betreut ein anderes Zentrum."), field="partner")
    if partner is not None and stored.parties.filter(partner=partner, until=None).exists():
        raise WrongParty(_("Diese Einrichtung ist schon dabei."), field="partner")
    refuse_future(since, on, field="since")
    party = VentureParty.objects.create(venture=stored, partner=partner, body=body, function=function, since=since)
    after = {"partner": partner and partner.organisation.name, "body": body, "function": function, "since": since}
    audit.record("join_venture", party, actor=actor, after=after)
    if stored.status == VentureStatus.AGREED:
        VENTURE.apply("reopen_concept", stored, actor=actor, changes={"status_since": on})
    return party


@transaction.atomic
def leave_venture(party: VentureParty, *, until: date, leave_reason: str, on: date, actor: Actor) -> None:
    """Record when and why a party leaves; its agreements stay. Raises WrongDay, ReasonMissing, NotAllowedNow."""
    venture = locked(party.venture)
    refuse_over(venture)
    current = VentureParty.objects.get(pk=party.pk)
    if not current.is_active:
        raise NotAllowedNow(_("Dieser Partner ist schon ausgeschieden."))
    refuse_future(until, on, field="until")
    if until < current.since:
        raise WrongDay(_("Der Tag liegt vor dem Beginn."), field="until")
    if not leave_reason.strip():
        raise ReasonMissing(_("Bitte schreiben Sie, warum der Partner ausscheidet."), field="leave_reason")
    party.until, party.leave_reason = until, leave_reason
    party.save(update_fields=["until", "leave_reason"])
    audit.record(
        "leave_venture", party, actor=actor, before={"until": None}, after={"until": until}, note=leave_reason[:200]
    )
    settle(venture, on=on, actor=actor)
