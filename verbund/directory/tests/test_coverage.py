"""How many centres stood where on a day: our records against what the sources tell, and never more than they tell."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.core.dates import today
from verbund.directory.calculations import CentreState, state_on
from verbund.directory.maps import queries as maps
from verbund.directory.maps.coverage import (
    STATE_NAMES,
    Count,
    count,
    days_apart,
    last_day_of,
    standing_on,
    years_until,
)
from verbund.directory.queries import centre_states

INTERIM_ACCOUNT = date(2014, 4, 25)
DAYS = st.dates(date(2011, 1, 1), date(2020, 12, 31))


@dataclass(frozen=True)
class Step:
    kind: str
    day_from: date
    day_until: date
    evidence: str


@pytest.fixture
def on(db):
    """`on(day)` returns the standing of every area's centre on a day."""

    def standings(day) -> dict:
        return {centre["area"]: standing_on(centre["steps"], day) for centre in maps.centres_with_steps()}

    return standings


def in_state(standings, state) -> set[str]:
    return {area for area, standing in standings.items() if standing.state == state}


@st.composite
def steps(draw):
    kinds = ["MANDATE", "RESOLUTION", "APPLICATION", "NOTICE", "START_PHASE", "RUNNING", "AWARD"]
    begun = draw(DAYS)
    ended = begun + timedelta(days=draw(st.integers(0, 1100)))
    return Step(draw(st.sampled_from(kinds)), begun, ended, draw(st.sampled_from(["EVIDENCED", "RANGE"])))


def test_the_four_states_have_exactly_these_names():
    assert [str(name) for name in STATE_NAMES.values()] == [
        "belegt in Betrieb",
        "belegt in Vorbereitung",
        "Zeitraum umfasst den Tag",
        "noch keines",
    ]


def test_in_december_2012_solingen_alone_is_evidenced(on):
    standings = on(date(2012, 12, 15))

    assert in_state(standings, CentreState.RUNNING) == {"Stadt Solingen"}
    assert count(standings.values()) == Count(running=1, evidenced=1, preparing=0, in_range=39, none=14)


def test_a_day_before_its_first_day_solingen_prepares(on):
    assert in_state(on(date(2012, 11, 30)), CentreState.PREPARING) == {"Stadt Solingen"}


def test_on_the_day_of_the_interim_account_49_run_prepare_or_may_run_and_five_are_not_there(on):
    standings = on(INTERIM_ACCOUNT)

    found = count(standings.values())
    assert found.running + found.preparing + found.in_range == 49
    assert in_state(standings, CentreState.NONE) == {
        "Kreis Coesfeld",
        "Kreis Borken",
        "Kreis Steinfurt",
        "Kreis Viersen",
        "Kreis Kleve",
    }


def test_of_the_49_only_those_with_a_source_of_their_own_count_as_running(on):
    found = count(on(INTERIM_ACCOUNT).values())

    assert found == Count(running=11, evidenced=11, preparing=0, in_range=38, none=5)


def test_in_july_2016_52_run_and_viersen_and_kleve_have_none(on):
    standings = on(date(2016, 7, 1))

    assert in_state(standings, CentreState.NONE) == {"Kreis Viersen", "Kreis Kleve"}
    assert count(standings.values()).running == 52


def test_today_all_54_run_and_of_17_a_source_tells_the_start(on):
    assert count(on(today()).values()) == Count(running=54, evidenced=17, preparing=0, in_range=0, none=0)


def test_the_last_five_opened_in_this_order(on):
    last_five = ["Kreis Coesfeld", "Kreis Borken", "Kreis Steinfurt", "Kreis Viersen", "Kreis Kleve"]
    opened_on = {
        "Kreis Coesfeld": date(2015, 12, 1),
        "Kreis Borken": date(2016, 6, 28),
        "Kreis Steinfurt": date(2016, 6, 29),
        "Kreis Viersen": date(2017, 10, 31),
        "Kreis Kleve": date(2018, 9, 30),
    }
    before = 49
    for number, area in enumerate(last_five, start=50):
        eve, day = on(opened_on[area] - timedelta(days=1)), on(opened_on[area])
        assert eve[area].state != CentreState.RUNNING
        assert (count(eve.values()).running, count(day.values()).running) == (before, number)
        before = number


@pytest.mark.parametrize(
    "day", [date(2012, 1, 1), date(2012, 12, 15), INTERIM_ACCOUNT, date(2014, 12, 31), date(2016, 7, 1)]
)
def test_the_map_and_the_directory_agree_on_every_centre(on, day):
    of_directory = centre_states(day)
    of_map = {row["pk"]: standing_on(row["steps"], day).state for row in maps.centres_with_steps()}

    assert of_map == of_directory


@given(life=st.lists(steps(), max_size=6), day=DAYS)
def test_what_is_said_about_a_centre_always_rests_on_a_step_that_had_begun(life, day):
    standing = standing_on(life, day)

    assert standing.state == state_on(life, day)
    if standing.state != CentreState.NONE:
        assert standing.step in life
        assert standing.step.day_from <= day
    elif standing.step:
        assert standing.step.kind == "RUNNING"
        assert standing.step.day_from > day


@given(life=st.lists(steps(), max_size=6), day=DAYS)
def test_a_centre_counts_as_evidenced_only_by_an_evidenced_step_that_had_happened(life, day):
    standing = standing_on(life, day)
    happened = {one.kind for one in life if one.evidence == "EVIDENCED" and one.day_until <= day}

    if standing.state == CentreState.RUNNING:
        assert standing.is_evidenced == ("RUNNING" in happened)
    else:
        assert standing.is_evidenced == (standing.state == CentreState.PREPARING)


@given(lives=st.lists(st.lists(steps(), max_size=4), max_size=12), day=DAYS)
def test_every_centre_is_counted_once(lives, day):
    found = count(standing_on(life, day) for life in lives)

    assert found.total == len(lives)
    assert sum(found.of(state) for state in CentreState) == len(lives)
    assert 0 <= found.by_expired_range <= found.running


def test_a_year_is_shown_by_its_last_day_and_this_year_by_today():
    now = date(2026, 3, 2)

    assert list(years_until(now)) == list(range(2012, 2027))
    assert [last_day_of(year, now=now) for year in (2014, 2026)] == [date(2014, 12, 31), now]


@pytest.mark.parametrize(("day", "apart"), [(date(2016, 6, 28), 1), (date(2016, 8, 1), 0), (date(2017, 1, 2), 2)])
def test_a_published_figure_is_as_near_as_the_days_it_may_have_been_stated(day, apart):
    @dataclass
    class Figure:
        stated_from: date
        stated_until: date

    assert days_apart(Figure(date(2016, 6, 29), date(2016, 12, 31)), day) == apart
