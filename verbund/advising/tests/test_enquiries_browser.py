"""A citizen asks in a browser on a phone in Arabic; the centre answers, the asker reads it by link and deletes it."""

import pytest

from tests.support.browser import DESKTOP, PHONE, assert_accessible, picture
from verbund.accounts.roles import Role
from verbund.advising.models import Enquiry
from verbund.advising.tests.enquiry_story import ASK, asked, link_of
from verbund.core.dates import today

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]
SMALL = {"width": 360, "height": 740}
VIEWS = ((SMALL, False), (PHONE, True), (DESKTOP, False), (DESKTOP, True))
ARABIC = "من يساعدني في الاعتراف بشهادتي؟"


@pytest.fixture
def look(site):
    """Let axe look at a page on the phone and on the desktop, in the light and in the dark, and keep pictures."""

    def inspect(path: str, name: str, *, member=None):
        for viewport, dark in VIEWS:
            page = site.open(path, member=member, viewport=viewport, dark=dark)
            assert_accessible(page)
            picture(page, f"frage-{name}-{viewport['width']}-{'dunkel' if dark else 'hell'}")
            page.context.close()

    return inspect


def test_a_question_asked_on_a_phone_in_arabic_is_answered_read_and_deleted(site, look, member):
    staff = member(Role.CENTRE_STAFF)
    phone = site.open(f"{ASK}?sprache=ar", viewport=SMALL, java_script_enabled=False)
    assert phone.locator("html").get_attribute("dir") == "rtl"
    phone.fill("input[name=ort]", "42651")
    phone.select_option("select[name=topic]", "labour")
    phone.fill("textarea[name=question]", ARABIC)
    phone.check("input[name=answer_by][value=link]")
    picture(phone, "frage-arabisch-360-hell")
    phone.click("main form button[type=submit]")
    phone.wait_for_selector("li.talk__one")
    assert ARABIC in phone.locator("main").inner_text()
    assert phone.context.cookies() == []
    made = Enquiry.objects.get()
    assert (made.centre.key, made.language, made.email) == ("05122", "ar", "")
    where = link_of(made)
    look(f"{where}?sprache=ar", "arabisch-offen")

    desk = site.open("/aufgaben/", member=staff)
    desk.click("text=Bürgeranfrage beantworten")
    desk.click('.next-step >> text="Antworten"')
    desk.fill("textarea[name=text]", "Die Beratungsstelle im Rathaus hilft Ihnen, dienstags von 9 bis 12 Uhr.")
    desk.click("main form >> text=Antwort absenden")
    desk.wait_for_selector("text=Beantwortet.")

    phone.goto(f"{site.url}{where}?sprache=ar")
    assert "Die Beratungsstelle im Rathaus hilft Ihnen" in phone.locator("main").inner_text()
    phone.click("details summary")
    phone.click("details form button[type=submit]")
    phone.wait_for_selector(f"text={made.reference}")
    assert ARABIC not in phone.content()
    made.refresh_from_db()
    assert (made.question, made.forgotten_on) == ("", today())


def test_every_page_of_an_enquiry_is_accessible_on_phone_and_desktop(site, look, member):
    staff = member(Role.CENTRE_STAFF)
    late, fresh = asked(on=today().replace(year=today().year - 1)), asked(topic=None, on=today())
    inside = "/beratung/buergeranfragen/"
    look(f"{ASK}?ort=42651", "stellen")
    look(link_of(fresh), "stand")
    look(inside, "liste", member=staff)
    look(late.get_absolute_url(), "seite", member=staff)
    look(f"{late.get_absolute_url()}antworten/", "antworten", member=staff)
    look(f"{late.get_absolute_url()}weitergeben/", "weitergeben", member=staff)
    look(f"{late.get_absolute_url()}abschliessen/", "abschliessen", member=staff)
    look(f"{inside}zahlen/?jahr={today().year}", "zahlen", member=staff)
    phone = site.open(ASK, viewport=SMALL)
    phone.fill("input[name=ort]", "40472")
    phone.click("main form button[type=submit]")
    phone.wait_for_selector("[data-error-summary]")
    assert_accessible(phone)
    picture(phone, "frage-fehler-360-hell")
