"""A clerk takes over a list in the browser: upload, columns, preview, taking over, undoing; usable for everybody."""

import pytest

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.offers import operations
from verbund.offers.models import Offer
from verbund.offers.tests import story
from verbund.offers.tests.import_story import CAFE, HOMEWORK, csv_of


@pytest.fixture
def page(site, member):
    return site.open("/angebote/pflege/import/", member=member(Role.CENTRE_STAFF))


def send(page, content: bytes) -> None:
    page.goto(page.url.partition("/import/")[0] + "/import/")
    page.get_by_label("Datei").set_input_files({"name": "angebote.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Datei prüfen").click()


def test_a_clerk_takes_over_a_list_and_puts_it_back(page, assert_accessible, picture):
    assert_accessible(page)
    send(page, csv_of(CAFE, ["", *CAFE[1:]]))
    assert_accessible(page)
    picture(page, "import-columns")
    page.get_by_role("button", name="Vorschau").click()
    assert Offer.objects.count() == 0
    picture(page, "import-preview")
    page.get_by_role("link", name="nicht lesbar (1)").click()
    assert page.get_by_text("Der Titel fehlt").is_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Übernehmen").click()
    assert page.get_by_text("Was daraus geworden ist").is_visible()
    first = Offer.objects.get()

    send(page, csv_of([*CAFE[:10], "0212 290-99", *CAFE[11:]], HOMEWORK, ["Sprach-Cafe im Markt", *CAFE[1:]]))
    page.get_by_role("button", name="Vorschau").click()
    assert_accessible(page)
    picture(page, "import-suspicious")
    page.get_by_label("ein anderes, neu anlegen").check()
    page.get_by_role("button", name="Entscheidungen speichern").click()
    page.get_by_role("button", name="Übernehmen").click()
    assert Offer.objects.count() == 3
    assert_accessible(page)
    page.get_by_role("button", name="Rückgängig machen").click()
    assert page.get_by_text("wieder wie vorher").first.is_visible()
    picture(page, "import-undone")

    first.refresh_from_db()
    assert (first.phone, first.status) == ("0212 290-0", "DRAFT")
    assert list(Offer.objects.all()) == [first]


@pytest.mark.parametrize("dark", [False, True])
def test_the_preview_fits_a_phone(site, reference, member, acting, assert_accessible, picture, dark):
    page = site.open(
        "/angebote/pflege/import/", member=member(Role.CENTRE_STAFF), viewport={"width": 360, "height": 740}, dark=dark
    )
    there = story.content(title="Sprach-Cafe im Markt")
    operations.create_offer(
        story.partner(name="Verein Brücke"), there, on=today(), actor=acting(member(Role.CENTRE_STAFF))
    )
    send(page, csv_of(CAFE, HOMEWORK))
    assert_accessible(page)
    page.get_by_role("button", name="Vorschau").click()

    assert_accessible(page)
    within = "one => one.getBoundingClientRect().right <= one.closest('table').getBoundingClientRect().right"
    assert page.locator("fieldset.group").evaluate(within)
    picture(page, f"import-phone-{'dark' if dark else 'light'}")


def test_a_file_that_is_no_list_is_refused_at_its_field(page, assert_accessible):
    send(page, b"<html><table></table></html>")

    assert page.get_by_text("Webseite (HTML)").first.is_visible()
    assert_accessible(page)
