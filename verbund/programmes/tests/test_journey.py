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
