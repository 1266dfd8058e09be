"""What goes wrong at a desk: two people at one draft, a session that ended, a form sent twice, no script, no mouse."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.journeys import carrier, stages
from verbund.directory.demo import MAIL_DOMAIN, PASSWORD
from verbund.funding.models import Attachment, GrantApplication
from verbund.funding.tests import story

LEAD, STAFF, SIGNATORY = "Leitung KI Solingen", "Fachkraft KI Solingen", "Zeichnung Solingen"
AUTUMN = date(2022, 10, 12)
PURPOSE = "Wofür die Förderung gebraucht wird"


@pytest.fixture
def call(world):
    return stages.call_of(world, 2023, opens_on=date(2022, 9, 1), closes_on=date(2022, 10, 31))


@pytest.fixture
def draft(world, call):
    with stages.played_on(AUTUMN) as day:
        return story.drafted(call, stages.people(world), on=day)


def test_the_second_of_two_at_one_draft_sees_who_changed_what_and_keeps_the_own_text(draft, desk):
    edit = f"{draft.get_absolute_url()}bearbeiten/"
    lead, staff = desk(), desk()
    for bench, name in ((lead, LEAD), (staff, STAFF)):
        bench.on(AUTUMN)
        bench.become(name, edit)
    lead.fill(PURPOSE, "Text der Leitung")
    lead.fill("Anteil", "0,5", within=carrier.row(0))
    staff.fill(PURPOSE, "Text der Fachkraft")
    lead.press("Speichern und zum Antrag")
    staff.press("Speichern und zum Antrag")

    staff.sees("Leitung KI Solingen hat inzwischen gespeichert.")
    staff.sees("Wofür die Förderung gebraucht wird Text der Leitung Text der Fachkraft")
    staff.sees(
        "Stelle Fachkraft 1 sozialpädagogische oder sozialwissenschaftliche Fachkraft, 0,5, 01.01.2023 – 31.12.2023"
    )
    staff.inspect("antrag-zwei-zugleich")
    draft.refresh_from_db()
    assert draft.purpose == "Text der Leitung"
    staff.follow("Den neuen Stand öffnen")
    staff.sees_typed(PURPOSE, "Text der Leitung")


def test_a_session_that_ended_while_typing_keeps_the_text(draft, desk):
    bench = desk()
    bench.on(AUTUMN)
    bench.become(LEAD, f"{draft.get_absolute_url()}bearbeiten/")
    bench.page.context.clear_cookies(name="sessionid")
    bench.fill(PURPOSE, "Eine Stunde Arbeit an diesem Text.")
    expect(bench.page.locator("[data-autosave-state]")).to_contain_text("Ihre Sitzung ist zu Ende.")
    bench.press("Speichern und zum Antrag")
    bench.inspect("sitzung-zu-ende")
    sign_in(bench, "leitung.solingen")
    bench.sees("Ihre Angaben sind noch da")
    bench.inspect("angaben-noch-da")
    bench.press("Angaben absenden")
    draft.refresh_from_db()
    assert draft.purpose == "Eine Stunde Arbeit an diesem Text."


def test_what_is_typed_is_saved_by_itself_and_posts_stay(call, desk):
    bench = desk()
    bench.on(AUTUMN)
    bench.become(LEAD, "/foerderung/")
    bench.press("Antrag beginnen")
    with bench.page.expect_response("**/bearbeiten/"):
        bench.fill(PURPOSE, "Nur getippt.")
        carrier.type_posts(bench, specialists=1, first=date(2023, 1, 1), last=date(2023, 12, 31))
    expect(bench.page.locator("[data-autosave-state]")).to_contain_text("gespeichert")
    assert GrantApplication.objects.get().purpose == "Nur getippt."
    bench.press("Speichern und zum Antrag")
    bench.sees("Assistenz", within="#stellen")


def test_a_button_pressed_twice_acts_once(draft, desk):
    bench = desk()
    bench.on(AUTUMN)
    bench.become(LEAD, f"{draft.get_absolute_url()}bearbeiten/")
    bench.fill(PURPOSE, "Zweimal gedrückt.")
    bench.press_twice("Speichern und zum Antrag")
    bench.sees("Zweimal gedrückt.", within="main")
    before = Attachment.objects.count()
    bench.begin_attachment("Weiteres", "Anlage.pdf")
    bench.press_twice("Hochladen")
    assert Attachment.objects.count() == before + 1
    bench.press_twice("Zeichnen und zur Mitzeichnung geben")
    bench.sees("wartet auf Mitzeichnung")
    bench.become(SIGNATORY, draft.get_absolute_url())
    bench.press_twice("Mitzeichnen")
    bench.sees("mitgezeichnet")
    bench.press_twice("Einreichen")
    bench.sees("eingereicht")
    assert draft.submissions.count() == 1


def test_who_goes_back_and_sends_something_else_is_heard_as_well(world, draft, desk):
    story.operations.invite_comments(draft, actor=stages.people(world).lead)
    bench = desk()
    bench.on(AUTUMN)
    bench.become("Koordination LaKI", draft.get_absolute_url())
    for text in ("Der Querschnitt fehlt.", "Die Assistenz fehlt."):
        bench.choose("Abschnitt", "Stellen")
        bench.fill("Kommentar", text)
        bench.press("Kommentar senden")
        bench.page.go_back()
    bench.open(draft.get_absolute_url())
    bench.sees("Der Querschnitt fehlt.")
    bench.sees("Die Assistenz fehlt.")


def test_a_carrier_applies_without_javascript(call, desk):
    bench = desk(java_script_enabled=False)
    bench.on(AUTUMN)
    bench.become(LEAD, "/foerderung/")
    bench.press("Antrag beginnen")
    bench.fill(PURPOSE, carrier.PURPOSE)
    carrier.type_posts(bench, specialists=3, first=date(2023, 1, 1), last=date(2023, 12, 31))
    bench.fill("Anteil", "1,5", within=carrier.row(0))
    bench.press("Speichern und zum Antrag")
    bench.sees("Der Anteil muss über 0 liegen und darf höchstens 1 sein.")
    bench.sees_typed(PURPOSE, carrier.PURPOSE)
    bench.fill("Anteil", "1", within=carrier.row(0))
    carrier.type_own_contribution(bench)
    carrier.type_resolutions(bench, date(2022, 7, 5))
    bench.press("Speichern und zum Antrag")
    bench.attach("Integrationskonzept", "Konzept.txt", b"kein PDF")
    bench.sees("Das ist keine PDF-Datei.")
    for kind in ("Integrationskonzept", "Beschluss des Rates oder Kreistags"):
        bench.attach(kind, f"{kind}.pdf")
    bench.press("Zeichnen und zur Mitzeichnung geben")
    page = bench.path
    bench.become(SIGNATORY, page)
    bench.press("Mitzeichnen")
    bench.press("Einreichen")
    bench.sees("Eingereicht.")


def test_a_signatory_signs_with_the_keyboard_alone(world, draft, desk):
    with stages.played_on(AUTUMN) as day:
        story.operations.offer_for_signature(draft, on=day, actor=stages.people(world).lead)
    bench = desk("/anmelden/")
    bench.page.keyboard.press("Tab")
    bench.reach("E-Mail-Adresse")
    bench.page.keyboard.type(f"zeichnung.solingen{MAIL_DOMAIN}")
    bench.reach("Passwort")
    bench.page.keyboard.type(PASSWORD)
    bench.enter()
    bench.reach("Antrag mitzeichnen")
    bench.enter()
    bench.reach("Mitzeichnen")
    bench.enter()
    bench.sees("Mitgezeichnet.")


def sign_in(bench, local_part: str) -> None:
    bench.fill("E-Mail-Adresse", f"{local_part}{MAIL_DOMAIN}")
    bench.fill("Passwort", PASSWORD)
    bench.press("Anmelden")
