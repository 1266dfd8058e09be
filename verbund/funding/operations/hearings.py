"""Hearings: the carrier may speak before anything is decided against it (§ 28 VwVfG NRW)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import audit, deadlines
from verbund.core.acting import Actor
from verbund.core.dates import add_months, next_working_day
from verbund.core.errors import DomainError
from verbund.funding import clocks, letters, notifications
from verbund.funding.clock_kinds import HEARING_ANSWER
from verbund.funding.lifecycle import HEARING, HearingStatus
from verbund.funding.models import GrantApplication, Hearing
from verbund.funding.operations.grants import locked_grant
from verbund.funding.operations.reviews import DeadlineTooEarly, refuse_conflict
from verbund.programmes import queries as programmes


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
    refuse_conflict(locked_grant(application.pk), actor=actor)
    if due_on <= on:
        raise DeadlineTooEarly(_("Die Frist muss nach heute liegen."), field="due_on")
    nominal_on, due_on = due_on, next_working_day(due_on)
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
    clocks.hearing_opened(hearing, nominal_on=nominal_on, last_day=last_day_of_revocation(hearing), on=on, actor=actor)
    notifications.tell_carrier_about_hearing(hearing)
    return hearing


@transaction.atomic
def answer_hearing(hearing: Hearing, *, answer: str, on: date, actor: Actor) -> None:
    """Answer for the carrier. Raises NotAllowedNow once it was answered or closed."""
    changes = {"answer": answer, "answered_on": on, **actor.signs("answered")}
    HEARING.apply("answer_hearing", hearing, actor=actor, changes=changes)
    clocks.hearing_ended(hearing, on=on, actor=actor)
    notifications.tell_officer_about_hearing_answer(hearing)


@transaction.atomic
def close_hearing(hearing: Hearing, *, on: date, actor: Actor) -> None:
    """Go on without an answer, after the last day. Raises HearingStillOpen or NotAllowedNow."""
    last_day = deadlines.due_of(HEARING_ANSWER, hearing) or hearing.due_on
    if on <= last_day:
        raise HearingStillOpen(_("Der Träger kann sich noch bis zum %(day)s äußern.") % {"day": f"{last_day:%d.%m.%Y}"})
    HEARING.apply("close_hearing", hearing, actor=actor)
    clocks.hearing_ended(hearing, on=on, actor=actor)


def refuse_unheard(hearing: Hearing | None) -> None:
    """Raise NotHeard unless the carrier answered or let the time pass."""
    if hearing is None or not hearing.is_heard:
        raise NotHeard(_("Erst muss der Träger angehört sein."))


def lapse_open_hearings(application: GrantApplication, *, occasion: str, actor: Actor) -> None:
    """End the hearings of an occasion that has gone. Call within the act that made it go."""
    known = application.hearings.filter(occasion=occasion).exclude(status=HearingStatus.LAPSED)
    for hearing in known:
        HEARING.apply("lapse_hearing", hearing, actor=actor)


def last_day_of_revocation(hearing: Hearing) -> date | None:
    """Return the last day for a rescission or revocation: months (a row) from full knowledge; None if not noted."""
    if hearing.known_on is None:
        return None
    call = hearing.application.call
    months = programmes.policy_value(call.guideline, "REVOCATION_MONTHS", call.budget_year)
    return add_months(hearing.known_on, int(months.value)) if months else None
