"""A citizen asks in a browser on a phone in Arabic; the centre answers, the asker reads it by link and deletes it."""

import pytest

from tests.support.browser import EVERY_LOOK, NARROW, assert_accessible, picture
from verbund.accounts.roles import Role
from verbund.advising.models import Enquiry
from verbund.advising.tests.enquiry_story import ASK, asked, link_of
from verbund.core.dates import today

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]
ARABIC = "من يساعدني في الاعتراف بشهادتي؟"


def test_a_question_asked_on_a_phone_in_arabic_is_answered_read_and_deleted(site, member):
    staff = member(Role.CENTRE_STAFF)
    phone = site.open(f"{ASK}?sprache=ar", viewport=NARROW, java_script_enabled=False)
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
    site.look_at(f"{where}?sprache=ar", "frage-arabisch-offen", looks=EVERY_LOOK)

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


def test_every_page_of_an_enquiry_is_accessible_on_phone_and_desktop(site, member):
    staff = member(Role.CENTRE_STAFF)
    late, fresh = asked(on=today().replace(year=today().year - 1)), asked(topic=None, on=today())
    inside = "/beratung/buergeranfragen/"
    site.look_at(f"{ASK}?ort=42651", "frage-stellen", looks=EVERY_LOOK)
    site.look_at(link_of(fresh), "frage-stand", looks=EVERY_LOOK)
    site.look_at(inside, "frage-liste", member=staff)
    site.look_at(late.get_absolute_url(), "frage-seite", member=staff)
    site.look_at(f"{late.get_absolute_url()}antworten/", "frage-antworten", member=staff)
    site.look_at(f"{late.get_absolute_url()}weitergeben/", "frage-weitergeben", member=staff)
    site.look_at(f"{late.get_absolute_url()}abschliessen/", "frage-abschliessen", member=staff)
    site.look_at(f"{inside}zahlen/?jahr={today().year}", "frage-zahlen", member=staff)
    phone = site.open(ASK, viewport=NARROW)
    phone.fill("input[name=ort]", "40472")
    phone.click("main form button[type=submit]")
    phone.wait_for_selector("[data-error-summary]")
    assert_accessible(phone)
    picture(phone, "frage-fehler-360-hell")
