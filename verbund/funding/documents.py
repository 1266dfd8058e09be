"""What leaves the house: grant notice, refusal, receipt and request for information, as PDF.

Each document is a pure function of one dataclass from `document_data`: no database, no clock. The operations fill the
dataclass, store the returned bytes unchanged (`core.files.store`) and keep the parameters with the record, so that the
issued document is the stored one. All fields are plain text: what a person typed is printed, never read as markup.
German letters are written in the templates in `pdf/`; dates and sums are put into German form here.
"""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from verbund.core import pdf
from verbund.core.dates import BERLIN
from verbund.core.money import format_amount, format_euro
from verbund.funding.amount_in_words import amount_in_words
from verbund.funding.document_data import (
    ApplicationLetterData,
    ChangeNoticeData,
    HearingData,
    InformationRequestData,
    Instalment,
    LetterData,
    NoticeData,
    PaymentReminderData,
    ProofReceiptData,
    ProofResultData,
    ReceiptData,
    ReclaimNoticeData,
    RefusalData,
    Verification,
)
from verbund.funding.document_tables import lines_and_notes, proof_table, years_table

TEMPLATES = Path(__file__).resolve().parent / "pdf"
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
FINANCING = {
    "FIXED_SUM": "Die Zuwendung wird als Festbetragsfinanzierung im Wege der Projektförderung gewährt.",
    "FULL_FUNDING": (
        "Die Zuwendung wird als Vollfinanzierung im Wege der Projektförderung gewährt. Maßgeblich sind Ihre"
        " tatsächlichen zuwendungsfähigen Ausgaben bis zu den Beträgen der Berechnung."
    ),
    "SHARE_FUNDING": "Die Zuwendung wird als Anteilfinanzierung im Wege der Projektförderung gewährt.",
}


class LinesDoNotAddUp(ValueError):
    """The rows of a table do not sum to the amount granted: such a notice must never be printed."""


def _refuse_wrong_sums(notice: NoticeData | ChangeNoticeData) -> None:
    tables = {"lines": notice.lines, **({"years": notice.years} if notice.years else {})}
    for name, rows in tables.items():
        if sum((row.amount for row in rows), Decimal(0)) != notice.amount:
            raise LinesDoNotAddUp(f"{notice.file_reference}: {name} do not sum to {notice.amount}")


def notice_pdf(notice: NoticeData) -> bytes:
    """Return the grant notice with its annex, the waiver. Raises LinesDoNotAddUp, KeyError for an unknown financing."""
    _refuse_wrong_sums(notice)
    lines, notes = lines_and_notes(notice)
    period = _period(notice.grant_from, notice.grant_until)
    data = _application_letter(notice, "Zuwendungsbescheid") | {
        "amount": format_euro(notice.amount),
        "amount_in_words": amount_in_words(notice.amount),
        "grant_period": period,
        "carried_out": _period(
            notice.carried_out_from or notice.grant_from, notice.carried_out_until or notice.grant_until
        ),
        "legal_basis": notice.legal_basis,
        "purpose": notice.purpose,
        "financing": FINANCING[notice.financing_type],
        "lines": lines,
        "computation_notes": notes,
        "years": years_table(notice.years),
        "own_contribution": notice.own_contribution,
        "payout_rule": notice.payout_rule,
        "instalments": [_instalment(part) for part in notice.instalments],
        "proof_due": german_day(notice.proof_due_on),
        "proof_rule": notice.proof_rule,
        "general_conditions": notice.general_conditions,
        "excluded_numbers": notice.excluded_numbers,
        "conditions": notice.conditions,
        "passing_on": notice.passing_on,
        "reservations": notice.reservations,
        "remedy": notice.remedy_text,
        "enclosures": ["Erklärung über den Verzicht auf Rechtsbehelfe (letzte Seite)"],
        "copies_to": notice.copies_to,
    }
    return _render("notice.typ", data, notice)


CHANGES = {
    "AMENDMENT": ("Änderungsbescheid", "Änderung", "Rechtsgrundlage sind die Nebenbestimmungen des Bescheids."),
    "RESCISSION": ("Rücknahmebescheid", "Rücknahme", "Rechtsgrundlage ist § 48 VwVfG NRW."),
    "REVOCATION": ("Widerrufsbescheid", "Widerruf", "Rechtsgrundlage ist § 49 Absatz 3 VwVfG NRW."),
}


def change_notice_pdf(notice: ChangeNoticeData) -> bytes:
    """Return the notice that changes a grant. Raises LinesDoNotAddUp, ValueError without reasons."""
    if not notice.reasons:
        raise ValueError("a change needs reasons")
    _refuse_wrong_sums(notice)
    kind, act, basis = CHANGES[notice.kind]
    lines, notes = lines_and_notes(notice)
    overpaid = max(notice.amount_paid - notice.amount_returned - notice.amount, Decimal(0))
    data = _application_letter(notice, kind) | {
        "act": act,
        "version": str(notice.version),
        "earlier_issued_on": german_day(notice.earlier_issued_on),
        "amount": format_euro(notice.amount),
        "amount_in_words": amount_in_words(notice.amount),
        "amount_before": format_euro(notice.amount_before),
        "difference": format_euro(notice.amount - notice.amount_before).replace("-", "−"),
        "effective_from": german_day(notice.effective_from),
        "reaches_back": notice.reaches_back,
        "legal_basis": basis,
        "reasons": notice.reasons,
        "discretion": notice.discretion,
        "lines": lines,
        "computation_notes": notes,
        "years": years_table(notice.years),
        "instalments": [_instalment(part) for part in notice.instalments],
        "paid": format_euro(notice.amount_paid),
        "returned": format_euro(notice.amount_returned) if notice.amount_returned else "",
        "overpaid": format_euro(overpaid) if overpaid else "",
        "remedy": notice.remedy_text,
        "texts": dict(notice.texts),
        "copies_to": notice.copies_to,
    }
    return _render("change_notice.typ", data, notice)


def reclaim_notice_pdf(notice: ReclaimNoticeData) -> bytes:
    """Return the notice that claims money back. Raises LinesDoNotAddUp, ValueError without reasons."""
    if not notice.reasons:
        raise ValueError("a claim needs reasons")
    computed = sum((line.amount for line in notice.lines), Decimal(0))
    if computed - notice.interest_settled != notice.interest:
        raise LinesDoNotAddUp(f"{notice.file_reference}: lines do not sum to {notice.interest}")
    lines, notes = lines_and_notes(notice)
    is_waived = bool(notice.waived_reason)
    owed = notice.principal if is_waived else notice.principal + notice.interest
    data = _application_letter(notice, "Erstattungsbescheid") | {
        "occasion": notice.occasion,
        "reasons": notice.reasons,
        "owed": format_euro(owed),
        "owed_in_words": amount_in_words(owed),
        "principal": format_euro(notice.principal) if notice.principal else "",
        "interest": format_euro(notice.interest) if notice.interest else "",
        "interest_computed": format_euro(computed),
        "interest_settled": format_euro(notice.interest_settled) if notice.interest_settled else "",
        "interest_until": german_day(notice.interest_until),
        "lines": lines,
        "computation_notes": notes,
        "waived_reason": notice.waived_reason,
        "runs_on": notice.runs_on,
        "payable_until": german_day(notice.payable_until),
        "payment_reference": notice.payment_reference,
        "remedy": notice.remedy_text,
        "texts": dict(notice.texts),
    }
    return _render("reclaim_notice.typ", data, notice)


def payment_reminder_pdf(reminder: PaymentReminderData) -> bytes:
    """Return the letter about a claim that was not paid in time."""
    kind = "Zahlungserinnerung" if reminder.number == 1 else "Mahnung"
    owed = reminder.principal + reminder.interest
    data = _application_letter(reminder, kind) | {
        "earlier_on": german_day(reminder.earlier_on) if reminder.earlier_on else "",
        "is_second_reminder": reminder.number == 2,
        "notice_on": german_day(reminder.notice_on),
        "owed_until": german_day(reminder.owed_until),
        "paid": format_euro(reminder.paid) if reminder.paid else "",
        "owed": format_euro(owed),
        "owed_in_words": amount_in_words(owed),
        "principal": format_amount(reminder.principal),
        "interest": format_amount(reminder.interest),
        "runs_on": reminder.runs_on,
        "payable_until": german_day(reminder.payable_until),
        "payment_reference": reminder.payment_reference,
    }
    return _render("payment_reminder.typ", data, reminder)


def refusal_pdf(refusal: RefusalData) -> bytes:
    """Return the refusal. Raises ValueError without reasons."""
    if not refusal.reasons:
        raise ValueError("a refusal needs reasons")
    data = _application_letter(refusal, "Ablehnungsbescheid") | {
        "amount": format_euro(refusal.amount),
        "grant_period": _period(refusal.grant_from, refusal.grant_until),
        "reasons": refusal.reasons,
        "legal_basis": refusal.legal_basis,
        "hint": refusal.hint,
        "remedy": refusal.remedy_text,
    }
    return _render("refusal.typ", data, refusal)


def receipt_text(receipt: ReceiptData) -> dict:
    """Return all that the receipt for an application says, for `typeset`: JSON, to be kept until it is typeset."""
    period = _period(receipt.grant_from, receipt.grant_until)
    summary = {
        "Antragsteller": receipt.recipient_name,
        "Kommunales Integrationszentrum": receipt.centre_name,
        "Förderung": receipt.programme_name,
        "Bewilligungszeitraum": f"{period['from']} bis {period['until']}",
        "Beantragte Zuwendung": format_euro(receipt.amount),
    }
    data = _letter(receipt, "Eingangsbestätigung", subject=_subject(receipt)) | {
        "received_at": _moment(receipt.received_at),
        "summary": [{"label": label, "value": value} for label, value in summary.items()],
        "attachments": [
            {"label": part.label, "filename": part.filename, "fingerprint": part.sha256[:16]}
            for part in receipt.attachments
        ],
        "deadline_note": receipt.deadline_note,
    }
    return _text("receipt.typ", data, receipt)


def proof_receipt_pdf(receipt: ProofReceiptData) -> bytes:
    """Return the receipt for a proof of use."""
    confirmed = german_day(receipt.audit_confirmed_on) if receipt.audit_confirmed_on else ""
    data = _application_letter(receipt, f"Eingangsbestätigung zum {receipt.kind}") | {
        "what": receipt.kind,
        "received_at": _moment(receipt.received_at),
        "granted": format_euro(receipt.amount_granted),
        "audit_office": receipt.audit_office,
        "audit_confirmed_on": confirmed,
        "deadline_note": receipt.deadline_note,
        **proof_table(receipt.rows),
    }
    return _render("proof_receipt.typ", data, receipt)


PROOF_RESULTS = {
    "ACCEPTED": "Ihr Nachweis ist geprüft. Ich erkenne die Ausgaben an, wie die Übersicht sie ausweist.",
    "ACCEPTED_WITH_CUT": "Ihr Nachweis ist geprüft. Ich erkenne die Ausgaben nur zum Teil an.",
    "REFUSED": "Ihr Nachweis ist geprüft. Ich erkenne ihn nicht an.",
}


def proof_result_pdf(result: ProofResultData) -> bytes:
    """Return the result of an examination. Raises ValueError for one against the carrier without reasons."""
    if result.outcome != "ACCEPTED" and not result.reasons:
        raise ValueError("a cut or refusal needs reasons")
    data = _application_letter(result, "Ergebnis der Prüfung") | {
        "sentence": PROOF_RESULTS[result.outcome],
        "proof_received_on": german_day(result.received_on_proof),
        "granted": format_euro(result.amount_granted),
        "recognised": format_euro(result.amount_recognised),
        "paid": format_euro(result.amount_paid),
        "repay": format_euro(result.amount_repaid) if result.amount_repaid else "",
        "open": format_euro(result.amount_open) if result.amount_open else "",
        "drawdowns_until": german_day(result.drawdowns_until),
        "is_over": result.is_over,
        "reasons": result.reasons,
        "remedy": result.remedy_text,
        **proof_table(result.rows, total=result.amount_recognised),
    }
    return _render("proof_result.typ", data, result)


def information_request_pdf(request: InformationRequestData) -> bytes:
    """Return the request for information. Raises ValueError if nothing is asked for."""
    if not request.items:
        raise ValueError("a request for information needs at least one item")
    data = _application_letter(request, "Nachforderung") | {
        "items": [{"what": item.what, "why": item.why} for item in request.items],
        "due": german_day(request.due_on),
        "remark": request.remark,
    }
    return _render("information_request.typ", data, request)


def hearing_pdf(hearing: HearingData) -> bytes:
    """Return the hearing letter."""
    data = _application_letter(hearing, "Anhörung") | {
        "text": hearing.text,
        "due": german_day(hearing.due_on),
        "texts": dict(hearing.texts),
    }
    return _render("hearing.typ", data, hearing)


def german_day(day: date) -> str:
    """Write a day as letters do: 3. Dezember 2012."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def typeset(text: dict) -> bytes:
    """Return the letter of a text as PDF: of the same text always the same bytes."""
    issued_at = datetime.fromisoformat(text["issued_at"])
    return pdf.render(TEMPLATES / text["template"], text["data"], title=text["title"], issued_at=issued_at)


def _render(template: str, data: dict, letter: LetterData) -> bytes:
    return typeset(_text(template, data, letter))


def _text(template: str, data: dict, letter: LetterData) -> dict:
    title = f"{data['kind']} {letter.file_reference}"
    return {"template": template, "title": title, "issued_at": letter.issued_at.isoformat(), "data": data}


def _letter(letter: LetterData, kind: str, *, subject: str) -> dict:
    authority = letter.authority
    issued_on = german_day(letter.issued_at.astimezone(BERLIN).date())
    contact = " · ".join(part for part in (authority.phone, authority.email) if part)
    information = {
        "Aktenzeichen": letter.file_reference,
        "Auskunft": letter.handled_by,
        "Telefon": authority.phone,
        "E-Mail": authority.email,
        "Datum": issued_on,
    }
    address = f"{authority.street}, {authority.town}"
    return {
        "kind": kind,
        "subject": subject,
        "description": " · ".join(part for part in (letter.stamp, f"{kind} vom {issued_on}") if part),
        "authority": {
            "name": authority.name,
            "unit": authority.unit,
            "return_line": f"{authority.name} · {authority.street} · {authority.town}",
            "postal": "\n".join((authority.name, authority.unit, authority.street, authority.town)),
            "footer": f"{authority.name} · {address}" + (f"\n{contact}" if contact else ""),
        },
        "recipient": [line for line in letter.recipient if line],
        "information": [
            {"label": label, "value": value, "link": f"mailto:{value}" if label == "E-Mail" else ""}
            for label, value in information.items()
            if value
        ],
        "file_reference": letter.file_reference,
        "issued_on": issued_on,
        "signed_by": letter.signed_by,
        "verification": _verification(letter.verification),
        "stamp": letter.stamp,
    }


def _application_letter(letter: ApplicationLetterData, kind: str) -> dict:
    return _letter(letter, kind, subject=_subject(letter)) | {
        "recipient_name": letter.recipient_name,
        "centre_name": letter.centre_name,
        "applied_on": german_day(letter.applied_on),
        "received_on": german_day(letter.received_on),
    }


def _subject(letter: ApplicationLetterData | ReceiptData) -> str:
    return f"{letter.programme_name}\n{letter.centre_name}"


def _verification(verification: Verification | None) -> dict | None:
    if verification is None:
        return None
    is_web_address = verification.url.startswith(("https://", "http://"))
    return {"code": verification.code, "url": verification.url if is_web_address else ""}


def _instalment(part: Instalment) -> dict:
    due = german_day(part.due_on) if part.due_on else "auf Abruf, sobald der Bescheid bestandskräftig ist"
    return {"due": due, "amount": format_amount(part.amount)}


def _period(first: date, last: date) -> dict:
    return {"from": german_day(first), "until": german_day(last)}


def _moment(moment: datetime) -> str:
    local = moment.astimezone(BERLIN)
    return f"{german_day(local.date())}, {local:%H:%M} Uhr"
