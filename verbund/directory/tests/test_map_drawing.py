"""The shapes of the areas, and what the component makes of a figure."""

import csv
import re

import pytest
from django.template import Context, Template

from verbund.directory.maps.drawing import LegendEntry, MapArea, UnknownArea, UnknownLevel, draw
from verbund.directory.maps.shapes import FILE, INSET, WHOLE, shapes

CENTRES = FILE.parent.parent / "ki.csv"
LEGEND = [LegendEntry("niedrig", "dots"), LegendEntry("hoch", "solid", href="?hoch")]
ATTACK = "<script>alert(1)</script>\"'"


def areas(level=0, **more) -> list[MapArea]:
    return [MapArea(key, f"Gebiet {key}", level, "17", **more) for key in shapes()]


def drawn(found, legend=LEGEND, **more) -> str:
    template = Template("{% load maps %}{% area_map areas=areas legend=legend title=title summary=summary name=name %}")
    values = {"title": "Stellen", "summary": "Je Gebiet", "name": "stellen", **more}
    return template.render(Context({"areas": found, "legend": legend, **values}))


def test_there_is_one_shape_for_the_area_of_each_centre():
    with CENTRES.open(encoding="utf-8", newline="") as file:
        keys = [row["ki"] for row in csv.DictReader(file)]

    assert len(keys) == 54
    assert set(shapes()) == set(keys)


def test_every_shape_stays_inside_the_picture_and_together_they_fill_it():
    points = [point for shape in shapes().values() for ring in shape.rings for point in ring]

    assert all(0 <= x <= WHOLE.width and 0 <= y <= WHOLE.height for x, y in points)
    assert min(x for x, _y in points) == min(y for _x, y in points) == 0
    assert max(x for x, _y in points) >= WHOLE.width - 1
    assert max(y for _x, y in points) == WHOLE.height


@pytest.mark.parametrize("key", sorted(shapes()))
def test_the_inner_point_of_an_area_lies_inside_it(key):
    shape = shapes()[key]
    left, right = shape.row_at(shape.y)

    assert left < shape.x < right


def test_the_small_cities_of_the_ruhr_are_drawn_larger_as_well():
    larger = {drawn.area.key for drawn in draw(areas(), LEGEND).in_inset}

    ruhr = "05112 05113 05114 05117 05119 05120 05122 05124 05512 05513 05911 05913 05914 05916"
    assert larger >= set(ruhr.split())
    assert not larger & {"05566", "05770", "05762", "05970", "05366"}
    assert WHOLE.width / INSET.width > 2.9


@pytest.mark.parametrize(("text", "fits"), [("Paderborn", True), ("P" * 40, False), ("", False)])
def test_a_label_stands_only_where_it_fits(text, fits):
    one = draw([MapArea("05774", "Kreis Paderborn", 0, "x", label=text)], LEGEND).areas[0]

    assert (one.label_x is not None) == fits


def test_the_legend_counts_the_areas_of_each_class():
    found = [*areas()[:50], *areas(level=1)[50:]]

    assert [(entry.label, entry.count) for entry in draw(found, LEGEND).legend] == [("niedrig", 50), ("hoch", 4)]


def test_areas_without_a_value_are_drawn_as_not_told():
    drawing = draw(areas()[:3], LEGEND)

    assert len(drawing.areas) == 54
    assert (drawing.legend[-1].label, drawing.legend[-1].count) == ("keine Angabe", 51)


@pytest.mark.parametrize(
    ("found", "legend", "error"),
    [
        ([MapArea("05999", "Nirgendwo", 0, "1")], LEGEND, UnknownArea),
        ([MapArea("05122", "Solingen", 0, "1")] * 2, LEGEND, UnknownArea),
        ([MapArea("05122", "Solingen", 2, "1")], LEGEND, UnknownLevel),
        ([MapArea("05122", "Solingen", -1, "1")], LEGEND, UnknownLevel),
        ([MapArea("05122", "Solingen", 0, "1")], [LegendEntry("x", "karo")], UnknownLevel),
    ],
)
def test_what_cannot_be_drawn_is_refused(found, legend, error):
    with pytest.raises(error):
        draw(found, legend)


def test_a_map_draws_every_area_once_and_defines_each_pattern_once():
    page = drawn(areas(href="/x/"))

    assert sorted(re.findall(r'<path id="stellen-(\d+)"', page)) == sorted(shapes())
    main = page[: page.index("area-map__side")]
    assert main.count('<a class="area" href="/x/">') == 54
    assert re.findall(r'<pattern id="stellen-(\w+)" width="12"', page) == ["dots", "solid"]
    assert "style=" not in page


def test_an_area_says_its_name_and_its_value_to_those_who_do_not_see_it():
    page = drawn(areas(href="/x/"))

    assert '<a class="area" href="/x/"><title>Gebiet 05122: 17</title>' in page
    assert 'aria-labelledby="stellen-title"' in page
    assert '<title id="stellen-title">Stellen</title><desc id="stellen-desc">Je Gebiet</desc>' in page


def test_an_area_without_a_page_of_its_own_is_a_picture_and_no_link():
    page = drawn(areas())

    assert '<a class="area"' not in page
    assert page.count('<g class="area" role="img">') == 54


def test_numbers_of_the_drawing_are_never_written_the_german_way():
    assert 'viewBox="-5 -5 1010 997"' in drawn(areas())


def test_texts_of_a_figure_are_only_text():
    found = [MapArea("05122", ATTACK, 0, ATTACK, href=ATTACK, label=ATTACK)]

    page = drawn(found, [LegendEntry(ATTACK, "solid", href=ATTACK)], title=ATTACK, summary=ATTACK)

    assert "<script" not in page
    assert f'href="{ATTACK}' not in page
