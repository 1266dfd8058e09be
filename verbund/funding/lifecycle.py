"""Statuses and moves of every object in the life of a grant. Read it as the process itself.

The numbered story (domain 2.1) runs across these tables: call, application, decision, notice, drawdown, account.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.lifecycle import Lifecycle


class CallStatus(models.TextChoices):
    DRAFT = "DRAFT", _("in Vorbereitung")
    OPEN = "OPEN", _("geöffnet")
    CLOSED = "CLOSED", _("geschlossen")


CALL = Lifecycle(
    correct_call=({CallStatus.DRAFT}, CallStatus.DRAFT),
    open_call=({CallStatus.DRAFT}, CallStatus.OPEN),
    close_call=({CallStatus.OPEN}, CallStatus.CLOSED),
    reopen_call=({CallStatus.CLOSED}, CallStatus.OPEN),
)


class ApplicationStatus(models.TextChoices):
    DRAFT = "DRAFT", _("Entwurf")
    AWAITING_SIGNATURE = "AWAITING_SIGNATURE", _("wartet auf Mitzeichnung")
    SIGNED = "SIGNED", _("mitgezeichnet")
    SUBMITTED = "SUBMITTED", _("eingereicht")
    UNDER_REVIEW = "UNDER_REVIEW", _("in Prüfung")
    INFORMATION_REQUESTED = "INFORMATION_REQUESTED", _("Nachforderung offen")
    RETURNED = "RETURNED", _("zur Überarbeitung zurückgegeben")
    READY_FOR_DECISION = "READY_FOR_DECISION", _("entscheidungsreif")
    GRANTED = "GRANTED", _("bewilligt")
    REFUSED = "REFUSED", _("abgelehnt")
    WITHDRAWN = "WITHDRAWN", _("zurückgezogen")


A = ApplicationStatus
APPLICATION = Lifecycle(
    offer_for_signature=({A.DRAFT, A.RETURNED}, A.AWAITING_SIGNATURE),
    resume_editing=({A.AWAITING_SIGNATURE, A.SIGNED}, A.DRAFT),
    countersign=({A.AWAITING_SIGNATURE}, A.SIGNED),
    submit=({A.SIGNED}, A.SUBMITTED),
    take_over=({A.SUBMITTED}, A.UNDER_REVIEW),
    request_information=({A.UNDER_REVIEW}, A.INFORMATION_REQUESTED),
    answer_request=({A.INFORMATION_REQUESTED}, A.UNDER_REVIEW),
    hand_back=({A.SUBMITTED, A.UNDER_REVIEW}, A.RETURNED),
    propose_decision=({A.UNDER_REVIEW}, A.READY_FOR_DECISION),
    reject_proposal=({A.READY_FOR_DECISION}, A.UNDER_REVIEW),
    grant=({A.READY_FOR_DECISION}, A.GRANTED),
    refuse=({A.READY_FOR_DECISION}, A.REFUSED),
    withdraw=(
        {
            A.DRAFT,
            A.AWAITING_SIGNATURE,
            A.SIGNED,
            A.SUBMITTED,
            A.UNDER_REVIEW,
            A.INFORMATION_REQUESTED,
            A.RETURNED,
            A.READY_FOR_DECISION,
        },
        A.WITHDRAWN,
    ),
)
EDITABLE = frozenset({A.DRAFT, A.RETURNED})
INSIDE = frozenset({A.DRAFT, A.AWAITING_SIGNATURE, A.SIGNED})
DECIDED = frozenset({A.GRANTED, A.REFUSED})


class DecisionStatus(models.TextChoices):
    PROPOSED = "PROPOSED", _("vorgeschlagen")
    SIGNED = "SIGNED", _("gezeichnet")
    REJECTED = "REJECTED", _("zurückgewiesen")
    LAPSED = "LAPSED", _("gegenstandslos")


DECISION = Lifecycle(
    countersign=({DecisionStatus.PROPOSED}, DecisionStatus.SIGNED),
    reject=({DecisionStatus.PROPOSED}, DecisionStatus.REJECTED),
    lapse=({DecisionStatus.PROPOSED}, DecisionStatus.LAPSED),
)


class NoticeStatus(models.TextChoices):
    ISSUED = "ISSUED", _("erlassen")
    NOTIFIED = "NOTIFIED", _("bekannt gegeben")
    CONTESTED = "CONTESTED", _("Klage erhoben")
    FINAL = "FINAL", _("bestandskräftig")


NOTICE = Lifecycle(
    record_notification=({NoticeStatus.ISSUED}, NoticeStatus.NOTIFIED),
    contest=({NoticeStatus.NOTIFIED}, NoticeStatus.CONTESTED),
    accept_waiver=({NoticeStatus.NOTIFIED}, NoticeStatus.FINAL),
    become_final=({NoticeStatus.NOTIFIED}, NoticeStatus.FINAL),
    settle_contest=({NoticeStatus.CONTESTED}, NoticeStatus.FINAL),
)


BINDING = frozenset({NoticeStatus.NOTIFIED, NoticeStatus.FINAL})
"""A claim by notice that must be paid: notified (§ 43 VwVfG NRW), and not suspended by an action (§ 80 (1) VwGO)."""


class DrawdownStatus(models.TextChoices):
    SUBMITTED = "SUBMITTED", _("abgerufen")
    VERIFIED = "VERIFIED", _("festgestellt")
    ORDERED = "ORDERED", _("angeordnet")
    DISBURSED = "DISBURSED", _("ausgezahlt")
    REJECTED = "REJECTED", _("zurückgewiesen")
    WITHDRAWN = "WITHDRAWN", _("zurückgezogen")


D = DrawdownStatus
DRAWDOWN = Lifecycle(
    verify=({D.SUBMITTED}, D.VERIFIED),
    order=({D.VERIFIED}, D.ORDERED),
    disburse=({D.ORDERED}, D.DISBURSED),
    reject=({D.SUBMITTED, D.VERIFIED}, D.REJECTED),
    withdraw=({D.SUBMITTED}, D.WITHDRAWN),
)
COUNTING_DRAWDOWNS = frozenset({D.SUBMITTED, D.VERIFIED, D.ORDERED, D.DISBURSED})


class AccountStatus(models.TextChoices):
    PROPOSED = "PROPOSED", _("wartet auf zweite Person")
    CONFIRMED = "CONFIRMED", _("bestätigt")
    REJECTED = "REJECTED", _("verworfen")
    REPLACED = "REPLACED", _("ersetzt")


ACCOUNT = Lifecycle(
    confirm=({AccountStatus.PROPOSED}, AccountStatus.CONFIRMED),
    reject=({AccountStatus.PROPOSED}, AccountStatus.REJECTED),
    replace=({AccountStatus.CONFIRMED}, AccountStatus.REPLACED),
)


class RequestStatus(models.TextChoices):
    OPEN = "OPEN", _("offen")
    ANSWERED = "ANSWERED", _("beantwortet")
    LAPSED = "LAPSED", _("erledigt ohne Antwort")


INFORMATION_REQUEST = Lifecycle(
    answer=({RequestStatus.OPEN}, RequestStatus.ANSWERED),
    lapse=({RequestStatus.OPEN}, RequestStatus.LAPSED),
)


class ChangeRequestStatus(models.TextChoices):
    SUBMITTED = "SUBMITTED", _("beantragt")
    GRANTED = "GRANTED", _("Bescheid geändert")
    DECLINED = "DECLINED", _("nicht geändert")
    WITHDRAWN = "WITHDRAWN", _("zurückgezogen")


CHANGE_REQUEST = Lifecycle(
    grant_change=({ChangeRequestStatus.SUBMITTED}, ChangeRequestStatus.GRANTED),
    decline_change=({ChangeRequestStatus.SUBMITTED}, ChangeRequestStatus.DECLINED),
    withdraw_change=({ChangeRequestStatus.SUBMITTED}, ChangeRequestStatus.WITHDRAWN),
)


class HearingStatus(models.TextChoices):
    OPEN = "OPEN", _("Anhörung läuft")
    ANSWERED = "ANSWERED", _("Stellung genommen")
    CLOSED = "CLOSED", _("ohne Stellungnahme abgelaufen")
    LAPSED = "LAPSED", _("gegenstandslos")


HEARING = Lifecycle(
    answer_hearing=({HearingStatus.OPEN}, HearingStatus.ANSWERED),
    close_hearing=({HearingStatus.OPEN}, HearingStatus.CLOSED),
    lapse_hearing=({HearingStatus.OPEN, HearingStatus.ANSWERED, HearingStatus.CLOSED}, HearingStatus.LAPSED),
)
HEARD = frozenset({HearingStatus.ANSWERED, HearingStatus.CLOSED})
"""The recipient had the chance to speak (§ 28 VwVfG NRW)."""


class ReclaimStatus(models.TextChoices):
    ANNOUNCED = "ANNOUNCED", _("Rückzahlung angekündigt")
    SUSPECTED = "SUSPECTED", _("festgestellt")
    HEARING = "HEARING", _("Anhörung läuft")
    PROPOSED = "PROPOSED", _("wartet auf zweite Person")
    ISSUED = "ISSUED", _("Zahlung offen")
    DEFERRED = "DEFERRED", _("gestundet")
    SETTLED = "SETTLED", _("beglichen")
    WAIVED = "WAIVED", _("erlassen")
    DROPPED = "DROPPED", _("fallen gelassen")


R = ReclaimStatus
RECLAIM = Lifecycle(
    hear_about_reclaim=({R.SUSPECTED}, R.HEARING),
    propose_reclaim=({R.SUSPECTED, R.HEARING}, R.PROPOSED),
    reject_reclaim=({R.PROPOSED}, R.SUSPECTED),
    countersign_reclaim=({R.PROPOSED}, R.ISSUED),
    defer_reclaim=({R.ISSUED}, R.DEFERRED),
    end_deferral=({R.DEFERRED}, R.ISSUED),
    settle_reclaim=({R.ANNOUNCED, R.SUSPECTED, R.HEARING, R.ISSUED, R.DEFERRED}, R.SETTLED),
    waive_reclaim=({R.ISSUED, R.DEFERRED}, R.WAIVED),
    reopen_reclaim=({R.SETTLED, R.WAIVED}, R.ISSUED),
    reopen_unclaimed=({R.SETTLED}, R.SUSPECTED),
    reopen_announced=({R.SETTLED}, R.ANNOUNCED),
    drop_reclaim=({R.ANNOUNCED, R.SUSPECTED, R.HEARING}, R.DROPPED),
)
OPEN_RECLAIMS = frozenset({R.ANNOUNCED, R.SUSPECTED, R.HEARING, R.PROPOSED, R.ISSUED, R.DEFERRED})

PAYABLE_RECLAIMS = frozenset({R.ISSUED, R.DEFERRED})


class ReliefStatus(models.TextChoices):
    PROPOSED = "PROPOSED", _("wartet auf zweite Person")
    GRANTED = "GRANTED", _("bewilligt")
    REJECTED = "REJECTED", _("zurückgewiesen")


RELIEF = Lifecycle(
    grant_relief=({ReliefStatus.PROPOSED}, ReliefStatus.GRANTED),
    reject_relief=({ReliefStatus.PROPOSED}, ReliefStatus.REJECTED),
)


class RefundStatus(models.TextChoices):
    PROPOSED = "PROPOSED", _("wartet auf zweite Person")
    ORDERED = "ORDERED", _("angeordnet")
    REJECTED = "REJECTED", _("zurückgewiesen")


REFUND = Lifecycle(
    order_refund=({RefundStatus.PROPOSED}, RefundStatus.ORDERED),
    reject_refund=({RefundStatus.PROPOSED}, RefundStatus.REJECTED),
)


class OffsetStatus(models.TextChoices):
    PLANNED = "PLANNED", _("vorgesehen")
    BOOKED = "BOOKED", _("verrechnet")
    LAPSED = "LAPSED", _("gegenstandslos")


OFFSET = Lifecycle(
    book_offset=({OffsetStatus.PLANNED}, OffsetStatus.BOOKED),
    lapse_offset=({OffsetStatus.PLANNED}, OffsetStatus.LAPSED),
)


class ReceiptStatus(models.TextChoices):
    OPEN = "OPEN", _("ungeklärt")
    ASSIGNED = "ASSIGNED", _("zugeordnet")
    SET_ASIDE = "SET_ASIDE", _("gehört nicht hierher")


RECEIPT = Lifecycle(
    assign_receipt=({ReceiptStatus.OPEN}, ReceiptStatus.ASSIGNED),
    reopen_receipt=({ReceiptStatus.ASSIGNED}, ReceiptStatus.OPEN),
    return_receipt=({ReceiptStatus.SET_ASIDE}, ReceiptStatus.OPEN),
    set_receipt_aside=({ReceiptStatus.OPEN}, ReceiptStatus.SET_ASIDE),
)


class ReceiptFileStatus(models.TextChoices):
    CHECKED = "CHECKED", _("angesehen")
    TAKEN = "TAKEN", _("übernommen")


RECEIPT_FILE = Lifecycle(take_receipt_file=({ReceiptFileStatus.CHECKED}, ReceiptFileStatus.TAKEN))


class ProofStatus(models.TextChoices):
    DRAFT = "DRAFT", _("Entwurf")
    AWAITING_SIGNATURE = "AWAITING_SIGNATURE", _("wartet auf Mitzeichnung")
    RETURNED = "RETURNED", _("zur Überarbeitung zurückgegeben")
    SUBMITTED = "SUBMITTED", _("eingereicht")
    UNDER_CHECK = "UNDER_CHECK", _("in Prüfung")
    OBJECTED = "OBJECTED", _("beanstandet")
    PROPOSED = "PROPOSED", _("wartet auf zweite Person")
    ACCEPTED = "ACCEPTED", _("anerkannt")
    ACCEPTED_WITH_CUT = "ACCEPTED_WITH_CUT", _("mit Kürzung anerkannt")
    REFUSED = "REFUSED", _("nicht anerkannt")
    NOTED = "NOTED", _("zur Kenntnis genommen")


P = ProofStatus
PROOF = Lifecycle(
    offer_proof=({P.DRAFT, P.RETURNED}, P.AWAITING_SIGNATURE),
    resume_proof=({P.AWAITING_SIGNATURE}, P.DRAFT),
    submit_proof=({P.AWAITING_SIGNATURE}, P.SUBMITTED),
    take_over_proof=({P.SUBMITTED}, P.UNDER_CHECK),
    hand_back_proof=({P.SUBMITTED, P.UNDER_CHECK}, P.RETURNED),
    object_to_proof=({P.UNDER_CHECK}, P.OBJECTED),
    propose_proof=({P.UNDER_CHECK, P.OBJECTED}, P.PROPOSED),
    reject_proof_proposal=({P.PROPOSED}, P.UNDER_CHECK),
    accept_proof=({P.PROPOSED}, P.ACCEPTED),
    accept_proof_with_cut=({P.PROPOSED}, P.ACCEPTED_WITH_CUT),
    refuse_proof=({P.PROPOSED}, P.REFUSED),
    note_interim_proof=({P.SUBMITTED, P.UNDER_CHECK}, P.NOTED),
)
PROOF_EDITABLE = frozenset({P.DRAFT, P.RETURNED})
PROOF_INSIDE = frozenset({P.DRAFT, P.RETURNED, P.AWAITING_SIGNATURE})
"""What the carrier works on; nobody outside reads it."""
PROOF_UNDER_EXAMINATION = frozenset({P.SUBMITTED, P.UNDER_CHECK, P.OBJECTED})
PROOF_DECIDED = frozenset({P.ACCEPTED, P.ACCEPTED_WITH_CUT, P.REFUSED, P.NOTED})


class RetentionRunStatus(models.TextChoices):
    PROPOSED = "PROPOSED", _("wartet auf das Archiv")
    ANSWERED = "ANSWERED", _("wartet auf zweite Person")
    APPROVED = "APPROVED", _("wird ausgeführt")
    DONE = "DONE", _("ausgeführt")
    DROPPED = "DROPPED", _("verworfen")


RR = RetentionRunStatus
RETENTION_RUN = Lifecycle(
    record_archive_answer=({RR.PROPOSED, RR.ANSWERED}, RR.ANSWERED),
    record_handover=({RR.ANSWERED}, RR.ANSWERED),
    approve_retention_run=({RR.ANSWERED}, RR.APPROVED),
    finish_retention_run=({RR.APPROVED}, RR.DONE),
    drop_retention_run=({RR.PROPOSED, RR.ANSWERED}, RR.DROPPED),
)


class RemedyRowStatus(models.TextChoices):
    PROPOSED = "PROPOSED", _("wartet auf zweite Person")
    ADOPTED = "ADOPTED", _("angenommen")
    REJECTED = "REJECTED", _("verworfen")
    REPLACED = "REPLACED", _("ersetzt")


REMEDY_ROW = Lifecycle(
    adopt_remedy_row=({RemedyRowStatus.PROPOSED}, RemedyRowStatus.ADOPTED),
    reject_remedy_row=({RemedyRowStatus.PROPOSED}, RemedyRowStatus.REJECTED),
    replace_remedy_row=({RemedyRowStatus.ADOPTED}, RemedyRowStatus.REPLACED),
)
