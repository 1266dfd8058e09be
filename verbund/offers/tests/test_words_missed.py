"""What was looked for in vain: who sees what of it, and that nobody is recognised by it."""

import csv
import io
from datetime import date, timedelta

import pytest

from verbund.accounts.roles import Role
from verbund.core.models import AuditEntry
from verbund.offers.models import MissedSearch, Synonym, Term
from verbund.offers.words import missing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
MISSED = "/angebote/vergeblich/"
TODAY = date(2026, 11, 23)
SOLINGEN, UNNA = "05122", "05978"


def looked_for(words: str, count: int, *, at: str | None = None, language: str = "de", days_ago: int = 0) -> None:
    day = TODAY - timedelta(days=days_ago)
    MissedSearch.objects.create(day=day, words=words, language=language, district_id=at, count=count)


@pytest.fixture
def searches():
    looked_for("schwimmkurs", 4, at=SOLINGEN)
    looked_for("schwimmkurs", 3, at=SOLINGEN, days_ago=30)
    looked_for("nachtbus", 6, at=UNNA)
    looked_for("tierarzt", 5, language="ar")
    looked_for("seltenes", 2, at=SOLINGEN)
    looked_for("fernes", 1, at=UNNA)
    looked_for("veraltet", 9, days_ago=366)


def words_seen(client, query: str = "") -> set[str]:
    shown = client.get(MISSED + query).content.decode()
    every = ["schwimmkurs", "nachtbus", "tierarzt", "seltenes", "fernes", "veraltet"]
    return {word for word in every if word in shown}


@pytest.mark.parametrize(
    ("role", "at", "seen"),
    [
        (Role.CENTRE_STAFF, SOLINGEN, {"schwimmkurs", "tierarzt"}),
        (Role.CENTRE_LEAD, UNNA, {"nachtbus", "tierarzt"}),
        (Role.COORDINATOR, "", {"schwimmkurs", "nachtbus", "tierarzt"}),
        (Role.CONTROLLER, "", {"schwimmkurs", "nachtbus", "tierarzt"}),
        (Role.MINISTRY_READER, "", {"schwimmkurs", "nachtbus", "tierarzt"}),
    ],
)
def test_a_centre_sees_its_district_and_planners_the_whole_land(client_of, member, searches, role, at, seen):
    client = client_of(member(role, at=at) if at else member(role))
    assert words_seen(client) == seen
    file = client.get(f"{MISSED}liste.csv").content.decode("utf-8-sig")
    assert {word for word in ("schwimmkurs", "nachtbus", "tierarzt", "seltenes", "fernes") if word in file} == seen


@pytest.mark.parametrize(
    "role", [Role.PROVIDER_MEMBER, Role.OPERATOR, Role.GRANT_OFFICER, Role.TRANSLATION_REVIEWER, None]
)
def test_others_are_refused_the_page_and_its_tables(client_of, member, searches, role):
    client = client_of(member(role) if role else None)
    for path in ("", "liste.csv", "liste.xlsx"):
        answer = client.get(MISSED + path)
        assert answer.status_code == (403 if role else 302)
        assert b"schwimmkurs" not in answer.content


def test_what_was_searched_less_than_three_times_is_only_counted(client_of, member, searches):
    shown = client_of(member(Role.COORDINATOR)).get(MISSED).content.decode()
    assert "… und 2 einzelne Wörter." in shown
    assert "21 Suchen ohne Treffer" in shown
    assert missing.FEWEST == 3
    looked_for("seltenes", 1, at=SOLINGEN, days_ago=3)
    shown = client_of(member(Role.COORDINATOR)).get(MISSED).content.decode()
    assert "seltenes" in shown
    assert "… und ein einzelnes Wort." in shown


def test_no_number_below_three_of_a_place_is_shown_nor_can_be_worked_out(member, acting):
    actor = acting(member(Role.COORDINATOR))
    looked_for("kanufahren", 5, at=SOLINGEN)
    looked_for("kanufahren", 4)
    looked_for("kanufahren", 1, at=UNNA)
    found = missing.missed_visible_to(actor, on=TODAY)
    (one,) = missing.rows(found, list(missing.shown(found)))
    assert (one.count, one.elsewhere) == (10, 5)
    assert [number for _place, number in one.places] == [5]


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        (f"?kreis={SOLINGEN}", {"schwimmkurs"}),
        ("?kreis=ohne", {"tierarzt"}),
        ("?sprache=ar", {"tierarzt"}),
        (f"?sprache=ar&kreis={UNNA}", set()),
        ("?kreis=99999&sprache=xx%00", {"schwimmkurs", "nachtbus", "tierarzt"}),
    ],
)
def test_district_and_language_stand_in_the_address(client_of, member, searches, query, seen):
    assert words_seen(client_of(member(Role.COORDINATOR)), query) == seen


def test_the_filter_shows_what_was_chosen_and_nothing_else(client_of, member, searches):
    client = client_of(member(Role.COORDINATOR))
    page = client.get(MISSED).content.decode().partition("<main")[2]
    assert '<option value="ar">' in page
    assert " selected" not in page
    assert '<option value="ar" selected>' in client.get(f"{MISSED}?sprache=ar").content.decode()


def test_a_centre_cannot_ask_for_another_district(client_of, member, searches):
    client = client_of(member(Role.CENTRE_STAFF, at=SOLINGEN))
    assert words_seen(client, f"?kreis={UNNA}") == {"schwimmkurs", "tierarzt"}
    assert b"nachtbus" not in client.get(f"{MISSED}liste.csv?kreis={UNNA}").content


def test_the_table_keeps_the_sums_and_takes_no_word_for_a_formula(client_of, member, searches):
    looked_for("=summe", 3)
    answer = client_of(member(Role.COORDINATOR)).get(f"{MISSED}liste.csv")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))[1:]
    assert sum(int(line[3]) for line in lines) == 24
    assert ["'=summe", "Deutsch", "ohne Ort", "3", ""] in lines
    assert lines[-1][0] == "2 einzelne Wörter"
    xlsx = client_of(member(Role.COORDINATOR)).get(f"{MISSED}liste.xlsx")
    assert xlsx.content[:2] == b"PK"


def test_a_missed_word_is_taken_up_with_one_click_and_a_choice(client_of, member, searches):
    client = client_of(member(Role.COORDINATOR))
    shown = client.get(MISSED).content.decode()
    way = "/angebote/vergeblich/aufnehmen/?wort=schwimmkurs&amp;sprache=de"
    assert way in shown
    assert 'value="schwimmkurs"' in client.get(way.replace("&amp;", "&")).content.decode()
    term = Term.objects.get(kind="NEED", code="meet-people")
    path = "/angebote/vergeblich/aufnehmen/"
    answer = client.post(path, {"word": "Schwimmkurs", "language": "de", "term": term.pk}, follow=True)
    assert Synonym.objects.filter(term=term, language="de", word="Schwimmkurs").exists()
    assert f"steht jetzt bei „{term}“" in answer.content.decode()
    assert way not in answer.content.decode()
    assert AuditEntry.objects.get(verb="add_synonym").changes["added_words"][1] == "Deutsch: Schwimmkurs"
    twice = client.post(path, {"word": "schwimmkurs", "language": "de", "term": term.pk})
    assert twice.status_code == 422
    assert "steht schon bei" in twice.content.decode()


@pytest.mark.parametrize(
    "wrong", [{"word": "x" * 81}, {"word": " \u200b "}, {"term": ""}, {"term": "0"}, {"language": "xx"}]
)
def test_a_wrong_word_is_not_taken_up(client_of, member, wrong):
    term = Term.objects.get(kind="NEED", code="meet-people")
    before = Synonym.objects.count()
    said = {"word": "Schwimmkurs", "language": "de", "term": term.pk} | wrong
    assert client_of(member(Role.COORDINATOR)).post("/angebote/vergeblich/aufnehmen/", said).status_code == 422
    assert Synonym.objects.count() == before


@pytest.mark.parametrize("role", [Role.CENTRE_STAFF, Role.CONTROLLER, Role.MINISTRY_READER])
def test_who_may_not_change_words_gets_no_way_to_take_one_up(client_of, member, searches, role):
    client = client_of(member(role))
    assert "aufnehmen/" not in client.get(MISSED).content.decode()
    said = {"word": "schwimmkurs", "language": "de", "term": Term.objects.get(code="meet-people").pk}
    assert client.post("/angebote/vergeblich/aufnehmen/", said).status_code == 403


def test_html_in_a_missed_word_is_text(client_of, member):
    looked_for("<b>fett</b>", 4)
    shown = client_of(member(Role.COORDINATOR)).get(MISSED).content.decode()
    assert "<b>fett" not in shown
    assert "&lt;b&gt;fett" in shown


@pytest.mark.postgres
def test_sums_are_the_same_on_both_databases(database, member, acting, searches):
    found = missing.missed_visible_to(acting(member(Role.CENTRE_STAFF, at=SOLINGEN)), on=TODAY)
    assert [(one["words"], one["total"]) for one in missing.shown(found)] == [("schwimmkurs", 7), ("tierarzt", 5)]
    assert missing.sums(found) == {"total": 14, "rare": 1, "rare_searches": 2}


def test_without_a_missed_search_the_page_says_so(client_of, member):
    assert "Noch hat niemand vergeblich gesucht." in client_of(member(Role.COORDINATOR)).get(MISSED).content.decode()
