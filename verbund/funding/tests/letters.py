"""Sample letters for the tests: Solingen 2012, a Kreis 2023, a refusal, a receipt, a request for information."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from verbund.funding.document_data import (
    Attachment,
    Authority,
    InformationRequestData,
    Instalment,
    NoticeData,
    NoticeLine,
    ReceiptData,
    RefusalData,
    RequestedItem,
    Verification,
)
from verbund.funding.notice_wording import wording_for

AUTHORITY = Authority(
    name="Bezirksregierung Arnsberg",
    unit="Dezernat 36 – Kompetenzzentrum für Integration",
    street="Seibertzstraße 1",
    town="59821 Arnsberg",
)
REMEDY = (
    "Gegen diesen Bescheid können Sie innerhalb eines Monats nach seiner Bekanntgabe Klage erheben. Die Klage ist beim"
    " Verwaltungsgericht Düsseldorf, Bastionstraße 39, 40213 Düsseldorf, zu erheben."
)
PROGRAMME = "Grundförderung der Kommunalen Integrationszentren"
SOLINGEN = {
    "authority": AUTHORITY,
    "recipient": ("Stadt Solingen", "Stadtdienst Integration", "Rathausplatz 1", "42651 Solingen"),
    "file_reference": "36.03.01-2012-05122",
    "handled_by": "Sachbearbeitung Dezernat 36",
    "signed_by": "Genehmigung Dezernat 36",
    "verification": Verification("K7QD-93MX-2HLT", "https://verbund.example/pruefen/K7QD-93MX-2HLT/"),
    "programme_name": PROGRAMME,
    "recipient_name": "Stadt Solingen",
    "centre_name": "Kommunales Integrationszentrum Solingen",
}
DECEMBER_3 = datetime(2012, 12, 3, 9, 30, tzinfo=UTC)


def solingen_2012(**changes) -> NoticeData:
    """The notice of December 2012: 170,000 euros a year, one month of it in whole euros."""
    wording = wording_for("KI_BASE", 2012)
    source = "Gem. RdErl. vom 25.06.2012; Aufteilung abgeleitet"
    notice = NoticeData(
        **SOLINGEN,
        issued_at=DECEMBER_3,
        applied_on=date(2012, 11, 12),
        received_on=date(2012, 11, 14),
        amount=Decimal("14167.00"),
        grant_from=date(2012, 12, 1),
        grant_until=date(2012, 12, 31),
        legal_basis=wording.legal_basis,
        purpose=wording.purpose,
        financing_type="FIXED_SUM",
        lines=(
            NoticeLine("3 Fachkraftstellen", "3 × 50.000,00\u202f€ × 1/12", Decimal("12500.00"), source, True),
            NoticeLine("½ Assistenzstelle", "20.000,00\u202f€ × 1/12", Decimal("1666.67"), source, True),
            NoticeLine("Rundung", "auf volle Euro, ab 0,50\u202f€ aufwärts", Decimal("0.33")),
        ),
        computation_notes=("Gezählt wird nach Monaten; gerundet wird einmal am Ende auf volle Euro.",),
        own_contribution=wording.own_contribution,
        payout_rule=wording.payout_rule,
        instalments=(Instalment(None, Decimal("14167.00")),),
        proof_due_on=date(2013, 4, 2),
        proof_rule=wording.proof_rule,
        general_conditions=wording.general_conditions,
        excluded_numbers=wording.excluded_numbers,
        conditions=wording.conditions_for(with_language_pool=False),
        passing_on=wording.passing_on,
        reservations=wording.reservations,
        remedy_text=REMEDY,
    )
    return replace(notice, **changes)


def kreis_2023(**changes) -> NoticeData:
    """A Kreis with full staff and language pool in 2023: 364,500 + 50,000 euros in two instalments."""
    wording = wording_for("KI_BASE", 2023)
    posts = tuple(
        NoticeLine(f"Fachkraftstelle {number}", "57.000,00\u202f€ × 1 × 12/12", Decimal("57000.00"), "Nr. 5.4.1 der Richtlinie")
        for number in range(1, 7)
    )
    notice = replace(
        solingen_2012(),
        recipient=("Kreis Unna", "Fachbereich Zuwanderung und Integration", "Friedrich-Ebert-Straße 17", "59425 Unna"),
        recipient_name="Kreis Unna",
        centre_name="Kommunales Integrationszentrum Kreis Unna",
        file_reference="36.03.01-2023-05978",
        issued_at=datetime(2023, 4, 27, 8, 0, tzinfo=UTC),
        applied_on=date(2023, 4, 11),
        received_on=date(2023, 4, 12),
        amount=Decimal("364500.00"),
        grant_from=date(2023, 1, 1),
        grant_until=date(2023, 12, 31),
        legal_basis=wording.legal_basis,
        financing_type="FULL_FUNDING",
        lines=(*posts, NoticeLine("½ Assistenzstelle", "22.500,00\u202f€ × 12/12", Decimal("22500.00"), "Nr. 5.4.1 der Richtlinie")),
        payout_rule=wording.payout_rule,
        instalments=(
            Instalment(date(2023, 5, 2), Decimal("182250.00")),
            Instalment(date(2023, 10, 2), Decimal("182250.00")),
        ),
        proof_due_on=date(2024, 4, 2),
        proof_rule=wording.proof_rule,
        excluded_numbers=wording.excluded_numbers,
        conditions=wording.conditions_for(with_language_pool=False),
        remedy_text=REMEDY.replace("Düsseldorf, Bastionstraße 39, 40213 Düsseldorf", "Gelsenkirchen, Bahnhofsvorplatz 3, 45879 Gelsenkirchen"),
        copies_to=("Landesrechnungshof Nordrhein-Westfalen",),
    )
    return replace(notice, **changes)


def refusal(**changes) -> RefusalData:
    """A refusal because the concept is missing."""
    letter = RefusalData(
        **SOLINGEN,
        issued_at=DECEMBER_3,
        applied_on=date(2012, 11, 12),
        received_on=date(2012, 11, 14),
        amount=Decimal("170000.00"),
        grant_from=date(2013, 1, 1),
        grant_until=date(2013, 12, 31),
        reasons=(
            "Die Förderung setzt ein Integrationskonzept voraus, das der Rat beschlossen hat. Ihrem Antrag lag kein Konzept bei. "
            "Ich habe Sie mit Schreiben vom 20. November 2012 gebeten, es bis zum 30. November 2012 nachzureichen.",
            "Eine Antwort habe ich nicht erhalten. Ohne das Konzept kann ich nicht feststellen, dass die Voraussetzungen"
            " der Förderung vorliegen.",
        ),
        legal_basis=wording_for("KI_BASE", 2013).legal_basis,
        remedy_text=REMEDY,
        hint="Sie können einen neuen Antrag stellen, sobald das Konzept beschlossen ist.",
    )
    return replace(letter, **changes)


def receipt(**changes) -> ReceiptData:
    """A receipt for an application with two documents."""
    letter = ReceiptData(
        **SOLINGEN,
        issued_at=datetime(2012, 11, 14, 10, 5, tzinfo=UTC),
        received_at=datetime(2012, 11, 14, 10, 4, tzinfo=UTC),
        grant_from=date(2012, 12, 1),
        grant_until=date(2012, 12, 31),
        amount=Decimal("14167.00"),
        attachments=(
            Attachment("Integrationskonzept", "Integrationskonzept_Solingen.pdf", "3f5a" * 16),
            Attachment("Beschluss des Rates", "Ratsbeschluss_2012-07-05.pdf", "91cc" * 16),
        ),
        deadline_note="Der Antrag ist rechtzeitig eingegangen.",
    )
    return replace(letter, **changes)


def information_request(**changes) -> InformationRequestData:
    """A request for two missing things."""
    letter = InformationRequestData(
        **SOLINGEN,
        issued_at=datetime(2012, 11, 20, 9, 0, tzinfo=UTC),
        applied_on=date(2012, 11, 12),
        received_on=date(2012, 11, 14),
        items=(
            RequestedItem("Beschluss des Rates", "Bitte legen Sie den Beschluss vom 5. Juli 2012 im Wortlaut vor."),
            RequestedItem("Qualifikation der Fachkraft 2", "Es fehlt der Nachweis eines Studienabschlusses."),
        ),
        due_on=date(2012, 11, 30),
    )
    return replace(letter, **changes)
