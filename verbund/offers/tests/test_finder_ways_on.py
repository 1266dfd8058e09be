"""Words that find nothing together: the finder offers what some of them find, and a language instead of its name."""

import re
from html import unescape
from urllib.parse import parse_qsl

import pytest

from verbund.offers.tests import story
from verbund.offers.tests.finder_world import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def page(client):
    return lambda **asked: client.get("/angebote/", asked).content.decode()


def ways(text: str) -> dict[str, tuple[str, int]]:
    """Return the ways on: by label the address and the number of hits promised."""
    found = re.findall(r'class="way" href="([^"]*)">([^<]*)</a> <span class="muted">\(<bdi>([^<]*)<', text)
    return {unescape(label): (unescape(address), int(number)) for address, label, number in found}


def hits(text: str) -> int:
    return int(re.search(r"Treffer: (\d+)", text)[1])


@pytest.mark.postgres
def test_words_that_find_nothing_together_are_offered_one_by_one_with_as_many_hits_as_promised(staff, page):
    publish(staff, title="Prüfung B1")
    publish(staff, title="Nähen für alle", summary="Mit Nähmaschinen")
    shown = page(was="Prüfung Nähen Zeppelin")
    offered = {label: way for label, way in ways(shown).items() if label.startswith("nur")}
    assert sorted(offered) == ["nur „Nähen“", "nur „Prüfung“"]
    for address, number in offered.values():
        assert hits(page(**dict(parse_qsl(address[1:])))) == number == 1


def test_of_three_words_two_that_find_something_come_before_each_alone(staff, page):
    publish(staff, title="Schwimmkurs am Abend", summary="Im Hallenbad")
    offered = [label for label in ways(page(was="Schwimmkurs Abend Zeppelin")) if label.startswith("nur")]
    assert offered == ["nur „Schwimmkurs Abend“", "nur „Schwimmkurs“", "nur „Abend“"]


@pytest.mark.parametrize("typed", ["Dolmetschen arabisch", "Dolmetschen auf Arabisch", "arapça Dolmetschen",
                                   "Dolmetschen in arabischer Sprache"])  # fmt: skip
def test_a_language_among_words_that_find_nothing_is_offered_as_the_wish_for_it(staff, page, typed):
    offer = publish(staff, title="Dolmetschen im Amt", languages=[("de", "SPOKEN")])
    publish(staff, title="Café", languages=[("ar", "SPOKEN")])
    shown = page(was=typed)
    assert hits(shown) == 0
    assert ways(shown)["Angebote in Arabisch"] == ("?spricht=ar", 1)
    assert ways(shown)["nur „Dolmetschen“"][1] == 1
    assert "nur „arabisch“" not in ways(shown)
    assert not any("zu „" in label for label in ways(shown))
    assert offer.title in page(was="Dolmetschen")


def test_a_language_on_request_is_offered_where_nobody_speaks_it_all_the_time(staff, page):
    publish(staff, title="Dolmetschen im Amt", languages=[("de", "SPOKEN"), ("uk", "INTERPRETER")])
    way = "Angebote in Ukrainisch zu „Dolmetschen“, auch auf Anfrage oder mit Sprachmittlung"
    address, number = ways(page(was="Dolmetschen ukrainischer Zeppelin"))[way]
    assert dict(parse_qsl(address[1:])) == {"was": "Dolmetschen", "spricht": "uk", "auch": "1"}
    assert hits(page(**dict(parse_qsl(address[1:])))) == number == 1


def test_a_corrected_word_is_named_only_where_it_finds_something(staff, page):
    publish(staff, title="Fahrradwerkstatt")
    assert "Meinten Sie" in page(was="Fahradwerkstat")
    shown = page(was="Fahradwerkstat", tag="6")
    assert hits(shown) == 0
    assert "Das sind die Treffer dazu" not in shown


@pytest.mark.postgres
def test_a_whole_word_of_the_title_comes_first_then_what_it_means_and_last_the_rest_of_the_need(staff, page):
    need = [("NEED", "urgent-help")]
    publish(staff, title="Hilfe nach Angriffen", summary="Beratung", terms=need)
    publish(staff, title="Lebensmittelausgabe", summary="Obst und Brot, einmal in der Woche am Vormittag", terms=need)
    publish(staff, title="Schultafeln gestalten", summary="Malen")
    publish(staff, title="Tafel im Gemeindehaus", summary="Obst und Brot, einmal in der Woche am Abend", terms=need)
    titles = re.findall(r'offer-card__title"><a [^>]*>([^<]*)</a>', page(was="Tafel"))
    assert titles[0] == "Tafel im Gemeindehaus"
    assert titles.index("Lebensmittelausgabe") < titles.index("Hilfe nach Angriffen") == len(titles) - 1


def note(text: str) -> tuple[str, dict[str, str]]:
    """Return what the page says about a town among the words, and what its link asks for."""
    said = re.search(r'results__note">(.*?)<a href="([^"]*)">([^<]*)</a>', text)
    return (unescape(said[1].strip() or said[3]), dict(parse_qsl(unescape(said[2])[1:]))) if said else ("", {})


@pytest.fixture
def two_towns(staff):
    publish(staff, title="Nähkurs am Markt")
    far = story.place(latitude="51.96000", longitude="7.62000")
    publish(staff, title="Nähkurs im Treff", at=[story.tuesdays(far)])


@pytest.mark.parametrize("typed", ["Nähkurs Solingen", "nähkurs in solingen", "Nähkurs bei Золінген"])
def test_a_town_at_the_end_of_the_words_is_the_place_and_the_page_says_so(two_towns, page, typed):
    shown = page(was=typed)
    assert hits(shown) == 1
    assert 'name="ort"' in shown
    assert re.search(r'id="ort"[^>]*value="(?:Solingen|solingen|Золінген)"', shown)
    sentence, back = note(shown)
    assert sentence.endswith("haben wir als Ort verstanden.")
    assert back == {"was": typed, "woertlich": "1"}


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("Nähkurs 42651", "42651"),
        ("Nähkurs in 42651 Solingen", "42651 Solingen"),
        ("Nähkurs, Solingen 42651", "Solingen 42651"),
        ("Nähkurs ٤٢٦٥١", "٤٢٦٥١"),
    ],
)
def test_a_postcode_at_the_end_of_the_words_is_the_place_too(two_towns, page, typed, place):
    shown = page(was=typed)
    assert hits(shown) == 1
    assert re.search(r'id="ort"[^>]*value="([^"]*)"', shown)[1] == place
    assert note(shown) == (f"„{place}“ haben wir als Ort verstanden.", {"was": typed, "woertlich": "1"})


def test_a_postcode_of_elsewhere_is_refused_by_name_and_the_words_are_looked_for_everywhere(two_towns, page):
    shown = page(was="Nähkurs 10115")
    assert "Die Postleitzahl 10115 gibt es in Nordrhein-Westfalen nicht. Gesucht wird überall." in unescape(shown)
    assert (hits(shown), note(shown)) == (2, ("", {}))


def test_one_link_leads_back_to_the_town_as_a_word(two_towns, page):
    _sentence, back = note(page(was="Nähkurs Solingen", tag="1"))
    shown = page(**back)
    assert back == {"tag": "1", "was": "Nähkurs Solingen", "woertlich": "1"}
    assert re.search(r'id="ort"[^>]*value=""', shown)
    assert hits(shown) == 2
    assert note(shown)[1] == {"tag": "1", "was": "Nähkurs", "ort": "Solingen"}


def test_a_town_alone_shows_what_there_is_and_one_that_is_a_word_too_only_a_link(two_towns, page):
    assert hits(page(was="Solingen")) == 1
    assert note(page(was="Kochen und Essen"))[1] == {"was": "Kochen und", "ort": "Essen"}
    assert 'value="Kochen und Essen"' in page(was="Kochen und Essen")


@pytest.mark.parametrize("asked", [{"was": "Nähkurs Solingen", "ort": "Unna"}, {"was": "Solingen Nähkurs"},
                                   {"was": "Nähkurs Solingenx"}, {"was": "Nähkurs 4265"}])  # fmt: skip
def test_a_place_that_is_named_and_words_that_end_otherwise_stay_as_they_are(two_towns, page, asked):
    shown = page(**asked)
    assert f'value="{asked["was"]}"' in shown
    assert note(shown) == ("", {})
