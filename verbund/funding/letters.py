"""From records to documents: fills the data of a letter, typesets it, and stores it unchanged."""

from datetime import date, datetime, time
from decimal import Decimal

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import files
from verbund.core.dates import BERLIN, day_in_berlin, next_working_day
from verbund.core.models import StoredFile
from verbund.directory.models import Organisation
from verbund.funding import amounts, documents, legal_remedy, payout, queries, reclaim_account
from verbund.funding.calculations.claims import Account
from verbund.funding.calculations.proofs import Settlement
from verbund.funding.document_data import (
    UNCONFIRMED_MARKS,
    ApplicationLetterData,
    Attachment,
    Authority,
    ChangeNoticeData,
    HearingData,
    InformationRequestData,
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
    YearShare,
)
from verbund.funding.letter_texts import texts_of
from verbund.funding.models import Decision, GrantApplication, ProofDecision, ProofOfUse, Reclaim, ReclaimReminder
from verbund.funding.models.notices import in_groups
from verbund.funding.notice_texts import texts_for
from verbund.programmes import queries as programmes

AUTHORITY_CODE = "BRA-36"
POOL = "LANGUAGE_POOL"


def granting_authority() -> Organisation:
    """Return the authority that issues all notices of the centres."""
    return Organisation.objects.get(code=AUTHORITY_CODE)


def receipt_text(application: GrantApplication, *, on: date) -> dict:
    """Return what the receipt for a submission received on a day says, to be typeset afterwards."""
    call = application.call
    late = _("Die Antragsfrist endete am %(day)s; der Antrag ging danach ein.")
    last_day = queries.last_day_to_apply(call, application.centre_id)
    data = ReceiptData(
        **_letter(application, on, stamp=_letter_stamp(application)),
        recipient_name=str(application.carrier),
        centre_name=str(application.centre),
        programme_name=call.programme.name,
        received_at=_moment(on),
        grant_from=call.period_from,
        grant_until=call.period_until,
        amount=application.amount_requested,
        attachments=tuple(
            Attachment(part.get_kind_display(), part.file.name, part.file.sha256)
            for part in application.attachments.filter(removed_at=None).select_related("file")
        ),
        deadline_note=late % {"day": documents.german_day(last_day)} if application.is_late else "",
    )
    return documents.receipt_text(data)


def information_request(application: GrantApplication, *, text: str, due_on: date, on: date) -> StoredFile:
    """Return the stored request for information; each line of the text is one item."""
    items = tuple(RequestedItem(line.strip(), "") for line in text.splitlines() if line.strip())
    fields = _application_letter(application, on, stamp=_letter_stamp(application))
    data = InformationRequestData(**fields, items=items, due_on=due_on)
    return _stored(documents.information_request_pdf(data), application, "Nachforderung")


def hearing(application: GrantApplication, *, text: str, due_on: date, on: date) -> StoredFile:
    """Return the stored letter that hears the carrier before a decision against it."""
    fields = _application_letter(application, on, stamp=_letter_stamp(application))
    data = HearingData(
        **fields, text=text.replace("\r\n", "\n").strip(), due_on=due_on, texts=texts_of("HEARING", on=on)
    )
    return _stored(documents.hearing_pdf(data), application, "Anhoerung")


def proof_receipt(proof: ProofOfUse, *, on: date) -> StoredFile:
    """Return the stored receipt for a proof of use, with what was entered."""
    application = proof.application
    late = _("Der Nachweis ging nach der Frist ein.")
    data = ProofReceiptData(
        **_application_letter(application, on, stamp=_letter_stamp(application)),
        kind=proof.get_kind_display(),
        received_at=_moment(on),
        rows=_proof_rows(proof, explained=True),
        amount_granted=proof.notice.amount_granted,
        audit_office=proof.audit_office,
        audit_confirmed_on=proof.audit_confirmed_on,
        deadline_note=late if proof.is_late else "",
    )
    return _stored(documents.proof_receipt_pdf(data), application, f"Eingang {proof.get_kind_display()}")


def proof_result(decision: ProofDecision, *, settlement: Settlement, on: date) -> StoredFile:
    """Return the stored letter with the result of an examination; a result against the carrier says the remedy."""
    proof, application = decision.proof, decision.proof.application
    is_burden = decision.outcome != ProofDecision.Outcome.ACCEPTED
    data = ProofResultData(
        **_application_letter(application, on, stamp=_letter_stamp(application)),
        outcome=decision.outcome,
        received_on_proof=proof.received_on,
        rows=_proof_rows(proof, refused=decision.outcome == ProofDecision.Outcome.REFUSED),
        amount_granted=proof.notice.amount_granted,
        amount_recognised=decision.amount_recognised,
        amount_paid=payout.amount_paid(application),
        amount_repaid=settlement.repay,
        amount_open=settlement.open,
        drawdowns_until=application.call.drawdowns_until,
        is_over=on > application.call.drawdowns_until,
        reasons=_paragraphs(decision.reasons),
        remedy_text=_instruction(application, on).text if is_burden else "",
    )
    return _stored(documents.proof_result_pdf(data), application, "Ergebnis Verwendungsnachweis")


def _proof_rows(proof: ProofOfUse, *, explained: bool = False, refused: bool = False) -> tuple[ProofRow, ...]:
    rows = []
    for line in proof.lines.all():
        accepted = line.amount_recognised if line.amount_accepted is None else line.amount_accepted
        rows.append(
            ProofRow(
                item=line.label,
                granted=line.amount_granted,
                spent=line.amount_spent or Decimal("0.00"),
                recognised=Decimal("0.00") if refused else accepted,
                months=line.months,
                note=line.explanation if explained else line.cut_reason,
            )
        )
    return tuple(rows)


def reclaim_notice(
    reclaim: Reclaim, *, account: Account, payable_until: date, issued_on: date, code: str
) -> StoredFile:
    """Return the stored notice of a claim by its account on the last day of interest."""
    application = reclaim.application
    data = ReclaimNoticeData(
        **_application_letter(application, issued_on, stamp=_notice_stamp(application)),
        verification=_verification(code),
        occasion=reclaim.get_occasion_display(),
        reasons=_paragraphs(reclaim.reason),
        principal=account.principal_open,
        interest=account.interest_open,
        interest_settled=account.interest - account.interest_open,
        interest_until=reclaim.interest_until,
        lines=_interest_lines(reclaim, account),
        computation_notes=_interest_notes(reclaim),
        waived_reason=reclaim.interest_waived_reason,
        runs_on=bool(reclaim.principal),
        payable_until=payable_until,
        payment_reference=reclaim.reference_in_groups,
        remedy_text=_instruction(application, issued_on).text,
        texts=texts_of("RECLAIM", on=issued_on),
    )
    return _stored(documents.reclaim_notice_pdf(data), application, "Erstattungsbescheid")


def payment_reminder(reminder: ReclaimReminder, *, owed_until: date) -> StoredFile:
    """Return the stored letter about a claim that was not paid until a day."""
    reclaim, application = reminder.reclaim, reminder.reclaim.application
    earlier = reclaim.reminders.filter(number=reminder.number - 1).first()
    settled = reclaim.entries.filter(kind__in=reclaim_account.SETTLES, reversal=None)
    data = PaymentReminderData(
        **_application_letter(application, reminder.sent_on, stamp=_letter_stamp(application)),
        number=reminder.number,
        earlier_on=earlier.sent_on if earlier else None,
        notice_on=reclaim.issued_notice.issued_on,
        owed_until=owed_until,
        paid=-sum((entry.amount for entry in settled), Decimal(0)),
        principal=reminder.amount_principal,
        interest=reminder.amount_interest,
        runs_on=bool(reminder.amount_principal),
        payable_until=reminder.payable_until,
        payment_reference=reclaim.reference_in_groups,
    )
    return _stored(documents.payment_reminder_pdf(data), application, reminder.kind_in_words)


def _interest_lines(reclaim: Reclaim, account: Account) -> tuple[NoticeLine, ...]:
    if not reclaim.principal:
        kept = reclaim.parameters.get("late_use", [])
        return tuple(NoticeLine(row["label"], row["formula"], Decimal(row["amount"])) for row in kept)
    return tuple(
        NoticeLine(line.label, line.formula, line.amount, note=line.source, unconfirmed=line.mark in UNCONFIRMED_MARKS)
        for line in account.lines
    )


def _interest_notes(reclaim: Reclaim) -> tuple[str, ...]:
    counts = {
        "ACT/365": "Gezählt werden Kalendertage; das Jahr hat 365 Tage.",
        "ACT/ACT": "Gezählt werden Kalendertage; das Jahr hat so viele Tage wie im Kalender.",
        "30E/360": "Gezählt werden Monate zu 30 und das Jahr zu 360 Tagen.",
    }
    count = counts[reclaim.parameters["day_count"]]
    return (count, "Erster und letzter Tag zählen mit. Jede Zeile ist kaufmännisch auf Cent gerundet.")


def notice(decision: Decision, *, plan: list, issued_on: date, code: str) -> StoredFile:
    """Return the stored notice or refusal of a signed decision, with the code by which anybody can check it."""
    application = decision.application
    if decision.kind == Decision.Kind.REFUSAL:
        return _stored(documents.refusal_pdf(_refusal(decision, issued_on, code)), application, "Ablehnungsbescheid")
    if decision.changes_a_grant:
        change = _change(decision, plan, issued_on, code)
        return _stored(documents.change_notice_pdf(change), application, f"Bescheid Fassung {change.version}")
    content = documents.notice_pdf(_grant(decision, plan, issued_on, code))
    return _stored(content, application, "Zuwendungsbescheid")


def _grant(decision: Decision, plan: list, issued_on: date, code: str) -> NoticeData:
    application = decision.application
    call = application.call
    with_pool = any(extra["item"] == POOL for extra in decision.parameters["extras"])
    return NoticeData(
        **_application_letter(application, issued_on, stamp=_notice_stamp(application)),
        verification=_verification(code),
        amount=decision.amount,
        grant_from=call.period_from,
        grant_until=call.period_until,
        carried_out_from=_first_occupied(decision),
        **texts_for(call).fields(with_language_pool=with_pool),
        financing_type=decision.parameters["rules"]["financing_type"],
        lines=_lines(decision),
        computation_notes=_counting_notes(decision),
        years=_years(decision),
        instalments=tuple(plan),
        proof_due_on=_proof_due(decision),
        remedy_text=_instruction(application, issued_on).text,
        copies_to=copies_to(decision),
    )


def _change(decision: Decision, plan: list, issued_on: date, code: str) -> ChangeNoticeData:
    application, earlier = decision.application, decision.amends
    return ChangeNoticeData(
        **_application_letter(application, issued_on, stamp=_notice_stamp(application)),
        verification=_verification(code),
        kind=decision.kind,
        version=earlier.version + 1,
        earlier_issued_on=earlier.issued_on,
        amount=decision.amount,
        amount_before=earlier.amount_granted,
        effective_from=decision.effective_from,
        reaches_back=decision.reaches_back,
        reasons=_paragraphs(decision.reasons),
        discretion=_paragraphs(decision.discretion),
        lines=_lines(decision),
        computation_notes=_counting_notes(decision),
        years=_years(decision),
        instalments=tuple(plan),
        amount_paid=payout.amount_paid(application),
        amount_returned=payout.amount_returned(application),
        remedy_text=_instruction(application, issued_on).text,
        texts=texts_of("CHANGE", on=issued_on),
        copies_to=copies_to(decision),
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())


def _refusal(decision: Decision, issued_on: date, code: str) -> RefusalData:
    application = decision.application
    call = application.call
    return RefusalData(
        **_application_letter(application, issued_on, stamp=_notice_stamp(application)),
        verification=_verification(code),
        amount=application.amount_requested,
        grant_from=call.period_from,
        grant_until=call.period_until,
        reasons=_paragraphs(decision.reasons),
        legal_basis=texts_for(call).legal_basis,
        remedy_text=_instruction(application, issued_on).text,
    )


def _lines(decision: Decision) -> tuple[NoticeLine, ...]:
    """Return the computation's lines; a deviation from the computed sum is a line of its own."""
    lines = NoticeLine.all_of(amounts.recompute(decision.parameters))
    difference = decision.amount - decision.amount_computed
    if not difference:
        return lines
    return (*lines, NoticeLine("Abweichung", decision.deviation_reason, difference))


def _years(decision: Decision) -> tuple[YearShare, ...]:
    """Return what falls on which budget year; nothing for a grant of one year."""
    if not decision.parameters.get("later_years"):
        return ()
    parts = amounts.amounts_by_year(decision.parameters, decision.amount)
    return tuple(YearShare(year, amount) for year, amount in parts.items())


def _first_occupied(decision: Decision) -> date | None:
    """Return the first day on which a post of the decision is occupied."""
    spans = [span["from"] for post in decision.parameters["posts"] for span in post["occupied"]]
    return date.fromisoformat(min(spans)) if spans else None


def _counting_notes(decision: Decision) -> tuple[str, ...]:
    rules = decision.parameters["rules"]
    ways = {
        "MONTHS": "Gezählt werden Monate: Ein Monat zählt, wenn die Stelle an mindestens 15 Tagen besetzt ist.",
        "DAYS": "Gezählt werden Tage.",
        "HALF_MONTHS": "Gezählt werden angefangene halbe Monate.",
        "STARTED_MONTHS": "Gezählt werden angefangene Monate.",
    }
    rounding = "volle Euro" if rules["rounding"] == "EURO" else "volle Cent"
    return (ways[rules["pro_rata"]], f"Die Summe ist kaufmännisch auf {rounding} gerundet.")


def _proof_due(decision: Decision) -> date:
    call = decision.application.call
    rule = programmes.deadline_rule(call.guideline, "PROOF_OF_USE", call.budget_year)
    return next_working_day(rule.ends_after(call.period_until))


def copies_to(decision: Decision) -> tuple[str, ...]:
    """Return who gets a copy of a notice: the court of audit above the threshold, a row of the guideline."""
    call = decision.application.call
    threshold = programmes.policy_value(call.guideline, "COURT_OF_AUDIT_COPY_ABOVE", call.budget_year)
    if threshold is None or decision.amount <= Decimal(threshold.value):
        return ()
    return ("Landesrechnungshof Nordrhein-Westfalen",)


def _instruction(application: GrantApplication, on: date) -> legal_remedy.RemedyInstruction:
    return legal_remedy.instruction_for(application.carrier.district_id, on=on)


def _verification(code: str) -> Verification:
    return Verification(code=in_groups(code), url=f"{settings.BASE_URL}/foerderung/pruefen/{code}/")


def _notice_stamp(application: GrantApplication) -> str:
    """Return what keeps a notice of the demonstration from being taken for a real one."""
    return _("Vorführung – kein echter Bescheid") if application.call.is_demo else ""


def _letter_stamp(application: GrantApplication) -> str:
    return _("Vorführung – kein echtes Schreiben") if application.call.is_demo else ""


def _letter(application: GrantApplication, on: date, *, stamp: str) -> dict:
    authority = granting_authority()
    parts = [part.strip() for part in authority.name.split(",")]
    street, town = [*authority.address.splitlines(), "", ""][:2]
    function = _("Dezernat 36, Sachbearbeitung Förderung")
    return {
        "authority": Authority(name=parts[0], unit=", ".join(parts[1:]), street=street, town=town),
        "recipient": (str(application.carrier), application.centre.seat),
        "file_reference": application.file_reference,
        "issued_at": _moment(on),
        "handled_by": function,
        "signed_by": _("Bewilligungsbehörde, Dezernat 36"),
        "stamp": stamp,
    }


def _application_letter(application: GrantApplication, on: date, *, stamp: str) -> dict:
    fields = _letter(application, on, stamp=stamp) | {
        "recipient_name": str(application.carrier),
        "centre_name": str(application.centre),
        "programme_name": application.call.programme.name,
        "applied_on": application.received_on,
        "received_on": application.received_on,
    }
    return {name: value for name, value in fields.items() if name in ApplicationLetterData.__dataclass_fields__}


def _moment(on: date) -> datetime:
    """Return now for a letter of the real day, noon in Berlin for one of another day (entered later, demonstration)."""
    now = timezone.now()
    return now if on == day_in_berlin(now) else datetime.combine(on, time(12), BERLIN)


def _stored(content: bytes, application: GrantApplication, kind: str) -> StoredFile:
    return files.store(content, name=f"{kind} {application.file_reference}.pdf", kind=kind.upper())
