"""A rate is raised by two operators, in a real browser, on desktop and phone, light and dark."""

import pytest

from tests.support.browser import PHONE
from verbund.accounts.roles import Role
from verbund.programmes import queries

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_operators_raise_a_rate_and_everybody_reads_it(reference, site, member, assert_accessible, picture):
    page = site.open("/programme/", member=member(Role.OPERATOR))
    assert_accessible(page)
    picture(page, "programme")
    page.click("text=vom 3. April 2025")
    page.get_by_label("Begründung").fill("Satz bestätigt")
    page.click("text=Neue Fassung anlegen")
    assert_accessible(page)
    picture(page, "programme-entwurf")

    page.click("#saetze >> text=Bearbeiten")
    assert_accessible(page)
    picture(page, "programme-saetze")
    page.locator("input[name=form-0-amount]").fill("60,000.00")
    page.click("text=Speichern")
    assert page.get_by_role("alert").is_visible()
    assert page.locator("input[name=form-0-amount]").input_value() == "60,000.00"
    assert_accessible(page)
    page.locator("input[name=form-0-amount]").fill("60.000,00")
    page.click("text=Speichern")
    page.get_by_role("button", name="Vorschlagen").click()
    page.wait_for_selector("text=Es wartet auf")
    assert page.get_by_role("button", name="Annehmen").count() == 0
    address = page.url.removeprefix(site.url)

    second = site.open(address, member=member(Role.OPERATOR), viewport=PHONE, dark=True)
    assert_accessible(second)
    picture(second, "programme-annehmen")
    second.get_by_role("button", name="Annehmen").click()
    second.wait_for_selector("text=Die Fassung gilt.")

    visitor = site.open("/programme/", viewport=PHONE, java_script_enabled=False)
    assert "60.000,00" in visitor.content()
    assert queries.rules_for("KI_BASE", 2025).version == 7


def test_a_visitor_looks_at_the_programmes_of_another_day(reference, site, assert_accessible, picture):
    for dark in (False, True):
        page = site.open("/programme/", viewport=PHONE, dark=dark)
        for day in ("", "?stichtag=2012-03-01", "?stichtag=2024-12-31", "?stichtag=gestern"):
            page.goto(f"{site.url}/programme/{day}")
            assert_accessible(page)
            picture(page, f"programme-phone-{'dark' if dark else 'light'}{day.replace('?stichtag=', '-')}")

    page = site.open("/programme/", java_script_enabled=False)
    assert "Teil II: Maßnahmen vor Ort" not in page.content()
    page.click("summary")
    page.click("text=Juli 2016")
    assert "Teil II: Maßnahmen vor Ort" in page.locator("#KOMM_AN").inner_text()
    page.click("#KI_BASE a")
    assert "bis 31.12.2016" in page.locator("main").inner_text()
    page.locator("a[href='/programme/?stichtag=2016-07-01']").first.click()
    assert page.locator("#KOMM_AN").is_visible()


def test_an_operator_corrects_when_a_programme_was_in_force(reference, site, member, assert_accessible, picture):
    page = site.open("/programme/", member=member(Role.OPERATOR), viewport=PHONE)
    assert_accessible(page)
    page.click("#KOMM_AN >> text=Laufzeit berichtigen")
    page.fill("input[name=valid_from]", "2025-03-01")
    page.click("main button[type=submit]")
    assert "Die Laufzeit endet, bevor sie beginnt." in page.locator(".error-summary").inner_text()
    assert_accessible(page)
    page.fill("input[name=valid_from]", "2016-03-01")
    page.click("main button[type=submit]")
    assert "März 2016 bis Dezember 2024" in page.locator("#KOMM_AN").inner_text()
    page.click("#KOMM_AN >> text=Laufzeit berichtigen")
    assert_accessible(page)
    picture(page, "programme-laufzeit")
