"""Who may: predicates that take the acting person first. What is possible now is the lifecycle's question."""

from verbund.accounts.roles import Role
from verbund.funding.parties import (
    AUTHORITY,
    coordinates_funding,
    decides_on_grants,
    granting_body,
    is_auditor,
    is_grant_approver,
    is_grant_officer,
    reads_budget,
    reads_funding,
    works_for_carrier,
)

__all__ = ["decides_on_grants", "is_auditor", "is_grant_approver", "reads_funding", "works_for_carrier"]

# titles and calls


def can_see_titles(actor) -> bool:
    return reads_budget(actor)


def can_manage_titles(actor) -> bool:
    return is_grant_approver(actor)


def can_manage_calls(actor) -> bool:
    return decides_on_grants(actor)


# legal remedies


def keeps_remedies(actor) -> bool:
    """The operator keeps the rows; that two persons did is checked by the operation."""
    return actor.role == Role.OPERATOR


def can_see_remedies(actor) -> bool:
    """Whoever keeps them, and the authority whose notices print them."""
    return keeps_remedies(actor) or actor.role in AUTHORITY


# the carrier's side


def can_apply(actor) -> bool:
    """Staff and lead of a centre prepare applications; the carrier's signatory may, too."""
    return actor.carrier_id is not None and actor.role in {Role.CENTRE_STAFF, Role.CENTRE_LEAD, Role.SIGNATORY}


def can_edit_application(actor, application) -> bool:
    return can_apply(actor) and works_for_carrier(actor, application.carrier_id)


def can_offer_for_signature(actor, application) -> bool:
    return actor.role in {Role.CENTRE_LEAD, Role.SIGNATORY} and works_for_carrier(actor, application.carrier_id)


def can_countersign_application(actor, application) -> bool:
    """The signatory or the treasury of the carrier; that it is another person is checked by the operation."""
    return actor.role in {Role.SIGNATORY, Role.TREASURY} and works_for_carrier(actor, application.carrier_id)


def can_submit_application(actor, application) -> bool:
    return actor.role in {Role.CENTRE_LEAD, Role.SIGNATORY} and works_for_carrier(actor, application.carrier_id)


def can_withdraw_application(actor, application) -> bool:
    return can_submit_application(actor, application)


def can_answer_request(actor, request) -> bool:
    return can_edit_application(actor, request.application)


def can_waive_remedy(actor, notice) -> bool:
    return actor.role == Role.SIGNATORY and works_for_carrier(actor, notice.audit_organisation_id)


def can_request_drawdown(actor, notice) -> bool:
    return actor.role in {Role.TREASURY, Role.SIGNATORY} and works_for_carrier(actor, notice.audit_organisation_id)


def can_withdraw_drawdown(actor, drawdown) -> bool:
    return can_request_drawdown(actor, drawdown.notice)


def can_propose_account(actor) -> bool:
    return actor.carrier_id is not None and actor.role in {Role.TREASURY, Role.SIGNATORY}


def can_confirm_account(actor, account) -> bool:
    return actor.role in {Role.TREASURY, Role.SIGNATORY} and works_for_carrier(actor, account.carrier_id)


def can_request_change(actor, notice) -> bool:
    """Lead and signatory of the carrier, for the version that counts."""
    return can_submit_application(actor, notice.application) and notice.is_grant and not notice.is_replaced


def can_withdraw_change_request(actor, request) -> bool:
    return can_submit_application(actor, request.application)


def can_answer_hearing(actor, hearing) -> bool:
    """Lead and signatory of the carrier."""
    return can_submit_application(actor, hearing.application)


def can_prove(actor, application) -> bool:
    """Lead, treasury and signatory of the carrier: they enter what was spent."""
    allowed = {Role.CENTRE_LEAD, Role.TREASURY, Role.SIGNATORY}
    return actor.role in allowed and works_for_carrier(actor, application.carrier_id)


def can_begin_proof(actor, notice) -> bool:
    return can_prove(actor, notice.application) and notice.is_grant and not notice.is_replaced


def can_edit_proof(actor, proof) -> bool:
    return can_prove(actor, proof.application)


def can_offer_proof(actor, proof) -> bool:
    """The lead of the centre signs first."""
    return actor.role == Role.CENTRE_LEAD and works_for_carrier(actor, proof.application.carrier_id)


def can_submit_proof(actor, proof) -> bool:
    """Treasury or signatory sign second and submit; that it is another person is checked by the operation."""
    allowed = {Role.TREASURY, Role.SIGNATORY}
    return actor.role in allowed and works_for_carrier(actor, proof.application.carrier_id)


# the coordination unit


def can_comment(actor, application) -> bool:
    """The coordination unit, on a draft it was invited to. It never decides."""
    is_coordinator = actor.role == Role.COORDINATOR and coordinates_funding(actor)
    return is_coordinator and application.comments_invited_at is not None and application.is_editable


def can_invite_comments(actor, application) -> bool:
    return can_edit_application(actor, application)


# the authority's side


def can_review(actor, application) -> bool:
    """Officers of the authority; nobody who also works for the applying carrier in this membership."""
    return decides_on_grants(actor) and actor.carrier_id != application.carrier_id


def can_propose_decision(actor, application) -> bool:
    return is_grant_officer(actor) and can_review(actor, application)


def can_countersign(actor, decision) -> bool:
    """Approvers of the granting authority, never members of the applying carrier."""
    return is_grant_approver(actor) and can_review(actor, decision.application)


def can_propose_change(actor, notice) -> bool:
    """Officers, for the version that counts."""
    return can_propose_decision(actor, notice.application) and notice.is_grant and not notice.is_replaced


def can_decline_change_request(actor, request) -> bool:
    return can_propose_decision(actor, request.application)


def can_close_hearing(actor, hearing) -> bool:
    return can_propose_decision(actor, hearing.application)


def can_examine_proof(actor, proof) -> bool:
    return can_propose_decision(actor, proof.application)


def can_declare_at_proof(actor, proof) -> bool:
    return can_review(actor, proof.application)


def can_sign_proof(actor, decision) -> bool:
    """Approvers of the granting authority, never members of the carrier."""
    return is_grant_approver(actor) and can_review(actor, decision.proof.application)


def can_reject_proof_proposal(actor, decision) -> bool:
    return can_review(actor, decision.proof.application)


def can_draw_sample(actor, _sample=None) -> bool:
    return is_grant_officer(actor)


def can_see_samples(actor) -> bool:
    return decides_on_grants(actor)


def can_record_copy(actor, _copy) -> bool:
    return decides_on_grants(actor)


def can_record_notification(actor, notice) -> bool:
    return decides_on_grants(actor)


def can_verify_drawdown(actor, drawdown) -> bool:
    return is_grant_officer(actor)


def can_order_drawdown(actor, drawdown) -> bool:
    return is_grant_approver(actor)


def can_reject_drawdown(actor, drawdown) -> bool:
    return decides_on_grants(actor)


def can_disburse(actor, drawdown) -> bool:
    return actor.role == Role.CASHIER


# money that comes back


def can_pay_back(actor, notice) -> bool:
    """Treasury and signatory of the carrier, for a grant."""
    return can_request_drawdown(actor, notice) and notice.is_grant


def can_note_use(actor, payment) -> bool:
    allowed = {Role.TREASURY, Role.SIGNATORY, Role.CENTRE_LEAD}
    return actor.role in allowed and works_for_carrier(actor, payment.audit_organisation_id)


def can_work_on_reclaim(actor, reclaim) -> bool:
    """Officers: hear, propose, remind, propose relief, plan an offset."""
    return can_propose_decision(actor, reclaim.application)


def can_claim_late_use(actor, payment) -> bool:
    return can_propose_decision(actor, payment.drawdown.notice.application)


def can_sign_reclaim(actor, reclaim) -> bool:
    """Approvers; that it is another person is checked by the operation."""
    return is_grant_approver(actor) and can_review(actor, reclaim.application)


def can_drop_reclaim(actor, reclaim) -> bool:
    """Officers; what a carrier announced itself, the carrier too."""
    own = actor.role in {Role.TREASURY, Role.SIGNATORY} and works_for_carrier(actor, reclaim.audit_organisation_id)
    return can_work_on_reclaim(actor, reclaim) or (own and reclaim.is_announced)


def can_sign_relief(actor, proposed) -> bool:
    return can_sign_reclaim(actor, proposed.reclaim)  # a relief of a claim, or a refund of what came beyond it


def can_see_receipts(actor) -> bool:
    """The authority sees what came in; only cashiers book it."""
    return actor.role in AUTHORITY


def keeps_receipts(actor) -> bool:
    return actor.role == Role.CASHIER


def can_assign_receipt(actor, receipt) -> bool:
    return keeps_receipts(actor)


def can_take_receipt_file(actor, file) -> bool:
    return keeps_receipts(actor)


def can_take_back_assignment(actor, entry) -> bool:
    return keeps_receipts(actor)


def can_propose_refund(actor, reclaim) -> bool:
    return keeps_receipts(actor)


def can_pay(actor) -> bool:
    """The cashier makes payment lists and records what was paid; of whose orders is checked by the operation."""
    return actor.role == Role.CASHIER


def can_see_payment_lists(actor) -> bool:
    """Payment lists name bank accounts: the authority alone."""
    return actor.role in AUTHORITY


def can_see_accounts(actor) -> bool:
    """The carrier's own treasury and signatory, and the authority that pays."""
    return actor.role in AUTHORITY | {Role.TREASURY, Role.SIGNATORY}


def can_see_who_booked(actor) -> bool:
    """Who booked an entry is the authority's own business."""
    return actor.role in AUTHORITY


# many at once


def can_act_on_many(actor) -> bool:
    """Officers and approvers act on several records at once; each act asks again for its own record."""
    return decides_on_grants(actor)


# audits


def grants_audits(actor) -> bool:
    """One person of the audited side: the carrier's signatory for the carrier, an approver for the authority."""
    return is_grant_approver(actor) or (actor.role == Role.SIGNATORY and actor.carrier_id is not None)


def sees_granted_audits(actor) -> bool:
    """Whose house may have granted an audit: the carrier's lead and signatory, officers and approvers."""
    of_carrier = actor.role in {Role.CENTRE_LEAD, Role.SIGNATORY} and actor.carrier_id is not None
    return decides_on_grants(actor) or of_carrier


def can_see_audits(actor) -> bool:
    return is_auditor(actor) or sees_granted_audits(actor)


def can_end_audit(actor, mandate) -> bool:
    return grants_audits(actor) and mandate.body_id == granting_body(actor)


def finds_funding(actor) -> bool:
    """Whoever reads funding, and auditors, who find their audits there."""
    return reads_funding(actor) or is_auditor(actor)


# keeping and deleting


def can_see_retention(actor) -> bool:
    """Operator, data protection officers and the authority; whose files they see, say the queries."""
    return actor.role in {Role.OPERATOR, Role.DATA_PROTECTION_OFFICER} or decides_on_grants(actor)


def can_hold(actor, application) -> bool:
    """The authority whose file it is."""
    return can_review(actor, application)


def can_lift_hold(actor, hold) -> bool:
    return can_hold(actor, hold.application)


def can_prepare_deletion(actor, _run=None) -> bool:
    """The authority whose files they are; approvers alone approve, another person than proposed."""
    return decides_on_grants(actor)


# deadlines and tasks


def can_extend_deadline(actor, subject) -> bool:
    """Officers and approvers, for one recipient; nobody who declared a conflict of interest there."""
    return decides_on_grants(actor) and not _in_conflict(actor, subject)


def can_remind(actor, subject) -> bool:
    return decides_on_grants(actor)


def _in_conflict(actor, subject) -> bool:
    application = getattr(subject, "application", subject)
    declared = application.conflict_declarations.filter(person_id__in=actor.persons, has_conflict=True)
    return declared.exists()


def keeps_reminder_rules(actor) -> bool:
    """The operator keeps the rows; that two persons did is checked by the operation."""
    return keeps_remedies(actor)


def can_see_reminder_rules(actor) -> bool:
    """Whoever keeps them, and the authority whose deadlines they recall."""
    return can_see_remedies(actor)


def reads_proofs(actor) -> bool:
    """Who finds proofs of use at all: those of a carrier who prove, and the authority."""
    return actor.role in AUTHORITY | {Role.CENTRE_LEAD, Role.TREASURY, Role.SIGNATORY}
