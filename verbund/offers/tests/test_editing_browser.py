"""Keeping entries in a real browser: accessible, whole on a phone, without a script."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.support import browser as browsers
from tests.support.browser import NARROW
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.offers import operations
from verbund.offers.models import Offer
from verbund.offers.tests import story
from verbund.offers.writing import Draft

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
FORTY, MOST_PRESSES = 40, 6


def test_the_pages_of_keeping_are_accessible_on_screen_and_phone(site, reference, member, acting):
    staff, partner, place = member(Role.CENTRE_STAFF), story.partner(name="Verein Brücke"), story.place()
    provider, actor = member(Role.PROVIDER_MEMBER, partner.organisation), acting(staff)
    content = story.content(at=[story.tuesdays(place, languages=("tr",))], contact_function="Frau Muster", title=LONG)
    draft = operations.create_offer(partner, content, on=today(), actor=actor)
    shown = operations.create_offer(partner, content, on=today(), actor=actor)
    operations.publish_offer(shown, on=today(), actor=actor)
    pages = [
        (reverse("offers:kept"), staff, "pflege-liste"),
        (reverse("offers:new"), provider, "pflege-neu"),
        (reverse("offers:edit", args=[shown.pk]), staff, "pflege-bearbeiten"),
        (reverse("offers:kept-offer", args=[draft.pk]), provider, "pflege-entwurf"),
        (reverse("offers:kept-offer", args=[shown.pk]), staff, "pflege-eintrag"),
        (reverse("offers:pause", args=[shown.pk]), staff, "pflege-pause"),
        (reverse("offers:payers", args=[shown.pk]), staff, "pflege-bezahlt"),
        (reverse("offers:partners"), staff, "pflege-anbieter"),
        (reverse("offers:partner", args=[partner.pk]), staff, "pflege-ein-anbieter"),
        (reverse("offers:places"), staff, "pflege-orte"),
        (reverse("offers:place", args=[place.pk]), staff, "pflege-ort"),
    ]
    for path, who, name in pages:
        site.look_at(path, name, member=who, unfold="main form details")


def test_a_volunteer_writes_an_entry_on_a_phone_without_a_script(site, reference, member):
    partner = story.partner(name="Verein Brücke")
    story.place()
    volunteer = member(Role.PROVIDER_MEMBER, partner.organisation)
    page = site.open(reverse("offers:new"), member=volunteer, viewport=NARROW, java_script_enabled=False)
    page.get_by_label("Titel").fill("Sprachcafé")
    page.get_by_label("Was man bekommt, in einem Satz").fill("Deutsch sprechen bei Kaffee und Tee")
    page.get_by_label("Deutsch lernen").check()
    page.get_by_label("Wochentag").select_option("Dienstag")
    page.get_by_label("von").first.fill("15")
    page.get_by_label("bis", exact=True).first.fill("9 Uhr")
    page.get_by_role("button", name="Weitere Zeit").click()
    expect(page.locator("[name=orte-0-zeiten-1-opens]")).to_have_count(1)
    page.get_by_role("button", name="Als Entwurf speichern").click()
    expect(page.locator(".error-summary")).to_contain_text("Wählen Sie den Ort")
    browsers.picture(page, "pflege-fehler-360")
    page.locator("[name=orte-0-place]").select_option(index=3)
    page.locator("[name=orte-0-zeiten-0-closes]").fill("17.00 Uhr")
    page.get_by_role("button", name="Vorschau").click()
    expect(page.locator("#vorschau")).to_contain_text("Dienstag 15:00–17:00 Uhr")
    page.get_by_role("button", name="Als Entwurf speichern").click()

    expect(page.locator("body")).to_contain_text("Gespeichert als Entwurf")
    assert Offer.objects.get().title == "Sprachcafé"


def test_many_entries_are_changed_and_put_back_in_the_browser(site, reference, member, acting):
    staff, partner = member(Role.CENTRE_STAFF), story.partner()
    for title in ("Eins", "Zwei"):
        operations.create_offer(partner, story.content(title=title), on=today(), actor=acting(staff))
    page = site.open(reverse("offers:kept"), member=staff, viewport=NARROW)
    page.get_by_role("checkbox", name="Eins").check()
    page.get_by_role("checkbox", name="Zwei").check()
    page.get_by_role("button", name="Ausgewählte gemeinsam ändern").click()
    browsers.assert_accessible(page)
    page.get_by_label("Was ändern?").select_option("Telefon")
    page.locator("[name=phone]").fill("0212 5")
    page.get_by_role("button", name="Vorschau").click()
    browsers.assert_accessible(page)
    browsers.picture(page, "pflege-sammeln-360")
    page.get_by_role("button", name="2 Einträge ändern").click()
    browsers.assert_accessible(page)
    assert set(Offer.objects.values_list("phone", flat=True)) == {"0212 5"}
    page.get_by_role("button", name="Rückgängig machen").click()
    page.get_by_text("wieder wie vorher").first.wait_for()

    assert set(Offer.objects.values_list("phone", flat=True)) == {"0212 290-0"}


def test_forty_entries_not_checked_for_long_are_confirmed_with_six_presses_and_can_be_put_back(
    site, reference, member, acting
):
    staff, partner, long_ago = member(Role.CENTRE_STAFF), story.partner(), today() - timedelta(days=500)
    actor, at = acting(staff), [story.tuesdays(story.place())]
    drafts = [Draft(partner, story.content(at=at, title=f"Angebot {number:02}")) for number in range(FORTY)]
    offers = operations.create_offers(drafts, on=long_ago, actor=actor)
    operations.publish_offers(offers, on=long_ago, actor=actor)
    page = site.open(reverse("offers:kept"), member=staff)
    presses = 0

    def press(role: str, name: str) -> None:
        nonlocal presses
        presses += 1
        page.get_by_role(role, name=name).first.click()

    press("link", f"{FORTY} Einträge sind lange nicht geprüft")
    press("button", f"Alle {FORTY} gemeinsam ändern")
    page.get_by_label("Was ändern?").select_option("geprüft heute")
    presses += 1
    press("button", "Vorschau")
    browsers.assert_accessible(page)
    press("button", f"{FORTY} Einträge ändern")
    expect(page.locator("main")).to_contain_text("Angebot 39")
    assert set(Offer.objects.values_list("checked_on", flat=True)) == {today()}
    press("button", "Rückgängig machen")
    page.get_by_text("wieder wie vorher").first.wait_for()

    assert set(Offer.objects.values_list("checked_on", flat=True)) == {long_ago}
    assert presses <= MOST_PRESSES
