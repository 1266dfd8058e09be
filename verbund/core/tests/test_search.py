"""What is indexed is found by its words, best first, within what may be seen; what is removed is not found."""

import sys

import pytest
from django.db.models import Count

from verbund.core import search
from verbund.core.models import SearchEntry, SearchWord
from verbund.core.search import Document, german

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

KIND, OTHER = "probe", "other"


def found(text, **how) -> tuple[int, ...]:
    return search.search(KIND, text, **how).ids


def words(**condition) -> dict[str, int]:
    return dict(SearchWord.objects.filter(kind=KIND, **condition).values_list("word", "documents"))


@pytest.fixture
def courses():
    search.index(
        KIND,
        [
            Document(1, "Sprachkurs B1", "Deutsch lernen mit Kinderbetreuung"),
            Document(2, "Nähwerkstatt für Frauen", "Ein Kurs ohne Vorkenntnisse, dienstags"),
            Document(3, "Migrationsberatung", "Beratung zu Aufenthalt und Sprache"),
        ],
    )
    search.index(OTHER, [Document(2, "Sprachkurs"), Document(9, "Töpferkurs")])


def test_every_word_must_be_there_and_the_title_counts_more(courses):
    assert found("kurs") == (1, 2)
    assert found("Sprachkurse") == (1,)
    assert found("kurs frauen") == (2,)
    assert found("kurs beratung frauen") == ()
    assert found("Ich suche einen Kurs, ich brauche einen für Frauen") == (2,)


def test_a_kind_knows_nothing_of_another(courses):
    assert found("töpferkurs", correct=False) == ()
    assert search.search(OTHER, "kurs").ids == (2, 9)
    assert search.suggest(KIND, "töpf") == []
    search.remove(OTHER, [1, 2, 9])
    assert found("kurs") == (1, 2)


@pytest.mark.parametrize("text", ["", " ", "und für die", "?!", "a"])
def test_a_text_without_words_finds_nothing_and_says_so(courses, text):
    assert not search.has_words(text)
    assert (search.search(KIND, text).total, found(text)) == (0, ())
    assert not SearchEntry.objects.filter(search.matching(KIND, text)).exists()


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (None, (1, 2)),
        ([2, 3], (2,)),
        ((), ()),
        ([-1, 2**80], ()),
        (lambda: SearchEntry.objects.filter(kind=KIND, object_id__gt=1).values("object_id"), (2,)),
        (lambda: SearchEntry.objects.order_by("title").values("object_id").distinct(), (1, 2)),
        (lambda: SearchEntry.objects.none().values("object_id"), ()),
    ],
    ids=range(7),
)
def test_only_what_the_caller_allows_is_found_and_counted(courses, ids, expected):
    allowed = ids() if callable(ids) else ids
    hits = search.search(KIND, "kurs", ids=allowed)
    assert (hits.ids, hits.total) == (expected, len(expected))


def test_the_match_is_a_condition_for_counting_by_anything(courses):
    by_length = SearchEntry.objects.filter(search.matching(KIND, "Kurs", path="object_id"), kind=KIND)
    assert dict(by_length.values_list("kind").annotate(Count("pk"))) == {KIND: 2}
    assert set(by_length.values_list("object_id", flat=True)) == {1, 2}
    inverse = SearchEntry.objects.exclude(search.matching(KIND, "Kurs", path="object_id")).filter(kind=KIND)
    assert set(inverse.values_list("object_id", flat=True)) == {3}


def test_the_condition_of_the_hits_is_the_question_that_was_answered(courses):
    hits = search.search(KIND, "Sprachkrus B1")
    assert (hits.ids, hits.corrected) == ((1,), "Sprachkurs B1")
    assert found("Sprachkrus", ids=iter([1, 2])) == (1,)
    assert str(hits.condition) == str(search.matching(KIND, "Sprachkurs B1"))
    assert str(search.matching(KIND, "Sprachkrus B1")) == str(hits.condition)


def test_pages_follow_each_other_without_gap_or_repetition():
    search.index(KIND, [Document(n, "Kurs" if n % 3 else "Treff", "Kurs und Treff " * (n % 7)) for n in range(1, 60)])
    everything = found("kurs", limit=100)
    paged = [number for offset in range(0, 70, 10) for number in found("kurs", limit=10, offset=offset)]
    assert len(everything) == search.search(KIND, "kurs", limit=0).total
    assert sorted(paged) == sorted(everything) == sorted(set(everything))
    assert found("kurs", offset=1000) == ()
    in_title = [number % 3 != 0 for number in everything]
    assert in_title == sorted(in_title, reverse=True)


def test_a_search_is_two_statements_at_most(courses, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        found("Sprachkurs")
    with django_assert_max_num_queries(2):
        found("Kurs Frauen", ids=SearchEntry.objects.values("object_id"))


def test_what_is_changed_is_found_as_it_is_now_and_unchanged_texts_cost_one_question(
    courses, django_assert_num_queries
):
    search.index(KIND, [Document(1, "Sprachkurs B2", "Deutsch lernen mit Kinderbetreuung")])
    assert (found("B1", correct=False), found("B2")) == ((), (1,))
    with django_assert_num_queries(3):  # a savepoint around one question
        search.index(KIND, [Document(1, "Sprachkurs B2", "Deutsch lernen mit Kinderbetreuung")])


def test_what_is_removed_is_found_no_more_and_leaves_no_word(courses):
    search.remove(KIND, [1, 3, 4])
    assert found("sprachkurs", correct=False) == ()
    assert found("kurs") == (2,)
    assert set(words()) == {"Nähwerkstatt", "Frauen", "Kurs", "Vorkenntnisse", "dienstags"}
    search.remove(KIND, [2])
    assert words() == {}


def test_a_rebuild_leaves_what_it_is_given_and_nothing_else(courses):
    search.rebuild(KIND, (Document(n, f"Sprachkurs {n}", "", lang) for n in range(700) for lang in ("de", "en")))
    assert search.search(KIND, "sprachkurs").total == 700
    assert found("Nähwerkstatt", correct=False) == ()
    assert (words(language="de"), words(language="en")) == ({"Sprachkurs": 700}, {"Sprachkurs": 700})
    assert search.search(OTHER, "kurs").total == 2


def test_an_object_is_found_once_in_all_its_languages():
    search.index(
        KIND,
        [
            Document(7, "Sprachkurs", "für Frauen"),
            Document(7, "Language course", "for women", language="en"),
            Document(7, "Мовні курси", "для жінок", language="uk"),
        ],
    )
    assert [search.search(KIND, text).total for text in ("sprachkurs", "courses", "курс", "курси Frauen women")] == [
        1
    ] * 4
    assert search.suggest(KIND, "cour") == ["course"]
    assert search.suggest(KIND, "cour", language="de") == []
    search.index(KIND, [Document(7, "Sprachkurs")])
    assert found("course", correct=False) == ()


def test_proposals_are_words_as_people_write_them_the_frequent_first():
    search.index(
        KIND,
        [
            Document(1, "Sprachkurs", "Sprachcafé, Sprache"),
            Document(2, "Sprachcafé", "ÖFFNUNGSZEITEN öffnungszeiten"),
            Document(3, "Öffnungszeiten", "Sprachcafé B1 x"),
        ],
    )
    assert search.suggest(KIND, "spra") == ["Sprachcafé", "Sprache", "Sprachkurs"]
    assert search.suggest(KIND, "SPRACHC", limit=1) == ["Sprachcafé"]
    assert [word.lower() for word in search.suggest(KIND, "oeff")] == ["öffnungszeiten"]
    assert search.suggest(KIND, "s") == search.suggest(KIND, "sprachkurse") == []


def test_a_word_that_is_known_is_never_corrected(courses):
    hits = search.search(KIND, "Sprache Frauen")
    assert (hits.ids, hits.corrected) == ((), "")
    assert search.search(KIND, "Kurz").corrected == "Kurs"
    assert search.search(KIND, "Kurz", correct=False).total == 0
    assert search.search(KIND, "Hubschrauber").corrected == ""


def test_compounds_are_left_whole_where_the_splitter_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "charsplit_fst", None)
    caches = (german._splitter, german._of_piece, german._analysed)
    for cache in caches:
        cache.cache_clear()
    try:
        assert german.terms("Sprachkurse") == ["sprachkur"]
    finally:
        monkeypatch.undo()
        for cache in caches:
            cache.cache_clear()
    assert german.terms("Sprachkurse") == ["sprachkur", "sprach", "kur"]
