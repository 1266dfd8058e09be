"""A lead keeps the page of the centre true in a real browser: confirm, end, add; on a phone and in the dark."""

import pytest

from tests.support.browser import DESKTOP, PHONE
from tests.support.cast import centre
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.directory.models import CentreContact, CentreFact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = {"width": 320, "height": 700}


def pages() -> list[tuple[str, str]]:
    solingen = centre().pk
    fact = CentreFact.objects.get(code="05122-goal-1").pk
    contact = CentreContact.objects.get(code="05122-contact-2012").pk
    return [
        (f"/zentren/{solingen}/angaben/", "angaben"),
        (f"/zentren/{solingen}/angaben/neu/", "angabe-neu"),
        (f"/zentren/{solingen}/angaben/kontakt/neu/", "kontakt-neu"),
        (f"/zentren/angaben/{fact}/", "angabe-berichtigen"),
        (f"/zentren/angaben/kontakt/{contact}/", "kontakt-berichtigen"),
        (f"/zentren/angaben/{fact}/ende/", "angabe-ende"),
    ]


@pytest.mark.parametrize(("viewport", "dark"), [(DESKTOP, False), (NARROW, False), (PHONE, True)])
def test_the_pages_are_accessible_on_screen_and_phone_in_the_light_and_in_the_dark(
    reference, site, member, assert_accessible, picture, viewport, dark
):
    page = site.open("/", member=member(Role.CENTRE_LEAD), viewport=viewport, dark=dark)
    for path, name in pages():
        page.goto(site.url + path)
        assert_accessible(page)
        picture(page, f"{name}-{viewport['width']}{'-dunkel' if dark else ''}")


def test_a_lead_goes_through_what_is_to_be_asked(reference, site, member, assert_accessible, picture):
    page = site.open(f"/zentren/{centre().pk}/angaben/", member=member(Role.CENTRE_LEAD))
    asked = page.locator("#pruefen tbody tr")
    number = asked.count()
    first = asked.first.get_attribute("id")
    page.locator(f"#{first} button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "gilt weiter" in page.locator("body").inner_text()
    assert page.locator(f"#pruefen #{first}").count() == 0
    assert f"{today():%d.%m.%Y}" in page.locator(f"#{first}").inner_text()
    assert asked.count() == number - 1
    assert_accessible(page)
    page.locator("#pruefen").get_by_role("link", name="Beenden").first.click()
    page.click("main button[type=submit]")
    assert page.locator(".error-summary").is_visible()
    assert_accessible(page)
    picture(page, "angabe-ende-fehler")
    page.fill("input[name=last_day]", "2015-06-30")
    page.fill("input[name=source]", "Vorlage 9/2015")
    page.click("main button[type=submit]")
    assert "Vorlage 9/2015" in page.locator("#beendet").inner_text()
    assert asked.count() == number - 2
    assert_accessible(page)
    picture(page, "angaben-nachher")


def test_a_contact_typed_wrong_is_put_right_and_stands_on_the_page_of_the_centre(
    reference, site, member, assert_accessible, picture
):
    page = site.open(f"/zentren/{centre().pk}/angaben/kontakt/neu/", member=member(Role.CENTRE_STAFF))
    page.fill("input[name=function]", "Geschäftsstelle")
    page.fill("input[name=phone]", "Zentrale")
    page.fill("input[name=valid_from]", "2026-01-01")
    page.fill("input[name=evidenced_until]", f"{today():%Y-%m-%d}")
    page.fill("input[name=source]", "Eigene Auskunft")
    page.click("main button[type=submit]")
    assert page.locator("input[name=phone][aria-invalid=true]").count() == 1
    assert_accessible(page)
    picture(page, "kontakt-fehler")
    page.fill("input[name=phone]", "0212 290-0")
    page.click("main button[type=submit]")
    assert page.url.endswith("/zentren/05122/#kontakt")
    assert "0212 290-0" in page.locator("#kontakt").inner_text()
    assert_accessible(page)
