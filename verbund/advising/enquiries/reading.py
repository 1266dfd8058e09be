"""How an enquiry reads: to whoever asked, and to the people who answer."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from verbund.advising.enquiries import queries
from verbund.advising.enquiries.lifecycle import ENQUIRY, EnquiryStatus
from verbund.advising.enquiries.permissions import answers
from verbund.advising.models import Enquiry
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.offers.speaking import PAGE_LANGUAGES

S = EnquiryStatus
TONES = {S.OPEN: "info", S.ASKED_BACK: "warning", S.ANSWERED: "success", S.CLOSED: "neutral", S.WITHDRAWN: "neutral"}
ACTS = {
    # the move: (page, button)
    "ask_back": ("enquiry-ask-back", gettext_lazy("Zurückfragen")),
    "forward_enquiry": ("enquiry-forward", gettext_lazy("Weitergeben")),
    "close_enquiry": ("enquiry-close", gettext_lazy("Ohne Antwort abschließen")),
}


def asker_page(enquiry: Enquiry, *, on: date) -> dict:
    """Return what the asker's page says."""
    moves = ENQUIRY.open_for(enquiry.status)
    said = list(enquiry.messages.select_related("by"))
    return {
        "enquiry": enquiry,
        "body": enquiry.responsible,
        "tone": TONES[S(enquiry.status)],
        "said": said,
        "query_back": next((one for one in reversed(said) if one.is_asked_back), None),
        "passed": enquiry.transfers.last(),
        "kept_until": queries.kept_until(enquiry),
        "can_add": "add_to_enquiry" in moves,
        "awaited_until": queries.reply_day(enquiry.status_since) if enquiry.waits_for_asker else None,
        "is_late": enquiry.is_open and enquiry.due_on < on,
    }


def page_of(enquiry: Enquiry, actor: Actor, *, on: date) -> dict:
    """Return the context of the page for those who answer."""
    moves = ENQUIRY.open_for(enquiry.status)
    may = answers(actor, enquiry) and not enquiry.forgotten_on
    return {
        "record": enquiry,
        "tone": TONES[S(enquiry.status)],
        "left": time_left(enquiry, on=on),
        "is_late": enquiry.is_open and enquiry.due_on < on,
        "page_language": PAGE_LANGUAGES.get(enquiry.language, enquiry.language),
        "said": list(enquiry.messages.select_related("by")),
        "transfers": list(enquiry.transfers.select_related("origin", "target")),
        "audiences": list(enquiry.audiences.all()),
        "kept_until": queries.kept_until(enquiry),
        "acts": [
            {"url": reverse(f"advising:{page}", args=[enquiry.pk]), "label": label}
            for move, (page, label) in ACTS.items()
            if may and move in moves and (move != "ask_back" or enquiry.has_link)
        ],
        "awaited_until": queries.reply_day(enquiry.status_since) if enquiry.waits_for_asker else None,
        "may_answer": may and "answer_enquiry" in moves,
        "may_reopen": may and "reopen_enquiry" in moves,
        "may_sort": answers(actor, enquiry),
        "days": (enquiry.answered_on - enquiry.asked_on).days if enquiry.answered_on else None,
        "history": audit.history_of(enquiry),
    }


def way_of_the_answer(enquiry: Enquiry) -> str:
    """Return in a sentence how the answer reaches whoever asked."""
    if enquiry.email:
        return _("Die Antwort geht an die angegebene E-Mail-Adresse und steht hinter dem Link.")
    if enquiry.has_link:
        return _("Die Antwort steht nur hinter dem Link; eine E-Mail-Adresse wurde nicht angegeben.")
    if enquiry.phone:
        return _("Rufen Sie zurück: %s. Schreiben Sie hier auf, was Sie geantwortet haben.") % enquiry.phone
    return _("Das Programm verschickt hier nichts. Antworten Sie selbst, und schreiben Sie auf, was Sie gesagt haben.")


def time_left(enquiry: Enquiry, *, on: date) -> str:
    """Return in words how much of the promised time is left or over; nothing once nobody has to answer."""
    if enquiry.waits_for_asker:
        return _("die Zeit steht still")
    if not enquiry.is_open:
        return ""
    days = (enquiry.due_on - on).days
    if days == 0:
        return _("heute fällig")
    if days > 0:
        return ngettext("noch ein Tag", "noch %(number)s Tage", days) % {"number": days}
    return ngettext("seit einem Tag überfällig", "seit %(number)s Tagen überfällig", -days) % {"number": -days}
