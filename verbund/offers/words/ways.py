"""The ways between the pages of the words, for those who may go them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.offers.words import permissions


def ways(request) -> list[dict]:
    """Return label, address and whether it is the page one is on."""
    actor = request.actor
    found = [
        (_("Wörter"), "offers:words", permissions.reads_words(actor)),
        (_("Vergeblich gesucht"), "offers:missed", permissions.reads_missed(actor)),
        (_("Übersetzungen prüfen"), "offers:texts", permissions.checks_texts(actor)),
    ]
    return [
        {"label": label, "url": url, "is_current": request.path == url}
        for label, name, may in found
        if may and (url := reverse(name))
    ]
