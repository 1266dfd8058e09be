"""What can be done with enquiries: ask, add, delete (whoever asked); take, sort, pass on, ask back, answer, close (who
has it); forget.

What is written stands in the records alone, never in the audit trail: so deleting it deletes it.
"""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from verbund.advising import permissions
from verbund.advising.enquiries import notifications, queries, routing
from verbund.advising.enquiries.lifecycle import ENQUIRY, CloseReason, EnquiryStatus
from verbund.advising.models import Enquiry, EnquiryMessage, EnquiryTransfer
from verbund.core import audit, outbox
from verbund.core.acting import SYSTEM, Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.versions import claim_version
from verbund.directory.models import Organisation

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""What a reference is made of: nothing that is mistaken for something else on the telephone."""

SORTED = ("field", "stage")
Kind = EnquiryMessage.Kind


class NobodyResponsible(DomainError):
    """Neither a centre nor a coordination unit that could answer."""


class TextIsGone(DomainError):
    """The text is deleted: nobody can say anything to it any more."""


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


def asker() -> Actor:
    """Return who acts by a link: not signed in, so that somebody asked is all that is known."""
    return Actor(user=None, label=_("fragende Person (Link ohne Anmeldung)"), role="ASKER")


@transaction.atomic
def ask(
    question: str, *, found: routing.Where, term, email: str, language: str, on: date, is_demo: bool = False
) -> Enquiry:
    """Take a question, give it to whoever is responsible on this day, and confirm it.

    `term` is a field of action, or None for something else. Raises NobodyResponsible, UnmailableAddress.
    """
    centre, unit = routing.responsible(found, term, on=on)
    if centre is None and unit is None:
        raise NobodyResponsible(_("Zurzeit ist keine Stelle eingetragen, die antworten kann."))
    due_on = queries.answer_day(on)
    enquiry = Enquiry.objects.create(
        centre=centre, unit=unit, municipality=routing.town_of(found), field=term, reference=_reference(),
        language=language, question=question, email=email, status_since=on, asked_on=on, promised_on=due_on,
        due_on=due_on, is_demo=is_demo,
    )  # fmt: skip
    said = {"reference": enquiry.reference, "due_on": due_on}
    audit.record("ask_as_citizen", enquiry, actor=asker(), after=said)
    notifications.received(enquiry)
    return enquiry


def _reference() -> str:
    return f"{get_random_string(4, LETTERS)}-{get_random_string(4, LETTERS)}"


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
        **values, **body, reference=_reference(), status_since=asked_on, promised_on=due_on, due_on=due_on
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
    _with_its_text(enquiry)
    if not enquiry.has_link:
        raise NoWayBack(_("Wer gefragt hat, hat keinen Link. Rufen Sie an."))
    claim_version(enquiry, seen)
    ENQUIRY.apply("ask_back", enquiry, actor=actor, changes={"status_since": on})
    message = _said(enquiry, Kind.QUERY, text, on=on, actor=actor)
    notifications.asked_back(enquiry, message)
    return message


def _after_a_pause(current: Enquiry, *, on: date) -> dict:
    """Return the days that move because it waited for whoever asked; nothing where it did not."""
    return queries.days_stood_still(current, on=on) if current.waits_for_asker else {}


@transaction.atomic
def add(enquiry: Enquiry, *, text: str, on: date) -> None:
    """Add to a question, or reply to what was asked back, by link. After an answer somebody has to answer anew, within
    the same time; after a pause the time goes on.

    Raises NotAllowedNow once it is closed, TextIsGone.
    """
    current = _with_its_text(enquiry)
    changes = {"status_since": on, "ended_on": None, **_after_a_pause(current, on=on)}
    if current.status == EnquiryStatus.ANSWERED:
        changes["due_on"] = queries.answer_day(on)
    ENQUIRY.apply("add_to_enquiry", enquiry, actor=asker(), changes=changes)
    Enquiry.objects.filter(pk=enquiry.pk).update(version=F("version") + 1)
    EnquiryMessage.objects.create(enquiry=enquiry, kind=Kind.ADDED, text=text, written_on=on)


def _with_its_text(enquiry: Enquiry) -> Enquiry:
    """Return the locked row. Raises TextIsGone."""
    locked = locking(Enquiry.objects).get(pk=enquiry.pk)
    if locked.forgotten_on:
        raise TextIsGone(_("Der Text dieser Anfrage ist gelöscht."))
    return locked


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
    current = _with_its_text(enquiry)
    if to == enquiry.responsible_id:
        raise SameBody(_("Diese Stelle hat die Anfrage schon."), field="to")
    is_unit = {pk: unit for pk, _name, unit in routing.bodies_on(on)}.get(to)
    if is_unit is None:
        raise SameBody(_("Diese Stelle ist nicht eingetragen."), field="to")
    claim_version(enquiry, seen)
    origin = enquiry.responsible_id
    changes = {"unit_id": to, "centre_id": None} if is_unit else {"centre_id": to, "unit_id": None}
    if current.waits_for_asker:
        changes |= {"status_since": on, **_after_a_pause(current, on=on)}
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
    current = _with_its_text(enquiry)
    claim_version(enquiry, seen)
    changes = {"status_since": on, "ended_on": on, "answered_on": enquiry.answered_on or on}
    changes |= _after_a_pause(current, on=on)
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
    current = _with_its_text(enquiry)
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
    _with_its_text(enquiry)
    claim_version(enquiry, seen)
    changes = {"status_since": on, "ended_on": None, "close_reason": "", "due_on": queries.answer_day(on)}
    ENQUIRY.apply("reopen_enquiry", enquiry, actor=actor, changes=changes)


@transaction.atomic
def delete(enquiry: Enquiry, *, on: date) -> None:
    """Delete text and address, by link; asked for again, nothing happens. Without an answer it counts as withdrawn."""
    locked = locking(Enquiry.objects).get(pk=enquiry.pk)
    if locked.forgotten_on:
        return
    if "withdraw_enquiry" in ENQUIRY.open_for(locked.status):
        changes = {"status_since": on, "ended_on": on}
        ENQUIRY.apply("withdraw_enquiry", enquiry, actor=asker(), changes=changes)
    _erase(enquiry, on=on)
    audit.record("delete_enquiry", enquiry, actor=asker(), after={"forgotten_on": on})


def forget_old(*, on: date) -> int:
    """Delete text and address of what ended long enough ago; returns of how many."""
    found = queries.to_forget(on=on)
    for enquiry in found:
        with transaction.atomic():
            _erase(enquiry, on=on)
            audit.record("forget_enquiry", enquiry, actor=SYSTEM, after={"forgotten_on": on})
    return len(found)


def _erase(enquiry: Enquiry, *, on: date) -> None:
    """Delete what was written, mails included. The trail never held any of it."""
    enquiry.messages.all().delete()
    enquiry.transfers.update(reason="")
    enquiry.question, enquiry.email, enquiry.phone, enquiry.forgotten_on = "", "", "", on
    enquiry.save(update_fields=["question", "email", "phone", "forgotten_on"])
    Enquiry.objects.filter(pk=enquiry.pk).update(version=F("version") + 1)
    outbox.forget(notifications.mails_about(enquiry))
