"""Sample letters for the tests: Solingen 2012, a Kreis 2023, a refusal, a receipt, a request for information."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from verbund.funding import documents
from verbund.funding.calculations import Period, PostRow, base_grant
from verbund.funding.calculations.base_grant import Computation
from verbund.funding.calculations.interest import interest_on
from verbund.funding.document_data import (
    Attachment,
    Authority,
    ChangeNoticeData,
    HearingData,
    InformationRequestData,
    Instalment,
    NoticeData,
    NoticeLine,
    PaymentReminderData,
    ProofReceiptData,
    ProofResultData,
    ProofRow,
    ReceiptData,
    ReclaimNoticeData,
    RefusalData,
    RequestedItem,
    Verification,
)
from verbund.funding.letter_texts import REFERENCE_FILE
from verbund.funding.notice_texts import NoticeTexts, shipped
from verbund.programmes.shipped import dated_rows, shipped_rules

AUTHORITY = Authority(
    name="Bezirksregierung Arnsberg",
    unit="Dezernat 36 – Kompetenzzentrum für Integration",
    street="Seibertzstraße 1",
    town="59821 Arnsberg",
)
REMEDY = (
    "Gegen diesen Bescheid können Sie innerhalb eines Monats nach seiner Bekanntgabe Klage erheben. Die Klage ist beim"
    " Verwaltungsgericht {}, zu erheben."
)
MONTHS_IN_WHOLE_EUROS = "Gezählt wird nach Monaten; gerundet wird einmal am Ende auf volle Euro."
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
YEAR_2023 = (Period(date(2023, 1, 1), date(2023, 12, 31)),)
DECEMBER_3 = datetime(2012, 12, 3, 9, 30, tzinfo=UTC)


def texts_of_year(year: int) -> NoticeTexts:
    """Return the shipped texts for grant periods that begin with a year."""
    day = f"{year}-01-01"
    rows = [row for row in shipped() if row["valid_from"] <= day <= (row["valid_until"] or day)]
    return NoticeTexts({row["passage"]: row["text"] for row in rows})


def solingen_2012(**changes) -> NoticeData:
    """The notice of December 2012: 170,000 euros a year, one month of it in whole euros."""
    december = (Period(date(2012, 12, 1), date(2012, 12, 31)),)
    computation = computed(2012, "CITY", december, specialists=3)
    notice = NoticeData(
        **SOLINGEN,
        **texts_of_year(2012).fields(with_language_pool=False),
        issued_at=DECEMBER_3,
        applied_on=date(2012, 11, 12),
        received_on=date(2012, 11, 14),
        amount=Decimal("14167.00"),
        grant_from=date(2012, 12, 1),
        grant_until=date(2012, 12, 31),
        financing_type="FIXED_SUM",
        lines=NoticeLine.all_of(computation, granted=Decimal("14167.00")),
        computation_notes=(MONTHS_IN_WHOLE_EUROS,),
        instalments=(Instalment(None, Decimal("14167.00")),),
        proof_due_on=date(2013, 4, 2),
        remedy_text=REMEDY.format("Düsseldorf, Bastionstraße 39, 40213 Düsseldorf"),
    )
    return replace(notice, **changes)


def kreis_2023(**changes) -> NoticeData:
    """A Kreis with full staff in 2023: 364,500 euros in two instalments."""
    computation = computed(2023, "COUNTY", YEAR_2023, specialists=6)
    notice = replace(
        solingen_2012(),
        **texts_of_year(2023).fields(with_language_pool=False),
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
        financing_type="FULL_FUNDING",
        lines=NoticeLine.all_of(computation, granted=Decimal("364500.00")),
        instalments=(
            Instalment(date(2023, 5, 2), Decimal("182250.00")),
            Instalment(date(2023, 10, 2), Decimal("182250.00")),
        ),
        proof_due_on=date(2024, 4, 2),
        remedy_text=REMEDY.format("Gelsenkirchen, Bahnhofsvorplatz 3, 45879 Gelsenkirchen"),
        copies_to=("Landesrechnungshof Nordrhein-Westfalen",),
    )
    return replace(notice, **changes)


def computed(year: int, carrier_kind: str, period: tuple[Period, ...], *, specialists: int) -> Computation:
    """Return the base grant of so many specialists and half an assistant post, all occupied in the period."""
    posts = [PostRow("SPECIALIST", Fraction(1), period) for _post in range(specialists)]
    posts.append(PostRow("ASSISTANT", Fraction(1, 2), period))
    return base_grant(shipped_rules("KI_BASE", year), year=year, carrier_kind=carrier_kind, posts=posts)


def change_notice(**changes) -> ChangeNoticeData:
    """The second version of the notice of 2023: one specialist less, effective in October."""
    before = kreis_2023()
    computation = computed(2023, "COUNTY", YEAR_2023, specialists=5)
    shared = {name: getattr(before, name) for name in ChangeNoticeData.__dataclass_fields__ if hasattr(before, name)}
    notice = ChangeNoticeData(
        **shared
        | {
            "issued_at": datetime(2023, 10, 4, 8, 0, tzinfo=UTC),
            "kind": "AMENDMENT",
            "version": 2,
            "earlier_issued_on": date(2023, 4, 27),
            "amount": Decimal("307500.00"),
            "amount_before": before.amount,
            "effective_from": date(2023, 10, 1),
            "reaches_back": False,
            "reasons": ("Eine Stelle ist seit dem 1. Oktober 2023 nicht besetzt.",),
            "discretion": (),
            "lines": NoticeLine.all_of(computation, granted=Decimal("307500.00")),
            "instalments": (Instalment(date(2023, 10, 4), Decimal("125250.00")),),
            "amount_paid": Decimal("182250.00"),
            "texts": texts("CHANGE"),
        }
    )
    return replace(notice, **changes)


def hearing(**changes) -> HearingData:
    """A hearing before a revocation."""
    about = {name: value for name, value in SOLINGEN.items() if name != "verification"}
    letter = HearingData(
        **about,
        issued_at=datetime(2023, 10, 4, 8, 0, tzinfo=UTC),
        applied_on=date(2023, 4, 11),
        received_on=date(2023, 4, 12),
        text="Ich beabsichtige, den Bescheid zum Teil zu widerrufen.",
        due_on=date(2023, 11, 3),
        texts=texts("HEARING"),
    )
    return replace(letter, **changes)


def texts(letter: str) -> dict[str, str]:
    """Return the shipped standing sentences of a letter."""
    shipped = json.loads(REFERENCE_FILE.read_text(encoding="utf-8"))["texts"]
    return {row["passage"]: row["text"] for row in shipped if row["passage"].startswith(f"{letter}_")}


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
            "Die Förderung setzt ein vom Rat beschlossenes Integrationskonzept voraus. Dem Antrag lag es nicht bei.",
            "Ich habe Sie am 20. November 2012 gebeten, das Konzept nachzureichen, und keine Antwort erhalten.",
        ),
        legal_basis=texts_of_year(2013).legal_basis,
        remedy_text=REMEDY.format("Düsseldorf, Bastionstraße 39, 40213 Düsseldorf"),
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


SOLINGEN_2023 = SOLINGEN | {"applied_on": date(2022, 10, 20), "received_on": date(2022, 10, 24)}
PROOF_ROWS = (
    ProofRow("Fachkraft 1", Decimal(57000), Decimal(45000), Decimal(42750), Decimal(9), "Von Januar bis März vakant."),
    ProofRow("Assistenz", Decimal(22500), Decimal("23110.40"), Decimal(22500), Decimal(6)),
)
APRIL_15 = datetime(2024, 4, 15, 10, 0, tzinfo=UTC)


def receipt_pdf(letter: ReceiptData) -> bytes:
    """Typeset a receipt as it is after a submission: from what was kept of it."""
    return documents.typeset(json.loads(json.dumps(documents.receipt_text(letter))))


def proof_receipt(**changes) -> ProofReceiptData:
    """The receipt for a proof with a vacancy."""
    receipt = ProofReceiptData(
        **SOLINGEN_2023,
        issued_at=APRIL_15,
        kind="Verwendungsnachweis",
        received_at=APRIL_15,
        rows=PROOF_ROWS,
        amount_granted=Decimal(79500),
        audit_office="Rechnungsprüfungsamt",
        audit_confirmed_on=date(2024, 3, 1),
        deadline_note="Der Nachweis ging nach der Frist ein.",
    )
    return replace(receipt, **changes)


def proof_result(**changes) -> ProofResultData:
    """A proof accepted with a cut, of a grant that was paid in full."""
    result = ProofResultData(
        **SOLINGEN_2023,
        issued_at=APRIL_15,
        outcome="ACCEPTED_WITH_CUT",
        received_on_proof=date(2024, 3, 4),
        rows=PROOF_ROWS,
        amount_granted=Decimal(79500),
        amount_recognised=Decimal(65250),
        amount_paid=Decimal(79500),
        amount_repaid=Decimal(14250),
        amount_open=Decimal(0),
        drawdowns_until=date(2023, 12, 31),
        is_over=True,
        reasons=("Die Stelle war drei Monate unbesetzt.",),
        remedy_text=REMEDY.format("Düsseldorf, Bastionstraße 39, 40213 Düsseldorf"),
    )
    return replace(result, **changes)


def reclaim_notice(**changes) -> ReclaimNoticeData:
    """A claim of 12,000 euros of which 1,000 were paid before: interest over changes of base rate and surcharge."""
    rows, last = dated_rows(), date(2024, 5, 15)
    surcharges = rows.interest_rules_on(last).surcharges
    found = interest_on(Decimal(12000), date(2023, 5, 3), last, rows.all_base_rates(), surcharges)
    data = ReclaimNoticeData(
        **SOLINGEN,
        issued_at=datetime(2024, 5, 15, 9, 30, tzinfo=UTC),
        applied_on=date(2022, 10, 28),
        received_on=date(2022, 10, 28),
        occasion="Kürzung beim Verwendungsnachweis",
        reasons=("Ausgaben in dieser Höhe sind im Verwendungsnachweis nicht belegt.",),
        principal=Decimal(12000),
        interest=found.total - Decimal(50),
        interest_settled=Decimal(50),
        interest_until=last,
        lines=tuple(
            NoticeLine(line.label, line.formula, line.amount, note=line.source, unconfirmed=line.mark in "CDE")
            for line in found.lines
        ),
        computation_notes=("Gezählt werden Kalendertage; das Jahr hat 365 Tage.",),
        waived_reason="",
        runs_on=True,
        payable_until=date(2024, 6, 14),
        payment_reference="RF15 E000 0012 3",
        texts=texts("RECLAIM"),
        remedy_text=REMEDY.format("Düsseldorf, Bastionstraße 39, 40213 Düsseldorf"),
    )
    return replace(data, **changes)


def payment_reminder(**changes) -> PaymentReminderData:
    """A reminder of a claim of which a part was paid."""
    data = PaymentReminderData(
        **SOLINGEN,
        issued_at=datetime(2024, 7, 2, 8, 0, tzinfo=UTC),
        applied_on=date(2022, 10, 28),
        received_on=date(2022, 10, 28),
        number=1,
        earlier_on=None,
        notice_on=date(2024, 5, 15),
        owed_until=date(2024, 6, 14),
        paid=Decimal(7000),
        principal=Decimal("5862.42"),
        interest=Decimal("23.11"),
        runs_on=True,
        payable_until=date(2024, 7, 16),
        payment_reference="RF15 E000 0012 3",
    )
    return replace(data, **changes)
