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
TONES = {S.OPEN: "info", S.ANSWERED: "success", S.CLOSED: "neutral", S.WITHDRAWN: "neutral"}
ACTS = {
    # the move: (page, button)
    "forward_enquiry": ("enquiry-forward", gettext_lazy("Weitergeben")),
    "close_enquiry": ("enquiry-close", gettext_lazy("Ohne Antwort abschließen")),
}


def asker_page(enquiry: Enquiry) -> dict:
    """Return what the asker's page says."""
    moves = ENQUIRY.open_for(enquiry.status)
    return {
        "enquiry": enquiry,
        "body": enquiry.responsible,
        "tone": TONES[S(enquiry.status)],
        "said": list(enquiry.messages.select_related("by")),
        "passed": enquiry.transfers.last(),
        "kept_until": queries.kept_until(enquiry),
        "can_add": "add_to_enquiry" in moves,
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
            if may and move in moves
        ],
        "may_answer": may and "answer_enquiry" in moves,
        "may_reopen": may and "reopen_enquiry" in moves,
        "may_sort": answers(actor, enquiry),
        "days": (enquiry.answered_on - enquiry.asked_on).days if enquiry.answered_on else None,
        "history": audit.history_of(enquiry),
    }


def time_left(enquiry: Enquiry, *, on: date) -> str:
    """Return in words how much of the promised time is left or over; nothing once nobody has to answer."""
    if not enquiry.is_open:
        return ""
    days = (enquiry.due_on - on).days
    if days == 0:
        return _("heute fällig")
    if days > 0:
        return ngettext("noch ein Tag", "noch %(number)s Tage", days) % {"number": days}
    return ngettext("seit einem Tag überfällig", "seit %(number)s Tagen überfällig", -days) % {"number": -days}
