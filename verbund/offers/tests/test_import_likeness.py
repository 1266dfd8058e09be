"""Names that are alike are found among many without comparing all of them."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from verbund.offers.importing.likeness import MOST_COMPARED, Names

MANY = 5 * MOST_COMPARED
KNOWN = ["sprachcafe am markt", "hausaufgabenhilfe in vohwinkel", "beratung", "nahkurs fur frauen", "treff 12"]


def pool(many: int) -> Names:
    names = Names()
    for number in range(many):
        names.add(number, f"treffpunkt {sha256(str(number).encode()).hexdigest()[:14]} am markt")
    for number, name in enumerate(KNOWN, start=many):
        names.add(number, name)
    return names


SMALL, LARGE = pool(0), pool(MANY)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("sprach-cafe am markt", 0),
        ("am markt: sprachcafe", 0),
        ("sprachkaffee am markt", 0),
        ("hausaufgabenhilfe vohwinkel", 1),
        ("hausaufgabenhlife in vohwinkel", 1),
        ("beratnug", 2),
        ("deratung", 2),
        ("nah-kurs fur frauen", 3),
        ("treff 13", 4),
    ],
)
def test_a_name_with_an_error_is_found_among_few_and_among_many(said, known):
    assert SMALL.nearest(said, least=75)[1] == known
    assert LARGE.nearest(said, least=75)[1] == MANY + known


def test_what_is_like_nothing_is_like_nothing():
    assert SMALL.nearest("schwimmen", least=82) is None
    assert LARGE.nearest("schwimmen", least=82) is None


@given(st.lists(st.text("abcd -", min_size=1, max_size=15), min_size=1, max_size=20), st.text("abcd -", max_size=15))
def test_among_few_likeness_is_that_of_all_words_in_any_order(names, wanted):
    known = Names()
    for number, name in enumerate(names):
        known.add(number, name)

    best = max(fuzz.token_sort_ratio(wanted, name) for name in names)
    found = known.nearest(wanted, least=82)

    assert (found[0] if found else 0) == pytest.approx(best if best >= 82 else 0)


def test_however_many_names_have_the_same_words_only_some_are_compared():
    names = Names()
    for number in range(4 * MOST_COMPARED):
        names.add(number, f"deutschkurs {number} am markt")

    assert len(names._candidates("deutschkurs am markt")) <= MOST_COMPARED
    assert names.nearest("deutschkurs 1199 am markt", least=82)[1] == 1199
