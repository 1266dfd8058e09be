"""Hearings: the carrier may speak before anything is decided against it (§ 28 VwVfG NRW)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.dates import next_working_day
from verbund.core.errors import DomainError
from verbund.funding import letters, notifications
from verbund.funding.lifecycle import HEARING, HearingStatus
from verbund.funding.models import GrantApplication, Hearing
from verbund.funding.operations.reviews import DeadlineTooEarly, refuse_conflict


class NotHeard(DomainError):
    """Nothing is decided against a recipient that had no chance to speak (§ 28 VwVfG NRW)."""


class HearingStillOpen(DomainError):
    """The time to answer has not passed yet."""


@transaction.atomic
def open_hearing(
    application: GrantApplication,
    *,
    occasion: str,
    text: str,
    due_on: date,
    on: date,
    actor: Actor,
    known_on: date | None = None,
) -> Hearing:
    """Tell the carrier what is intended and why, and until when it may answer; the letter is stored.

    `known_on` is since when the authority knows all facts that justify a rescission or revocation: the year runs from
    there. The last day moves to a working day (§ 31 (3) VwVfG NRW). Raises ConflictOfInterest or DeadlineTooEarly.
    """
    refuse_conflict(application, actor=actor)
    if due_on <= on:
        raise DeadlineTooEarly(_("Die Frist muss nach heute liegen."), field="due_on")
    due_on = next_working_day(due_on)
    hearing = Hearing.objects.create(
        application=application,
        occasion=occasion,
        text=text,
        due_on=due_on,
        known_on=known_on,
        opened_on=on,
        document=letters.hearing(application, text=text, due_on=due_on, on=on),
        **actor.signs("opened"),
    )
    after = {"occasion": occasion, "text": text, "due_on": due_on, "known_on": known_on}
    audit.record("open_hearing", hearing, actor=actor, after=after)
    notifications.tell_carrier_about_hearing(hearing)
    return hearing


@transaction.atomic
def answer_hearing(hearing: Hearing, *, answer: str, on: date, actor: Actor) -> None:
    """Answer for the carrier. Raises NotAllowedNow once it was answered or closed."""
    changes = {"answer": answer, "answered_on": on, **actor.signs("answered")}
    HEARING.apply("answer_hearing", hearing, actor=actor, changes=changes)
    notifications.tell_officer_about_hearing_answer(hearing)


@transaction.atomic
def close_hearing(hearing: Hearing, *, on: date, actor: Actor) -> None:
    """Go on without an answer, after the last day. Raises HearingStillOpen or NotAllowedNow."""
    if on <= hearing.due_on:
        raise HearingStillOpen(
            _("Der Träger kann sich noch bis zum %(day)s äußern.") % {"day": f"{hearing.due_on:%d.%m.%Y}"}
        )
    HEARING.apply("close_hearing", hearing, actor=actor)


def refuse_unheard(hearing: Hearing | None) -> None:
    """Raise NotHeard unless the carrier answered or let the time pass."""
    if hearing is None or not hearing.is_heard:
        raise NotHeard(_("Erst muss der Träger angehört sein."))


def lapse_open_hearings(application: GrantApplication, *, occasion: str, actor: Actor) -> None:
    """End the hearings of an occasion that has gone. Call within the act that made it go."""
    known = application.hearings.filter(occasion=occasion).exclude(status=HearingStatus.LAPSED)
    for hearing in known:
        HEARING.apply("lapse_hearing", hearing, actor=actor)
