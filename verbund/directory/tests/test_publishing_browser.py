"""The publishers' pages in a real browser: accessible, whole on a phone, and written without JavaScript."""

from datetime import date

import pytest

from tests.support import browser as browsers
from tests.support import cast
from verbund.accounts.roles import Role
from verbund.directory.models import Organisation, PublisherPage
from verbund.directory.people.operations import operator_organisation
from verbund.directory.publishing import operations, queries

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 320, "height": 700}
IMPRINT = PublisherPage.Kind.IMPRINT
SECTIONS = [
    ("Anbieter", "Stadt Solingen\nDer Oberbürgermeister\nRathausplatz 1\n42651 Solingen"),
    ("Kontakt", f"Telefon 0212 290-0\nE-Mail: post@solingen.example\n\nhttps://www.solingen.example/{'a' * 90}"),
]


def check(page, name):
    browsers.assert_accessible(page)
    browsers.picture(page, name)


def test_the_pages_are_accessible_on_screen_and_phone_light_and_dark(site):
    lead, operator = cast.member(Role.CENTRE_LEAD), cast.member(Role.OPERATOR, operator_organisation())
    carrier = Organisation.objects.get(code="TR-05122")
    operations.write_page(carrier, IMPRINT, sections=SECTIONS, seen=0, on=date(2026, 11, 20), actor=cast.acting(lead))
    writing = f"/herausgeber/{carrier.pk}/impressum/bearbeiten/"
    pages = [
        ("/impressum/", None, "herausgeber-leer"),
        ("/impressum/", operator, "herausgeber-betrieb"),
        ("/datenschutz/", None, "herausgeber-datenschutz"),
        ("/barrierefreiheit/", None, "herausgeber-barrierefreiheit"),
        ("/herausgeber/TR-05122/impressum/", None, "herausgeber-traeger"),
        ("/herausgeber/TR-05122/datenschutz/", None, "herausgeber-traeger-leer"),
        ("/herausgeber/", lead, "herausgeber-uebersicht"),
        (writing, lead, "herausgeber-schreiben"),
        (f"/herausgeber/{carrier.pk}/datenschutz/bearbeiten/", lead, "herausgeber-neu"),
    ]
    for number, (path, member, name) in enumerate(pages):
        check(site.open(path, member=member, viewport=NARROW, dark=number % 2 == 0), f"{name}-320")
    check(site.open(writing, member=lead, dark=True), "herausgeber-schreiben-1280")
    check(site.open("/herausgeber/TR-05122/impressum/"), "herausgeber-traeger-1280")


def test_a_page_is_written_looked_at_and_published_without_javascript(site):
    lead, carrier = cast.member(Role.CENTRE_LEAD), Organisation.objects.get(code="TR-05122")
    page = site.open("/herausgeber/", member=lead, java_script_enabled=False)

    page.click("text=Text bearbeiten >> nth=0")
    page.fill("#id_abschnitt-0-text", "Stadt Solingen")
    page.fill("#id_abschnitt-2-text", "Telefon 0212 290-0")
    page.fill("#id_abschnitt-2-position", "1")
    page.click("text=Vorschau")
    assert queries.page_of(carrier, IMPRINT) is None
    page.click("text=Weiterer Abschnitt")
    page.fill("input[id$=heading] >> nth=-1", "Bankverbindung")
    page.click("text=Speichern und veröffentlichen")

    assert page.inner_text(".error-summary a") == (
        "Zeile 8, Text – Schreiben Sie den Text, oder entfernen Sie den Abschnitt."
    )
    page.check("#id_abschnitt-7-is_removed")
    page.click("text=Speichern und veröffentlichen")
    assert page.url.endswith("/herausgeber/TR-05122/impressum/")
    assert page.get_attribute("main a[href^='tel:']", "href") == "tel:+492122900"
    assert queries.sections_of(queries.page_of(carrier, IMPRINT)) == [
        ("Kontakt", "Telefon 0212 290-0"),
        ("Anbieter", "Stadt Solingen"),
    ]


def test_the_second_editor_reads_both_texts(site):
    lead, carrier = cast.member(Role.CENTRE_LEAD), Organisation.objects.get(code="TR-05122")
    page = site.open(f"/herausgeber/{carrier.pk}/impressum/bearbeiten/", member=cast.member(Role.SIGNATORY))
    page.fill("#id_abschnitt-0-text", "Was die zweite Person schrieb")
    page.click("text=Vorschau")
    check(page, "herausgeber-vorschau")
    operations.write_page(carrier, IMPRINT, sections=SECTIONS, seen=0, on=date(2026, 11, 20), actor=cast.acting(lead))

    page.click("text=Speichern und veröffentlichen")

    assert "Rathausplatz 1" in page.inner_text(".kern-alert--warning")
    assert page.input_value("#id_abschnitt-0-text") == "Was die zweite Person schrieb"
    check(page, "herausgeber-zwei")
