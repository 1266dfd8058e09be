"""What the funding documents are made of: one dataclass per letter, plain values only.

Amounts are euros (`Decimal`), days are Berlin days, periods include both ends. A text may hold line breaks; an empty
line begins a paragraph. The operations fill these and hand them to `documents`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from verbund.funding.calculations.base_grant import Computation

UNCONFIRMED_MARKS = frozenset("CDE")


@dataclass(frozen=True)
class Authority:
    """The granting authority as its letterhead shows it."""

    name: str
    """For example "Bezirksregierung Arnsberg"."""
    unit: str
    """Division and its name: "Dezernat 36 – Kompetenzzentrum für Integration"."""
    street: str
    town: str
    """Postcode and town."""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Verification:
    """How anybody may check that the document is unchanged."""

    code: str
    """Grouped for reading: "K7QD-93MX-2HLT"."""
    url: str = ""
    """Full address of the public page with the code; printed and linked if it begins with https:// or http://."""


@dataclass(frozen=True, kw_only=True)
class LetterData:
    """What every letter has. All texts may hold line breaks; an empty line begins a paragraph."""

    authority: Authority
    recipient: tuple[str, ...]
    """Address lines, one to six: name, "Die Oberbürgermeisterin" or department, street, postcode and town."""
    file_reference: str
    """Aktenzeichen."""
    issued_at: datetime
    """The moment of issue (aware); its Berlin day is the date of the letter."""
    handled_by: str
    """Who answers questions, by function: "Sachbearbeitung Dezernat 36"."""
    signed_by: str
    """Whose name or function stands under the letter (§ 37 (3) VwVfG NRW)."""
    verification: Verification | None = None
    stamp: str = ""
    """What is to stand at the head of every page and above the text, so that nobody takes the letter for another."""


@dataclass(frozen=True, kw_only=True)
class ApplicationLetterData(LetterData):
    """What every letter about an application has."""

    recipient_name: str
    """The carrier as legal person: "Stadt Solingen"."""
    centre_name: str
    programme_name: str
    """For example "Grundförderung der Kommunalen Integrationszentren"."""
    applied_on: date
    received_on: date
    """Eingangsdatum at the authority."""


@dataclass(frozen=True)
class NoticeLine:
    """One row of the computation table; the lines must sum to the amount granted (rounding as a line of its own)."""

    item: str
    """What is funded: "Fachkraftstelle 1 (sozialpädagogische Fachkraft)"."""
    formula: str
    """Readable working: "50.000,00 € × 1 Stelle × 1/12"."""
    amount: Decimal
    note: str = ""
    """Small print under the item, such as the source of the rate."""
    unconfirmed: bool = False
    """Prints "nicht bestätigt": the rate's mark is C, D or E."""

    @classmethod
    def all_of(
        cls, computation: Computation, *, granted: Decimal | None = None, reason: str = ""
    ) -> "tuple[NoticeLine, ...]":
        """Return the rows of a computed base grant, with source and mark.

        Where another sum than computed is granted, a last row names the difference in euros and why.
        """
        rows = tuple(
            cls(line.label, line.formula, line.amount, note=line.source, unconfirmed=line.mark in UNCONFIRMED_MARKS)
            for line in computation.lines
        )
        difference = Decimal(0) if granted is None else granted - computation.total
        return (*rows, cls("Abweichung von der Berechnung", reason, difference)) if difference else rows


@dataclass(frozen=True)
class Instalment:
    """One payment; `due_on` None: on request as soon as the notice is final."""

    due_on: date | None
    amount: Decimal


@dataclass(frozen=True)
class YearShare:
    """What of a grant over several budget years belongs to one of them, in euros."""

    year: int
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class NoticeData(ApplicationLetterData):
    """A grant notice (Zuwendungsbescheid); the texts of the rules come from `notice_texts.texts_for`."""

    amount: Decimal
    """Euros granted; raises LinesDoNotAddUp unless the lines sum to it."""
    grant_from: date
    grant_until: date
    carried_out_from: date | None = None
    """Durchführungszeitraum; the grant period if not given."""
    carried_out_until: date | None = None
    legal_basis: tuple[str, ...]
    """Laws and the guideline with its version, one per line."""
    purpose: tuple[str, ...]
    """What the money is for, one paragraph each."""
    financing_type: str
    """FIXED_SUM, FULL_FUNDING or SHARE_FUNDING."""
    lines: tuple[NoticeLine, ...]
    computation_notes: tuple[str, ...] = ()
    """How was counted and rounded, under the table; what "nicht bestätigt" means is added by itself."""
    years: tuple[YearShare, ...] = ()
    """What falls on which budget year, for a grant over several; raises LinesDoNotAddUp unless they sum to `amount`."""
    own_contribution: tuple[str, ...] = ()
    """What the carrier bears itself and what is not eligible: rooms, equipment, running costs."""
    payout_rule: str
    instalments: tuple[Instalment, ...] = ()
    proof_due_on: date
    proof_rule: str
    general_conditions: str
    """That ANBest-G are part of the notice."""
    excluded_numbers: tuple[str, ...] = ()
    """Numbers of ANBest-G that do not apply: "Nummer 1.4 (Auszahlung)"."""
    conditions: tuple[str, ...]
    """Special conditions, numbered in print."""
    passing_on: str
    """Whether and how money may be passed on to third parties."""
    reservations: tuple[str, ...]
    remedy_text: str
    """From `legal_remedy.instruction_for(…).text`."""
    copies_to: tuple[str, ...] = ()
    """Who gets a copy, for example the Landesrechnungshof above 50,000 euros."""


@dataclass(frozen=True, kw_only=True)
class RefusalData(ApplicationLetterData):
    """A refusal (Ablehnungsbescheid)."""

    amount: Decimal
    """Euros applied for."""
    grant_from: date
    grant_until: date
    reasons: tuple[str, ...]
    """One paragraph each; never empty (§ 39 VwVfG NRW)."""
    legal_basis: tuple[str, ...]
    remedy_text: str
    hint: str = ""
    """What the carrier can still do, if anything."""


@dataclass(frozen=True)
class Attachment:
    """A document that came with an application."""

    label: str
    filename: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ReceiptData(LetterData):
    """A receipt (Eingangsbestätigung)."""

    recipient_name: str
    centre_name: str
    programme_name: str
    received_at: datetime
    """When the application arrived (aware); printed with the time in Berlin."""
    grant_from: date
    grant_until: date
    amount: Decimal
    """Euros applied for."""
    attachments: tuple[Attachment, ...] = ()
    deadline_note: str = ""
    """For example that the application came in time, or after the deadline."""


@dataclass(frozen=True)
class ProofRow:
    """One item of a proof of use, in euros; person months for posts."""

    item: str
    granted: Decimal
    spent: Decimal
    recognised: Decimal
    months: Decimal | None = None
    note: str = ""
    """The carrier's explanation, or the reason of a cut."""


@dataclass(frozen=True, kw_only=True)
class ProofReceiptData(ApplicationLetterData):
    """A receipt for a proof of use."""

    kind: str
    """"Verwendungsnachweis" or "Zwischennachweis"."""
    received_at: datetime
    rows: tuple[ProofRow, ...]
    amount_granted: Decimal
    audit_office: str = ""
    audit_confirmed_on: date | None = None
    deadline_note: str = ""


@dataclass(frozen=True, kw_only=True)
class ProofResultData(ApplicationLetterData):
    """The result of the examination of a proof of use."""

    outcome: str
    """ACCEPTED, ACCEPTED_WITH_CUT or REFUSED."""
    received_on_proof: date
    rows: tuple[ProofRow, ...]
    amount_granted: Decimal
    amount_recognised: Decimal
    amount_paid: Decimal
    amount_repaid: Decimal
    """What was paid beyond the recognised amount and comes back."""
    amount_open: Decimal
    """What is granted, recognised and not paid."""
    drawdowns_until: date
    is_over: bool
    """Whether nothing can be called any more."""
    reasons: tuple[str, ...] = ()
    remedy_text: str = ""


@dataclass(frozen=True)
class RequestedItem:
    """One thing that is missing."""

    what: str
    why: str


@dataclass(frozen=True, kw_only=True)
class InformationRequestData(ApplicationLetterData):
    """A request for information (Nachforderung)."""

    items: tuple[RequestedItem, ...]
    due_on: date
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class HearingData(ApplicationLetterData):
    """A hearing (Anhörung, § 28 VwVfG NRW)."""

    text: str
    """What is intended and why; an empty line begins a paragraph."""
    due_on: date
    texts: Mapping[str, str]
    """The standing sentences by code (`letter_texts`)."""


@dataclass(frozen=True, kw_only=True)
class ReclaimNoticeData(ApplicationLetterData):
    """A notice that claims money back (Erstattungsbescheid)."""

    occasion: str
    """Why, in words: "Widerruf"."""
    reasons: tuple[str, ...]
    """One paragraph each; never empty (§ 39 VwVfG NRW)."""
    principal: Decimal
    """Euros to pay back, without interest."""
    interest: Decimal
    """Euros; raises LinesDoNotAddUp unless the lines, less what was settled of it, sum to it."""
    interest_settled: Decimal
    interest_until: date
    lines: tuple[NoticeLine, ...]
    computation_notes: tuple[str, ...]
    waived_reason: str
    """Why no interest is owed if the principal comes back in time; empty: it is owed."""
    runs_on: bool
    """Whether interest goes on until the money is back."""
    payable_until: date
    payment_reference: str
    """As printed: "RF15 E000 0012 3"."""
    remedy_text: str
    texts: Mapping[str, str]
    """The standing sentences by code (`letter_texts`)."""


@dataclass(frozen=True, kw_only=True)
class PaymentReminderData(ApplicationLetterData):
    """A letter about a claim that was not paid in time: a reminder (Zahlungserinnerung), later dunning (Mahnung).

    All euros as of the day of the letter.
    """

    number: int
    """1: the reminder; from 2 on dunning letters."""
    earlier_on: date | None
    """The day of the letter before, None for the first."""
    notice_on: date
    """The day of the notice that claims the money."""
    owed_until: date
    """The day of payment that has passed."""
    paid: Decimal
    """What was settled of the claim and its interest so far."""
    principal: Decimal
    interest: Decimal
    runs_on: bool
    """Whether interest goes on until the money is back."""
    payable_until: date
    payment_reference: str


@dataclass(frozen=True, kw_only=True)
class ChangeNoticeData(ApplicationLetterData):
    """A notice that changes a grant: amendment, rescission or revocation, as a new version."""

    kind: str
    """"AMENDMENT", "RESCISSION" or "REVOCATION"."""
    version: int
    earlier_issued_on: date
    """The day of the version that is changed."""
    amount: Decimal
    """Euros granted in all from now on; raises LinesDoNotAddUp unless the lines sum to it."""
    amount_before: Decimal
    effective_from: date
    reaches_back: bool
    reasons: tuple[str, ...]
    """One paragraph each; never empty (§ 39 VwVfG NRW)."""
    discretion: tuple[str, ...]
    lines: tuple[NoticeLine, ...]
    computation_notes: tuple[str, ...]
    years: tuple[YearShare, ...] = ()
    """As in the first notice."""
    instalments: tuple[Instalment, ...]
    amount_paid: Decimal
    """Euros paid so far, under all versions."""
    remedy_text: str
    texts: Mapping[str, str]
    """The standing sentences by code (`letter_texts`)."""
    copies_to: tuple[str, ...] = ()
    amount_returned: Decimal = Decimal(0)
    """Euros of it that came back."""
