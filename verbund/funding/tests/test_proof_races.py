"""Two people press in the same instant: a proof is decided once and claimed once, on either database."""

from decimal import Decimal

import pytest

from tests.support.cast import acting, member
from verbund.accounts.roles import Role
from verbund.funding import operations
from verbund.funding.models import ProofDecision, ProofOfUse, ProofSubmission, Reclaim
from verbund.funding.operations import Spending
from verbund.funding.tests import proofs, story
from verbund.funding.tests.test_races import kinds

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]


def approver_for(application):
    actor = acting(member(Role.GRANT_APPROVER))
    operations.declare_conflict(application, has_conflict=False, statement="", actor=actor)
    return actor


def test_of_two_signatures_at_once_one_decides_and_claims(at_the_same_time):
    cast = story.people()
    notice = proofs.paid_grant(cast)
    less = {"Fachkraft 1": Spending(Decimal("42750.00"), Decimal(9), "unbesetzt")}
    decision = proofs.proposed(proofs.under_check(notice, cast, changes=less), cast)
    approvers = [approver_for(notice.application) for _number in range(2)]
    outcomes = at_the_same_time(
        *(
            lambda actor=actor: operations.countersign_proof(
                ProofDecision.objects.get(pk=decision.pk), on=proofs.APRIL, actor=actor
            )
            for actor in approvers
        )
    )
    assert kinds(outcomes) == ["NotAllowedNow", "done"]
    assert Reclaim.objects.count() == 1


def test_of_two_second_signatures_at_once_one_submits(at_the_same_time):
    cast = story.people()
    proof = proofs.begun(proofs.paid_grant(cast), cast)
    operations.offer_proof(proof, on=proofs.MARCH, actor=cast.lead)
    outcomes = at_the_same_time(
        *(
            lambda actor=actor: operations.submit_proof(
                ProofOfUse.objects.get(pk=proof.pk), on=proofs.MARCH, actor=actor
            )
            for actor in (cast.treasury, cast.signatory)
        )
    )
    assert kinds(outcomes) == ["NotAllowedNow", "done"]
    assert ProofSubmission.objects.count() == 1
