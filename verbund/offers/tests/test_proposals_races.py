"""Two things at the same instant to one proposal, on both databases."""

import pytest

from verbund.core.lifecycle import NotAllowedNow
from verbund.directory.models import Partner
from verbund.offers.models import InclusionRule, Offer, Proposal
from verbund.offers.proposals import direct, operations, queries
from verbund.offers.tests import story
from verbund.offers.tests.finder_world import publish
from verbund.offers.tests.proposal_story import mails

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.usefixtures("reference")]
VALUES = {"organisation_name": "Frauentreff", "organisation_kind": "CLUB", "new_place": None, "note": "",
          "submitter_email": "vorstand@verein.example"}  # fmt: skip


def submitting(centre):
    content = story.content(at=[story.tuesdays(None)])
    return lambda: operations.submit_proposal(content, dict(VALUES), centre=centre, token="t" * 32, on=story.TODAY).pk


def accepting(proposal, staff, **more):
    names = queries.proposed_fields(proposal)
    said = {"partner": None, "new_partner": {"name": "Frauentreff", "kind": "CLUB"}, "publish": True, "reply": "",
            "seen": None} | more  # fmt: skip
    return lambda: operations.accept_proposal(
        Proposal.objects.get(pk=proposal.pk), names, **said, on=story.TODAY, actor=staff
    )


@pytest.fixture
def proposal(staff):
    submitting(queries.Centre.objects.get(key="05122"))()
    return Proposal.objects.get()


def test_the_same_form_four_times_at_once_is_one_proposal(staff, at_the_same_time):
    centre = queries.Centre.objects.get(key="05122")
    assert len(set(at_the_same_time(*[submitting(centre)] * 4))) == 1
    assert (Proposal.objects.count(), len(mails())) == (1, 1)


def test_two_who_accept_at_once_make_one_entry(proposal, staff, at_the_same_time):
    results = at_the_same_time(accepting(proposal, staff), accepting(proposal, staff))
    assert sorted(type(one).__name__ for one in results) == ["NotAllowedNow", "Offer"]
    assert (Offer.objects.count(), Partner.objects.count(), len(mails())) == (1, 1, 2)


def test_acceptance_refusal_and_withdrawal_at_once_end_with_exactly_one(proposal, staff, at_the_same_time):
    rule = InclusionRule.objects.get(code="not-twice")
    results = at_the_same_time(
        accepting(proposal, staff),
        lambda: operations.refuse_proposal(
            Proposal.objects.get(pk=proposal.pk), rule=rule, reason="Steht schon da.", on=story.TODAY, actor=staff
        ),
        lambda: operations.withdraw_proposal(Proposal.objects.get(pk=proposal.pk), on=story.TODAY),
    )
    assert sum(isinstance(one, NotAllowedNow) for one in results) == 2
    proposal.refresh_from_db()
    assert Offer.objects.exists() == (proposal.status == "ACCEPTED")


def test_a_direct_change_sent_twice_and_its_undoing_twice_act_once(staff, at_the_same_time):
    partner = story.partner(email="kontakt@verein.example", is_trusted=True)
    offer = publish(staff, partner)
    base = direct.OfferContent.of(offer)
    content = base.with_fields(story.content(phone="0212 290-99"), ["phone"])
    values = direct.house_values(partner) | {"new_place": None, "note": "", "submitter_email": ""}

    def write():
        return direct.publish_directly(
            content, dict(values), partner=partner, token="d" * 32, offer=offer, base=base, on=story.TODAY
        ).pk

    assert len(set(at_the_same_time(write, write, write))) == 1
    proposal = Proposal.objects.get()
    results = at_the_same_time(*[lambda: direct.undo(proposal, on=story.TODAY, actor=staff)] * 2)
    assert sorted(type(one).__name__ for one in results) == ["AlreadyUndone", "Offer"]
    offer.refresh_from_db()
    assert (offer.phone, offer.version) == ("0212 290-0", 3)
