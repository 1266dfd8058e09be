"""What the tests of enquiries work with: the form as somebody fills it in, and an enquiry that was asked."""

import re
from datetime import date

from verbund.advising.enquiries import operations, queries, routing
from verbund.advising.models import Enquiry
from verbund.core.models import OutboxMail
from verbund.directory import places
from verbund.offers.models import Term

TODAY = date(2026, 3, 11)
"""A Wednesday; ten working days later it is the 25th."""
PROMISED = date(2026, 3, 25)
ASK = "/beratung/frage/"
SAID = {
    "ort": "42651",
    "topic": "labour",
    "question": "Wer hilft mir, meinen Abschluss anerkennen zu lassen?",
    "answer_by": "mail",
    "email": "mensch@beispiel.example",
}
"""A question from Solingen, to be answered by mail."""


def term(code: str = "labour") -> Term:
    return Term.objects.get(kind=Term.Kind.FIELD, code=code)


def asked(place: str = "42651", *, topic: str | None = "labour", on: date = TODAY, **more) -> Enquiry:
    """Ask a question from a place ("" for none), by the operation."""
    found = routing.where(places.wanted(place), chosen="", on=on)
    said = {"question": SAID["question"], "email": SAID["email"], "language": "de", **more}
    return operations.ask(found=found, term=term(topic) if topic else None, on=on, **said)


def hidden(page: str) -> dict:
    """Return the hidden fields of the last form of a page."""
    form = page.rsplit("<form", 1)[1]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def send(client, said=None, *, query: str = "", **changes):
    """Fill in the public form and send it, as a browser does."""
    fresh = hidden(client.get(ASK + query).text)
    return client.post(ASK + query, {**fresh, **(SAID if said is None else said), **changes})


def link_of(enquiry: Enquiry) -> str:
    return f"{ASK}{queries.token_of(enquiry)}/"


def mails() -> list[OutboxMail]:
    return list(OutboxMail.objects.order_by("pk"))
