"""Files whose period is over, for tests: a grant of 2023 with all that can follow one, all of it settled."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import time_machine

from verbund.funding import operations
from verbund.funding.models import GrantApplication, RetentionRun, UseOfFunds
from verbund.funding.tests import claims, proofs, story
from verbund.funding.tests.story import People

MAY, JULY = date(2023, 5, 3), date(2023, 7, 3)
DUE, LONG_AGO = date(2035, 1, 2), date(2013, 5, 3)
CANARY = "Canarius"
"""Stands in every text of the file that can be read, so that nothing of it is overlooked."""


def everything(cast: People, coordinator) -> GrantApplication:
    """Return a granted file of Solingen with question, change, hearing, claim, proof and comments, all closed."""
    with time_machine.travel("2023-05-03 12:00+02:00", tick=True):
        application = granted(cast, coordinator)
        changed(application, cast)
        paid_and_claimed(application, cast)
    with time_machine.travel("2024-04-15 12:00+02:00", tick=True):
        proved(application, cast)
    return GrantApplication.objects.get(pk=application.pk)


def granted(cast: People, coordinator) -> GrantApplication:
    application = story.drafted(story.call_for(2023), cast)
    values = {**story.values(), "purpose": f"{CANARY} Zweck"}
    posts = story.full_staff(2023)
    operations.save_draft(
        application, values=values, posts=posts, extras={}, seen_version=application.version, actor=cast.lead
    )
    operations.invite_comments(application, actor=cast.lead)
    comment = operations.comment_on_draft(application, section="POSTS", text=f"{CANARY} Rat", actor=coordinator)
    operations.settle_comment(comment, actor=cast.lead)
    operations.offer_for_signature(application, on=MAY, actor=cast.lead)
    operations.countersign_application(application, on=MAY, actor=cast.signatory)
    operations.submit_application(application, on=MAY, actor=cast.lead)
    for actor in (cast.officer, cast.approver):
        operations.declare_conflict(application, has_conflict=False, statement=f"{CANARY} Erklärung", actor=actor)
    operations.take_over(application, on=MAY, actor=cast.officer)
    question = operations.request_information(
        application, text=f"{CANARY} Frage", due_on=date(2023, 6, 1), on=MAY, actor=cast.officer
    )
    operations.answer_request(question, answer=f"{CANARY} Antwort", on=MAY, actor=cast.lead)
    answers = dict.fromkeys(story.queries.checklist_of(application), ("MET", f"{CANARY} Vermerk"))
    operations.answer_checklist(application, answers=answers, on=MAY, actor=cast.officer)
    decision = operations.propose_decision(
        application,
        kind="GRANT",
        amount=Decimal(193000),
        deviation_reason=f"{CANARY} Abweichung",
        on=MAY,
        actor=cast.officer,
    )
    notice = operations.countersign_decision(decision, issued_on=MAY, actor=cast.approver)
    operations.record_notification(notice, how="HANDED_OVER", day=MAY, on=MAY, actor=cast.officer)
    operations.waive_remedy(notice, on=MAY, actor=cast.signatory)
    return GrantApplication.objects.get(pk=application.pk)


def changed(application: GrantApplication, cast: People) -> None:
    """Ask for a change that is declined, and hear about a revocation that is not made."""
    request = operations.request_change(
        application, kind="STAFF", reason=f"{CANARY} Wechsel", effective_from=JULY, amount_requested=None, on=MAY,
        actor=cast.lead,
    )  # fmt: skip
    operations.decline_change_request(request, answer=f"{CANARY} Nein", on=MAY, actor=cast.officer)
    hearing = operations.open_hearing(
        application, occasion="REVOCATION", text=f"{CANARY} beabsichtigt", due_on=date(2023, 6, 1), on=MAY,
        actor=cast.officer,
    )  # fmt: skip
    operations.answer_hearing(hearing, answer=f"{CANARY} Stellungnahme", on=MAY, actor=cast.lead)


def paid_and_claimed(application: GrantApplication, cast: People) -> None:
    """Pay 90,000 euros, claim 100 of them back and get them with interest."""
    account = operations.propose_account(
        application.carrier, iban=story.IBAN, holder="Stadt Solingen", actor=cast.treasury
    )
    operations.confirm_account(account, actor=cast.signatory)
    notice = story.queries.valid_notice(application)
    proofs.pay(notice, cast, "90000", on=MAY)
    payment = notice.drawdowns.get().disbursement
    UseOfFunds.objects.create(disbursement=payment, used_on=MAY, amount=Decimal(500), note=f"{CANARY} Honorar")
    reclaim = claims.issued_on(notice, cast, MAY, amount="100")
    owed = claims.standing(reclaim, MAY).open
    claims.received(cast, str(owed), day=MAY, purpose=reclaim.reference)


def proved(application: GrantApplication, cast: People) -> None:
    notice = story.queries.valid_notice(application)
    confirmed = replace(proofs.OFFICE, office=f"{CANARY} Amt", upload=story.upload("bestaetigung.pdf", BESTAETIGUNG))
    proof = proofs.under_check(notice, cast, narrative=f"{CANARY} Sachbericht", audit_confirmation=confirmed)
    operations.draw_sample(
        application.call.programme, budget_year=2023, numbers={"CITY": 1}, seed="a", on=proofs.MARCH, actor=cast.officer
    )
    operations.record_check(proof, note=f"{CANARY} Prüfvermerk", on=proofs.MARCH, actor=cast.officer)
    proofs.decided(proofs.fresh(proof), cast)


BESTAETIGUNG = story.PDF + b"%% Bestaetigung\n"


def withdrawn(cast: People, year: int, *, on: date = MAY) -> GrantApplication:
    """Return an application that was withdrawn on a day; its period ends five years after the end of that year."""
    with time_machine.travel("2023-05-03 12:00+02:00", tick=True):
        application = story.submitted(story.call_for(year, opens_on=date(2022, 6, 1)), cast)
        operations.withdraw_application(application, reason=f"{CANARY} Verzicht", on=on, actor=cast.lead)
    return GrantApplication.objects.get(pk=application.pk)


def hold(application: GrantApplication, cast: People) -> None:
    operations.set_hold(application, reason="Anfrage des Landtags", actor=cast.officer)


def answered(files, cast: People, *, on: date = DUE) -> RetentionRun:
    """Return a run over some files of which the archive takes none."""
    run = operations.propose_retention_run([one.pk for one in files], on=on, actor=cast.officer)
    operations.record_archive_answer(
        run, offered_on=on, answered_on=on, taken=(), note="LAV 1/35", on=on, actor=cast.officer
    )
    return RetentionRun.objects.get(pk=run.pk)
