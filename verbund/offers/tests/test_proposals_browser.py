"""The way of an association in a phone window: from the form to the published entry; and how accessible it is."""

import pytest

from tests.support.browser import NARROW
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.directory.models import Partner
from verbund.offers.models import Offer, Proposal
from verbund.offers.proposals import direct, operations
from verbund.offers.tests import story
from verbund.offers.tests.finder_world import publish
from verbund.offers.tests.proposal_story import NEW, link_in, mails

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]
FILLED = {
    "title": "Nähtreff am Dienstag",
    "summary": "Gemeinsam nähen und Deutsch sprechen",
    "ort-0-neu-name": "Nachbarschaftshaus",
    "ort-0-neu-street": "Wupperstraße 5",
    "ort-0-neu-postcode": "42651",
    "ort-0-zeiten-tag1": "15–17 Uhr",
    "spoken": "Deutsch, Arabisch",
    "phone": "0212 290-0",
    "organisation_name": "Nähtreff Ohligs e. V.",
    "submitter_email": "vorstand@verein.example",
}
MOST_STEPS = 20
MOST_BYTES = 100_000


@pytest.fixture
def membership(member):
    return member(Role.CENTRE_STAFF)


@pytest.fixture
def steps():
    """What was done, one by one: each tap and each field is a step."""
    return []


def fill(page, steps) -> None:
    for name, text in FILLED.items():
        page.fill(f"[name='{name}']", text)
        steps.append(name)
    page.check("input[name=terms_need][value=meet-people]")
    page.select_option("select[name=organisation_kind]", "CLUB")
    steps.extend(["need", "kind"])


@pytest.mark.parametrize("has_programs", [True, False])
def test_an_association_submits_without_account_and_is_published_after_a_question(
    site, membership, steps, picture, has_programs
):
    page = site.open("/angebote/", viewport=NARROW, java_script_enabled=has_programs)
    page.click("text=Schlagen Sie es vor")
    page.fill("#ort", "42651")
    page.click("text=Weiter")
    page.wait_for_url(f"**{NEW}")
    steps.extend(["link", "place", "next"])
    assert len(page.content().encode()) < MOST_BYTES
    fill(page, steps)
    page.click("main form.proposal button:has-text('Absenden') >> nth=-1")
    page.wait_for_selector("text=Danke. Ihr Vorschlag ist angekommen.")
    steps.append("send")
    assert len(steps) <= MOST_STEPS
    assert page.context.cookies() == []
    picture(page, f"vorschlag-danke-{has_programs}")

    office = site.open("/aufgaben/", member=membership)
    office.click("text=Vorschläge zu Angeboten prüfen")
    office.click("text=Nähtreff am Dienstag")
    picture(office, "vorschlag-zentrum")
    office.click("text=Nachfragen")
    office.fill("textarea[name=text]", "Ist der Raum im Erdgeschoss?")
    office.click("text=Frage senden")
    office.wait_for_selector("text=Die Frage ist gestellt.")

    page.goto(site.url + link_in(mails()[-1]))
    page.fill("textarea[name=text]", "Ja, ohne Stufen.")
    page.click("text=Antwort senden")
    page.wait_for_selector("text=Danke. Ihre Antwort ist beim Zentrum.")

    office.reload()
    office.wait_for_selector("text=Ja, ohne Stufen.")
    office.uncheck("#feld-phone")
    office.fill("textarea[name=reply]", "Die Nummer tragen wir nach einem Anruf ein.")
    office.click("text=Ausgewähltes übernehmen")
    office.wait_for_selector("text=Übernommen. Der Eintrag ist öffentlich.")
    offer = Offer.objects.get()
    assert (offer.phone, str(offer.partner), Proposal.objects.get().status) == ("", "Nähtreff Ohligs e. V.", "PARTLY")

    page.goto(site.url + link_in(mails()[-1]))
    page.click("text=Eintrag ansehen")
    page.wait_for_selector("h1:has-text('Nähtreff am Dienstag')")


def test_what_is_typed_is_saved_by_itself_and_going_back_finds_it(site):
    page = site.open(NEW, viewport=NARROW)
    page.fill("[name=title]", "Angefangen")
    page.wait_for_selector("text=/^gespeichert \\d\\d:\\d\\d/")
    page.wait_for_url("**/vorschlagen/entwurf/**")
    page.goto(site.url + "/angebote/")
    page.go_back()
    page.wait_for_selector("h1:has-text('Angebot vorschlagen')")
    assert page.input_value("[name=title]") == "Angefangen"


def test_without_programs_a_button_saves_and_the_link_goes_to_oneself(site, assert_accessible):
    page = site.open(NEW, viewport=NARROW, java_script_enabled=False)
    page.fill("[name=title]", "Angefangen")
    page.click("text=Zwischenspeichern")
    page.wait_for_url("**/vorschlagen/entwurf/**")
    page.click("text=Link an mich schicken")
    page.fill("#mail_email", "vorstand@verein.example")
    page.click("text=Link schicken")
    page.wait_for_selector("text=Der Link ist unterwegs zu Ihnen.")
    page.goto(site.url + link_in(mails()[-1]))
    page.click("text=Weiterer Ort")
    page.wait_for_selector("#ort-1")
    assert page.input_value("[name=title]") == "Angefangen"
    again = site.open(page.url.removeprefix(site.url), viewport=NARROW)
    again.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    assert_accessible(again)


@pytest.mark.parametrize("language", ["de", "ar"])
def test_every_public_page_is_accessible(site, membership, acting, assert_accessible, picture, language):
    staff = acting(membership)
    partner = story.partner(name="Begegnung e. V.", email="kontakt@verein.example")
    Partner.objects.filter(pk=partner.pk).update(is_trusted=True)
    offer = publish(staff, partner, title="Nähtreff am Dienstag")
    values = {"organisation_name": "Verein", "organisation_kind": "CLUB", "new_place": None, "note": "",
              "submitter_email": "vorstand@verein.example"}  # fmt: skip
    proposal = operations.submit_proposal(
        story.content(at=[story.tuesdays(None)]), values, centre=partner.centre, token="t" * 32, on=today()
    )
    operations.ask_submitter(proposal, text="Ist der Raum im Erdgeschoss?", on=today(), actor=staff)
    direct.mail_link(partner, on=today())
    house = link_in(mails()[-1])
    paths = {
        "wo": "/angebote/vorschlagen/?ort=Halle",
        "unbekannt": "/angebote/vorschlagen/?ort=Entenhausen",
        "neu": NEW,
        "aendern": f"/angebote/{offer.pk}/ergaenzen/",
        "danke": f"/angebote/vorschlag/{'t' * 32}/danke/",
        "stand": link_in(mails()[1]),
        "regeln": "/angebote/regeln/",
        "link": f"/angebote/{offer.pk}/link/",
        "verschickt": f"/angebote/{offer.pk}/link/?verschickt=1",
        "haus": house,
        "haus-aendern": f"{house}{offer.pk}/",
        "haus-neu": f"{house}neu/",
    }
    for name, path in paths.items():
        address = f"{path}{'&' if '?' in path else '?'}sprache={language}"
        page = site.open(address, viewport={"width": 320, "height": 740}, dark=name == "stand")
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        assert_accessible(page)
        picture(page, f"vorschlag-{name}-{language}")
    page = site.open(f"{NEW}?sprache={language}", viewport=NARROW)
    page.click("main form.proposal button[type=submit] >> nth=-2")
    page.wait_for_selector("[data-error-summary]")
    assert_accessible(page)
    picture(page, f"vorschlag-fehler-{language}")


def test_the_pages_of_the_centre_are_accessible(site, membership, acting, assert_accessible, picture):
    staff = acting(membership)
    partner = story.partner(name="Begegnung e. V.", email="kontakt@verein.example", is_trusted=True)
    offer = publish(staff, partner)
    base = direct.OfferContent.of(offer)
    content = base.with_fields(story.content(phone="0212 290-99", to_bring="Ausweis"), ["phone", "to_bring"])
    values = direct.house_values(partner) | {"new_place": None, "note": "Bitte bald.", "submitter_email": ""}
    about = {"offer": offer, "base": base, "on": today()}
    change = operations.submit_proposal(content, dict(values), centre=partner.centre, token="a" * 32, **about)
    new = operations.submit_proposal(
        story.content(title="Frauentreff", at=[story.tuesdays(None)]), values, centre=partner.centre, token="b" * 32,
        on=today(),
    )  # fmt: skip
    done = direct.publish_directly(content, dict(values), partner=partner, token="c" * 32, **about)
    paths = {"liste": "", "aenderung": f"{change.pk}/", "neu": f"{new.pk}/", "direkt": f"{done.pk}/",
             "frage": f"{new.pk}/nachfragen/", "ablehnen": f"{new.pk}/ablehnen/"}  # fmt: skip
    for name, path in paths.items():
        site.look_at(f"/angebote/pflege/vorschlaege/{path}", f"zentrum-vorschlag-{name}", member=membership)
