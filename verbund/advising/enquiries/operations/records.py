"""What all acts on enquiries share: the record with its text, a new reference, a pause that ends, deleting."""

from datetime import date

from django.db.models import F
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from verbund.advising.enquiries import notifications, queries
from verbund.advising.models import Enquiry
from verbund.core import outbox
from verbund.core.errors import DomainError
from verbund.core.locks import locking

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""What a reference is made of: nothing that is mistaken for something else on the telephone."""


class TextIsGone(DomainError):
    """The text is deleted: nobody can say anything to it any more."""


def new_reference() -> str:
    return f"{get_random_string(4, LETTERS)}-{get_random_string(4, LETTERS)}"


def with_its_text(enquiry: Enquiry) -> Enquiry:
    """Return the locked row. Raises TextIsGone."""
    locked = locking(Enquiry.objects).get(pk=enquiry.pk)
    if locked.forgotten_on:
        raise TextIsGone(_("Der Text dieser Anfrage ist gelöscht."))
    return locked


def after_a_pause(current: Enquiry, *, on: date) -> dict:
    """Return the days that move because it waited for whoever asked; nothing where it did not."""
    return queries.days_stood_still(current, on=on) if current.waits_for_asker else {}


def erase(enquiry: Enquiry, *, on: date) -> None:
    """Delete what was written, mails included. The trail never held any of it."""
    enquiry.messages.all().delete()
    enquiry.transfers.update(reason="")
    enquiry.question, enquiry.email, enquiry.phone, enquiry.forgotten_on = "", "", "", on
    enquiry.save(update_fields=["question", "email", "phone", "forgotten_on"])
    Enquiry.objects.filter(pk=enquiry.pk).update(version=F("version") + 1)
    outbox.forget(notifications.mails_about(enquiry))
