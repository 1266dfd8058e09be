"""The calculators of interest and deadlines and the page of their values, in a real browser."""

import pytest

from tests.support.browser import PHONE

pytestmark = pytest.mark.django_db(transaction=True)

LATE = "/programme/rechner/zinsen/?principal=10.000&first=2022-01-01&last=2023-12-31"
PAGES = {
    "interest": f"{LATE}&r0-on=2023-03-31&r0-amount=4.000",
    "interest-refused": "/programme/rechner/zinsen/?principal=10.000&first=2025-01-01&last=2026-12-31",
    "deadline": "/programme/rechner/frist/?kind=PROOF_OF_USE&day=2023-12-31",
    "values": "/programme/werte/",
}


def test_the_calculators_read_well_on_the_desktop_and_in_the_dark_on_the_phone(
    reference, site, assert_accessible, picture
):
    for name, address in PAGES.items():
        page = site.open(address)
        assert_accessible(page)
        picture(page, f"calculator-{name}")
        phone = site.open(address, viewport=PHONE, dark=True)
        assert_accessible(phone)
        picture(phone, f"calculator-{name}-phone")
