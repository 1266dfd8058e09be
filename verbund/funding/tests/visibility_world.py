"""One record of every kind of a grant, for tests of who sees what."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from verbund.funding import operations, queries
from verbund.funding.models import Call, CallYear, GrantNotice, Refund
from verbund.funding.tests import claims, proofs, story
from verbund.funding.tests.story import People

APRIL, MAY = date(2023, 4, 17), date(2023, 5, 3)


def everything() -> dict:
    """Make a grant of Solingen with all that follows, a draft, and one with comments invited; return their ids."""
    cast = story.people()
    notice, question = notified(cast)
    application = notice.application
    early = date(2022, 6, 1)
    draft = story.drafted(story.call_for(2024, opens_on=early), cast)
    invited = story.drafted(story.call_for(2025, opens_on=early), cast)
    operations.invite_comments(invited, actor=cast.lead)
    return {
        "granted": application.pk,
        "draft": draft.pk,
        "invited": invited.pk,
        "attachment": application.attachments.first().pk,
        "draft_attachment": draft.attachments.first().pk,
        "receipt": application.submissions.get().pk,
        "question": question.pk,
        "decision": notice.decision_id,
        "notice": notice.pk,
        "copy": notice.court_of_audit_copy.pk,
        "title": application.call.budget_title_id,
        "call": application.call_id,
        "call_year": further_year(draft.call).pk,
        "code": notice.verification_code,
        **called(notice, cast),
        **money_back(notice, cast),
        **changed(application, cast),
        **listed(notice, cast),
        **proved(application, cast),
    }


def further_year(call: Call) -> CallYear:
    """Return a second budget year of a call under which nothing is granted."""
    return CallYear.objects.create(call=call, budget_year=call.budget_year + 1, budget_title=call.budget_title)


def notified(cast: People) -> tuple:
    """Return a final notice, and the question its examination asked."""
    application = story.submitted(story.call_for(2023), cast)
    for actor in (cast.officer, cast.approver):
        operations.declare_conflict(application, has_conflict=False, statement="", actor=actor)
    operations.take_over(application, on=APRIL, actor=cast.officer)
    question = operations.request_information(
        application, text="Bitte nachreichen", due_on=MAY, on=APRIL, actor=cast.officer
    )
    operations.answer_request(question, answer="Liegt bei.", on=APRIL, actor=cast.lead)
    answers = dict.fromkeys(story.queries.checklist_of(application), ("MET", ""))
    operations.answer_checklist(application, answers=answers, on=APRIL, actor=cast.officer)
    decision = operations.propose_decision(
        application, kind="GRANT", amount=Decimal(193500), on=APRIL, actor=cast.officer
    )
    notice = operations.countersign_decision(decision, issued_on=APRIL, actor=cast.approver)
    operations.record_notification(notice, how="HANDED_OVER", day=APRIL, on=APRIL, actor=cast.officer)
    operations.waive_remedy(notice, on=APRIL, actor=cast.signatory)
    return notice, question


def called(notice: GrantNotice, cast: People) -> dict[str, int]:
    """Return an account and a call for money."""
    account = operations.propose_account(
        notice.application.carrier, iban=story.IBAN, holder="Kontoinhaberin", actor=cast.treasury
    )
    operations.confirm_account(account, actor=cast.signatory)
    drawdown = operations.request_drawdown(notice, amount=Decimal(1000), on=MAY, actor=cast.treasury)
    return {"account": account.pk, "drawdown": drawdown.pk}


def changed(application, cast: People) -> dict[str, int]:
    """Return a request for a change, and a hearing before a revocation."""
    change = operations.request_change(
        application, kind="STAFF", reason="Wechsel", effective_from=MAY, amount_requested=None, on=MAY, actor=cast.lead
    )
    hearing = operations.open_hearing(
        application, occasion="REVOCATION", text="Beabsichtigt", due_on=date(2023, 6, 1), on=MAY, actor=cast.officer
    )
    return {"change": change.pk, "hearing": hearing.pk}


def money_back(notice, cast) -> dict[str, int]:
    """Return a payment, a return the carrier announced, a claim by notice, one only found, and money for none."""
    paid = operations.request_drawdown(notice, amount=Decimal(500), on=MAY, actor=cast.treasury)
    operations.verify_drawdown(paid, on=MAY, actor=cast.officer)
    operations.order_drawdown(paid, on=MAY, actor=cast.approver)
    payment = operations.record_disbursement(paid, paid_on=MAY, on=MAY, reference="K", actor=cast.cashier)
    reclaim = operations.announce_return(
        notice.application, amount=Decimal(10), reason="übrig", on=MAY, actor=cast.treasury
    )
    receipt = operations.record_receipt(
        booking_number="1", day=MAY, amount=Decimal(5), payer="", purpose="", on=MAY, actor=cast.cashier
    )
    claimed = claims.issued_on(notice, cast, MAY, amount="100")
    return {
        "payment": payment.pk,
        "reclaim": reclaim.pk,
        "found": claims.opened(notice, cast, amount=Decimal(20), on=MAY).pk,
        "reclaim_notice": claimed.issued_notice.pk,
        "receipt_in": receipt.pk,
        "refund": Refund.objects.create(
            reclaim=reclaim, amount=1, proposed_on=MAY, **cast.cashier.signs("proposed")
        ).pk,
    }


def listed(notice, cast) -> dict:
    """Put a payment of the grant on a list and begin an act on many; return their ids."""
    drawdown = operations.request_drawdown(notice, amount=Decimal(2000), on=MAY, actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=MAY, actor=cast.officer)
    operations.order_drawdown(drawdown, on=MAY, actor=cast.approver)
    made = operations.make_payment_list(on=MAY, actor=cast.cashier)
    run = operations.start_bulk_run("TAKE_OVER", [notice.application.pk], options={}, on=MAY, actor=cast.officer)
    return {"payment_list": made.pk, "payment_line": made.lines.get().pk, "bulk_run": run.pk}


def proved(application, cast):
    """Return a submitted proof that is in a sample, and an interim proof that its carrier has not submitted."""
    confirmed = replace(proofs.OFFICE, upload=story.upload("bestaetigung.pdf"))
    proof = proofs.submitted(queries.valid_notice(application), cast, audit_confirmation=confirmed)
    interim = operations.order_interim_proof(
        application, due_on=proofs.APRIL, reason="Stand", on=proofs.MARCH, actor=cast.officer
    )
    sample = operations.draw_sample(
        application.call.programme, budget_year=2023, numbers={"CITY": 1}, seed="a", on=MAY, actor=cast.officer
    )
    return {
        "proof": proof.pk,
        "interim": interim.pk,
        "proof_receipt": proof.submissions.get().pk,
        "sample": sample.pk,
    }
