"""Names over time as a picture: open ends, days not confirmed, the line of the reference day; the same as a table."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.template import Context, Template, TemplateSyntaxError
from django.test.utils import CaptureQueriesContext

from tests.support import browser as browsers
from verbund.directory import timeline
from verbund.directory.models import Organisation, OrganisationName
from verbund.directory.timeline import Bar, Row, drawn

UNTIL = date(2026, 6, 30)
SMALL = {"width": 320, "height": 700}
LEFT, RIGHT = timeline.EDGE, timeline.WIDTH - timeline.EDGE

SCROLLED_TO = """async box => {
    for (let frame = 0; frame < 300 && box.scrollLeft === 0; frame++) await new Promise(requestAnimationFrame);
    return box.scrollLeft;
}"""


def bar(begins=None, ends=None, *, name="Ministerium", short_name="MAIS", **more) -> Bar:
    return Bar(name, short_name, begins, ends, "Quelle", **more)


def shape_of(one: Bar, *, until=UNTIL, reference_day=None):
    [shape] = drawn([Row("Ministerium", (one,))], until=until, reference_day=reference_day).shapes
    return shape


def sides(shape) -> set[str]:
    """Return which ends of a bar are closed by a line."""
    places = [float(x) for x in re.findall(r"M([\d.]+) [\d.]+V", shape.outline)]
    left, right = (float(x) for x in re.search(r"M([\d.]+) [\d.]+H([\d.]+)", shape.outline).groups())
    return {name for name, x in (("left", left), ("right", right)) if x in places}


@pytest.mark.parametrize(
    ("begins", "ends", "closed"),
    [
        (date(2013, 7, 1), date(2021, 3, 31), {"left", "right"}),
        (None, date(2017, 6, 29), {"right"}),
        (date(2022, 6, 29), None, {"left"}),
        (None, None, set()),
        (date(2005, 1, 1), date(2017, 6, 29), {"right"}),
        (date(2022, 6, 29), date(2030, 1, 1), {"left"}),
    ],
)
def test_a_beginning_or_end_that_is_not_known_has_no_closing_line(begins, ends, closed):
    assert sides(shape_of(bar(begins, ends))) == closed


def test_an_open_bar_reaches_the_edge_of_the_picture():
    assert shape_of(bar()).fill.startswith(f"M{LEFT} ")
    assert f"H{RIGHT}V" in shape_of(bar()).fill


@pytest.mark.parametrize(
    ("mark", "note", "is_unsure"),
    [("E", "", True), ("C", "", True), ("A", "", False), ("", "", False), ("", "?", True)],
)
def test_days_that_are_not_confirmed_are_dashed(mark, note, is_unsure):
    assert bar(mark=mark, note=note).is_unsure is is_unsure


def test_what_is_valid_on_the_reference_day_stands_out_and_nothing_else():
    bars = (bar(None, date(2017, 6, 29)), bar(date(2017, 6, 30), None))
    picture = drawn([Row("Ministerium", bars)], until=UNTIL, reference_day=date(2017, 6, 29))
    assert [shape.is_current for shape in picture.shapes] == [True, False]
    assert picture.day.label.text == "29.06.2017"
    assert LEFT < picture.day.x < RIGHT


@pytest.mark.parametrize("day", [date(2009, 12, 31), date(2027, 1, 1), None])
def test_a_day_outside_of_the_picture_has_no_line(day):
    assert drawn([], until=UNTIL, reference_day=day).day is None


def test_the_years_run_from_2010_to_the_last_one_and_a_long_span_names_fewer():
    years = drawn([], until=UNTIL).years
    assert [line.label.text for line in years] == [str(year) for year in range(2010, 2027)]
    long = [line.label.text for line in drawn([], until=date(2100, 1, 1)).years if line.label]
    assert long == [str(year) for year in range(2010, 2101, 10)]
    assert len(drawn([], until=date(2001, 1, 1)).years) == 1


def test_every_name_has_a_lane_of_its_own_and_a_name_outside_of_the_years_none():
    bars = [bar(date(2000, 1, 1), date(2009, 12, 31)), bar(None, date(2017, 1, 1)), bar(date(2015, 1, 1), None)]
    picture = drawn([Row("Ministerium", tuple(bars))], until=UNTIL)
    heights = [shape.label.y for shape in picture.shapes]
    assert len(heights) == 2
    assert heights[1] - heights[0] == timeline.LANE
    assert picture.height > heights[1]


@pytest.mark.parametrize(
    ("begins", "ends", "text", "place"),
    [
        (date(2013, 7, 1), date(2021, 3, 31), "LaKI", "inside"),
        (date(2012, 1, 1), date(2012, 3, 1), "Zuwanderer- und Integrationsrat", "right"),
        (date(2025, 11, 1), None, "Ausschuss für Chancengerechtigkeit und Integration", "left"),
    ],
)
def test_a_label_stands_in_its_bar_or_beside_it_but_never_outside_of_the_picture(begins, ends, text, place):
    shape = shape_of(bar(begins, ends, short_name=text))
    left, right = (float(x) for x in re.search(r"M([\d.]+) [\d.]+H([\d.]+)", shape.fill).groups())
    label = shape.label
    assert label.text == text
    assert label.x >= 0
    assert label.x + label.width <= timeline.WIDTH
    assert {"inside": left < label.x < right, "right": label.x >= right, "left": label.x + label.width <= left}[place]
    assert shape.is_label_inside is (place == "inside")
    assert label.is_at_end is (place == "left")


@pytest.mark.django_db
def test_the_network_shows_ministries_authority_units_and_bodies():
    rows = {row.title: [one.label for one in row.bars] for row in timeline.rows_of_network()}
    assert rows == {
        "Ministerium: Integration": ["MAIS", "MKFFI", "MKJFGFI"],
        "Ministerium: Schule und Bildung": ["MSW", "MSB"],
        "Bewilligungsbehörde: alle Bereiche": ["KfI"],
        "Koordinierungsstellen": ["LaKI", "LaKI im Ministerium", "LaSI"],
        "Integrationsrat": ["Integrationsrat", "Ausschuss für Chancengerechtigkeit und Integration"],
        "Integrationsrat, Stadt Solingen": ["ZUWI"],
    }


@pytest.mark.django_db
def test_the_coordination_office_of_2013_ends_in_2021_where_its_successors_begin():
    [row] = [one for one in timeline.rows_of_network() if one.title == "Koordinierungsstellen"]
    assert [one.period for one in row.bars] == ["Juli 2013 bis März 2021", "seit 01.04.2021", "seit 01.04.2021"]
    assert row.bars[0].is_unsure  # "seit Mitte 2013"


@pytest.mark.django_db
def test_one_organisation_alone_can_be_shown():
    [row] = timeline.rows_of_organisation(Organisation.objects.get(code="MIN-SCHULE"))
    assert [one.short_name for one in row.bars] == ["MSW", "MSB"]
    [row] = timeline.rows_of_organisation(Organisation.objects.get(code="LASI"))
    assert row.bars[0].valid_from == date(2021, 4, 1)


@pytest.mark.django_db
def test_the_page_has_the_same_rows_as_picture_and_as_table(client):
    page = client.get("/netz/namen/?stichtag=2014-04-25").content.decode()
    labels = re.findall(r'<span class="timeline__label timeline__label--name[^>]*>([^<]*)</span>', page)
    assert set(labels) == {one.label for row in timeline.rows_of_network() for one in row.bars}
    table = unescape(page.split("<tbody>")[1].split("</tbody>")[0])
    assert table.count("<tr>") == 12
    assert table.count("gilt am Stichtag") == 5  # MAIS, MSW, KfI, LaKI, Integrationsrat
    assert "Landesweite Koordinierungsstelle" in table
    assert "Richtlinie vom 10.03.2023" in table
    assert page.count("timeline__bar--unsure") == 7


@pytest.mark.django_db
def test_places_in_the_picture_are_written_with_a_point_whatever_the_language(client):
    page = client.get("/netz/namen/").content.decode()
    svg = page.split('<svg class="timeline__picture"')[1].split("</svg>")[0]
    numbers = re.findall(r'(?:x|y|d|width)="([^"]*)"', svg)
    assert numbers
    assert not [one for one in numbers if "," in one]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["2013-02-29", "heute", "x" * 5000, "0001-01-01"])
def test_a_day_that_is_none_shows_today_and_says_so(client, typed):
    response = client.get("/netz/namen/", {"stichtag": typed})
    assert response.status_code == 200
    assert "kann nicht gezeigt werden" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["1970-01-01", "2100-12-31"])
def test_a_day_outside_of_the_years_is_named_as_such(client, day):
    assert "liegt außerhalb des Bildes." in client.get("/netz/namen/", {"stichtag": day}).content.decode()
    assert "timeline__label--day" not in client.get("/netz/namen/", {"stichtag": day}).content.decode()


@pytest.mark.django_db
def test_names_are_text_and_never_markup(client):
    attack = "<script>alert(1)</script>"
    OrganisationName.objects.filter(short_name="MSB").update(short_name=attack, name=attack, source=attack)
    page = client.get("/netz/namen/").content.decode()
    assert attack not in page
    assert "&lt;script&gt;" in page


@pytest.mark.django_db
def test_more_names_cost_no_more_statements(client):
    client.get("/netz/namen/")
    with CaptureQueriesContext(connection) as few:
        client.get("/netz/namen/")
    school = Organisation.objects.get(code="MIN-SCHULE")
    for year in range(1990, 2010):
        OrganisationName.objects.create(
            organisation=school,
            name=f"Name {year}",
            valid_from=date(year, 1, 1),
            valid_until=date(year, 2, 1),
            source="x",
        )
    with CaptureQueriesContext(connection) as many:
        client.get("/netz/namen/")
    assert len(many) == len(few)


def test_a_misspelt_argument_of_the_picture_fails_when_the_page_loads():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load timeline %}{% names_timeline rows=rows till=until %}")


def test_the_picture_without_a_reference_day_has_no_line_and_says_nothing_of_one():
    html = Template("{% load timeline %}{% names_timeline rows=rows until=until label='LaKI' %}").render(
        Context({"rows": [Row("Stelle", (bar(date(2013, 7, 1), None),))], "until": UNTIL})
    )
    assert "timeline__day" not in html
    assert "Stichtag" not in html
    assert 'aria-label="LaKI"' in html


@pytest.mark.django_db(transaction=True)
def test_the_pages_through_time_are_accessible_on_screen_and_phone_light_and_dark(site, reference):
    pages = [
        ("/netz/zahlen/?stichtag=2014-04-25", "zahlen"),
        ("/netz/vergleich/?von=2012-12-15&bis=2025-12-01", "vergleich"),
        ("/netz/vergleich/?von=quatsch&bis=2012-01-01", "vergleich-falsch"),
        ("/netz/namen/?stichtag=2014-04-25", "namen"),
    ]
    for path, name in pages:
        site.look_at(path, name, looks=(*browsers.LOOKS, (SMALL, False)), unfold="main details")


@pytest.mark.django_db(transaction=True)
def test_on_a_phone_the_picture_scrolls_in_its_own_box_by_keyboard(site, reference):
    page = site.open("/netz/namen/", viewport=browsers.PHONE)
    box = page.locator(".timeline__box")
    box.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".timeline__box").evaluate(SCROLLED_TO) > 0
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
