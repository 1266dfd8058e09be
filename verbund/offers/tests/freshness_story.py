"""What the tests of keeping entries true work with: published entries of a certain age, mails and their links."""

import re
from datetime import date

from verbund.core.models import OutboxMail
from verbund.offers import operations
from verbund.offers.models import ConfirmationEntry, Offer
from verbund.offers.tests import story

TODAY = story.TODAY
LONG_AGO = date(2025, 6, 1)
ANSWER = ConfirmationEntry.Answer


def entry(partner, staff, *, checked_on: date | None = LONG_AGO, **said) -> Offer:
    """Publish an entry of a partner that was last checked on a day."""
    said.setdefault("at", [story.tuesdays(story.place())])
    offer = operations.create_offer(partner, story.content(**said), on=TODAY, actor=staff)
    operations.publish_offer(offer, on=TODAY, actor=staff)
    Offer.objects.filter(pk=offer.pk).update(checked_on=checked_on)
    offer.refresh_from_db()
    return offer


def mails() -> list[OutboxMail]:
    return list(OutboxMail.objects.order_by("pk"))


def token_of(mail: OutboxMail) -> str:
    """Return the token of the link in a mail."""
    return re.search(r"/angebote/bestaetigen/([\w-]+)/", mail.body)[1]
