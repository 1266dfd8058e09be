"""The main job: Solingen's grant of 2012, from the budget title to the payment, each person at the screen."""

from datetime import date
from decimal import Decimal

import pytest

from tests.journeys import carrier
from verbund.core.tests.pdf_text import text_of
from verbund.funding.models import BudgetTitle, GrantApplication, GrantNotice

pytestmark = pytest.mark.postgres

LEAD, SIGNATORY = "Leitung KI Solingen", "Zeichnung Solingen"
TREASURY, SECOND_TREASURY = "Kämmerei Solingen", "Kämmerei Solingen 2"
OFFICER, APPROVER, CASHIER = "Sachbearbeitung KfI 1", "Zweitzeichnung KfI 1", "Kasse KfI 1"
FILE_NUMBER = "36-KI.BASE-2012-05122"


def test_solingen_receives_14_167_euros_for_december_2012(desk):
    bench = desk()
    bench.on(date(2012, 7, 2))
    open_the_year(bench)
    bench.on(date(2012, 11, 15))
    write_the_application(bench)
    sign_and_submit(bench)
    ask_and_answer(bench)
    check_and_propose(bench)
    bench.on(date(2012, 12, 10))
    sign_and_notify(bench)
    confirm_an_account(bench)
    call_the_money(bench)
    pay(bench)
    check_what_was_booked(bench)


def open_the_year(bench):
    """The authority enters the title of 9.83 million and opens the programme year."""
    bench.become(APPROVER, "/foerderung/titel/")
    bench.follow("Titel anlegen")
    bench.fill("Kapitel", "07 080")
    bench.fill("Titel", "633 10")
    bench.fill("Haushaltsjahr", "2012")
    bench.fill("Zweckbestimmung", "Kommunale Integrationszentren")
    bench.fill("Ansatz", "9.830.000,00")
    bench.fill("Quelle", "Presseerklärung der Landesregierung 2012")
    bench.keep("titel-anlegen")
    bench.press("Anlegen")
    bench.become(OFFICER, "/foerderung/aufrufe/neu/")
    bench.choose("Programm", "Grundförderung Kommunaler Integrationszentren")
    bench.fill("Haushaltsjahr", "2012")
    bench.choose_starting("Richtlinie", "Richtlinie für die Förderung Kommunaler Integrationszentren vom 25. Juni 2012")
    bench.choose("Haushaltstitel", "07 080 633 10 (2012)")
    for label, day in (
        ("Bewilligungszeitraum von", "2012-01-01"),
        ("Bewilligungszeitraum bis", "2012-12-31"),
        ("Anträge ab", "2012-07-01"),
        ("Mittelabrufe bis", "2012-12-31"),
    ):
        bench.fill(label, day)
    bench.inspect("programmjahr-vorbereiten")
    bench.press("Vorbereiten")
    bench.press("Öffnen")
    bench.sees("geöffnet")


def write_the_application(bench):
    """The lead types the application; an incomplete one says what is missing; the sum is computed."""
    bench.become(LEAD, "/foerderung/")
    bench.inspect("foerderung-leitung")
    bench.press("Antrag beginnen")
    bench.fill("Wofür die Förderung gebraucht wird", carrier.PURPOSE)
    carrier.type_posts(bench, specialists=3, first=date(2012, 12, 1), last=date(2012, 12, 31))
    carrier.type_own_contribution(bench)
    carrier.type_resolutions(bench, date(2012, 7, 5))
    bench.inspect("antrag-bearbeiten")
    bench.press("Speichern und zum Antrag")
    bench.sees("Es fehlt die Anlage „Integrationskonzept“.")
    bench.misses_button("Zeichnen und zur Mitzeichnung geben")
    bench.inspect("antrag-unvollstaendig")
    bench.jump("Zu den Anlagen")
    for kind in (
        "Integrationskonzept",
        "Beschluss des Rates oder Kreistags",
        "Bericht zur Lage vor Ort",
        "Arbeitsplan",
    ):
        bench.attach(kind, f"{kind}.pdf")
    bench.sees("14.167,00 €", within="#berechnung")


def sign_and_submit(bench):
    """Nobody signs twice: only a second person countersigns. The receipt comes at once."""
    application = bench.path.removesuffix("#anlagen")
    bench.become(SIGNATORY, application)
    bench.press("Zeichnen und zur Mitzeichnung geben")
    bench.sees("Mitzeichnen kann nur eine zweite Person.")
    bench.misses_button("Mitzeichnen")
    assert bench.forge(f"{application}mitzeichnen/") == 422
    bench.press("Wieder bearbeiten (Unterschriften verfallen)")
    bench.become(LEAD, application)
    bench.press("Zeichnen und zur Mitzeichnung geben")
    bench.misses_button("Mitzeichnen")
    assert bench.forge(f"{application}mitzeichnen/") == 403
    bench.become(SIGNATORY, "/aufgaben/")
    bench.keep("aufgaben-zeichnung")
    bench.open(application)
    bench.keep("antrag-mitzeichnen")
    bench.press("Mitzeichnen")
    bench.become(LEAD, application)
    bench.press("Einreichen")
    bench.sees("Eingereicht.")
    bench.keep("antrag-eingereicht")
    receipt = bench.download("Eingangsbestätigung vom")
    assert receipt.startswith(b"%PDF")
    assert FILE_NUMBER in text_of(receipt)


def ask_and_answer(bench):
    """The officer declares to be free of conflicts, takes over and asks; the centre answers in time."""
    application = the_application().get_absolute_url()
    bench.become(OFFICER, "/aufgaben/")
    bench.keep("aufgaben-sachbearbeitung")
    bench.open(f"{application}pruefung/")
    bench.keep("pruefung-befangenheit")
    bench.check("Nein, ich bin unbefangen")
    bench.press("Erklären")
    bench.press("Übernehmen")
    bench.follow("Nachforderung stellen")
    bench.fill("Was fehlt oder unklar ist", "Welche der drei Fachkräfte leitet das Zentrum?")
    bench.fill("Antwort bis", "2012-11-24")
    bench.inspect("nachforderung-stellen")
    bench.press("Nachforderung senden")
    bench.become(LEAD, application)
    bench.sees("bis 26.11.2012")  # the 24th is a Saturday
    bench.inspect("antrag-nachforderung")
    assert bench.download("Schreiben").startswith(b"%PDF")
    bench.follow("Beantworten")
    bench.fill("Ihre Antwort", "Fachkraft 1 leitet das Zentrum.")
    bench.keep("nachforderung-beantworten")
    bench.press("Antwort senden")
    bench.sees("in Prüfung")


def check_and_propose(bench):
    """The officer finishes the checklist and proposes the computed sum, and cannot sign it."""
    application = the_application().get_absolute_url()
    bench.become(OFFICER, f"{application}pruefung/")
    bench.check_all("erfüllt", within="#pruefliste")
    bench.press("Prüfliste speichern")
    bench.inspect("pruefung-fertig")
    bench.follow("Entscheidung vorschlagen")
    bench.sees_typed("Betrag", "14.167,00")
    bench.inspect("entscheidung-vorschlagen")
    bench.press("Vorschlagen")
    bench.follow("Zum Entscheidungsvorschlag")
    bench.sees("Mitzeichnen kann nur eine zweite Person")
    bench.inspect("entscheidung-eigene")
    decision = bench.path
    assert bench.forge(f"{decision}mitzeichnen/", issued_on="2012-12-10") == 403


def sign_and_notify(bench):
    """The approver signs, the notice is issued and handed over, the carrier waives the remedy."""
    decision = f"/foerderung/entscheidungen/{the_application().decisions.get().pk}/"
    bench.become(APPROVER, decision)
    bench.check("Nein, ich bin unbefangen")
    bench.press("Erklären")
    bench.open(decision)
    bench.sees_typed("Datum des Bescheids", "2012-12-10")
    bench.keep("entscheidung-zeichnen")
    bench.press("Mitzeichnen und erlassen")
    bench.sees("Zuwendungsbescheid")
    notice = bench.path
    bench.inspect("bescheid-erlassen")
    document = bench.download(r"\.pdf")
    assert document.startswith(b"%PDF")
    assert all(words in text_of(document) for words in (FILE_NUMBER, "14.167,00 €"))
    bench.check("persönlich übergeben")
    bench.press("Bekanntgabe festhalten")
    bench.become(SIGNATORY, notice)
    bench.keep("bescheid-verzicht")
    bench.press("Auf Rechtsbehelfe verzichten")
    bench.sees("bestandskräftig seit 10.12.2012")


def confirm_an_account(bench):
    """The treasury enters the account; the same person cannot confirm it, a second one can."""
    bench.become(TREASURY, "/foerderung/konten/")
    bench.follow("Konto hinterlegen")
    bench.fill("IBAN", "DE89370400440532013001")
    bench.press("Hinterlegen")
    bench.sees("Diese IBAN stimmt nicht.")
    bench.sees_typed("IBAN", "DE89370400440532013001")
    bench.inspect("konto-falsch")
    bench.fill("IBAN", "DE89 3704 0044 0532 0130 00")
    bench.press("Hinterlegen")
    bench.sees("Bestätigen kann nur eine zweite Person.")
    bench.misses_button("Bestätigen")
    bench.inspect("konten")
    bench.become(SECOND_TREASURY, "/foerderung/konten/")
    bench.press("Bestätigen")
    bench.sees("bestätigt")


def call_the_money(bench):
    """More than was granted cannot be called; what is due can."""
    notice = GrantNotice.objects.get()
    bench.become(TREASURY, notice.get_absolute_url())
    bench.follow("Mittel abrufen")
    bench.fill("Betrag", "15.000,00")
    bench.press("Abrufen")
    bench.sees("Von der Zuwendung sind noch 14.167,00 € offen; 15.000,00 € sind 833,00 € zu viel.")
    bench.sees_typed("Betrag", "15.000,00")
    bench.inspect("abruf-zu-viel")
    bench.fill("Betrag", "14.167,00")
    bench.press("Abrufen")
    bench.sees("Abgerufen.")


def pay(bench):
    """One person verifies, another orders, the cash office pays."""
    notice = GrantNotice.objects.get()
    drawdown = f"/foerderung/abrufe/{notice.drawdowns.get().pk}/"
    bench.become(OFFICER, notice.get_absolute_url())
    bench.keep("bescheid-feststellen")
    bench.press("Feststellen")
    bench.misses_button("Anordnen")
    assert bench.forge(f"{drawdown}anordnen/") == 403
    bench.become(APPROVER, notice.get_absolute_url())
    bench.press("Anordnen")
    bench.become(CASHIER, "/aufgaben/")
    bench.keep("aufgaben-kasse")
    bench.open(notice.get_absolute_url())
    bench.follow("Auszahlung festhalten")
    bench.fill("ausgezahlt am", "2012-12-10")
    bench.fill("Kassenzeichen", "K-2012-4711")
    bench.inspect("auszahlung")
    bench.press("Festhalten")
    bench.sees("Die Auszahlung ist gebucht.")
    bench.sees("Alles ist erledigt.")
    bench.inspect("bescheid-ausgezahlt")


def check_what_was_booked(bench):
    """The title shows the payment; anybody can check the notice by its code."""
    title, notice = BudgetTitle.objects.get(), GrantNotice.objects.get()
    assert (title.amount_committed, title.amount_paid) == (Decimal("14167.00"), Decimal("14167.00"))
    bench.become(APPROVER, f"/foerderung/titel/{title.pk}/")
    bench.sees("davon ausgezahlt 14.167,00 €")
    bench.inspect("titel")
    visitor = bench.another("/foerderung/pruefen/")
    visitor.fill("Prüfcode", notice.verification_code.lower())
    visitor.press("Prüfen")
    visitor.sees("Der Bescheid ist echt und unverändert.")
    visitor.sees("erlassen am 10.12.2012")
    visitor.inspect("bescheid-echt")


def the_application() -> GrantApplication:
    return GrantApplication.objects.get()
