"""An institution that ends its work: all its accompaniments are closed in one act."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.accompaniments.lifecycle import ACCOMPANIMENT, AccompanimentStatus
from verbund.advising.accompaniments.operations.accompaniments import WrongDay, closing
from verbund.advising.models import Accompaniment
from verbund.core import audit
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.directory.models import Organisation, Partner


class AlreadyEnded(DomainError):
    """The institution has ended its work before, or goes on."""


@transaction.atomic
def end_partner(partner: Partner, *, ended_on: date, outcome: str, reason: str, on: date, actor) -> int:
    """Mark an institution as ended and close what runs with it; return how many accompaniments that were.

    Forms do not offer it any more. Raises AlreadyEnded, WrongDay.
    """
    organisation = locking(Organisation.objects).get(pk=partner.pk)
    if organisation.valid_until is not None:
        raise AlreadyEnded(_("Diese Einrichtung hat ihre Arbeit schon beendet."))
    if ended_on > on:
        raise WrongDay(
            _("Der Tag liegt in der Zukunft. Tragen Sie das Ende ein, wenn es so weit ist."), field="ended_on"
        )
    if organisation.valid_from and ended_on < organisation.valid_from:
        raise WrongDay(_("Der Tag liegt vor dem Beginn der Einrichtung."), field="ended_on")
    running = list(Accompaniment.objects.filter(partner=partner, status=AccompanimentStatus.RUNNING).order_by("pk"))
    changes = closing(outcome=outcome, reason=reason, closed_on=ended_on)
    ACCOMPANIMENT.apply_many("close_accompaniment", running, actor=actor, changes=changes)
    _set_end(partner, organisation, ended_on)
    audit.record(
        "end_partner", partner, actor=actor, before={"valid_until": None}, after={"valid_until": ended_on}, note=reason
    )
    return len(running)


@transaction.atomic
def resume_partner(partner: Partner, *, reason: str, actor) -> None:
    """Take the end of an institution back; its accompaniments stay closed. Raises AlreadyEnded."""
    organisation = locking(Organisation.objects).get(pk=partner.pk)
    if organisation.valid_until is None or partner.merged_into.filter(undone_on=None).exists():
        raise AlreadyEnded(_("Diese Einrichtung lässt sich so nicht wieder aufnehmen."))
    before = {"valid_until": organisation.valid_until}
    _set_end(partner, organisation, None)
    audit.record("resume_partner", partner, actor=actor, before=before, after={"valid_until": None}, note=reason)


def _set_end(partner: Partner, organisation: Organisation, day: date | None) -> None:
    organisation.valid_until = day
    organisation.save(update_fields=["valid_until"])
    partner.organisation.valid_until = day
