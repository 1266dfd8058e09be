"""What entries are found by.

`index_offers(ids)` belongs at the end of every act that changes what readers see: an entry, its place, its partner, a
word of the vocabulary, a translation. `index_offers(None)` does it for all.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import batched
from pathlib import Path

from django.db import transaction

from verbund.core import search
from verbund.core.search import Document
from verbund.core.search.german import terms as search_terms
from verbund.offers import versions
from verbund.offers.lifecycle import PUBLIC
from verbund.offers.models import Offer, OfferAtPlace, OfferLanguage, OfferText, Synonym, Term, TermName

KIND = "offer"
KINDRED = Path(__file__).resolve().parent / "data" / "kindred_words.csv"
AT_ONCE = 500


@transaction.atomic
def index_offers(ids: Iterable[int] | None = None) -> None:
    """Bring the search in step with some entries, or all (None), in the caller's transaction, and say so to the pages.

    Entries that are not public are found by nobody. A constant number of statements for each 500 entries.
    """
    if ids is None:
        public = Offer.objects.filter(status__in=PUBLIC).order_by("pk").values_list("pk", flat=True)
        search.rebuild(KIND, _documents(list(public)))
        versions.note_change_of_all()
    else:
        ids = sorted(set(ids))
        for some in batched(ids, AT_ONCE):
            public = list(Offer.objects.filter(pk__in=some, status__in=PUBLIC).values_list("pk", flat=True))
            search.index(KIND, _documents(public) if public else ())
            search.remove(KIND, set(some).difference(public))
        versions.note_change_of(ids)


def _documents(ids: list[int]) -> Iterator[Document]:
    """Yield the documents of entries that are public, in every language there is something of them."""
    words = _words_of_terms()
    for some in batched(ids, AT_ONCE):
        terms = _terms_of(some)
        places = _places_of(some)
        texts = _texts_of(some)
        spoken = _spoken_at(some)
        rows = Offer.objects.filter(pk__in=some, status__in=PUBLIC).select_related("partner__organisation")
        for offer in rows.order_by("pk"):
            pk = offer.pk
            body = [*_said_by(offer), *places[pk], *spoken[pk], *(word for t in terms[pk] for word in words[t]["de"])]
            kindred = _kindred(offer.title)
            title = " ".join([offer.title, *kindred.pop("de", ())])
            yield Document(pk, title, " \n".join(filter(None, body)))
            yield from _translated(pk, terms[pk], words, texts[pk], kindred)


def _kindred(title: str) -> dict[str, list[str]]:
    """Return by language what people type for what a title says: "Tafel" for the hand-out of food, "lawyer" for legal
    advice.

    As a word of its need "Tafel" finds all urgent help alike; with this, what is meant comes first.
    """
    known = _kindred_words()
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for term in dict.fromkeys(search_terms(title)):
        for language, word in known.get(term, ()):
            found[language][word] = None
    return {language: list(words) for language, words in found.items()}


@cache
def _kindred_words() -> dict[str, list[tuple[str, str]]]:
    """Return by the terms of titles that mean it what people type: language and word (`data/kindred_words.csv`)."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with KINDRED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for term in {search_terms(word)[0] for word in row["title_words"].split()}:
                found[term].append((row["language"], row["word"]))
    return dict(found)


def _said_by(offer: Offer) -> list[str]:
    """Return what an entry itself says in words, and what it says by yes."""
    said = [offer.summary, offer.description, offer.to_bring, offer.partner.organisation.name]
    if offer.child_care == Offer.Known.YES:
        said.append("mit Kinderbetreuung")
    if offer.is_women_only:
        said.append("nur für Frauen, Mütter, Mädchen")
    if offer.is_free:
        said.append("kostenlos, gratis, umsonst")
    return said


def _spoken_at(ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the languages of entries by their German and their own names, German itself left out.

    It is spoken nearly everywhere: who types "Deutsch" wants to learn it.
    """
    found: dict[int, list[str]] = defaultdict(list)
    rows = OfferLanguage.objects.filter(offer__in=ids).exclude(language="de").order_by("pk")
    for offer, *names in rows.values_list("offer_id", "language__name", "language__native_name"):
        found[offer] += names
    return found


def _translated(pk: int, terms: list[int], words: dict, texts: dict[str, tuple], kindred: dict) -> Iterator[Document]:
    languages = {language for term in terms for language in words[term]} | texts.keys() | kindred.keys()
    for language in sorted(languages - {"de"}):
        title, *text = texts.get(language, ("",))
        named = [word for term in terms for word in words[term].get(language, ())]
        title = " ".join([title, *kindred.get(language, ())]).strip()
        yield Document(pk, title, " \n".join(filter(None, [*text, *named])), language)


def _words_of_terms() -> dict[int, dict[str, list[str]]]:
    """Return what each term is called: by term and language its names and synonyms; three statements."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for term, name, description in Term.objects.values_list("pk", "name", "description"):
        found[term]["de"] += [name, description]
    for term, name, language in TermName.objects.values_list("term_id", "name", "language_id"):
        found[term][language].append(name)
    synonyms = Synonym.objects.order_by("term_id", "pk")
    for term, word, language in synonyms.values_list("term_id", "word", "language_id"):
        found[term][language].append(word)
    return found


def _terms_of(ids: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Offer.terms.through.objects.filter(offer__in=ids).order_by("offer_id", "term_id")
    for offer, term in rows.values_list("offer_id", "term_id"):
        found[offer].append(term)
    return found


def _places_of(ids: Iterable[int]) -> dict[int, list[str]]:
    """Return name, town and postcode of the places; of a protected one only the town."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = OfferAtPlace.objects.filter(offer__in=ids, place__isnull=False).values_list(
        "offer_id", "place__is_protected", "place__municipality__name", "place__name", "place__postcode"
    )
    for offer, is_protected, town, name, postcode in rows:
        found[offer] += [town] if is_protected else [town, name, postcode]
    return found


def _texts_of(ids: Iterable[int]) -> dict[int, dict[str, tuple]]:
    found: dict[int, dict[str, tuple]] = defaultdict(dict)
    rows = (
        OfferText.objects.shown()
        .filter(offer__in=ids)
        .values_list("offer_id", "language_id", "title", "summary", "description", "next_steps", "to_bring")
    )
    for offer, language, *text in rows:
        found[offer][language] = tuple(text)
    return found
