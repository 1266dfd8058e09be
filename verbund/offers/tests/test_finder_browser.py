"""The finder on a phone: from the code on a poster to a suitable entry, in several languages, without programs too."""

from datetime import time, timedelta

import pytest

from tests.support.browser import NARROW
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.offers import operations
from verbund.offers.content import At, Hours
from verbund.offers.models import Language, OfferText, PlaceFeature, Term
from verbund.offers.tests import story

MOST_TAPS = 4
MOST_BYTES = 200_000
MOST_PROGRAM_BYTES = 25 * 1024


@pytest.fixture
def entries(site, reference, member, acting):
    """Public entries in Solingen: one translated, one paused, one whose address is protected; and one that ended."""
    staff, partner, place = acting(member(Role.CENTRE_STAFF)), story.partner(), story.place()
    PlaceFeature.objects.create(place=place, feature=Term.objects.get(kind="FEATURE", code="step-free"), value="YES")
    hidden = story.place(is_protected=True, street="", postcode="")
    hours = tuple(Hours(day, time(15), time(17)) for day in range(5))
    made = []
    for title, where in (
        ("Sprachcafé", place),
        ("Deutsch am Abend", place),
        ("Frauentreff", hidden),
        ("Nähkreis", place),
    ):
        content = story.content(title=title, at=[At(place=where.pk, hours=hours)], description="Wir sprechen Deutsch.")
        offer = operations.create_offer(partner, content, on=today(), actor=staff)
        operations.publish_offer(offer, on=today(), actor=staff)
        made.append(offer)
    operations.end_offer(made[3], reason="zu Ende", on=today(), actor=staff)
    operations.pause_offer(made[1], until=today() + timedelta(days=9), reason="Umbau", on=today(), actor=staff)
    OfferText.objects.create(
        offer=made[0],
        language=Language.objects.get(pk="ar"),
        title="مقهى اللغة",
        summary="نتحدث الألمانية مع القهوة والشاي",
        origin="MACHINE",
        source_sha256=made[0].text_sha256(),
    )
    operations.check_offer(made[0], on=today(), how="CENTRE", actor=staff)
    OfferText.objects.create(
        offer=made[0],
        language_id="leicht",
        title="Sprach-Café",
        summary="Sie sprechen Deutsch. Dazu gibt es Kaffee.",
        description="An jedem Tisch ist ein Mensch, der gut Deutsch spricht. Fehler sind in Ordnung.",
        origin="HUMAN",
        checked_on=today(),
        checked_by_function="Übersetzungsprüfung",
        source_sha256=made[0].text_sha256(),
    )
    return made


@pytest.mark.parametrize("has_programs", [False, True])
def test_from_the_code_on_a_poster_to_an_entry_in_at_most_four_taps(site, entries, picture, has_programs):
    page = site.open("/angebote/?ort=42651&sprache=ar", viewport=NARROW, java_script_enabled=has_programs)
    taps = 0
    assert weight_of(page) < MOST_BYTES
    picture(page, "finder-arabic-phone")
    for what, where in (
        ("a.need >> nth=0", "**anliegen=learn-german**"),
        ('.offer-card__title a:has-text("مقهى اللغة")', f"**{entries[0].get_absolute_url()}**"),
    ):
        page.click(what)
        page.wait_for_url(where)
        taps += 1
        assert weight_of(page) < MOST_BYTES
    assert taps <= MOST_TAPS
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("h1").inner_text() == "مقهى اللغة"
    assert "sprache=ar" in page.url
    assert page.locator('a[href^="tel:"]').first.is_visible()
    assert page.locator(".save-button").count() == (1 if has_programs else 0)
    picture(page, "offer-arabic-phone")
    page.click('a[hreflang="de"] >> nth=0')
    page.wait_for_url(f"**{entries[0].get_absolute_url()}")
    assert page.locator("h1").inner_text() == "Sprachcafé"


def weight_of(page) -> int:
    """Return the bytes of a page with all its parts, loaded anew; its programs weigh at most 25 KiB.

    Each address counts once: a worker that takes the page over meanwhile is heard of as a second answer.
    """
    address, answers = page.url, []
    page.goto("about:blank")
    listen = lambda answer: answers.append(answer)  # noqa: E731  (the browser hangs attributes on its listeners)
    page.goto(address, wait_until="networkidle")
    page.remove_listener("response", listen)
    sizes = {answer.url: len(answer.body()) for answer in answers}
    assert sum(size for url, size in sizes.items() if url.endswith(".js")) <= MOST_PROGRAM_BYTES
    return sum(sizes.values())


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", ["de", "ar", "leicht"])
def test_the_pages_are_accessible_on_a_phone(site, entries, assert_accessible, picture, language, dark):
    end = f"sprache={language}"
    addresses = {
        "finder": f"/angebote/?ort=42651&tag=1&kostenlos=1&{end}",
        "nothing": f"/angebote/?ort=42651&was=Reitunterricht&tag=7&{end}",
        "offer": f"{entries[0].get_absolute_url()}?{end}",
        "paused": f"{entries[1].get_absolute_url()}?{end}",
        "protected": f"{entries[2].get_absolute_url()}?{end}",
        "over": f"{entries[3].get_absolute_url()}?{end}",
        "paper": f"{entries[0].get_absolute_url()}druck/?{end}",
    }
    for name, address in addresses.items():
        page = site.open(address, viewport={"width": 320, "height": 740}, dark=dark)
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        assert_accessible(page)
        picture(page, f"{name}-{language}{'-dark' if dark else ''}")


def test_everything_is_reached_by_keyboard(site, entries):
    page = site.open("/angebote/?ort=42651", viewport=NARROW)
    page.focus("#was")
    page.keyboard.type("sprachcafe")
    page.keyboard.press("Enter")
    page.wait_for_url("**was=sprachcafe**")
    page.focus(".offer-card__title a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{entries[0].get_absolute_url()}")
