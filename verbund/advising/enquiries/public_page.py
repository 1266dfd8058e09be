"""What the asker's pages have in common: how much may be sent, where they lead, what stands behind a link."""

from django.http import Http404
from django.urls import reverse

from verbund.advising.enquiries import queries
from verbund.advising.models import Enquiry
from verbund.offers import speaking

LIMITS = {
    # what is sent: (by one sender in an hour, by all)
    "enquiry": (20, 400),
    "enquiry-more": (60, 1_000),
}


def refused(request, purpose: str):
    """Return the page that asks to wait where too many forms of a kind came; otherwise None."""
    of_one, of_all = LIMITS[purpose]
    return speaking.refused(request, purpose, of_one=of_one, of_all=of_all)


def behind(token: str) -> Enquiry:
    """Return the enquiry behind a link. Raises Http404 for a link that never was."""
    found = queries.enquiry_of(token)
    if found is None:
        raise Http404
    return found


def address_of(enquiry: Enquiry, *, language: str, done: str = "") -> str:
    """Return the path of the asker's page in a language."""
    query = speaking.query_of(language)
    said = f"{'&' if query else '?'}getan={done}" if done else ""
    return reverse("advising:enquiry-status", args=[queries.token_of(enquiry)]) + query + said
