"""Somebody who knows only the five texts: from the tour to Solingen in 2012, to the map of April 2014, to today."""

import re

import pytest
from playwright.sync_api import expect

from verbund.core.dates import today
from verbund.portal import demo


@pytest.fixture
def network(transactional_db, reference, settings):
    """The whole demonstration, with the grant of Solingen."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
    demo.load()


def counts(page) -> list[int]:
    """Return the numbers of the legend: running, preparing, range, none."""
    return [int(number) for number in page.locator(".area-map__count").all_inner_texts()]


@pytest.mark.parametrize("with_javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_the_tour_through_solingen_and_the_map_to_today(
    network, site, assert_accessible, picture, with_javascript
):
    page = site.open(
        "/rundgang/",
        viewport={"width": 1280, "height": 900},
        java_script_enabled=with_javascript,
        reduced_motion="reduce",
    )
    main = page.locator("main")

    main.get_by_role("link", name=re.compile("Stadt Solingen am 15.12.2012: Weg")).first.click()
    expect(page).to_have_url(re.compile(r"/zentren/05122/\?stichtag=2012-12-15#weg"))
    expect(main).to_contain_text("Stand am 15.12.2012 – nicht der heutige Stand")
    expect(main).to_contain_text("Stadtdienst Integration")
    expect(main.locator("#weg")).to_contain_text("14.167 € für Dezember 2012")

    page.get_by_role("navigation").get_by_role("link", name="Karte", exact=True).click()
    expect(page).to_have_url(re.compile(r"/karte/\?stichtag=2012-12-15"))
    assert counts(page) == [1, 0, 39, 14]

    main.get_by_role("link", name="25. April 2014", exact=True).click()
    assert counts(page) == [11, 0, 38, 5]
    expect(main).to_contain_text("49 in Arbeit oder kurz davor")
    if with_javascript:
        assert_accessible(page)
        picture(page, "karte-april-2014")

    main.get_by_role("link", name="heute", exact=True).click()
    assert counts(page) == [54, 0, 0, 0]
    expect(main).not_to_contain_text("nicht der heutige Stand")

    page.get_by_role("navigation").get_by_role("link", name="Zentren", exact=True).click()
    expect(page).to_have_url(re.compile(r"/zentren/$"))
    expect(main).to_contain_text("54 Zentren: 54 in Betrieb")


def test_one_click_on_the_tour_opens_the_notice_of_solingen_as_its_lead(network, site):
    page = site.open("/rundgang/", viewport={"width": 1280, "height": 900})
    step = page.locator("li, article, div").filter(has_text="Der Bescheid über 14.167 €").last
    step.get_by_role("button", name="als Leitung KI Solingen öffnen").first.click()
    expect(page.locator("main")).to_contain_text("14.167,00")
    expect(page).to_have_url(re.compile(r"/foerderung/bescheide/\d+/"))


def test_the_slider_shows_the_end_of_a_year(network, site):
    page = site.open("/karte/", viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page.get_by_label("Ein Jahr wählen").fill("2015")
    page.get_by_role("button", name="Jahr zeigen").click()
    expect(page).to_have_url(re.compile(r"stichtag=2015-12-31"))
    assert counts(page) == [50, 0, 0, 4]
    page.get_by_label("Ein Jahr wählen").fill(str(today().year))
    page.get_by_role("button", name="Jahr zeigen").click()
    assert counts(page) == [54, 0, 0, 0]
