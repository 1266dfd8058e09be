"""Ventures, practices and topics in a browser: the whole way of two people, and every page on screen and phone."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.support import browser as browsers
from verbund.accounts.roles import Role
from verbund.advising.models import Practice, Venture
from verbund.advising.practices import operations as practices
from verbund.advising.tests import venture_story as story
from verbund.advising.topics import operations as topics
from verbund.advising.ventures import operations, queries
from verbund.core.dates import today
from verbund.directory.models import Organisation
from verbund.offers.models import Language, Offer
from verbund.offers.tests.story import partner as make_partner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]


def described(cast, venture) -> Practice:
    text = "Lotsinnen aus dem Verein begleiten zur Anmeldung."
    names = ("problem", "target_group", "done", "partners", "effect", "conditions", "failures", "contact_function")
    data = practices.PracticeData(
        title=venture.title, effort_days=Decimal("7.5"), amount_effort=Decimal(3200), field=venture.field,
        **dict.fromkeys(names, text),
    )  # fmt: skip
    practice = practices.write_practice(venture.centre, data, venture=venture, on=story.OVER, actor=cast.staff)
    practices.add_material(
        practice, name="Ablaufplan", address="https://beispiel.invalid/plan", licence="CC BY 4.0", actor=cast.staff
    )
    practices.submit_practice(practice, on=story.OVER, actor=cast.staff)
    return practice


def test_the_pages_are_accessible_on_screen_and_phone(site, member, acting):
    cast, on = story.people(), today()
    staff, unit = member(Role.CENTRE_STAFF), member(Role.COORDINATOR, Organisation.objects.get(code="KOORD"))
    waiting, done = story.written(cast, title="Chor"), story.decided(cast)
    section = waiting.sections.first()
    operations.comment_section(section, text="Frau Muster fragt: auch abends?", on=story.AGREED, actor=cast.provider)
    said = {"heading": "Ziel", "text": "Alle Eltern kennen die Kita.", "position": 1, "seen": 1}
    operations.edit_section(section, **said, on=story.AGREED, actor=cast.staff)
    version = operations.freeze_version(waiting, on=story.AGREED, actor=cast.staff)
    practice = described(cast, done)
    data = topics.TopicData(
        title="Neu aus Rumänien", description="Was es gibt.", source="Pressemitteilung",
        centres=[story.centre(), story.centre("05978")], languages=list(Language.objects.filter(pk__in=["ro", "bg"])),
    )  # fmt: skip
    topic = topics.start_topic(unit.organisation, data, on=on, actor=acting(unit))
    topics.publish_topic(topic, on=on, actor=acting(unit))
    provider = member(Role.PROVIDER_MEMBER, cast.partner.organisation)
    pages = [
        ("/beratung/", staff, "beratung"),
        ("/beratung/vorhaben/", staff, "vorhaben-liste"),
        ("/beratung/vorhaben/neu/", staff, "vorhaben-neu"),
        (waiting.get_absolute_url(), staff, "vorhaben-konzept"),
        (reverse("advising:venture-cut", args=[waiting.pk]), staff, "vorhaben-ausblenden"),
        (done.get_absolute_url(), staff, "vorhaben-dauerhaft"),
        (waiting.get_absolute_url(), provider, "vorhaben-partner"),
        (reverse("advising:concept-version", args=[version.pk]), staff, "vorhaben-fassung"),
        ("/beratung/vorhaben/zahlen/", unit, "vorhaben-zahlen"),
        ("/beratung/gute-praxis/", staff, "praxis-liste"),
        (practice.get_absolute_url(), unit, "praxis"),
        (reverse("advising:practice-of-venture", args=[waiting.pk]), staff, "praxis-neu"),
        (topic.get_absolute_url(), unit, "thema"),
        (topic.get_absolute_url(), None, "thema-oeffentlich"),
        ("/beratung/themen/neu/", unit, "thema-neu"),
    ]
    for path, who, name in pages:
        site.look_at(path, name, member=who)


def press(page, label: str, **typed) -> None:
    """Fill a form and send it, or press a button or a link that looks like one."""
    for name, value in typed.items():
        field = page.locator(f"main [name={name}]").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        elif field.get_attribute("type") == "radio":
            page.check(f"main [name={name}][value={value}]")
        else:
            field.fill(value)
    page.locator("main").get_by_role("button", name=label).or_(
        page.locator("main").get_by_role("link", name=label)
    ).first.click()


def test_a_centre_and_an_association_go_from_the_need_to_an_offer(site, member):
    club = make_partner(name="Begegnung e. V.")
    staff, provider = member(Role.CENTRE_STAFF), member(Role.PROVIDER_MEMBER, club.organisation)
    page = site.open("/beratung/vorhaben/neu/", member=staff)
    press(page, "Vorhaben beginnen", title="Elterncafé", need="Eltern erfahren spät davon.", field="Frühe Bildung")
    press(page, "Bedarfszahl eintragen")
    press(page, "Eintragen", what="Kinder ohne Platz", value="84", unit="Kinder", counted_on=f"{today()}",
          source="Jugendhilfeplanung")  # fmt: skip
    press(page, "Partner aufnehmen")
    press(page, "Aufnehmen", partner="Begegnung e. V.", function="stellt Räume")
    press(page, "Abschnitt schreiben")
    press(page, "Speichern", heading="Ziel", text="Eltern kennen die Kita.")
    press(page, "Fassung festhalten")
    press(page, "Festhalten", note="erste")
    phone = site.open("/aufgaben/", member=provider, viewport=browsers.PHONE)
    phone.click("text=Konzept lesen und zustimmen")
    press(phone, "Zustimmen")
    press(phone, "Für Begegnung e. V. zustimmen", function="Vorstand")
    phone.wait_for_selector("text=Sie haben zugestimmt.")
    page.reload()
    press(page, "Erprobung planen")
    press(page, "Planen", first_day=f"{today()}", last_day=f"{today() + timedelta(days=60)}", place="Kita am Markt")
    press(page, "Kriterium festlegen")
    press(page, "Festlegen", what="Familien", how_measured="gezählt", target="20", unit="Familien")
    press(page, "Erprobung beginnen")
    press(page, "Messwert eintragen")
    press(page, "Eintragen", value="23")
    press(page, "Auswerten")
    press(page, "Auswerten", findings="Es wird angenommen.", recommendation="PERMANENT")
    press(page, "Entscheiden")
    press(page, "Entscheiden", verdict="PERMANENT", reason="Ziele erreicht")
    press(page, "In den Finder")
    press(page, "Entwurf anlegen", summary="Kaffee und Rat für Eltern")
    page.click("main a:has-text('Elterncafé')")
    page.wait_for_selector("main dt:has-text('Vorhaben')")

    venture = Venture.objects.get()
    assert (venture.status, venture.offer) == ("PERMANENT", Offer.objects.get(partner=club))
    assert queries.newest_pilot(venture).decision.verdict == "PERMANENT"
