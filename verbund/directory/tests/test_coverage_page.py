"""The page /karte/: what it shows for a day, how one moves through the years, and what it makes of nonsense."""

import gzip
import html
import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils import timezone

from verbund.core.dates import today
from verbund.directory.attributions import ATTRIBUTIONS
from verbund.directory.maps.shapes import shapes
from verbund.directory.models import Centre, LifeStep, OrganisationName

pytestmark = pytest.mark.django_db
MOST_BYTES = 100 * 1024
ATTACK = "<script>alert(1)</script>\"'><b>x"
LEGEND = re.compile(r'area-map__count">(\d+)</strong> <span><a href="[^"]*">([^<]+)<')
ROW = re.compile(
    r'class="row-link" href="/zentren/(\d+)/[^"]*">[^<]*</a></th><td[^>]*>([^<]+)</td><td[^>]*>([^<]*)</td>'
)
AREA = re.compile(r'<a class="area" href="/zentren/(\d+)/[^"]*"><title>([^<]+)</title>')


@pytest.fixture
def page(client):
    """`page("2014-04-25", stand="RANGE")` returns the page of a day as text; without a day that of today."""

    def opened(day="", **more) -> str:
        values = {"stichtag": day, **more} if day else more
        answer = client.get("/karte/", values)
        assert answer.status_code == 200
        return answer.content.decode()

    return opened


def main_map(text: str) -> str:
    return text[text.index("area-map__main") : text.index("area-map__side")]


def words(text: str) -> str:
    """Return what a page says, without marks."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text[text.index("<main") :])))


def counted(text: str) -> dict[str, int]:
    return {label: int(number) for number, label in LEGEND.findall(text)}


@pytest.mark.parametrize(
    ("day", "numbers"),
    [
        ("2012-11-30", (0, 1, 38, 15)),
        ("2012-12-15", (1, 0, 39, 14)),
        ("2014-04-25", (11, 0, 38, 5)),
        ("2014-12-31", (49, 0, 0, 5)),
        ("2016-07-01", (52, 0, 0, 2)),
        ("", (54, 0, 0, 0)),
    ],
)
def test_the_legend_counts_the_four_states_of_a_day(page, day, numbers):
    names = ("belegt in Betrieb", "belegt in Vorbereitung", "Zeitraum umfasst den Tag", "noch keines")

    assert counted(page(day)) == dict(zip(names, numbers, strict=True))


def test_on_25_april_2014_nothing_says_that_we_know_49_to_run(page):
    text = words(page("2014-04-25"))

    assert "11 Zentren sind belegt in Betrieb. Bei allen nennt eine Quelle den Tag, den Monat oder das Jahr" in text
    assert "Bei 38 Zentren umfasst der Zeitraum des Beginns den Tag: Sie können schon gearbeitet haben" in text
    assert "5 Gebieten gibt es noch keines: Kreis Borken, Kreis Coesfeld, Kreis Kleve, Kreis Steinfurt, Kreis V" in text
    before, published, years = *text.split("Veröffentlichte Zahlen"), text.split("Jahr für Jahr")[1]
    assert "49" not in before
    assert published.split("Jahr für Jahr")[0].count("49") == 2  # its label and its statement
    assert "2014: 49 belegt in Betrieb" in years  # at the end of the year the range has run out
    assert "Bei 11 davon nennt" not in text


def test_today_the_page_says_of_how_many_only_a_range_is_known(page):
    text = words(page())

    assert "54 Zentren sind belegt in Betrieb. Bei 17 davon nennt eine Quelle den Tag" in text
    assert "Bei 37 ist nur der Zeitraum bekannt, in dem sie begonnen haben, und dieser ist vorbei." in text
    since = [row[2] for row in ROW.findall(page())]
    assert since.count("spätestens seit 31.12.2014") == 37


def test_published_figures_are_statements_with_day_source_and_our_reading(page):
    text = words(page("2014-04-25"))

    assert "49 in Arbeit oder kurz davor 25.04.2014 49 Zentren arbeiten schon oder stehen kurz davor" in text
    assert "Unsere Lesart: Die Quelle trennt nicht, welche schon arbeiten" in text
    assert "Quelle: Pressemitteilung der Landesregierung vom 25.04.2014" in text
    assert "keine wird aus der anderen berechnet" in text


@pytest.mark.parametrize(
    ("day", "first"),
    [("2014-04-25", "49 in Arbeit"), ("2013-08-01", "47 eingerichtet"), ("2016-07-01", "52 Zentren"), ("", "52 Zent")],
)
def test_the_published_figure_nearest_to_the_day_comes_first(page, day, first):
    labels = re.findall(r'map-figure__label">([^<]+)<', page(day))

    assert len(labels) == 4
    assert labels[0].startswith(first)


@pytest.mark.parametrize("year", range(2011, 2028))
def test_there_is_a_page_for_the_end_of_every_year_with_every_area_once(page, year):
    text = page(f"{year}-12-31")

    assert sorted(key for key, _title in AREA.findall(main_map(text))) == sorted(shapes())
    assert sorted(key for key, *_rest in ROW.findall(text)) == sorted(shapes())
    assert sum(counted(text).values()) == 54


@pytest.mark.parametrize("day", ["2012-12-15", "2014-04-25", ""])
def test_the_list_says_the_same_as_the_map_in_the_same_order(page, day):
    text = page(day)
    on_map = [(key, html.unescape(title).split(": ", 1)[1]) for key, title in AREA.findall(main_map(text))]
    in_list = [
        (key, html.unescape(f"{state}, {since}" if since != "–" else state)) for key, state, since in ROW.findall(text)
    ]

    assert len(on_map) == 54
    assert on_map == in_list


def test_areas_come_in_the_order_of_their_places(page):
    names = [html.unescape(title).split(":")[0] for _key, title in AREA.findall(main_map(page()))]

    assert names[:3] == ["Stadt Bielefeld", "Stadt Bochum", "Stadt Bonn"]
    assert names[-2:] == ["Kreis Wesel", "Stadt Wuppertal"]


def test_all_links_keep_the_day(page):
    text = page("2014-04-25")
    inside = text[text.index("<main") : text.index("</main>")]
    links = re.findall(r'href="(/[^"#]*)', inside)
    elsewhere = [link for link in links if "stichtag=" not in link]

    assert elsewhere == ["/karte/"] * 3  # back to today, and this year in the columns and in their table
    assert all("stichtag=2014-04-25" in link for link in links if link.startswith(("/zentren/", "/netz/")))


@pytest.mark.parametrize(
    ("state", "day", "rows"),
    [("RUNNING", "2014-04-25", 11), ("RANGE", "2014-04-25", 38), ("NONE", "2014-04-25", 5), ("PREPARING", "", 0)],
)
def test_the_list_shows_one_state_and_the_map_still_all(page, state, day, rows):
    text = page(day, stand=state)

    assert len(ROW.findall(text)) == rows
    assert len(AREA.findall(main_map(text))) == 54
    assert ("steht kein Zentrum auf diesem Stand" in text) == (rows == 0)


def test_a_state_that_does_not_exist_is_named_and_the_list_shows_all(page):
    text = page(stand=ATTACK)

    assert "gibt es nicht. Die Liste zeigt alle Zentren." in text
    assert len(ROW.findall(text)) == 54
    assert "<script>alert" not in text


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ({"jahr": "2014"}, "/karte/?stichtag=2014-12-31"),
        ({"jahr": " 2012 "}, "/karte/?stichtag=2012-12-31"),
        ({"jahr": "2014", "stand": "RANGE"}, "/karte/?stand=RANGE&stichtag=2014-12-31"),
        ({"jahr": "2014", "stichtag": "2013-05-01"}, "/karte/?stichtag=2013-05-01"),
        ({"jahr": "abc", "stichtag": "2013-05-01"}, "/karte/?stichtag=2013-05-01"),
        ({"jahr": "2014", "stichtag": ""}, "/karte/?stichtag=2014-12-31"),
    ],
)
def test_a_year_leads_to_its_last_day_but_a_day_is_more_exact(client, asked, target):
    answer = client.get("/karte/", asked)

    assert (answer.status_code, answer["Location"]) == (302, target)


def test_the_current_year_leads_to_today(client):
    answer = client.get("/karte/", {"jahr": str(today().year)})

    assert (answer.status_code, answer["Location"]) == (302, "/karte/")


@pytest.mark.parametrize("year", ["abc", "99999", "2011", "-2014", "２０１４", "20 14", "2014.5", ATTACK, "9" * 5000])
def test_what_is_no_year_of_the_map_is_named_and_today_is_shown(page, year):
    text = page(jahr=year)

    assert f"Die Karte zeigt die Jahre 2012 bis {today().year}. Sie sehen den heutigen Stand." in text
    assert counted(text)["belegt in Betrieb"] == 54
    assert "<script>alert" not in text


@pytest.mark.parametrize("day", ["29.02.2013", "2013-02-29", "gestern", "0001-01-01", "9999-12-31", ATTACK, "2" * 5000])
def test_what_is_no_day_is_named_and_today_is_shown(page, day):
    text = page(day)

    assert "Sie sehen den heutigen Stand." in text
    assert counted(text)["belegt in Betrieb"] == 54
    assert "<script>alert" not in text


def test_before_the_law_little_is_known_and_nothing_is_guessed(page):
    text = page("2011-12-31")

    assert "ist vom 14. Februar 2012" in text
    assert counted(text) == {
        "belegt in Betrieb": 0,
        "belegt in Vorbereitung": 1,  # Solingen's mandate of November 2011
        "Zeitraum umfasst den Tag": 0,
        "noch keines": 53,
    }


def test_a_day_to_come_is_marked_as_such(page):
    assert "Der Tag liegt in der Zukunft." in page((today() + timedelta(days=9)).isoformat())


@pytest.mark.parametrize("day", ["", "2012-12-15", "2014-04-25"])
def test_the_page_with_everything_it_loads_weighs_at_most_100_kib(client, day):
    """The page counts as it is, style sheets and scripts as they are sent (compressed when they are collected)."""
    content = client.get("/karte/", {"stichtag": day}).content
    names = re.findall(rf'(?:href|src)="{settings.STATIC_URL}([^"]+)"', content.decode())
    files = [gzip.compress(open(finders.find(name), "rb").read()) for name in names]  # noqa: SIM115

    assert {"directory/map.css", "directory/map.js", "vendor/kern/kern.css"} <= set(names)
    assert len(content) + sum(map(len, files)) <= MOST_BYTES


def test_the_page_asks_five_statements_and_when_it_is_kept_one(client, django_assert_num_queries):
    asks_whether_this_is_the_demonstration = 1  # as every page does
    with django_assert_num_queries(5 + asks_whether_this_is_the_demonstration):
        client.get("/karte/", {"stichtag": "2014-04-25"})
    with django_assert_num_queries(1 + asks_whether_this_is_the_demonstration):
        client.get("/karte/", {"stichtag": "2014-04-25"})


def test_the_page_kept_in_memory_follows_what_is_recorded(page):
    assert counted(page("2014-04-25"))["noch keines"] == 5
    step = LifeStep.objects.get(code="05154-running")
    LifeStep.objects.filter(pk=step.pk).update(day_from=date(2014, 1, 1), day_until=date(2014, 1, 1))
    Centre.objects.filter(key="05154").update(changed_at=timezone.now())

    assert counted(page("2014-04-25"))["noch keines"] == 4
    assert counted(page("2014-04-25"))["belegt in Betrieb"] == 12


def test_a_centre_bears_the_name_of_the_day(page):
    centre = Centre.objects.get(key="05978")
    OrganisationName.objects.create(
        organisation=centre.organisation, name="Haus der Vielfalt Unna", valid_until=date(2015, 12, 31), source="Akte"
    )

    assert "Haus der Vielfalt Unna" in page("2014-04-25")
    assert "Haus der Vielfalt Unna" not in page("2016-07-01")


def test_the_page_names_whose_map_it_is_and_where_it_is_approximate(page):
    text = words(page())

    assert ATTRIBUTIONS[0] in text
    assert "Die Grenze zwischen der Stadt Aachen und dem übrigen Gebiet der Städteregion ist angenähert." in text


def test_the_map_is_found_from_the_list_of_centres_with_its_day(client):
    assert '"/karte/?stichtag=2014-04-25"' in client.get("/zentren/", {"stichtag": "2014-04-25"}).content.decode()


def test_visitors_leave_no_trace_on_the_map(client):
    answer = client.get("/karte/")

    assert not answer.cookies
    assert client.post("/karte/").status_code == 405
