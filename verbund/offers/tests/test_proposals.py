"""What becomes of a proposal without an account: accepted, accepted in parts, refused with a reason, taken back."""

from datetime import date

import pytest

from tests.support import cast
from verbund.accounts.roles import Role
from verbund.core.lifecycle import NotAllowedNow
from verbund.offers.models import InclusionRule
from verbund.offers.proposals import operations, queries
from verbund.offers.proposals.lifecycle import ProposalStatus
from verbund.offers.tests import story

pytestmark = pytest.mark.django_db


def submit(token="t" * 32, **said):
    values = {"organisation_name": "Frauentreff", "organisation_kind": "CLUB", "new_place": None, "note": ""}
    return operations.submit_proposal(
        story.content(at=[story.tuesdays(None)], **said), values | {"submitter_email": ""},
        centre=cast.centre(), token=token, on=story.TODAY,
    )  # fmt: skip


def test_the_same_form_sent_twice_is_one_proposal():
    assert submit().pk == submit().pk


def test_an_answer_is_promised_within_five_working_days():
    assert submit().due_on == date(2026, 11, 30)


def test_only_the_centre_that_is_responsible_sees_a_proposal(member, acting, staff):
    proposal = submit()
    other = acting(member(Role.CENTRE_STAFF, at="05334002"))

    assert list(queries.proposals_visible_to(staff)) == [proposal]
    assert list(queries.proposals_visible_to(other)) == []


def test_an_accepted_proposal_becomes_a_public_entry_of_the_confirmed_organisation(staff):
    proposal = submit()
    offer = operations.accept_proposal(
        proposal, queries.proposed_fields(proposal), partner=None,
        new_partner={"name": "Frauentreff e. V.", "kind": "CLUB"}, publish=True, reply="", seen=None,
        on=story.TODAY, actor=staff,
    )  # fmt: skip

    assert (proposal.status, offer.is_public, str(offer.partner)) == ("ACCEPTED", True, "Frauentreff e. V.")


def test_the_second_clerk_and_a_late_withdrawal_are_refused(staff):
    proposal = submit()
    rule = InclusionRule.objects.get(code="not-twice")
    operations.refuse_proposal(proposal, rule=rule, reason="Steht schon da.", on=story.TODAY, actor=staff)

    with pytest.raises(NotAllowedNow):
        operations.withdraw_proposal(proposal, on=story.TODAY)
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.REFUSED


def test_nobody_refuses_without_a_rule_and_words(staff):
    with pytest.raises(operations.NoReason):
        operations.refuse_proposal(submit(), rule=None, reason="nein", on=story.TODAY, actor=staff)


def test_twelve_months_after_the_decision_address_and_links_are_gone():
    proposal = submit()
    operations.withdraw_proposal(proposal, on=date(2026, 1, 5))

    assert (operations.forget_old(on=date(2027, 1, 4)), operations.forget_old(on=date(2027, 1, 5))) == (0, 1)
    assert queries.proposal_of("t" * 32) is None
