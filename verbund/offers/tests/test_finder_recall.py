"""Recall: what people type, in five languages, finds the kind of offer they mean, on both databases."""

import csv
from itertools import zip_longest
from pathlib import Path

import pytest

from verbund.core import search as index
from verbund.offers.demo_data import kinds_by_need, translations
from verbund.offers.indexing import KIND, index_offers
from verbund.offers.models import EASY, Offer, OfferText, Term
from verbund.offers.tests import story

PAIRS = Path(__file__).with_name("recall_pairs.csv")
LEAST = 0.95


@pytest.fixture
def of_each_kind(db) -> dict[str, set[int]]:
    """Make public entries of each kind of offer, with every title it has, and its translations; by kind."""
    partner = story.partner()
    terms = {(term.kind, term.code): term for term in Term.objects.all()}
    found: dict[str, set[int]] = {}
    for kind in (kind for kinds in kinds_by_need().values() for kind in kinds):
        variants = zip_longest(kind.titles, kind.summaries[: len(kind.titles)], fillvalue=kind.summaries[0])
        found[kind.code] = {entry(partner, kind, terms, title, summary).pk for title, summary in variants}
    OfferText.objects.bulk_create(
        OfferText(
            offer_id=pk,
            language_id=language,
            title=text[0],
            summary=text[1],
            description=text[2],
            origin="HUMAN" if language == EASY else "MACHINE",
        )
        for language, of_kinds in translations().items()
        for kind, text in of_kinds.items()
        for pk in found[kind]
    )
    index_offers(None)
    return found


def entry(partner, kind, terms: dict, title: str, summary: str) -> Offer:
    offer = Offer.objects.create(
        partner=partner,
        title=title,
        summary=summary,
        description=kind.about,
        is_women_only=kind.is_women_only,
        child_care=kind.child_care or "UNKNOWN",
        to_bring=kind.bring,
        status="PUBLISHED",
        published_on=story.TODAY,
    )
    offer.terms.set([terms[named] for named in kind.terms])
    return offer


@pytest.mark.postgres
def test_what_people_type_finds_what_they_mean(of_each_kind):
    with PAIRS.open(encoding="utf-8") as file:
        pairs = list(csv.DictReader(file))
    missed, counts = [], []
    for pair in pairs:
        hits = index.search(KIND, pair["query"], limit=1_000)
        counts.append(hits.total)
        if of_each_kind[pair["kind"]].isdisjoint(hits.ids):
            missed.append(f"{pair['query']} ({pair['language']}) → {pair['kind']}: {pair['why']}, {hits.total} hits")
    recall = 1 - len(missed) / len(pairs)

    assert recall >= LEAST, f"{recall:.3f}\n" + "\n".join(missed)
    assert (
        sorted(counts)[len(counts) // 2] < sum(map(len, of_each_kind.values())) / 2
    )  # finding everything finds nothing
