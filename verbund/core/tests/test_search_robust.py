"""No text breaks the search, whatever it holds; what is in a text finds it, and what is removed leaves nothing."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from verbund.core import search
from verbund.core.models import SearchEntry, SearchWord
from verbund.core.search import Document, german, tables
from verbund.core.search.index import UnknownObject

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

KIND = "robust"
WORDS = """
Sprachkurs Deutsch-Kurs Café Straße 24h B1 2026 Kindertagesstätte ООН п'ять دورات İstanbul Ελλάδα 漢字 naïve 1e5 0x1F
12e5abc AND OR NOT NEAR null E-Mail A-Z Müller-Lüdenscheidt-Straße ½ ﬁx Ⅷ x0627 n24h
"""
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join))
PROPERTY = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], database=None
)
HOSTILE = [
    '"', "'", '" OR 1=1 --', "'; DROP TABLE core_searchentry; --", "title:x", "{title} : kurs", "kurs* AND",
    "NEAR(a b)", "^kurs", "-kurs", "kurs NOT beratung",
    "(((", ")", "kurs & | ! <->", "kurs:*", "kurs:A", "\\", "%s %(x)s", "%", "_",
    "\x00", "kurs\x00", "\ud800", "\u202ekurs", "a" * 10_000, "ab" * 5_000, "kurs " * 1_000, "a-" * 5_000, "-" * 10_000,
    "\u0301" * 10_000, "ﷺ" * 3_000, "Donaudampfschifffahrtsgesellschaftskapitän" * 200, "9" * 10_000, "ß" * 10_000,
    " ".join(f"wort{n}" for n in range(1_000)), "İ" * 5_000, "ue" * 5_000, "e\u0300\u0301" * 3_000, "*", "kurs*", "AND",
    "OR OR OR", "und", "", " ",
]  # fmt: skip


def has(text: str, **how) -> bool:
    return 1 in search.search(KIND, text, **how).ids


@PROPERTY
@given(title=TEXTS, body=TEXTS)
@example(title="Sprach- und Integrationskurse", body="24h-Hotline: 0221/1234-567, §16i, C++")
def test_every_word_of_a_text_finds_it_and_nothing_is_left_when_it_goes(title, body):
    search.index(KIND, [Document(1, title, body)])
    try:
        for word in german.words(f"{title}\n{body}"):
            assert has(word.text), word
            assert has(word.text.upper(), prefix=False, correct=False) or word.text.upper().lower() != word.text.lower()
    finally:
        search.remove(KIND, [1])
    assert not SearchEntry.objects.exists()
    assert not SearchWord.objects.exists()
    assert tables.is_in_step()


@PROPERTY
@given(text=TEXTS, offset=st.integers(-5, 2**40), limit=st.integers(-5, 2**31))
def test_no_question_is_an_error(text, offset, limit):
    search.index(KIND, [Document(1, "Sprachkurs"), Document(2, "Beratung")])
    hits = search.search(KIND, text, offset=offset, limit=limit, synonyms={text: frozenset({text, "Sprachkurs"})})
    assert len(hits.ids) <= hits.total <= 2
    assert SearchEntry.objects.filter(search.matching(KIND, text, path="object_id")).count() <= 2
    assert all(isinstance(word, str) for word in search.suggest(KIND, text))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_means_something_to_a_database_means_nothing_here(text):
    search.index(KIND, [Document(1, "Sprachkurs"), Document(2, "Beratung")])
    assert search.search(KIND, text).total < 2
    assert SearchEntry.objects.filter(search.matching(KIND, text, path="object_id")).count() < 2
    assert search.suggest(KIND, text) in ([], ["Sprachkurs"], ["Beratung"])
    assert SearchEntry.objects.filter(kind=KIND).count() == 2


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_can_be_indexed_and_removed(text):
    search.index(KIND, [Document(1, text, f"Beratung {text}")])
    assert has("Beratung")
    search.index(KIND, [Document(1, "Kurs")])
    assert not has("Beratung", correct=False)
    search.remove(KIND, [1])
    assert not SearchWord.objects.exists()
    assert tables.is_in_step()


def test_a_text_of_a_million_words_is_read_to_its_limit():
    search.index(KIND, [Document(1, "", "Beratung " + "Wohngeldantragsformular " * 1_000_000 + "Sprachkurs")])
    assert has("Wohngeld")
    assert not has("Sprachkurs", correct=False)


@pytest.mark.parametrize("number", [-1, 2**40, 2**70])
def test_a_number_outside_the_range_is_refused(number):
    with pytest.raises(UnknownObject):
        search.index(KIND, [Document(number, "Kurs")])
    assert search.search(KIND, "Kurs", ids=[number]).ids == ()
