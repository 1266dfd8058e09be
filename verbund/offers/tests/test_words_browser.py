"""The pages of the words in a browser: for everybody readable, on a telephone, without JavaScript."""

import pytest

from tests.support.browser import NARROW
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.offers.models import MissedSearch, OfferText, Synonym, Term
from verbund.offers.tests import story
from verbund.offers.tests.finder_world import publish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def text(member, acting):
    offer = publish(acting(member(Role.CENTRE_STAFF)), story.partner(name="Begegnung e. V."), to_bring="Ausweis")
    said = {"title": "مقهى اللغة", "summary": "نتحدث الألمانية", "description": "كل يوم ثلاثاء", "origin": "MACHINE"}
    return OfferText.objects.create(offer=offer, language_id="ar", source_sha256="alt", **said)


def test_the_pages_are_accessible_on_screen_and_phone(site, member, text, assert_accessible, picture):
    for words, count, district in (("schwimmkurs", 7, "05122"), ("kanufahren", 4, None), ("nachtbus", 1, None)):
        MissedSearch.objects.create(day=today(), words=words, language="de", district_id=district, count=count)
    coordinator, reviewer = member(Role.COORDINATOR), member(Role.TRANSLATION_REVIEWER)
    term = Term.objects.get(code="learn-german")
    pages = [
        ("/angebote/woerter/", coordinator, "woerter"),
        (f"/angebote/woerter/{term.pk}/", coordinator, "woerter-begriff"),
        (f"/angebote/woerter/{term.pk}/bearbeiten/?dazu=fa", coordinator, "woerter-bearbeiten"),
        ("/angebote/vergeblich/", coordinator, "vergeblich"),
        ("/angebote/vergeblich/", member(Role.CENTRE_LEAD), "vergeblich-zentrum"),
        ("/angebote/vergeblich/aufnehmen/?wort=kanufahren", coordinator, "vergeblich-aufnehmen"),
        ("/angebote/uebersetzungen/", reviewer, "uebersetzungen"),
        (f"/angebote/uebersetzungen/{text.pk}/", reviewer, "uebersetzung"),
    ]
    for path, who, name in pages:
        site.look_at(path, name, member=who)


def test_a_word_is_taken_up_and_a_text_checked_on_a_phone_without_a_script(site, member, text):
    MissedSearch.objects.create(day=today(), words="kanufahren", language="de", count=4)
    page = site.open(
        "/angebote/vergeblich/", member=member(Role.COORDINATOR), viewport=NARROW, java_script_enabled=False
    )
    page.click("text=als anderes Wort aufnehmen")
    page.select_option("select[name=term]", label="Leute treffen")
    page.click("main button:has-text('Aufnehmen')")
    page.wait_for_selector("text=steht jetzt bei „Leute treffen“")
    assert Synonym.objects.filter(word="kanufahren", term__code="meet-people").exists()
    page = site.open(
        "/angebote/uebersetzungen/",
        member=member(Role.TRANSLATION_REVIEWER),
        viewport=NARROW,
        java_script_enabled=False,
    )
    page.click("main a:has-text('Sprachcafé')")
    page.fill("[name=title]", "مقهى المحادثة")
    page.click("text=Als geprüft speichern")
    page.wait_for_selector("text=Keine Übersetzung wartet.")
    text.refresh_from_db()
    assert (text.title, text.checked_on, text.origin) == ("مقهى المحادثة", today(), "HUMAN")
