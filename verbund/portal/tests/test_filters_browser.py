"""Lists on a phone in a real browser: what there is comes first, the filters stand behind a button that counts them."""

import pytest

from tests.support.browser import DESKTOP, NARROW
from verbund.accounts.roles import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]


def test_on_a_phone_filters_are_folded_and_say_how_many_are_set(site, member, assert_accessible, picture):
    page = site.open(
        "/foerderung/antraege/?stand=SUBMITTED&zustaendig=ich", member=member(Role.GRANT_OFFICER), viewport=NARROW
    )
    button, field = (
        page.get_by_role("button", name="Anträge filtern (2)"),
        page.get_by_label("Zentrum oder Aktenzeichen"),
    )
    assert (button.is_visible(), field.is_visible()) == (True, False)
    assert_accessible(page)
    picture(page, "filter-gefaltet-360")

    button.click()
    field.fill("Unna")
    assert_accessible(page)
    page.get_by_role("button", name="Filtern", exact=True).click()
    assert page.get_by_role("button", name="Anträge filtern (3)").get_attribute("aria-expanded") == "false"

    page.set_viewport_size(DESKTOP)
    assert (button.is_visible(), field.is_visible(), field.input_value()) == (False, True, "Unna")


def test_without_scripts_the_filters_are_there_on_a_phone_too(site, member):
    page = site.open(
        "/foerderung/antraege/", member=member(Role.GRANT_OFFICER), viewport=NARROW, java_script_enabled=False
    )
    assert page.get_by_label("Zentrum oder Aktenzeichen").is_visible()
    assert page.get_by_role("button", name="Anträge filtern").count() == 0
