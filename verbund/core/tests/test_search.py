"""What is indexed is found by its words, on both databases; what is removed is not."""

import pytest

from verbund.core import search
from verbund.core.models import SearchEntry, SearchWord
from verbund.core.search import Document

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

KIND = "probe"


def found(text, **how) -> tuple[int, ...]:
    return search.search(KIND, text, **how).ids


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


def test_every_word_must_be_there_and_the_title_counts_more(courses):
    assert found("kurs") == (1, 2)
    assert found("Sprachkurse") == (1,)
    assert found("kurs frauen") == (2,)
    assert found("kurs beratung frauen") == ()


def test_the_condition_serves_other_queries(courses):
    entries = SearchEntry.objects.filter(search.matching(KIND, "Kurs", path="object_id"))
    assert set(entries.values_list("object_id", flat=True)) == {1, 2}


def test_what_is_removed_is_found_no_more_and_leaves_no_word(courses):
    search.remove(KIND, [1, 2, 3, 4])
    assert found("kurs") == ()
    assert not SearchEntry.objects.exists()
    assert not SearchWord.objects.exists()


def test_a_typing_error_is_corrected_to_a_word_as_people_write_it(courses):
    hits = search.search(KIND, "Sprachkrus")
    assert (hits.ids, hits.corrected) == ((1,), "Sprachkurs")
