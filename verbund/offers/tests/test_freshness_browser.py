"""The pages of keeping entries true in a browser: for everybody readable, on a telephone, without JavaScript."""

import pytest

from tests.support import browser as browsers
from tests.support.browser import NARROW
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.offers.freshness import operations
from verbund.offers.models import ConfirmationEntry, ConfirmationLink, ConfirmationRequest, Offer, ReaderReport
from verbund.offers.tests import story
from verbund.offers.tests.freshness_story import ANSWER, LONG_AGO, entry, mails, token_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]


@pytest.fixture
def membership(member):
    return member(Role.CENTRE_STAFF)


@pytest.fixture
def partner(membership, acting):
    staff = acting(membership)
    partner = story.partner(name="Begegnung e. V.", email="kontakt@verein.example", phone="0212 290-1")
    entry(partner, staff, title="Nähtreff am Dienstag")
    entry(partner, staff, title="Sprachcafé im Familienzentrum", phone="0212 290-0", email="treff@verein.example")
    return partner


def test_a_partner_answers_on_a_telephone_without_javascript(site, partner, assert_accessible, picture):
    operations.ask_all_due(on=today())
    path = f"/angebote/bestaetigen/{token_of(mails()[0])}/"
    page = site.open(path, viewport=NARROW, java_script_enabled=False)
    first, second = ConfirmationEntry.objects.order_by("offer__title")
    page.check(f"input[name=answer-{first.pk}][value=CORRECT]")
    page.check(f"input[name=answer-{second.pk}][value=CHANGED]")
    page.click("text=Antworten senden")
    page.wait_for_selector("text=Schreiben Sie kurz, was sich geändert hat.")
    page.fill(f"textarea[name=note-{second.pk}]", "jetzt erst um 16 Uhr")
    page.click("text=Antworten senden")
    page.wait_for_selector("text=Danke. Ihre Antworten sind gespeichert.")
    assert [one.answer for one in ConfirmationEntry.objects.order_by("offer__title")] == ["CORRECT", "CHANGED"]
    assert page.context.cookies() == []
    site.look_at(path, "treu-antworten")


def test_everything_is_right_with_one_press(site, partner, assert_accessible, picture):
    operations.ask_all_due(on=today())
    page = site.open(f"/angebote/bestaetigen/{token_of(mails()[0])}/", viewport=NARROW)
    assert_accessible(page)
    picture(page, "treu-frage-360")
    page.click("text=Alles stimmt")
    page.wait_for_selector("text=Sie sind fertig.")
    assert ConfirmationRequest.objects.get().status == "ANSWERED"


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_partner_answers_in_its_language(site, partner, assert_accessible, picture, language):
    operations.ask_all_due(on=today())
    path = f"/angebote/bestaetigen/{token_of(mails()[0])}/"
    page = site.open(f"{path}?sprache={language}", viewport=NARROW)
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert_accessible(page)
    picture(page, f"treu-frage-{language}")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_selector("[data-error-summary]")
    assert_accessible(page)
    page.locator("input[value=GONE]").first.check()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**gespeichert=1")
    assert_accessible(page)
    picture(page, f"treu-gespeichert-{language}")
    ConfirmationLink.objects.update(valid_until=LONG_AGO)
    for name, address in {"zu-ende": path, "unbekannt": "/angebote/gibt-es-nicht/"}.items():
        over = site.open(f"{address}?sprache={language}", viewport=NARROW)
        assert_accessible(over)
        picture(over, f"treu-{name}-{language}")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_reader_reports_a_closed_door_without_javascript(site, partner, assert_accessible, picture, language):
    offer = Offer.objects.first()
    page = site.open(f"{offer.get_absolute_url()}?sprache={language}", viewport=NARROW, java_script_enabled=False)
    page.click("a[href*='/melden/']")
    page.check("input[value=CLOSED]")
    page.click("main button[type=submit]")
    page.wait_for_url("**/danke/**")
    assert ReaderReport.objects.get().reason == "CLOSED"
    for part in ("", "danke/"):
        again = site.open(f"/angebote/{offer.pk}/melden/{part}?sprache={language}", viewport=NARROW)
        assert_accessible(again)
        picture(again, f"treu-melden-{language}-{part.strip('/')}")


def test_the_centre_looks_through_what_came_in(site, partner, membership, acting, assert_accessible, picture):
    operations.ask_all_due(on=today())
    question = ConfirmationRequest.objects.get()
    first, second = question.entries.order_by("offer__title")
    said = {first.pk: (ANSWER.CHANGED, "jetzt mittwochs\nin Raum 5"), second.pk: (ANSWER.GONE, "")}
    operations.answer_for_entries(question.links.get(), said, on=today())
    operations.report_offer(first.offer, reason="CLOSED", note="Am Dienstag war zu.", on=today())
    quiet = story.partner(name="Nachbarschaftshilfe", phone="0212 290-7")
    entry(quiet, acting(membership), title="Hausaufgabenhilfe", checked_on=LONG_AGO)
    operations.ask_all_due(on=today())
    page = site.open("/angebote/pflege/rueckmeldungen/", member=membership)
    browsers.look_at(page, "treu-rueckmeldungen", browsers.EVERY_LOOK)
    page.click("summary:has-text('Nachgefragt')")
    assert_accessible(page)
    page.click("text=Als geprüft festhalten")
    page.wait_for_selector("text=Niemand ist anzurufen.")
    assert Offer.objects.get(title="Hausaufgabenhilfe").checked_on == today()
    page.click("text=Jetzt fragen")
    page.wait_for_selector("h1:has-text('Anbieter fragen')")
    assert_accessible(page)
    picture(page, "treu-fragen")
    small = site.open("/angebote/pflege/rueckmeldungen/fragen/", member=membership, viewport=NARROW)
    assert_accessible(small)
    picture(small, "treu-fragen-360")
    gone = site.open(second.offer.get_absolute_url(), viewport=NARROW)
    gone.wait_for_selector("text=Laut Anbieter beendet, wird geprüft")
    assert_accessible(gone)
    picture(gone, "treu-beendet-360")
