"""Two days compared: only differences, from what to what, with the source; wrong and swapped days."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from verbund.core.dates import today
from verbund.directory import comparison
from verbund.directory.models import Centre, CentreContact, CentreFact, LifeStep, Organisation, OrganisationName

pytestmark = pytest.mark.django_db
APRIL_2014, JULY_2016, DECEMBER_2012 = date(2014, 4, 25), date(2016, 7, 1), date(2012, 12, 15)
ADDRESS = "/netz/vergleich/"


def text_of(response) -> str:
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def days_in(response) -> list[str]:
    return re.findall(r'<input type="date" name="(?:von|bis)" value="([^"]*)"', response.content.decode())


def moves(first, last) -> dict:
    return {
        (move["before"], move["after"]): {place["key"] for change in move["changes"] for place in change.places}
        for move in comparison.changed_centres(first, last)
    }


def test_between_april_2014_and_july_2016_three_centres_are_new():
    found = moves(APRIL_2014, JULY_2016)
    assert found["noch nicht", "in Betrieb"] == {"05558", "05554", "05566"}  # Coesfeld, Borken, Steinfurt
    assert "05122" not in set().union(*found.values())


def test_each_new_centre_stands_with_the_step_that_evidences_it():
    moved = [move for move in comparison.changed_centres(APRIL_2014, JULY_2016) if move["before"] == "noch nicht"]
    coesfeld = moved[0]["changes"][0]
    assert [place["key"] for place in coesfeld.places] == ["05558"]
    assert (coesfeld.what, coesfeld.period, coesfeld.source) == (
        "in Betrieb",
        "01.12.2015",
        "Vorlage des Kreistags SV-9-0667",
    )


def test_the_centres_known_only_by_a_range_stand_together_with_their_one_source():
    ranged = next(move for move in comparison.changed_centres(APRIL_2014, JULY_2016) if move["before"] != "noch nicht")
    groups = {change.source: len(change.places) for change in ranged["changes"]}
    assert (ranged["before"], ranged["after"], ranged["number"]) == ("möglicherweise in Betrieb", "in Betrieb", 38)
    assert groups["Pressemitteilung der Landesregierung vom 25.04.2014 (land.nrw)"] == 37


def test_solingen_went_from_preparing_to_running_in_2012():
    assert "05122" in moves(date(2012, 8, 1), date(2012, 12, 31))["in Vorbereitung", "in Betrieb"]


def test_a_centre_that_prepares_is_evidenced_by_its_newest_step():
    centre = Centre.objects.get(key="05154")
    for kind, day in (("RESOLUTION", date(2014, 6, 1)), ("APPLICATION", date(2014, 9, 1))):
        LifeStep.objects.create(
            centre=centre, kind=kind, day_from=day, day_until=day, evidence="EVIDENCED", result=kind, source="Vorlage"
        )
    moved = comparison.changed_centres(APRIL_2014, date(2014, 12, 1))
    [change] = [change for move in moved for change in move["changes"] if change.places[0]["key"] == "05154"]
    assert (change.what, change.note) == ("Antrag", "APPLICATION")


def test_the_ministries_changed_their_names_with_the_one_in_between():
    integration, school = comparison.changed_names(APRIL_2014, date(2023, 1, 1))
    assert integration.before.endswith("(MAIS)")
    assert integration.after.endswith("(MKJFGFI)")
    assert "(MKFFI), 30.06.2017 bis 28.06.2022" in integration.note
    assert (integration.mark, integration.source[:10]) == ("E", "Richtlinie")
    assert school.after == "Ministerium für Schule und Bildung des Landes Nordrhein-Westfalen (MSB)"


def test_no_ministry_changed_its_name_between_the_two_shortcuts():
    assert comparison.changed_names(APRIL_2014, JULY_2016) == []


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2013, 6, 30), date(2013, 7, 1), {"LaKI": "vorhanden"}),
        (
            date(2021, 3, 31),
            date(2021, 4, 1),
            {"LaKI": "nicht mehr vorhanden", "LaSI": "vorhanden", "LaKI im Ministerium": "vorhanden"},
        ),
        (APRIL_2014, JULY_2016, {}),
    ],
)
def test_coordination_units_come_and_go_on_their_days(first, last, expected):
    found = comparison.changed_units(first, last)
    assert {re.search(r"\(([^)]*)\)$", change.what)[1]: change.after for change in found} == expected
    assert all(change.source for change in found)


def test_a_unit_that_came_and_went_in_between_is_named():
    [change] = [one for one in comparison.changed_units(date(2012, 1, 1), date(2021, 3, 31)) if "LaKI)" in one.what]
    assert change.after == "vorhanden"
    gone = [one for one in comparison.changed_units(date(2012, 1, 1), date(2022, 1, 1)) if one.what.endswith("(LaKI)")]
    assert "kam und ging zwischen den beiden Tagen" in gone[0].note


def test_the_councils_of_all_municipalities_got_another_name_by_law():
    [change] = comparison.changed_bodies(date(2025, 10, 31), date(2025, 11, 1))
    assert (change.before, change.after) == ("Integrationsrat", "Ausschuss für Chancengerechtigkeit und Integration")


def test_solingens_own_name_of_its_council_is_not_claimed_beyond_its_source():
    [change] = comparison.changed_bodies(DECEMBER_2012, APRIL_2014)
    assert (change.before, change.after) == ("Zuwanderer- und Integrationsrat (ZUWI)", "Integrationsrat")
    assert "nicht belegt" in change.note
    assert "Nr. 619" in change.source


def test_facts_that_began_ended_or_passed_stand_apart():
    facts = comparison.changed_facts(DECEMBER_2012, JULY_2016)
    passed = {change.after for change in facts[comparison.PASSED]}
    begun = {change.after: {place["key"] for place in change.places} for change in facts[comparison.BEGUN]}
    assert any("Integrationsratswahl am 25. Mai 2014" in text for text in passed)
    assert {"05112", "05113", "05124"} in begun.values()
    assert facts[comparison.ENDED] == []
    ended = comparison.changed_facts(APRIL_2014, JULY_2016)[comparison.ENDED]
    assert any("Integrationsratswahl" in change.after for change in ended)


def test_a_contact_that_changed_is_a_difference():
    centre = Centre.objects.get(key="05916")
    days = {"valid_from": date(2015, 1, 1), "evidenced_until": date(2015, 6, 30), "source": "herne.de"}
    CentreContact.objects.create(centre=centre, function="Leitung", phone="02323 1", **days)
    [change] = [
        one for one in comparison.changed_facts(APRIL_2014, JULY_2016)[comparison.BEGUN] if one.what == "Kontakt"
    ]
    assert (change.after, change.places[0]["key"]) == ("Leitung, 02323 1", "05916")
    assert "was danach war" in change.note


def test_the_figures_of_the_time_between_say_whether_they_surely_lie_in_it():
    found = {figure.code: unsure for figure, *unsure in comparison.figures_between(APRIL_2014, date(2016, 12, 31))}
    assert found["komm-an-2016"] == [False, False]
    assert found["coverage-47"] == [True, False]  # perhaps already before the first day
    cut = {figure.code: unsure for figure, *unsure in comparison.figures_between(APRIL_2014, JULY_2016)}
    assert cut["komm-an-2016"] == [False, True]  # perhaps only after the second
    assert "coverage-49" not in found  # stated on the first day itself
    assert "base-2012" not in found


def test_the_page_shows_from_what_to_what_with_links_and_sources(client):
    response = client.get(ADDRESS, {"von": "2014-04-25", "bis": "2016-07-01"})
    said = text_of(response)
    assert "Vom 25.04.2014 bis zum 01.07.2016" in said
    assert "noch nicht wurde zu in Betrieb: 3 Zentren" in said
    assert "Quelle: Vorlage des Kreistags SV-9-0667" in said
    assert "Ohne Unterschied: Namen der Ministerien und Behörden, Koordinierungsstellen, Namen der Gremien" in said
    assert 'href="/zentren/05558/?stichtag=2016-07-01"' in response.content.decode()


def test_without_days_april_2014_and_today_are_compared(client):
    assert days_in(client.get(ADDRESS)) == ["2014-04-25", today().isoformat()]


def test_swapped_days_are_compared_in_the_order_of_time(client):
    response = client.get(ADDRESS, {"von": "2016-07-01", "bis": "2014-04-25"})
    assert days_in(response) == ["2014-04-25", "2016-07-01"]
    assert "lag nach dem zweiten" in text_of(response)


def test_equal_days_have_no_difference_and_the_page_says_so(client):
    said = text_of(client.get(ADDRESS, {"von": "2016-07-01", "bis": "2016-07-01"}))
    assert "Beide Tage sind gleich" in said
    assert "Ohne Unterschied" not in said


def test_days_on_which_nothing_changed_say_so(client):
    assert "hat sich nichts geändert" in text_of(client.get(ADDRESS, {"von": "2019-02-01", "bis": "2019-02-02"}))


@pytest.mark.parametrize("typed", ["2013-02-29", "vorgestern", "x" * 5000, "31.04.2014", "1969-12-31", "a\x00b"])
@pytest.mark.parametrize("name", ["von", "bis"])
def test_a_day_that_is_none_is_named_at_its_field_and_the_usual_one_taken(client, name, typed):
    response = client.get(ADDRESS, {name: typed})
    assert response.status_code == 200
    assert "Ein Tag konnte nicht gelesen werden" in text_of(response)
    assert f"Vom 25.04.2014 bis zum {today():%d.%m.%Y}" in text_of(response)
    assert response.content.decode().count('aria-invalid="true"') == 1


def test_days_in_german_notation_are_read(client):
    assert "Vom 25.04.2014 bis zum 01.07.2016" in text_of(client.get(ADDRESS, {"von": "25.04.2014", "bis": "1.7.2016"}))


def test_a_day_to_come_is_shown_with_what_is_known_today(client):
    assert "liegt in der Zukunft" in text_of(client.get(ADDRESS, {"bis": (today() + timedelta(days=9)).isoformat()}))


def test_names_and_texts_are_never_markup(client):
    attack = "<script>alert(1)</script>"
    Organisation.objects.filter(code="TR-05558").update(name=attack)
    CentreFact.objects.filter(code="05112-visit").update(text=attack)
    OrganisationName.objects.filter(short_name="MKJFGFI").update(name=attack, source=attack)
    page = client.get(ADDRESS).content.decode()
    assert attack not in page
    assert page.count("&lt;script&gt;") >= 3


def test_more_changes_cost_no_more_statements(client):
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as little:
        client.get(ADDRESS, {"von": "2019-02-01", "bis": "2019-02-02"})
    with CaptureQueriesContext(connection) as much:
        client.get(ADDRESS, {"von": "2010-01-01", "bis": "2026-01-01"})
    assert len(much) == len(little)
