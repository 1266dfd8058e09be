"""What the acts of funding are called on the screen: one sentence for each verb in the trail."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from verbund.core.audit import call_fields, describe
from verbund.funding.models import (
    AuditMandate,
    BudgetTitle,
    Call,
    ChangeRequest,
    CourtAddress,
    CourtDistrict,
    Decision,
    Disbursement,
    Drawdown,
    GrantApplication,
    GrantNotice,
    Hearing,
    InformationRequest,
    LegalRemedyText,
    PostalPresumption,
    PublicationRule,
    RecipientAccount,
    Reclaim,
    ReminderRule,
    RetentionRule,
)

REMEDY_ROW_WORDS = {
    "propose_remedy_row": _("Zeile vorgeschlagen"),
    "adopt_remedy_row": _("Zeile angenommen"),
    "reject_remedy_row": _("Zeile verworfen"),
    "replace_remedy_row": _("Zeile durch eine neue ersetzt"),
    "end_remedy_row": _("Ende der Gültigkeit eingetragen"),
}
WORDS = {
    None: {
        "attach": _("Anlage beigefügt"),
        "remove_attachment": _("Anlage entfernt"),
        "comment_on_draft": _("Entwurf kommentiert"),
        "settle_comment": _("Kommentar erledigt"),
        "answer_checklist": _("Prüfliste beantwortet"),
        "declare_conflict": _("zum Interessenkonflikt erklärt"),
    },
    AuditMandate: {
        "grant_audit_access": _("Lesezugang für eine Prüfung gegeben"),
        "end_audit_access": _("Lesezugang vorzeitig beendet"),
        "read_for_audit": _("für eine Prüfung gelesen"),
    },
    BudgetTitle: {"open_title": _("Titel angelegt"), "change_planned_amount": _("Ansatz geändert")},
    Call: {
        "prepare_call": _("Programmjahr vorbereitet"),
        "correct_call": _("Programmjahr berichtigt"),
        "open_call": _("geöffnet"),
        "close_call": _("geschlossen"),
        "reopen_call": _("wieder geöffnet"),
    },
    GrantApplication: {
        "start_application": _("Antrag begonnen"),
        "save_draft": _("Entwurf gespeichert"),
        "invite_comments": _("Koordinierungsstelle um Kommentare gebeten"),
        "offer_for_signature": _("gezeichnet und zur Mitzeichnung gegeben"),
        "resume_editing": _("wieder in Bearbeitung genommen; Unterschriften gelten nicht mehr"),
        "countersign": _("mitgezeichnet"),
        "submit": _("eingereicht"),
        "take_over": _("zur Prüfung übernommen"),
        "assign_officer": _("Zuständigkeit übernommen"),
        "leave_officer": _("Zuständigkeit abgegeben"),
        "hand_over_officer": _("Zuständigkeit übergeben"),
        "request_information": _("Unterlagen nachgefordert"),
        "answer_request": _("Nachforderung beantwortet"),
        "hand_back": _("zur Überarbeitung zurückgegeben"),
        "propose_decision": _("Entscheidung vorgeschlagen"),
        "reject_proposal": _("wieder in Prüfung genommen"),
        "grant": _("bewilligt"),
        "refuse": _("abgelehnt"),
        "withdraw": _("zurückgezogen"),
        "set_hold": _("Löschsperre gesetzt"),
        "lift_hold": _("Löschsperre aufgehoben"),
    },
    InformationRequest: {"answer": _("beantwortet"), "lapse": _("erledigt ohne Antwort")},
    Decision: {
        "propose_change": _("Änderung der Zuwendung vorgeschlagen"),
        "countersign": _("Entscheidung gezeichnet"),
        "reject": _("Entscheidungsvorschlag zurückgewiesen"),
        "lapse": _("Entscheidungsvorschlag gegenstandslos"),
    },
    GrantNotice: {
        "issue_notice": _("Bescheid erlassen"),
        "record_notification": _("Bekanntgabe festgehalten"),
        "mark_remedy_as_wrong": _("Rechtsbehelfsbelehrung als falsch vermerkt"),
        "accept_waiver": _("auf Rechtsbehelfe verzichtet"),
        "become_final": _("bestandskräftig geworden"),
        "contest": _("Klage festgehalten"),
        "settle_contest": _("Ende des Klageverfahrens festgehalten"),
    },
    RecipientAccount: {
        "propose_account": _("Konto hinterlegt"),
        "confirm": _("Konto bestätigt"),
        "reject": _("Konto verworfen"),
        "replace": _("Konto ersetzt"),
    },
    Drawdown: {
        "request_drawdown": _("Mittel abgerufen"),
        "verify": _("sachlich und rechnerisch richtig festgestellt"),
        "order": _("Auszahlung angeordnet"),
        "disburse": _("ausgezahlt"),
        "reject": _("Mittelabruf zurückgewiesen"),
        "withdraw": _("Mittelabruf zurückgezogen"),
    },
    ChangeRequest: {
        "request_change": _("Änderung beantragt"),
        "grant_change": _("Bescheid geändert"),
        "decline_change": _("Änderung abgelehnt"),
        "withdraw_change": _("Änderungsantrag zurückgezogen"),
    },
    Hearing: {
        "open_hearing": _("Anhörung begonnen"),
        "answer_hearing": _("Stellung genommen"),
        "close_hearing": _("ohne Stellungnahme abgelaufen"),
        "lapse_hearing": _("Anhörung gegenstandslos"),
    },
    Reclaim: {
        "open_reclaim": _("zu viel Gezahltes festgestellt"),
        "hear_about_reclaim": _("zur Rückforderung angehört"),
        "propose_reclaim": _("Erstattung vorgeschlagen"),
        "reject_reclaim": _("Vorschlag zur Erstattung zurückgewiesen"),
        "countersign_reclaim": _("Erstattungsbescheid gezeichnet"),
        "defer_reclaim": _("gestundet"),
        "end_deferral": _("Stundung beendet"),
        "settle_reclaim": _("beglichen"),
        "waive_reclaim": _("erlassen"),
        "reopen_reclaim": _("wieder offen"),
        "drop_reclaim": _("fallen gelassen"),
    },
    Disbursement: {"record_disbursement": _("Auszahlung gebucht")},
    **dict.fromkeys(
        (LegalRemedyText, CourtAddress, CourtDistrict, PostalPresumption, ReminderRule, PublicationRule, RetentionRule),
        REMEDY_ROW_WORDS,
    ),
}

for model, sentences in WORDS.items():
    for verb, sentence in sentences.items():
        describe(verb, sentence, model)

SIGNED = {
    "offered": _("zuerst gezeichnet"),
    "signed": _("mitgezeichnet"),
    "proposed": _("vorgeschlagen"),
    "requested": _("angefragt"),
    "answered": _("beantwortet"),
    "verified": _("festgestellt"),
    "ordered": _("angeordnet"),
    "confirmed": _("bestätigt"),
    "opened": _("begonnen"),
}
ENDINGS = {"by": _("von"), "for": _("in Vertretung für"), "at": _("am"), "on": _("am")}
call_fields(
    {
        f"{act}_{ending}": format_lazy("{act} {rest}", act=word, rest=rest)
        for act, word in SIGNED.items()
        for ending, rest in ENDINGS.items()
    }
    | {
        "officer": _("zuständig"),
        "waived_by": _("verzichtet hat"),
        "posts": _("Stellen"),
        "extras": _("Sachausgaben"),
        "file": _("Datei"),
        "sha256": _("Fingerabdruck"),
        "kind": _("Art"),
        "reference": _("Kassenzeichen"),
        "result": _("Ergebnis"),
        "note": _("Vermerk"),
        "section": _("Abschnitt"),
        "text": _("Text"),
        "has_conflict": _("Interessenkonflikt"),
        "statement": _("Erläuterung"),
        "hand_back_reason": _("Grund der Rückgabe"),
        "withdrawal_reason": _("Grund"),
        "rejection_reason": _("Grund"),
        "answer": _("Antwort"),
        "invited": _("eingeladen"),
        "settled": _("erledigt"),
        "paid_on": _("ausgezahlt am"),
        "occasion": _("Anlass"),
        "principal": _("Hauptforderung"),
        "effective_from": _("wirksam ab"),
        "known_on": _("Tatsachen vollständig bekannt seit"),
        "reaches_back": _("auch für die Vergangenheit"),
        "discretion": _("Ermessen"),
        "reason": _("Grund"),
    }
)
