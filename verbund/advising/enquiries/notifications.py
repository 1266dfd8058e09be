"""Mails to whoever asked, in the language of the page they used; and who hears of an enquiry that was passed on."""

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.advising.enquiries import queries
from verbund.advising.models import Enquiry, EnquiryMessage
from verbund.advising.permissions import CENTRE_SIDE
from verbund.core.notifications import address_of, send_mail_later, tell
from verbund.directory.models import Membership
from verbund.directory.queries import valid_on
from verbund.offers.speaking import query_of, said_in


def mails_about(enquiry: Enquiry) -> str:
    """Return what the keys of all mails about an enquiry begin with, so that they can be deleted with it."""
    return f"enquiry:{enquiry.reference}:"


def link_of(enquiry: Enquiry) -> str:
    """Return the path of the asker's page, in the language they asked in."""
    return reverse("advising:enquiry-status", args=[queries.token_of(enquiry)]) + query_of(enquiry.language)


def _send(enquiry: Enquiry, subject: str, *parts: str, occasion: str) -> None:
    if not enquiry.email:
        return
    link = _("Stand und Antwort, ohne Anmeldung: %s") % address_of(link_of(enquiry))
    closing = _("Diese Nachricht hat die Plattform Verbund verschickt. Antworten auf diese Adresse liest niemand.")
    body = "\n\n".join([_("Guten Tag,"), *filter(None, parts), link, closing])
    title = f"{subject} ({enquiry.reference})"
    send_mail_later(enquiry.email, title, body + "\n", key=f"{mails_about(enquiry)}{occasion}")


def received(enquiry: Enquiry) -> None:
    """Confirm a question and say who answers until when. Raises UnmailableAddress.

    It repeats nothing that was typed: nobody has shown yet that the address is their own.
    """
    with said_in(enquiry.language):
        text = _("Ihre Frage ist angekommen. %(body)s antwortet bis zum %(day)s.") % _who_and_when(enquiry)
        unknown = _("Haben Sie nichts gefragt, öffnen Sie den Link und löschen Sie die Anfrage.")
        _send(enquiry, _("Ihre Frage ist da"), text, unknown, occasion="received")


def passed_on(enquiry: Enquiry, *, number: int) -> None:
    """Say who answers now."""
    with said_in(enquiry.language):
        text = _("Ihre Frage beantwortet jetzt: %(body)s, bis zum %(day)s.") % _who_and_when(enquiry)
        _send(enquiry, _("Ihre Frage ist weitergegeben"), text, occasion=f"passed-on:{number}")


def asked_back(enquiry: Enquiry, message: EnquiryMessage) -> None:
    """Send a question to whoever asked, and say that the time stands still."""
    with said_in(enquiry.language):
        head = _("%(body)s braucht für die Antwort noch etwas von Ihnen:") % _who_and_when(enquiry)
        how = _("Öffnen Sie den Link und schreiben Sie Ihre Antwort. Solange steht die Zeit für unsere Antwort still.")
        _send(enquiry, _("Rückfrage zu Ihrer Frage"), head, message.text, how, occasion=f"asked-back:{message.pk}")


def answered(enquiry: Enquiry, message: EnquiryMessage) -> None:
    """Send the answer."""
    with said_in(enquiry.language):
        head = _("%(body)s antwortet auf Ihre Frage:") % _who_and_when(enquiry)
        _send(enquiry, _("Antwort auf Ihre Frage"), head, message.text, occasion=f"answer:{message.pk}")


def closed(enquiry: Enquiry, message: EnquiryMessage | None) -> None:
    """Say that there is no answer and why."""
    with said_in(enquiry.language):
        head = _("%(body)s hat Ihre Anfrage ohne Antwort abgeschlossen: %(reason)s.") % {
            **_who_and_when(enquiry),
            "reason": enquiry.get_close_reason_display(),
        }
        said = message.text if message else ""
        occasion = f"closed:{enquiry.version}"
        _send(enquiry, _("Ihre Anfrage ist abgeschlossen"), head, said, occasion=occasion)


def _who_and_when(enquiry: Enquiry) -> dict:
    return {"body": enquiry.responsible, "day": f"{enquiry.due_on:%d.%m.%Y}"}


def tell_new_body(enquiry: Enquiry, *, on) -> None:
    """Tell staff and lead of the centre, or the coordination of the unit, that an enquiry was passed on to them."""
    roles = CENTRE_SIDE if enquiry.centre_id else {Role.COORDINATOR}
    holders = Membership.objects.filter(valid_on(on), role__in=roles, organisation_id=enquiry.responsible_id)
    text = _("Bürgeranfrage %(reference)s ist an Sie weitergegeben, zu beantworten bis %(day)s.") % {
        "reference": enquiry.reference,
        "day": f"{enquiry.due_on:%d.%m.%Y}",
    }
    for person in User.objects.filter(pk__in=holders.values("user_id"), is_active=True):
        tell(person, text, enquiry.get_absolute_url(), key=f"advising:enquiry:{enquiry.reference}:{enquiry.version}")
