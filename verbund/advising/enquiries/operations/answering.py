"""What those who answer can do: take, ask back, sort, pass on, answer, close, open again; and forgetting in time."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising import permissions
from verbund.advising.enquiries import notifications, queries, routing
from verbund.advising.enquiries.lifecycle import ENQUIRY, CloseReason
from verbund.advising.enquiries.operations.records import after_a_pause, erase, new_reference, with_its_text
from verbund.advising.models import Enquiry, EnquiryMessage, EnquiryTransfer
from verbund.core import audit
from verbund.core.acting import SYSTEM, Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.versions import claim_version
from verbund.directory.models import Organisation

SORTED = ("field", "stage")
Kind = EnquiryMessage.Kind


class SameBody(DomainError):
    """An enquiry passed on to whoever has it, or to a body that is not there."""


class NoWords(DomainError):
    """A question that does not belong here is closed without saying where it belongs."""


class NoWayBack(DomainError):
    """Whoever asked cannot be reached: neither a link nor a mail, or no number to call."""


class NothingAsked(DomainError):
    """Closed for want of a reply, though nothing was asked back."""


class NotYet(DomainError):
    """A day that has not come."""


@transaction.atomic
def take(values: dict, *, answer_text: str, on: date, actor: Actor) -> Enquiry:
    """Write down what somebody asked on the telephone, in person or by letter, for the own body; the clock runs from
    the day it was asked. What was answered at once is recorded with it.

    `values` are fields of the enquiry. Raises NotYet, NoWayBack, UnmailableAddress.
    """
    asked_on = values["asked_on"]
    if asked_on > on:
        raise NotYet(_("Dieser Tag liegt in der Zukunft."), field="asked_on")
    by_phone = values["channel"] == Enquiry.Channel.PHONE
    if by_phone and not (answer_text or values["phone"] or values["email"]):
        raise NoWayBack(_("Wie soll die Antwort ankommen? Telefonnummer oder E-Mail-Adresse."), field="phone")
    due_on = queries.answer_day(asked_on)
    body = {"unit_id" if permissions.coordinates(actor) else "centre_id": actor.organisation_id}
    enquiry = Enquiry.objects.create(
        **values, **body, reference=new_reference(), status_since=asked_on, promised_on=due_on, due_on=due_on
    )
    audit.record("take_enquiry", enquiry, actor=actor, after={"reference": enquiry.reference, "due_on": due_on})
    if answer_text:
        answer(enquiry, text=answer_text, seen=enquiry.version, on=on, actor=actor)
    else:
        notifications.received(enquiry)
    return enquiry


@transaction.atomic
def ask_back(enquiry: Enquiry, *, text: str, seen: int, on: date, actor: Actor) -> EnquiryMessage:
    """Ask whoever asked for what the answer needs; until they say it, the time to answer stands still.

    Raises NoWayBack where they have no link, StaleVersion, NotAllowedNow, TextIsGone.
    """
    with_its_text(enquiry)
    if not enquiry.has_link:
        raise NoWayBack(_("Wer gefragt hat, hat keinen Link. Rufen Sie an."))
    claim_version(enquiry, seen)
    ENQUIRY.apply("ask_back", enquiry, actor=actor, changes={"status_since": on})
    message = _said(enquiry, Kind.QUERY, text, on=on, actor=actor)
    notifications.asked_back(enquiry, message)
    return message


@transaction.atomic
def sort_enquiry(enquiry: Enquiry, *, values: dict, audiences, seen: int, actor: Actor) -> None:
    """Say to which field, stage and audiences it belongs, so that it counts there. Raises StaleVersion."""
    locked = locking(Enquiry.objects).get(pk=enquiry.pk)
    before = {name: getattr(locked, f"{name}_id") for name in SORTED}
    claim_version(enquiry, seen)
    for name in SORTED:
        setattr(enquiry, name, values[name])
    enquiry.save(update_fields=list(SORTED))
    enquiry.audiences.set(audiences)
    after = {name: getattr(enquiry, f"{name}_id") for name in SORTED}
    audit.record("sort_enquiry", enquiry, actor=actor, before=before, after=after)


@transaction.atomic
def pass_on(enquiry: Enquiry, *, to: int, reason: str, seen: int, on: date, actor: Actor) -> None:
    """Give it to another centre or unit (the id of its organisation); the promised day stays, a pause ends.

    Raises SameBody, StaleVersion, NotAllowedNow, TextIsGone.
    """
    current = with_its_text(enquiry)
    if to == enquiry.responsible_id:
        raise SameBody(_("Diese Stelle hat die Anfrage schon."), field="to")
    is_unit = {pk: unit for pk, _name, unit in routing.bodies_on(on)}.get(to)
    if is_unit is None:
        raise SameBody(_("Diese Stelle ist nicht eingetragen."), field="to")
    claim_version(enquiry, seen)
    origin = enquiry.responsible_id
    changes = {"unit_id": to, "centre_id": None} if is_unit else {"centre_id": to, "unit_id": None}
    if current.waits_for_asker:
        changes |= {"status_since": on, **after_a_pause(current, on=on)}
    EnquiryTransfer.objects.create(
        enquiry=enquiry, origin_id=origin, target_id=to, reason=reason, passed_on=on, **actor.signs("passed")
    )
    ENQUIRY.apply("forward_enquiry", enquiry, actor=actor, changes=changes)
    notifications.passed_on(enquiry, number=enquiry.version)
    notifications.tell_new_body(enquiry, on=on)


@transaction.atomic
def answer(enquiry: Enquiry, *, text: str, seen: int, on: date, actor: Actor) -> EnquiryMessage:
    """Answer, or add to an answer; mailed where an address was given. A pause before it is not held against the body.

    Raises StaleVersion when somebody was faster or the asker has added something, NotAllowedNow, TextIsGone.
    """
    current = with_its_text(enquiry)
    claim_version(enquiry, seen)
    changes = {"status_since": on, "ended_on": on, "answered_on": enquiry.answered_on or on}
    changes |= after_a_pause(current, on=on)
    ENQUIRY.apply("answer_enquiry", enquiry, actor=actor, changes=changes)
    message = _said(enquiry, Kind.ANSWER, text, on=on, actor=actor)
    notifications.answered(enquiry, message)
    return message


def _said(enquiry: Enquiry, kind: str, text: str, *, on: date, actor: Actor) -> EnquiryMessage:
    by = Organisation.objects.get(pk=enquiry.responsible_id)
    return EnquiryMessage.objects.create(
        enquiry=enquiry, kind=kind, text=text, by=by, written_on=on, **actor.signs("written")
    )


@transaction.atomic
def close(enquiry: Enquiry, *, close_reason: str, text: str, seen: int, on: date, actor: Actor) -> None:
    """End it without an answer; `text` is for whoever asked. Advertising and abuse get no mail.

    Raises NoWords, NothingAsked, StaleVersion, NotAllowedNow, TextIsGone.
    """
    current = with_its_text(enquiry)
    if close_reason == CloseReason.NO_REPLY and not current.waits_for_asker:
        raise NothingAsked(_("Hier wartet keine Rückfrage auf eine Antwort."), field="close_reason")
    if close_reason == CloseReason.NOT_OURS and not text.strip():
        raise NoWords(_("Schreiben Sie dazu, wer stattdessen helfen kann."), field="text")
    claim_version(enquiry, seen)
    changes = {"status_since": on, "ended_on": on, "close_reason": close_reason}
    ENQUIRY.apply("close_enquiry", enquiry, actor=actor, changes=changes)
    message = _said(enquiry, Kind.CLOSING, text, on=on, actor=actor) if text.strip() else None
    if close_reason != CloseReason.SPAM:
        notifications.closed(enquiry, message)


@transaction.atomic
def reopen(enquiry: Enquiry, *, seen: int, on: date, actor: Actor) -> None:
    """Open what was closed by mistake; the time to answer begins anew.

    Raises StaleVersion, NotAllowedNow, TextIsGone.
    """
    with_its_text(enquiry)
    claim_version(enquiry, seen)
    changes = {"status_since": on, "ended_on": None, "close_reason": "", "due_on": queries.answer_day(on)}
    ENQUIRY.apply("reopen_enquiry", enquiry, actor=actor, changes=changes)


def forget_old(*, on: date) -> int:
    """Delete text and address of what ended long enough ago; returns of how many."""
    found = queries.to_forget(on=on)
    for enquiry in found:
        with transaction.atomic():
            erase(enquiry, on=on)
            audit.record("forget_enquiry", enquiry, actor=SYSTEM, after={"forgotten_on": on})
    return len(found)
