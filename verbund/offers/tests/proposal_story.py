"""What the tests of proposals work with: a form as a browser sends it, and the links of its mails."""

import re

from django.test import Client

from verbund.core.models import AuditEntry, OutboxMail
from verbund.offers.models import Offer, PartnerLink, Place, Proposal, ProposalDraft, ProposalMessage

SOLINGEN = "05122000"
NEW = f"/angebote/vorschlagen/in/{SOLINGEN}/"
SEND = "/angebote/vorschlagen/senden/"
SAVE = "/angebote/vorschlagen/zwischenspeichern/"

SAID = {
    "title": "Nähtreff am Dienstag",
    "summary": "Gemeinsam nähen und Deutsch sprechen",
    "terms_need": ["meet-people", "learn-german"],
    "terms_audience": ["women"],
    "ort-0-place": "",
    "ort-0-neu-name": "Nachbarschaftshaus",
    "ort-0-neu-street": "Wupperstraße 5",
    "ort-0-neu-postcode": "42651",
    "ort-0-neu-town": "Solingen",
    "ort-0-zeiten-tag1": "15–17 Uhr",
    "ort-0-zeiten-tag3": "9-12, 14-16",
    "ort-0-zeiten-hours_note": "nicht in den Schulferien",
    "spoken": "Deutsch, Arabisch",
    "is_free": "on",
    "registration": "NONE",
    "child_care": "UNKNOWN",
    "phone": "0212 290-0",
    "organisation_name": "Nähtreff Ohligs e. V.",
    "organisation_kind": "CLUB",
    "submitter_email": "vorstand@verein.example",
    "note": "",
}
"""A new entry that is right in every field."""


def hidden(page) -> dict[str, str]:
    """Return the hidden fields of the form that sends, of a page of the browserless client."""
    html = page.content.decode()
    form = re.search(r'<form[^>]*class="form proposal".*?</form>', html, re.DOTALL) or re.search(
        r"<main.*</main>", html, re.DOTALL
    )
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


def posted(client: Client, path: str = NEW, **said) -> dict:
    """Return the form of a page as a browser sends it."""
    return {**hidden(client.get(path)), **SAID, **said}


def send(client: Client, path: str = NEW, **said):
    """Fill in the form of a page and send it."""
    return client.post(SEND, posted(client, path, **said))


def change(client: Client, path: str, **said):
    """Send the form of a change, with what the page shows in all other fields."""
    return client.post(SEND, shown(client.get(path)) | said)


def shown(page) -> dict:
    """Return every field of the form of a change with the value on the page."""
    form = page.context["form"]
    found = {}
    for part in (
        form,
        *(one for block in page.context["entry"].blocks for one in (block.form, block.new, block.hours)),
    ):
        for field in part:
            value = field.value()
            if value is True:
                found[field.html_name] = "on"
            elif value not in (None, "", False):
                found[field.html_name] = value if isinstance(value, list) else str(field.field.prepare_value(value))
    return found | hidden(page)


def mails() -> list[OutboxMail]:
    return list(OutboxMail.objects.order_by("pk"))


def link_in(mail: OutboxMail) -> str:
    """Return the path of the link in a mail."""
    return re.search(r"https?://[^/\s]+(/angebote/\S+)", mail.body)[1]


def everything() -> list:
    """Return what could have changed."""
    models = (Offer, Place, Proposal, ProposalMessage, ProposalDraft, PartnerLink)
    rows = [list(model.objects.order_by("pk").values()) for model in models]
    return [*rows, AuditEntry.objects.count(), len(mails())]
