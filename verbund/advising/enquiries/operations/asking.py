"""What whoever asks can do, by the public page and by the link: ask, add or reply, delete."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from verbund.advising.enquiries import notifications, queries, routing
from verbund.advising.enquiries.lifecycle import ENQUIRY, EnquiryStatus
from verbund.advising.enquiries.operations.records import after_a_pause, erase, new_reference, with_its_text
from verbund.advising.models import Enquiry, EnquiryMessage
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking


class NobodyResponsible(DomainError):
    """Neither a centre nor a coordination unit that could answer."""


def asker() -> Actor:
    """Return who acts by a link: not signed in, so that somebody asked is all that is known.

    The trail says it in German, whatever language they read.
    """
    return Actor(user=None, label=gettext_noop("fragende Person (Link ohne Anmeldung)"), role="ASKER")


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
        centre=centre, unit=unit, municipality=routing.town_of(found), field=term, reference=new_reference(),
        language=language, question=question, email=email, status_since=on, asked_on=on, promised_on=due_on,
        due_on=due_on, is_demo=is_demo,
    )  # fmt: skip
    said = {"reference": enquiry.reference, "due_on": due_on}
    audit.record("ask_as_citizen", enquiry, actor=asker(), after=said)
    notifications.received(enquiry)
    return enquiry


@transaction.atomic
def add(enquiry: Enquiry, *, text: str, on: date) -> None:
    """Add to a question, or reply to what was asked back, by link. After an answer somebody has to answer anew, within
    the same time; after a pause the time goes on.

    Raises NotAllowedNow once it is closed, TextIsGone.
    """
    current = with_its_text(enquiry)
    changes = {"status_since": on, "ended_on": None, **after_a_pause(current, on=on)}
    if current.status == EnquiryStatus.ANSWERED:
        changes["due_on"] = queries.answer_day(on)
    ENQUIRY.apply("add_to_enquiry", enquiry, actor=asker(), changes=changes)
    Enquiry.objects.filter(pk=enquiry.pk).update(version=F("version") + 1)
    EnquiryMessage.objects.create(enquiry=enquiry, kind=EnquiryMessage.Kind.ADDED, text=text, written_on=on)


@transaction.atomic
def delete(enquiry: Enquiry, *, on: date) -> None:
    """Delete text and address, by link; asked for again, nothing happens. Without an answer it counts as withdrawn."""
    locked = locking(Enquiry.objects).get(pk=enquiry.pk)
    if locked.forgotten_on:
        return
    if "withdraw_enquiry" in ENQUIRY.open_for(locked.status):
        changes = {"status_since": on, "ended_on": on}
        ENQUIRY.apply("withdraw_enquiry", enquiry, actor=asker(), changes=changes)
    erase(enquiry, on=on)
    audit.record("delete_enquiry", enquiry, actor=asker(), after={"forgotten_on": on})
