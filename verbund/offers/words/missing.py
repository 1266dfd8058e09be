"""What was looked for and not found, counted so that nobody is recognised.

Words that fewer than three searches had are only counted, and no number below three of a place is shown.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from verbund.core.acting import Actor
from verbund.core.search.german import folded
from verbund.directory.models import Centre, District
from verbund.offers.models import Language, MissedSearch, Synonym
from verbund.offers.words.permissions import is_of_a_centre, reads_all_missed

FEWEST = 3
NOWHERE = "ohne"
"""What the address calls searches without a place."""


@dataclass(frozen=True)
class Missed:
    """Words nobody found: where they were missed most (name, number), and how often in places not named here."""

    words: str
    language: str
    language_name: str
    count: int
    places: tuple[tuple[str | None, int], ...]
    elsewhere: int
    leads_to: str = ""


def missed_visible_to(actor: Actor, *, on: date) -> QuerySet[MissedSearch]:
    """Return the searches of the last twelve months: of all, or of the own district and without a place."""
    a_year_ago = on.replace(year=on.year - 1, day=min(on.day, 28))
    found = MissedSearch.objects.filter(day__gt=a_year_ago, day__lte=on)
    if reads_all_missed(actor):
        return found
    if is_of_a_centre(actor):
        return found.filter(Q(district=None) | Q(district=district_of(actor)))
    return found.none()


def district_of(actor: Actor) -> str | None:
    """Return the key of the district of a person's centre."""
    return Centre.objects.filter(pk=actor.organisation_id).values_list("carrier__district", flat=True).first()


def districts_for(actor: Actor) -> list[District]:
    """Return the districts a person may choose among."""
    if reads_all_missed(actor):
        return list(District.objects.all())
    return list(District.objects.filter(pk=district_of(actor)))


def narrowed(found: QuerySet[MissedSearch], *, place: str = "", language: str = "") -> QuerySet[MissedSearch]:
    """Return the searches of a district (key), or without a place (NOWHERE), and of a language."""
    if place:
        found = found.filter(district=None) if place == NOWHERE else found.filter(district=place)
    return found.filter(language=language) if language else found


def shown(found: QuerySet[MissedSearch]) -> QuerySet:
    """Return words, language and sum of what may be shown, most missed first."""
    return _summed(found).filter(total__gte=FEWEST).order_by("-total", "words", "language")


def sums(found: QuerySet[MissedSearch]) -> dict[str, int]:
    """Return how many searches there were in all, and how many words are only counted, with their searches."""
    rare = list(_summed(found).filter(total__lt=FEWEST).order_by().values_list("total", flat=True))
    total = found.order_by().aggregate(total=Sum("count"))["total"]
    return {"total": total or 0, "rare": len(rare), "rare_searches": sum(rare)}


def _summed(found: QuerySet[MissedSearch]) -> QuerySet:
    return found.order_by().values("words", "language").annotate(total=Sum("count"))


def rows(found: QuerySet[MissedSearch], some: list[dict]) -> Iterator[Missed]:
    """Yield some of the words of `shown` with their places and, where there is one, the term they lead to by now."""
    names = dict(Language.objects.values_list("code", "name"))
    places = _places(found, {one["words"] for one in some})
    known = _terms_by_word()
    for one in some:
        key = (one["words"], one["language"])
        named = _nameable(places[key])
        yield Missed(
            words=one["words"],
            language=one["language"],
            language_name=names.get(one["language"], one["language"]),
            count=one["total"],
            places=named,
            elsewhere=one["total"] - sum(number for _place, number in named),
            leads_to=known.get(key, ""),
        )


def _places(found: QuerySet[MissedSearch], words: set[str]) -> dict[tuple, list[tuple]]:
    by_words: dict[tuple, list[tuple]] = defaultdict(list)
    counted = found.filter(words__in=words).order_by().values_list("words", "language", "district__display_name")
    for one, language, place, total in counted.annotate(total=Sum("count")):
        by_words[one, language].append((place, total))
    return by_words


def _nameable(places: list[tuple]) -> tuple[tuple, ...]:
    """Return the places with at least three searches; never so that a single smaller one could be worked out."""
    ordered = sorted(places, key=lambda one: (-one[1], one[0] or ""))
    named = [one for one in ordered if one[1] >= FEWEST]
    if len(ordered) - len(named) == 1:
        named = named[:-1]
    return tuple(named)


def _terms_by_word() -> dict[tuple[str, str], str]:
    """Return the names of terms by the words that lead to them, written as missed words are, and their language."""
    synonyms = Synonym.objects.order_by("-pk").values_list("word", "language_id", "term__name")
    return {(" ".join(map(folded, word.split())), language): term for word, language, term in synonyms}
