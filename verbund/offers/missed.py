"""Searches that found nothing, counted as planning data: words, day, language, district. Nothing of a person.

Words with digits or an @ are dropped (numbers, addresses), long texts are not counted (robots), and a day holds no more
than a few thousand different ones.
"""

from datetime import date

from django.db import transaction
from django.db.models import F

from verbund.core.search.german import folded
from verbund.offers.finding import Wanted
from verbund.offers.models import MissedSearch

MOST_WORDS = 8
LONGEST = 100
MOST_A_DAY = 3_000


def countable(text: str) -> str:
    """Return the words of a search as they are counted; empty where it is not counted."""
    typed = text.split()
    if len(typed) > MOST_WORDS:
        return ""
    plain = [word for word in typed if "@" not in word and not any(sign.isdigit() for sign in word)]
    return " ".join(filter(None, map(folded, plain)))[:LONGEST].strip()


@transaction.atomic
def count(wanted: Wanted, *, language: str, on: date) -> None:
    """Count a search that found nothing."""
    words = countable(wanted.words)
    if not words:
        return
    district = wanted.spot.district if wanted.spot else None
    same = MissedSearch.objects.filter(day=on, words=words, language=language, district=district or None)
    if same.update(count=F("count") + 1) or MissedSearch.objects.filter(day=on).count() >= MOST_A_DAY:
        return
    MissedSearch.objects.bulk_create(
        [MissedSearch(day=on, words=words, language=language, district_id=district or None)], ignore_conflicts=True
    )
