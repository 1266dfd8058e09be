"""A visitor finds a centre, its lead keeps it true, and the pages hold for axe, a phone and the dark."""

import pytest

from tests.support.browser import PHONE
from verbund.accounts.roles import Role

pytestmark = pytest.mark.browser


def test_a_visitor_finds_a_centre_by_a_town_of_its_area(site, assert_accessible, picture):
    page = site.open("/zentren/")
    assert_accessible(page)
    page.fill("input[name=suche]", "Bergkamen")
    page.click("text=Filtern")
    page.click("text=Kreis Unna")
    assert page.locator("h1").inner_text() == "Kommunales Integrationszentrum Kreis Unna"
    assert_accessible(page)
    picture(page, "centre-unna")


def test_the_public_pages_hold_on_a_phone_in_the_light_and_in_the_dark(site, assert_accessible, picture):
    for dark in (False, True):
        page = site.open("/netz/", viewport=PHONE, dark=dark)
        for path in ("/zentren/", "/zentren/?art=QUATSCH", "/zentren/05122/", "/netz/?stichtag=2014-04-25"):
            page.goto(site.url + path)
            assert_accessible(page)
            name = path.split("?")[0].strip("/").replace("/", "-")
            picture(page, f"{name}-phone-{'dark' if dark else 'light'}")


def test_the_lead_records_a_step_in_the_life_of_the_centre(site, member, assert_accessible, picture):
    page = site.open("/zentren/05122/", member=member(Role.CENTRE_LEAD))
    assert_accessible(page)
    page.click("text=Schritt eintragen")
    page.click("main button[type=submit]")
    assert page.locator(".error-summary").is_visible()
    assert_accessible(page)
    picture(page, "life-step-errors")
    page.select_option("select[name=kind]", "AWARD")
    page.fill("input[name=day_from]", "2019-11-14")
    page.check("input[name=evidence][value=EVIDENCED]")
    page.fill("textarea[name=result]", "Preis für gute Praxis")
    page.fill("input[name=source]", "Vorlage 12/2019")
    page.click("main button[type=submit]")
    assert "Preis für gute Praxis" in page.locator("#weg").inner_text()
    page.click("text=Namen ändern")
    assert_accessible(page)
    picture(page, "centre-edit")
