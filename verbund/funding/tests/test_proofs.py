"""A grant is proved: filled from the notice, signed by two persons, examined, decided by two others."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from verbund.core import deadlines
from verbund.core.acting import SamePerson
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.versions import StaleVersion
from verbund.funding import operations, payout, proof_clocks, proof_findings
from verbund.funding.models import ProofOfUse, ProofSubmission, Reclaim
from verbund.funding.operations import AuditConfirmation, Cut, Spending
from verbund.funding.tests import proofs, story
from verbund.funding.tests.proofs import APRIL, FULL, MARCH
from verbund.funding.tests.story import People

pytestmark = pytest.mark.django_db
LESS = Spending(Decimal("45000.00"), Decimal("9.0000"), "Die Stelle war von Januar bis März unbesetzt.")


@pytest.fixture
def cast(db) -> People:
    return story.people()


@pytest.fixture
def notice(cast):
    return proofs.paid_grant(cast)


def line(proof, label):
    return next(one for one in proof.lines.all() if one.label.startswith(label))


def test_a_proof_is_filled_from_the_notice_and_there_is_one(notice, cast):
    proof = operations.begin_proof(notice.application, on=MARCH, actor=cast.lead)
    found = [(one.amount_granted, one.months, one.amount_spent) for one in proof.lines.all()]
    assert found == [(Decimal(57000), Decimal(12), None)] * 5 + [(Decimal(22500), Decimal(6), None)]
    with pytest.raises(DomainError, match="schon einen"):
        operations.begin_proof(notice.application, on=MARCH, actor=cast.lead)


def test_nothing_is_proved_where_nothing_is_granted(cast):
    application = story.submitted(story.call_for(2024), cast)
    with pytest.raises(DomainError, match="keine Bewilligung"):
        operations.begin_proof(application, on=MARCH, actor=cast.lead)


def test_a_proof_names_everything_that_is_missing_before_it_can_be_signed(notice, cast):
    proof = operations.begin_proof(notice.application, on=MARCH, actor=cast.lead)
    with pytest.raises(DomainError) as refusal:
        operations.offer_proof(proof, on=MARCH, actor=cast.lead)
    assert len(refusal.value.missing) == 6 + 2  # each line, the audit office, the declaration
    proof = proofs.filled(proof, cast, changes={"Fachkraft 1": replace(LESS, explanation=" ")})
    with pytest.raises(DomainError, match=r"Fachkraft 1 .*Erläutern"):
        operations.offer_proof(proof, on=MARCH, actor=cast.lead)
    unconfirmed = AuditConfirmation(exists=True, office="", confirmed_on=None)
    proof = proofs.filled(proof, cast, audit_confirmation=unconfirmed)
    with pytest.raises(DomainError, match="Nennen Sie die Rechnungsprüfung"):
        operations.offer_proof(proof, on=MARCH, actor=cast.lead)


def test_a_grant_is_proved_after_its_period_and_not_before(notice, cast):
    proof = proofs.begun(notice, cast, on=date(2023, 11, 2))
    with pytest.raises(DomainError, match=r"31\.12\.2023"):
        operations.offer_proof(proof, on=date(2023, 11, 2), actor=cast.lead)


def test_two_persons_of_the_carrier_sign_and_submitting_twice_acts_once(notice, cast):
    proof = proofs.begun(notice, cast)
    operations.offer_proof(proof, on=MARCH, actor=cast.lead)
    with pytest.raises(SamePerson):
        operations.submit_proof(proof, on=MARCH, actor=replace(cast.treasury, on_behalf_of=cast.lead.user))
    operations.submit_proof(proofs.fresh(proof), on=MARCH, actor=cast.treasury)
    with pytest.raises(NotAllowedNow):
        operations.submit_proof(proofs.fresh(proof), on=MARCH, actor=cast.signatory)
    receipt = ProofSubmission.objects.get().receipt
    assert receipt.name.startswith("Eingang Verwendungsnachweis")
    with pytest.raises(DomainError, match="kann nicht geändert"):
        proofs.filled(proofs.fresh(proof), cast)


def test_of_two_who_edit_at_once_the_second_is_told(notice, cast):
    first = operations.begin_proof(notice.application, on=MARCH, actor=cast.lead)
    second = proofs.fresh(first)
    proofs.filled(first, cast)
    with pytest.raises(StaleVersion):
        proofs.filled(second, cast)


def test_a_late_proof_is_marked_and_not_refused(notice, cast):
    first = notice.application.decisions.get().notice
    assert deadlines.due_of("PROOF_OF_USE", first) == date(2024, 4, 2)  # Ostersonntag, Ostermontag
    proof = proofs.submitted(notice, cast, on=date(2024, 4, 3))
    assert (proof.status, proof.is_late, proof.received_on) == ("SUBMITTED", True, date(2024, 4, 3))
    assert deadlines.due_of("PROOF_OF_USE", first) is None


def test_a_proof_on_the_last_day_is_in_time_and_an_extension_counts(notice, cast):
    first = notice.application.decisions.get().notice
    deadline = deadlines.deadlines_of(first).get(kind="PROOF_OF_USE")
    deadlines.extend(deadline, until=date(2024, 4, 30), reason="Jahresabschluss", on=MARCH, actor=cast.officer)
    assert not proofs.submitted(notice, cast, on=date(2024, 4, 30)).is_late


def test_a_proof_without_differences_is_accepted_by_two_persons_and_nothing_comes_back(notice, cast):
    proof = proofs.under_check(notice, cast)
    decision = proofs.proposed(proof, cast)
    with pytest.raises(SamePerson):
        operations.countersign_proof(decision, on=APRIL, actor=cast.officer)
    operations.countersign_proof(decision, on=APRIL, actor=cast.approver)
    with pytest.raises(NotAllowedNow):
        operations.countersign_proof(decision, on=APRIL, actor=cast.approver)
    proof.refresh_from_db()
    assert (proof.status, proof.amount_recognised) == ("ACCEPTED", FULL)
    assert not Reclaim.objects.exists()
    assert decision.proof.decisions.get().document.name.startswith("Ergebnis")


def test_a_vacant_post_lowers_what_is_recognised_and_what_was_paid_beyond_is_claimed(notice, cast):
    proof = proofs.decided(proofs.under_check(notice, cast, changes={"Fachkraft 1": LESS}), cast)
    claim = Reclaim.objects.get()
    assert line(proof, "Fachkraft 1").amount_recognised == Decimal("42750.00")
    assert proof.amount_recognised == FULL - Decimal("14250.00")
    assert (claim.principal, claim.occasion) == (Decimal("14250.00"), "PROOF")


def test_a_claim_that_was_made_before_is_not_made_twice(notice, cast):
    operations.open_reclaim(
        notice.application, occasion="UNUSED", principal=Decimal("10000.00"), reason="nicht verbraucht", on=MARCH,
        actor=cast.officer,
    )  # fmt: skip
    proofs.decided(proofs.under_check(notice, cast, changes={"Fachkraft 1": LESS}), cast)
    assert Reclaim.objects.get(occasion="PROOF").principal == Decimal("4250.00")


def test_a_proof_after_an_amendment_is_judged_by_the_version_that_counts(notice, cast):
    proof = proofs.begun(notice, cast)
    posts = story.full_staff(2023, specialists=5)
    posts[0] = story.shortened(posts[0], until=date(2023, 9, 30))
    operations.countersign_change(
        operations.propose_change(
            notice, kind="AMENDMENT", amount=None, posts=posts, effective_from=date(2023, 10, 1),
            reasons="Eine Stelle ist unbesetzt.", on=MARCH, actor=cast.officer,
        ),
        issued_on=MARCH,
        actor=cast.approver,
    )  # fmt: skip
    with pytest.raises(DomainError, match=r"Fachkraft 1 .*Erläutern"):
        operations.offer_proof(proofs.fresh(proof), on=MARCH, actor=cast.lead)
    proof = proofs.fresh(proof)
    assert (proof.notice.version, line(proof, "Fachkraft 1").amount_granted) == (1, Decimal("57000.00"))  # rolled back
    proof = proofs.filled(proof, cast, changes={"Fachkraft 1": Spending(Decimal("42750.00"), Decimal(9), "Vakanz")})
    assert (proof.notice.version, line(proof, "Fachkraft 1").amount_granted) == (2, Decimal("42750.00"))
    operations.offer_proof(proof, on=MARCH, actor=cast.lead)
    operations.submit_proof(proof, on=MARCH, actor=cast.treasury)
    operations.take_over_proof(proof, on=MARCH, actor=cast.officer)
    assert proofs.decided(proofs.fresh(proof), cast).amount_recognised == Decimal("293250.00")


def test_a_cut_needs_a_hearing_a_reason_and_a_lower_amount(notice, cast):
    proof = proofs.under_check(notice, cast)
    first = line(proof, "Fachkraft 1")
    cut = {first.pk: Cut(Decimal("50000.00"), "Die Qualifikation fehlte zwei Monate.")}
    options = {"outcome": "ACCEPTED_WITH_CUT", "reasons": "Eine Stelle war zeitweise nicht förderfähig besetzt."}
    with pytest.raises(operations.NotHeard):
        proofs.proposed(proof, cast, **options, cuts=cut)
    proof = proofs.heard(proof, cast)
    with pytest.raises(DomainError, match="Begründung"):
        proofs.proposed(proof, cast, outcome="ACCEPTED_WITH_CUT", cuts=cut)
    with pytest.raises(DomainError, match="mindestens einer"):
        proofs.proposed(proof, cast, **options)
    with pytest.raises(DomainError, match="Höchstens"):
        proofs.proposed(proof, cast, **options, cuts={first.pk: Cut(Decimal("57000.01"), "Grund")})
    with pytest.raises(DomainError, match="Grund der Kürzung"):
        proofs.proposed(proof, cast, **options, cuts={first.pk: Cut(Decimal("50000.00"), " ")})
    proof = proofs.decided(proof, cast, **options, cuts=cut)
    assert (proof.status, proof.amount_recognised) == ("ACCEPTED_WITH_CUT", Decimal("300500.00"))
    assert Reclaim.objects.get().hearing == proof.hearing


def test_a_refused_proof_claims_everything_that_was_paid(notice, cast):
    proof = proofs.heard(proofs.under_check(notice, cast), cast)
    proof = proofs.decided(proof, cast, outcome="REFUSED", reasons="Die Verwendung ist nicht belegt.")
    assert (proof.amount_recognised, Reclaim.objects.get().principal) == (0, FULL)


def test_a_rejected_proposal_goes_back_into_the_examination(notice, cast):
    decision = proofs.proposed(proofs.under_check(notice, cast), cast)
    with pytest.raises(DomainError, match="Grund"):
        operations.reject_proof_proposal(decision, reason=" ", on=APRIL, actor=cast.approver)
    operations.reject_proof_proposal(decision, reason="Bitte die Monate klären.", on=APRIL, actor=cast.approver)
    proof = proofs.fresh(decision.proof)
    assert (proof.status, proof.amount_recognised) == ("UNDER_CHECK", None)
    assert proofs.proposed(proof, cast).status == "PROPOSED"


def test_who_has_a_conflict_or_said_nothing_does_not_examine(notice, cast):
    proof = proofs.submitted(notice, cast)
    stranger = replace(cast.officer, user=story.people("05916").officer.user)
    with pytest.raises(DomainError, match="Erklären Sie zuerst"):
        operations.take_over_proof(proof, on=MARCH, actor=stranger)
    operations.declare_conflict(notice.application, has_conflict=True, statement="Nähe", actor=cast.officer)
    with pytest.raises(DomainError, match="jemand anderes"):
        operations.take_over_proof(proof, on=MARCH, actor=cast.officer)


def test_a_returned_proof_is_signed_twice_again_and_its_first_day_counts(notice, cast):
    proof = proofs.under_check(notice, cast)
    with pytest.raises(DomainError, match="nach heute"):
        operations.hand_back_proof(proof, reason="Monate fehlen", due_on=MARCH, on=MARCH, actor=cast.officer)
    operations.hand_back_proof(proof, reason="Monate fehlen", due_on=APRIL, on=MARCH, actor=cast.officer)
    assert proof_clocks.due_on(proof) == APRIL
    proof = proofs.filled(proofs.fresh(proof), cast)
    operations.offer_proof(proof, on=APRIL, actor=cast.lead)
    operations.submit_proof(proof, on=date(2024, 4, 16), actor=cast.signatory)
    proof = proofs.fresh(proof)
    assert (proof.received_on, proof.is_late, proof.submissions.count()) == (MARCH, False, 2)


def test_the_desk_check_finds_what_a_clerk_would(notice, cast):
    said = {
        "Fachkraft 1": Spending(Decimal("60000.00"), Decimal(13), "Tarif"),
        "Fachkraft 2": Spending(Decimal("45000.00"), Decimal(9), "Vakanz"),
    }
    none = AuditConfirmation(exists=False)
    proof = proofs.submitted(notice, cast, on=date(2024, 4, 3), changes=said, audit_confirmation=none)
    kinds = {finding.code for finding in proof_findings.findings(proof)}
    assert kinds == {"LATE", "ABOVE_GRANT", "ABOVE_POSTS", "PAID_BEYOND", "NO_AUDIT"}
    assert {finding.code for finding in proof_findings.findings(proof)} == kinds


def test_a_clean_proof_has_no_findings(notice, cast):
    assert proof_findings.findings(proofs.submitted(notice, cast)) == []


def test_an_interim_proof_is_ordered_submitted_and_only_noted(notice, cast):
    order = {"reason": "Stand der Besetzung", "on": date(2023, 7, 3), "actor": cast.officer}
    with pytest.raises(DomainError, match="nach heute"):
        operations.order_interim_proof(notice.application, due_on=date(2023, 7, 3), **order)
    proof = operations.order_interim_proof(notice.application, due_on=date(2023, 9, 1), **order)
    with pytest.raises(DomainError, match="schon angeordnet"):
        operations.order_interim_proof(notice.application, due_on=date(2023, 9, 1), **order)
    half = {"Fachkraft 1": Spending(Decimal("28500.00"), Decimal(6), "")}  # of an unfinished year: no explanation
    proof = proofs.filled(proof, cast, changes=half, audit_confirmation=AuditConfirmation(exists=None))
    operations.offer_proof(proof, on=date(2023, 8, 1), actor=cast.lead)
    operations.submit_proof(proof, on=date(2023, 9, 4), actor=cast.treasury)
    proof = proofs.fresh(proof)
    assert proof.is_late
    operations.take_over_proof(proof, on=date(2023, 9, 5), actor=cast.officer)
    with pytest.raises(DomainError, match="zur Kenntnis"):
        proofs.proposed(proof, cast)
    operations.note_interim_proof(proof, on=date(2023, 9, 5), actor=cast.officer)
    assert ProofOfUse.objects.get().status == "NOTED"
    operations.begin_proof(notice.application, on=MARCH, actor=cast.lead)  # the final one is another


def test_after_the_proof_no_more_is_called_than_was_recognised(cast):
    story.call_for(2023, drawdowns_until=date(2024, 6, 28))
    notice = proofs.paid_grant(cast, amount="100000")
    spent = Spending(Decimal(25000), Decimal(12), "weniger ausgegeben")
    proof = proofs.decided(proofs.under_check(notice, cast, changes={"": spent}), cast)
    assert proof.amount_recognised == Decimal(5 * 25000 + 22500)

    day = date(2024, 5, 2)
    left = proof.amount_recognised - 100000
    assert payout.balance_of(notice, on=day).due == left
    with pytest.raises(DomainError, match=r"147\.500,00.€ anerkannt; davon sind noch 47\.500,00.€ offen"):
        operations.request_drawdown(notice, amount=left + 1, on=day, actor=cast.treasury)
    assert operations.request_drawdown(notice, amount=left, on=day, actor=cast.treasury).amount == left
