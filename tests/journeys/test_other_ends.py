"""The other ways an application goes: refused with reasons, withdrawn, handed back, read by the coordination unit."""

from datetime import date

import pytest

from tests.journeys import stages
from verbund.core.tests.pdf_text import text_of
from verbund.funding.models import GrantApplication
from verbund.funding.tests import story

LEAD, SIGNATORY, COORDINATOR = "Leitung KI Solingen", "Zeichnung Solingen", "Koordination LaKI"
OFFICER, APPROVER = "Sachbearbeitung KfI 1", "Zweitzeichnung KfI 1"
AUTUMN = date(2022, 10, 12)
REASONS = "Das Integrationskonzept ist älter als drei Jahre. Es wurde trotz Nachforderung nicht erneuert."


@pytest.fixture
def call(world):
    return stages.call_of(world, 2023, opens_on=date(2022, 9, 1), closes_on=date(2022, 10, 31))


def test_an_application_is_refused_with_reasons_that_stand_in_the_notice(world, call, desk):
    with stages.played_on(AUTUMN) as day:
        application = story.reviewed(call, stages.people(world), on=day)
    bench = desk()
    bench.on(AUTUMN)
    bench.become(OFFICER, f"{application.get_absolute_url()}vorschlagen/")
    bench.check("Ablehnung")
    bench.press("Vorschlagen")
    bench.sees("Eine Ablehnung braucht Gründe.")
    bench.inspect("ablehnung-ohne-gruende")
    bench.fill("Gründe, falls abgelehnt wird", REASONS)
    bench.press("Vorschlagen")
    bench.become(APPROVER, f"/foerderung/entscheidungen/{application.decisions.get().pk}/")
    bench.sees(REASONS)
    bench.press("Mitzeichnen und erlassen")
    bench.sees("Ablehnungsbescheid")
    bench.inspect("ablehnungsbescheid")
    notice = bench.path

    bench.become(LEAD, notice)
    bench.sees(REASONS)
    document = text_of(bench.download(r"\.pdf"))
    assert "älter als drei Jahre" in document
    assert "Verwaltungsgericht Düsseldorf" in document
    assert bench.status_of(f"{notice}abrufen/") == 403


def test_a_lead_withdraws_and_can_apply_again(world, call, desk):
    with stages.played_on(AUTUMN) as day:
        application = story.submitted(call, stages.people(world), on=day)
    bench = desk()
    bench.on(AUTUMN)
    bench.become(LEAD, application.get_absolute_url())
    bench.follow("Antrag zurückziehen")
    bench.press("Zurückziehen")
    bench.sees("Bitte füllen Sie dieses Feld aus.")
    bench.fill("Grund", "Wir beantragen mit einer Stelle mehr.")
    bench.inspect("antrag-zurueckziehen")
    bench.press("Zurückziehen")
    bench.sees("zurückgezogen")
    bench.inspect("antrag-zurueckgezogen")
    bench.become(OFFICER, f"{application.get_absolute_url()}pruefung/")
    bench.misses_button("Übernehmen")
    bench.become(LEAD, "/foerderung/")
    bench.press("Antrag beginnen")
    assert GrantApplication.objects.count() == 2


def test_an_application_handed_back_is_changed_signed_by_two_and_submitted_again(world, call, desk):
    with stages.played_on(AUTUMN) as day:
        application = story.reviewed(call, stages.people(world), on=day)
    page = application.get_absolute_url()
    bench = desk()
    bench.on(AUTUMN)
    bench.become(OFFICER, f"{page}pruefung/")
    bench.follow("Zur Überarbeitung zurückgeben")
    bench.fill("Grund", "Bitte die halbe Assistenz mit aufnehmen.")
    bench.inspect("antrag-zurueckgeben")
    bench.press("Zurückgeben")

    bench.become(LEAD, page)
    bench.sees("Bitte die halbe Assistenz mit aufnehmen.")
    bench.sees("Den Antrag überarbeiten und danach neu zeichnen.")
    bench.inspect("antrag-zurueckgegeben")
    bench.open(f"{page}bearbeiten/")
    bench.fill("Wofür die Förderung gebraucht wird", "Jetzt mit halber Assistenz.")
    bench.press("Speichern und zum Antrag")
    bench.press("Zeichnen und zur Mitzeichnung geben")
    bench.become(SIGNATORY, page)
    bench.press("Mitzeichnen")
    bench.become(LEAD, page)
    bench.press("Einreichen")
    bench.sees("Eingereicht.")
    submissions = application.submissions.all()
    assert [sent.number for sent in submissions] == [1, 2]
    assert submissions[0].content["purpose"] != submissions[1].content["purpose"]


def test_the_coordination_unit_comments_on_a_draft_when_asked_and_decides_nothing(world, call, desk):
    with stages.played_on(AUTUMN) as day:
        application = story.drafted(call, stages.people(world), on=day)
    page = application.get_absolute_url()
    bench = desk()
    bench.on(AUTUMN)
    bench.become(COORDINATOR)
    assert bench.status_of(page) == 404

    bench.become(LEAD, page)
    bench.press("Koordinierungsstelle um Kommentare bitten")
    bench.become(COORDINATOR, "/aufgaben/")
    bench.inspect("aufgaben-koordinierung")
    bench.open(page)
    bench.choose("Abschnitt", "Stellen")
    bench.fill("Kommentar", "Eine Stelle sollte den Querschnitt betreuen.")
    bench.inspect("antrag-kommentieren")
    bench.press("Kommentar senden")
    for label in ("Zeichnen und zur Mitzeichnung geben", "Mitzeichnen", "Einreichen", "Entfernen"):
        bench.misses_button(label)
    forged = {act: bench.forge(f"{page}{act}/") for act in ("zeichnen", "mitzeichnen", "einreichen", "zurueckziehen")}
    assert set(forged.values()) == {403}
    assert bench.status_of(f"{page}bearbeiten/") == 403
    assert bench.status_of(f"{page}pruefung/") == 403

    bench.become(LEAD, page)
    bench.sees("Eine Stelle sollte den Querschnitt betreuen.")
    bench.inspect("antrag-kommentiert")
    bench.press("Erledigt")
    bench.become(OFFICER)
    assert bench.status_of(page) == 404
