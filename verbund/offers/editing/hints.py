"""What the form points out without refusing: entries that may be the same, names and private mail in the contact."""

import re

from django.db.models import Q
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from verbund.offers import queries
from verbund.offers.content import OfferContent
from verbund.offers.lifecycle import OfferStatus

SIMILAR = 82
"""From which likeness of two titles (0 to 100) on they may mean the same."""

MOST_HINTS = 5
NAMED = re.compile(r"\b(?:Frau|Herrn?|Hr\.|Fr\.)\s+(?:Dr\.\s+)?[A-ZÄÖÜ][\wäöüß-]+")
PRIVATE_MAIL = frozenset(
    {
        "aol.com", "arcor.de", "freenet.de", "gmail.com", "gmx.com", "gmx.de", "gmx.net", "googlemail.com",
        "hotmail.com", "hotmail.de", "icloud.com", "live.com", "live.de", "mail.de", "me.com", "outlook.com",
        "outlook.de", "posteo.de", "t-online.de", "web.de", "yahoo.com", "yahoo.de",
    }
)  # fmt: skip


def contact_hints(values: dict) -> list[str]:
    """Return sentences on what looks like a person in a contact that should be a function."""
    found = []
    texts = (values.get("contact_function"), values.get("next_steps"), values.get("description"))
    if any(NAMED.search(text or "") for text in texts):
        found.append(
            _("Im Eintrag scheint der Name einer Person zu stehen. Eine Funktion bleibt länger richtig, etwa „Büro“.")
        )
    if (values.get("email") or "").rpartition("@")[2].casefold() in PRIVATE_MAIL:
        found.append(_("Die E-Mail sieht privat aus. Besser ist eine Adresse der Organisation."))
    return found


def possible_duplicates(actor, content: OfferContent, *, partner, but_not: int | None = None) -> list:
    """Return entries, among those the person may open, that may be the same.

    The same: of the same partner with a similar title, or at the same place and hours. Two statements.
    """
    seen = queries.offers_visible_to(actor).exclude(status=OfferStatus.ENDED).exclude(pk=but_not)
    title = content.values["title"].casefold()
    titles = seen.filter(partner=partner).order_by().values_list("pk", "title")
    ids = {pk for pk, other in titles if fuzz.token_sort_ratio(title, other.casefold()) >= SIMILAR}
    same_hours = Q(pk__in=[])
    for at in content.at:
        for hours in at.hours if at.place else ():
            same_hours |= Q(
                at_places__place=at.place, at_places__slots__weekday=hours.weekday, at_places__slots__opens=hours.opens
            )
    ids |= set(seen.filter(same_hours).order_by().values_list("pk", flat=True)) if same_hours.children else set()
    return list(seen.filter(pk__in=sorted(ids)[:MOST_HINTS])) if ids else []
