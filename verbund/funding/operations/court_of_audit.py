"""Copies for the Landesrechnungshof: which notices it gets, and when a copy was sent (VVG to § 44 LHO Nr. 4.2)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.funding import letters
from verbund.funding.models import CourtOfAuditCopy, GrantNotice


class AlreadySent(DomainError):
    """The copy was recorded as sent before."""


class WrongSendingDay(DomainError):
    """A copy is sent after the notice was issued, and not in the future."""


def note_copy(notice: GrantNotice) -> None:
    """Note that the court of audit gets a copy of a notice above the threshold. Call within the act that issues it."""
    if notice.is_grant and letters.copies_to(notice.decision):
        CourtOfAuditCopy.objects.create(notice=notice)


@transaction.atomic
def record_copy_sent(copy: CourtOfAuditCopy, *, sent_on: date, on: date, actor: Actor) -> None:
    """Record on which day the copy was sent. Raises WrongSendingDay or AlreadySent."""
    current = locking(CourtOfAuditCopy.objects).get(pk=copy.pk)
    if current.sent_on is not None:
        raise AlreadySent(_("Der Versand ist schon festgehalten."))
    if not copy.notice.issued_on <= sent_on <= on:
        raise WrongSendingDay(_("Der Tag muss zwischen dem Erlass des Bescheids und heute liegen."), field="sent_on")
    changes = {"sent_on": sent_on, **actor.signs("sent")}
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.save(update_fields=list(changes))
    audit.record("record_copy_sent", copy, actor=actor, after={"sent_on": sent_on})
