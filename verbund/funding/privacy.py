"""Personal data in funding: who prepared, signed, checked, decided and paid. It names no clients."""

from django.utils.translation import gettext_lazy as _

from verbund.core.privacy import declare, holds_no_personal_data
from verbund.funding import file_contents
from verbund.funding.models import (
    AdministrativeCourt,
    Attachment,
    Attribution,
    AuditMandate,
    BudgetEntry,
    BudgetTitle,
    BulkItem,
    BulkRun,
    Call,
    CallYear,
    CentreWindow,
    ChangeRequest,
    ChecklistAnswer,
    ConflictDeclaration,
    CourtAddress,
    CourtDistrict,
    CourtOfAuditCopy,
    Decision,
    Disbursement,
    DraftComment,
    Drawdown,
    GrantApplication,
    GrantedPost,
    GrantNotice,
    Hearing,
    InformationRequest,
    Instalment,
    LegalHold,
    LegalRemedyText,
    LetterText,
    NoticeText,
    NoticeYear,
    Offset,
    PaymentLine,
    PaymentList,
    PaymentListDownload,
    PlannedExtra,
    PlannedPost,
    PostalPresumption,
    ProofDecision,
    ProofLine,
    ProofOfUse,
    ProofSubmission,
    PublicationRule,
    Receipt,
    ReceiptFile,
    RecipientAccount,
    Reclaim,
    ReclaimEntry,
    ReclaimNotice,
    ReclaimRelief,
    ReclaimReminder,
    Refund,
    ReminderRule,
    RetentionItem,
    RetentionRule,
    RetentionRun,
    SampledProof,
    SampleDraw,
    Submission,
    UseOfFunds,
)

BASIS = _(
    "Art. 6 Abs. 1 Buchst. e DSGVO, § 3 DSG NRW; für Beschäftigte § 18 DSG NRW; "
    "Vier-Augen-Prinzip, KorruptionsbG NRW § 11"
)
BOTH_SIDES = _("der Träger und sein Zentrum, die Bewilligungsbehörde; Rechnungsprüfung auf Anforderung")
AUTHORITY = _("die Bewilligungsbehörde; Rechnungsprüfung auf Anforderung")
RETENTION = _(
    "so lange wie die Förderakte: mindestens fünf Jahre nach dem Verwendungsnachweis (ANBest-G Nr. 7.5); "
    "die Frist der Bewilligungsbehörde legt der Betrieb fest; danach Anbietung an das Archiv"
)
BY_RUN = _("ein Löschlauf, den zwei Personen der Bewilligungsbehörde verantworten")

WHO = {
    "created_by": _("wer angelegt hat"),
    "saved_by": _("wer zuletzt gespeichert hat"),
    "offered_by": _("wer zuerst gezeichnet hat"),
    "offered_for": _("für wen zuerst gezeichnet wurde"),
    "signed_by": _("wer mitgezeichnet hat"),
    "signed_for": _("für wen mitgezeichnet wurde"),
    "officer": _("wer bearbeitet"),
    "added_by": _("wer hinzugefügt hat"),
    "submitted_by": _("wer eingereicht hat"),
    "submitted_for": _("für wen eingereicht wurde"),
    "answered_by": _("wer geantwortet hat"),
    "answered_for": _("für wen geantwortet wurde"),
    "requested_by": _("wer angefordert hat"),
    "requested_for": _("für wen angefordert wurde"),
    "proposed_by": _("wer vorgeschlagen hat"),
    "proposed_for": _("für wen vorgeschlagen wurde"),
    "confirmed_by": _("wer bestätigt hat"),
    "confirmed_for": _("für wen bestätigt wurde"),
    "verified_by": _("wer festgestellt hat"),
    "verified_for": _("für wen festgestellt wurde"),
    "ordered_by": _("wer angeordnet hat"),
    "ordered_for": _("für wen angeordnet wurde"),
    "recorded_by": _("wer gebucht hat"),
    "recorded_for": _("für wen gebucht wurde"),
    "opened_by": _("wer begonnen hat"),
    "opened_for": _("für wen begonnen wurde"),
    "adopted_by": _("wer angenommen hat"),
    "adopted_for": _("für wen angenommen wurde"),
    "waived_by": _("wer verzichtet hat"),
    "checked_by": _("wer vertieft geprüft hat"),
    "checked_for": _("für wen vertieft geprüft wurde"),
    "drawn_by": _("wer die Stichprobe gezogen hat"),
    "drawn_for": _("für wen die Stichprobe gezogen wurde"),
    "added_for": _("für wen ausgewählt wurde"),
    "sent_by": _("wer den Versand festgehalten hat"),
    "sent_for": _("für wen der Versand festgehalten wurde"),
    "uploaded_by": _("wer die Liste eingelesen hat"),
    "uploaded_for": _("für wen die Liste eingelesen wurde"),
    "made_by": _("wer die Liste erstellt hat"),
    "made_for": _("für wen die Liste erstellt wurde"),
    "struck_by": _("wer gestrichen hat"),
    "struck_for": _("für wen gestrichen wurde"),
    "taken_by": _("wer die Datei genommen hat"),
    "started_by": _("wer begonnen hat"),
    "started_for": _("für wen begonnen wurde"),
    "set_by": _("wer die Löschsperre gesetzt hat"),
    "set_for": _("für wen sie gesetzt wurde"),
    "lifted_by": _("wer die Löschsperre aufgehoben hat"),
    "lifted_for": _("für wen sie aufgehoben wurde"),
    "handed_over_by": _("wer die Übergabe an das Archiv festgehalten hat"),
    "handed_over_for": _("für wen sie festgehalten wurde"),
    "approved_by": _("wer die Löschung freigegeben hat"),
    "approved_for": _("für wen sie freigegeben wurde"),
}


FILES = frozenset(part.model for part in file_contents.PARTS)
"""What goes with the file of a grant: the trail keeps its texts under keys that go, too (`operations.deleting`)."""


def _signed(model, *acts: str, purpose, recipients=BOTH_SIDES) -> None:
    """Declare a model that names people only as those who acted; erasure leaves the link to their pseudonym."""
    declare(
        model,
        purpose=purpose,
        legal_basis=BASIS,
        recipients=recipients,
        retention=RETENTION,
        personal={act: WHO[act] for act in acts},
        subject=None,
        erase=dict.fromkeys(acts, "keep"),
        seals_texts=model in FILES,
        goes_by=BY_RUN if model in FILES else "",
    )


_signed(
    GrantApplication,
    *("created_by", "saved_by", "offered_by", "offered_for", "signed_by", "signed_for", "officer"),
    purpose=_("Nachweis, wer einen Antrag vorbereitet, gezeichnet und bearbeitet hat"),
)
_signed(Attachment, "added_by", purpose=_("Nachweis, wer eine Anlage beigefügt hat"))
_signed(Submission, "submitted_by", "submitted_for", purpose=_("Nachweis, wer einen Antrag eingereicht hat"))
_signed(ChecklistAnswer, "answered_by", purpose=_("Nachweis der Prüfung eines Antrags"), recipients=AUTHORITY)
_signed(
    InformationRequest,
    *("requested_by", "requested_for", "answered_by", "answered_for"),
    purpose=_("Nachforderung und Antwort zu einem Antrag"),
)
_signed(
    Decision,
    *("proposed_by", "proposed_for", "signed_by", "signed_for"),
    purpose=_("Nachweis, dass zwei Personen entschieden haben"),
    recipients=AUTHORITY,
)
_signed(GrantNotice, "waived_by", purpose=_("Nachweis, wer auf Rechtsbehelfe verzichtet hat"))
_signed(
    RecipientAccount,
    *("proposed_by", "proposed_for", "confirmed_by", "confirmed_for"),
    purpose=_("Nachweis, dass zwei Personen ein Konto bestätigt haben"),
)
_signed(
    Drawdown,
    *("requested_by", "requested_for", "verified_by", "verified_for", "ordered_by", "ordered_for"),
    purpose=_("Nachweis, wer Mittel abgerufen, festgestellt und angeordnet hat"),
)
_signed(Disbursement, "recorded_by", purpose=_("Nachweis, wer eine Auszahlung gebucht hat"))
_signed(BudgetEntry, "recorded_by", purpose=_("Nachweis der Buchungen eines Haushaltstitels"), recipients=AUTHORITY)
_signed(
    ChangeRequest,
    *("requested_by", "requested_for", "answered_by", "answered_for"),
    purpose=_("Änderungsantrag des Trägers und Antwort der Bewilligungsbehörde"),
)
_signed(
    Hearing,
    *("opened_by", "opened_for", "answered_by", "answered_for"),
    purpose=_("Anhörung des Trägers und seine Stellungnahme"),
)
_signed(
    Reclaim,
    *("opened_by", "opened_for", "proposed_by", "proposed_for", "signed_by", "signed_for"),
    purpose=_(
        "Nachweis, wer zu viel Gezahltes festgestellt hat, und dass zwei Personen die Erstattung gezeichnet haben"
    ),
)
_signed(
    ReclaimRelief,
    *("proposed_by", "proposed_for", "signed_by", "signed_for"),
    purpose=_("Nachweis, dass zwei Personen über Stundung oder Erlass entschieden haben"),
)
_signed(
    Refund,
    *("proposed_by", "proposed_for", "signed_by", "signed_for"),
    purpose=_("Nachweis, dass zwei Personen über die Rückgabe einer Überzahlung entschieden haben"),
)
_signed(Offset, "proposed_by", "proposed_for", purpose=_("Nachweis, wer eine Verrechnung vorgesehen hat"))
_signed(UseOfFunds, "recorded_by", "recorded_for", purpose=_("Nachweis, wer die Verwendung von Mitteln vermerkt hat"))
_signed(
    ReceiptFile,
    "uploaded_by",
    "uploaded_for",
    purpose=_("Nachweis, wer eine Liste der Kasse eingelesen hat"),
    recipients=AUTHORITY,
)
_signed(
    Receipt,
    "recorded_by",
    "recorded_for",
    purpose=_("Nachweis der Zahlungseingänge; Zahler sind Gebietskörperschaften"),
    recipients=AUTHORITY,
)
_signed(ReclaimNotice, "waived_by", purpose=_("Nachweis, wer auf Rechtsbehelfe verzichtet hat"))
_signed(
    ReclaimReminder,
    "recorded_by",
    "recorded_for",
    purpose=_("Nachweis, wer an die Zahlung einer Rückforderung erinnert hat"),
)
_signed(ReclaimEntry, "recorded_by", "recorded_for", purpose=_("Nachweis der Buchungen einer Rückforderung"))
_signed(
    ProofOfUse,
    *("ordered_by", "ordered_for", "saved_by", "offered_by", "offered_for", "signed_by", "signed_for"),
    *("officer", "checked_by", "checked_for"),
    purpose=_("Nachweis, wer eine Verwendung nachgewiesen, gezeichnet und geprüft hat"),
)
_signed(ProofSubmission, "submitted_by", "submitted_for", purpose=_("Nachweis, wer einen Nachweis eingereicht hat"))
_signed(
    ProofDecision,
    *("proposed_by", "proposed_for", "signed_by", "signed_for"),
    purpose=_("Nachweis, dass zwei Personen über einen Verwendungsnachweis entschieden haben"),
    recipients=AUTHORITY,
)
_signed(
    SampleDraw, "drawn_by", "drawn_for", purpose=_("Nachweis, wer eine Stichprobe gezogen hat"), recipients=AUTHORITY
)
_signed(
    SampledProof,
    *("added_by", "added_for"),
    purpose=_("Nachweis, wer einen Nachweis zur vertieften Prüfung ausgewählt hat"),
    recipients=AUTHORITY,
)
_signed(
    CourtOfAuditCopy,
    *("sent_by", "sent_for"),
    purpose=_("Nachweis, wann der Landesrechnungshof eine Abschrift bekam"),
    recipients=AUTHORITY,
)
_signed(PaymentList, "made_by", "made_for", purpose=_("Zahlliste für die Kasse"), recipients=AUTHORITY)
_signed(
    PaymentLine,
    *("struck_by", "struck_for"),
    purpose=_("Zahlungen einer Liste und wer eine gestrichen hat"),
    recipients=AUTHORITY,
)
_signed(
    PaymentListDownload, "taken_by", purpose=_("Nachweis, wann eine Zahlliste das Haus verließ"), recipients=AUTHORITY
)
_signed(
    BulkRun,
    *("started_by", "started_for"),
    purpose=_("Nachweis, wer mehrere Vorgänge nacheinander bearbeiten ließ"),
    recipients=AUTHORITY,
)
declare(
    DraftComment,
    purpose=_("Beratung eines Antragsentwurfs durch die Koordinierungsstelle"),
    legal_basis=BASIS,
    recipients=_("der Träger und sein Zentrum, die Koordinierungsstelle"),
    retention=RETENTION,
    personal={"written_by": _("wer kommentiert hat")},
    subject=None,
    erase={"written_by": "keep"},
    seals_texts=True,
    goes_by=BY_RUN,
)
declare(
    ConflictDeclaration,
    purpose=_("Erklärung über einen Interessenkonflikt bei einem Antrag"),
    legal_basis=_("§§ 20, 21 VwVfG NRW; Art. 6 Abs. 1 Buchst. c DSGVO"),
    recipients=AUTHORITY,
    retention=RETENTION,
    personal={
        "person": _("wer sich erklärt hat"),
        "has_conflict": _("ob ein Konflikt besteht"),
        "statement": _("Erläuterung des Konflikts"),
    },
    subject="person",
    erase={"person": "keep", "has_conflict": "keep"},
    personal_note=True,
    has_own_key=True,
    goes_by=BY_RUN,
)
holds_no_personal_data(Attribution, because=_("was ein Zentrum getan hat und welche Kostenposition es bezahlt"))
holds_no_personal_data(BulkItem, because=_("Vorgänge und was aus jedem wurde, keine Personen"))
declare(
    AuditMandate,
    purpose=_("Nachweis, wer für eine Prüfung welche Akten lesen durfte und wer den Zugang gab"),
    legal_basis=_("Art. 6 Abs. 1 Buchst. e DSGVO; §§ 88 ff. LHO NRW; § 104 GO NRW"),
    recipients=_("die Stelle, die den Zugang gab, und wer prüft"),
    retention=RETENTION,
    personal={
        "auditor": _("wer prüft"),
        "granted_by": _("wer den Zugang gab"),
        "granted_for": _("für wen der Zugang gegeben wurde"),
        "ended_by": _("wer ihn beendet hat"),
        "ended_for": _("für wen er beendet wurde"),
    },
    subject="auditor__user",
    erase=dict.fromkeys(("auditor", "granted_by", "granted_for", "ended_by", "ended_for"), "keep"),
)
holds_no_personal_data(
    BudgetTitle,
    Call,
    CallYear,
    CentreWindow,
    NoticeYear,
    PlannedExtra,
    Instalment,
    because=_("Haushaltsmittel, Fristen und Beträge, keine Personen"),
)
holds_no_personal_data(
    PlannedPost,
    GrantedPost,
    because=_("Stellen nach Funktion und Anteil; wer sie besetzt, steht weder im Antrag noch im Bescheid"),
)
holds_no_personal_data(
    ProofLine,
    because=_(
        "Beträge und Monate je Stelle; wer sie besetzt, steht nicht im Nachweis, und nur die Beteiligten lesen ihn"
    ),
)
for remedy_row in (CourtAddress, CourtDistrict, LegalRemedyText, PostalPresumption):
    _signed(
        remedy_row,
        *("proposed_by", "proposed_for", "adopted_by", "adopted_for"),
        purpose=_("Nachweis, dass zwei Personen den Wortlaut der Rechtsbehelfsbelehrung verantworten"),
        recipients=AUTHORITY,
    )
_signed(
    ReminderRule,
    *("proposed_by", "proposed_for", "adopted_by", "adopted_for"),
    purpose=_("Nachweis, dass zwei Personen die Regeln für Erinnerungen verantworten"),
    recipients=AUTHORITY,
)
for standing_text in (LetterText, NoticeText):
    _signed(
        standing_text,
        *("proposed_by", "proposed_for", "adopted_by", "adopted_for"),
        purpose=_("Nachweis, dass zwei Personen den Wortlaut der Schreiben verantworten"),
        recipients=AUTHORITY,
    )
_signed(
    RetentionRule,
    *("proposed_by", "proposed_for", "adopted_by", "adopted_for"),
    purpose=_("Nachweis, dass zwei Personen die Aufbewahrungsfristen verantworten"),
    recipients=AUTHORITY,
)
_signed(
    LegalHold,
    *("set_by", "set_for", "lifted_by", "lifted_for"),
    purpose=_("Nachweis, wer eine Akte von der Löschung ausgenommen hat"),
)
_signed(
    RetentionRun,
    *("proposed_by", "proposed_for", "answered_by", "answered_for", "handed_over_by", "handed_over_for"),
    *("approved_by", "approved_for"),
    purpose=_("Nachweis, dass zwei Personen die Löschung von Akten verantworten"),
    recipients=AUTHORITY,
)
holds_no_personal_data(RetentionItem, because=_("welche Akte nach welcher Frist gelöscht wurde, keine Personen"))
_signed(
    PublicationRule,
    *("proposed_by", "proposed_for", "adopted_by", "adopted_for"),
    purpose=_("Nachweis, dass zwei Personen die Regeln zur Veröffentlichung verantworten"),
    recipients=AUTHORITY,
)
holds_no_personal_data(AdministrativeCourt, because=_("Namen der Verwaltungsgerichte, keine Personen"))
