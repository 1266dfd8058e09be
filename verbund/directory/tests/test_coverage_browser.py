"""The map in a real browser: by keyboard, with finger and slider, on screen, phone and paper."""

import pytest

from tests.support import browser as browsers

pytestmark = pytest.mark.django_db(transaction=True)
APRIL_2014 = "/karte/?stichtag=2014-04-25"
NARROW = {"width": 320, "height": 640}
STROKE = "area => parseFloat(getComputedStyle(area.querySelector('use')).strokeWidth)"


@pytest.mark.parametrize("path", ["/karte/", APRIL_2014, "/karte/?stichtag=2012-11-30&stand=PREPARING"])
@pytest.mark.parametrize("viewport", [browsers.DESKTOP, browsers.PHONE, NARROW], ids=["desktop", "phone", "narrow"])
def test_the_map_is_accessible_and_whole(site, reference, path, viewport):
    page = site.open(path, viewport=viewport)

    browsers.assert_accessible(page)


@pytest.mark.parametrize("viewport", [browsers.DESKTOP, browsers.PHONE], ids=["desktop", "phone"])
def test_the_map_is_accessible_in_the_dark(site, reference, viewport):
    page = site.open(APRIL_2014, viewport=viewport, dark=True)

    browsers.assert_accessible(page)


def test_an_area_is_reached_and_opened_by_keyboard_and_the_day_stays(site, reference):
    page = site.open(APRIL_2014)
    areas = page.locator(".area-map__main a.area")
    page.locator("button", has_text="Jahr zeigen").focus()
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.querySelector('title').textContent")
    page.keyboard.press("Tab")

    assert areas.count() == 54
    assert first.startswith("Stadt Bielefeld: belegt in Betrieb")
    focused = page.evaluate_handle("document.activeElement")
    assert focused.evaluate("area => area.querySelector('title').textContent").startswith("Stadt Bochum: Zeitraum")
    assert focused.evaluate(STROKE) > areas.last.evaluate(STROKE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/zentren/05911/?stichtag=2014-04-25")
    assert "25.04.2014" in page.inner_text("main")


def test_the_enlarged_part_is_for_pointers_only_and_keeps_the_day(site, reference):
    page = site.open(APRIL_2014, viewport=browsers.PHONE)
    herne = page.locator(".area-map__zoom a.area", has=page.locator("title", has_text="Stadt Herne"))
    box = herne.bounding_box()

    assert herne.get_attribute("tabindex") == "-1"
    assert box["width"] >= 24
    assert box["height"] >= 24
    herne.click()
    page.wait_for_url("**/zentren/05916/?stichtag=2014-04-25")


def test_the_slider_tells_the_year_and_shows_it_by_key_and_by_pointer(site, reference):
    page = site.open(APRIL_2014)
    slider = page.get_by_label("Ein Jahr wählen")
    slider.focus()
    page.keyboard.press("ArrowRight")

    assert page.inner_text("output") == "2015"
    assert page.url.endswith("?stichtag=2014-04-25")  # a key alone does not take the page away
    page.keyboard.press("Enter")
    page.wait_for_url("**/karte/?stichtag=2015-12-31#karte")
    slider = page.get_by_label("Ein Jahr wählen")
    slider.click(position={"x": 8, "y": slider.bounding_box()["height"] / 2})
    page.wait_for_url("**/karte/?stichtag=2012-12-31#karte")
    assert page.inner_text("output") == "2012"


def test_without_scripts_the_button_shows_the_year(site, reference):
    page = site.open("/karte/?stand=RANGE", java_script_enabled=False)
    page.get_by_label("Ein Jahr wählen").fill("2013")
    page.get_by_role("button", name="Jahr zeigen").click()

    page.wait_for_url("**/karte/?stand=RANGE&stichtag=2013-12-31#karte")


def test_the_columns_of_the_years_lead_to_their_maps(site, reference):
    page = site.open("/karte/")
    page.get_by_role("link", name="2016: 52 belegt in Betrieb").click()

    page.wait_for_url("**/karte/?stichtag=2016-12-31#karte")
    assert "52 Zentren" in page.inner_text("main")


def test_on_paper_the_map_keeps_its_patterns_and_leaves_out_what_cannot_be_used(site, reference):
    page = site.open(APRIL_2014)
    page.emulate_media(media="print")

    assert not page.locator(".map-year").is_visible()
    assert not page.locator(".map-filter").is_visible()
    assert page.locator(".area-map__main svg").is_visible()
    assert not page.locator(".area-map__on-screen").is_visible()
    assert page.locator(".area-map__on-paper").is_visible()
    ink = page.evaluate("getComputedStyle(document.querySelector('pattern .map-ink')).fill")
    assert ink == "rgb(51, 51, 51)"
    assert page.evaluate("getComputedStyle(document.querySelector('.area-map')).printColorAdjust") == "exact"
