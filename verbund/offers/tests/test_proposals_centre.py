"""The centre's pages of proposals: field by field, questions, refusals, and whom none of it is for."""

import pytest
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.directory.models import Partner
from verbund.offers import operations as offers
from verbund.offers.content import OfferContent
from verbund.offers.models import InclusionRule, Offer, Place, Proposal
from verbund.offers.tests import story
from verbund.offers.tests.finder_world import publish
from verbund.offers.tests.proposal_story import change, everything, mails, send
from verbund.portal.worklist import tasks_for

pytestmark = pytest.mark.django_db
ACTS = ("proposal-check", "proposal-ask", "proposal-refuse", "proposal-accept", "proposal-undo")


@pytest.fixture
def membership(member):
    return member(Role.CENTRE_STAFF)


@pytest.fixture
def staff(membership, acting):
    return acting(membership)


@pytest.fixture
def office(membership, client_of):
    return client_of(membership)


@pytest.fixture
def proposal(client):
    send(client)
    return Proposal.objects.get()


@pytest.fixture
def changed(client, staff):
    """A proposed change of two fields of a public entry."""
    offer = publish(staff)
    said = {"organisation_name": "Leserin", "organisation_kind": "OTHER", "phone": "0212 290-99", "to_bring": "Ausweis"}
    change(client, f"/angebote/{offer.pk}/ergaenzen/", **said)
    return Proposal.objects.get()


def address(name: str, proposal) -> str:
    return reverse(f"offers:{name}", args=[proposal.pk])


def take(office, proposal, *names, **said):
    page = office.get(address("proposal", proposal))
    form = page.context["form"]
    usual = {"partner": "neu", "name": form["name"].value() if "name" in form.fields else "", "kind": "CLUB",
             "publish": "yes", "reply": "", "seen": form["seen"].value() or "", "fields_taken": names}  # fmt: skip
    return office.post(address("proposal-accept", proposal), usual | said)


def test_only_the_centre_of_the_town_opens_a_proposal_or_acts_on_it(proposal, client_of, member):
    before = everything()
    others = {
        member(Role.CENTRE_LEAD, at="05978"): 404,
        member(Role.COORDINATOR): 404,
        member(Role.PROVIDER_MEMBER): 404,
        None: 403,
    }
    for membership, refused in others.items():
        client = client_of(membership)
        assert client.get(address("proposal", proposal)).status_code == (refused if membership else 302)
        for name in ACTS:
            assert client.post(address(name, proposal), {"text": "x", "reason": "x"}).status_code == refused
    assert everything() == before
    foreign = client_of(member(Role.CENTRE_STAFF, at="05978"))
    assert proposal.title not in foreign.get("/angebote/pflege/vorschlaege/").content.decode()
    assert client_of(member(Role.COORDINATOR)).get("/angebote/pflege/vorschlaege/").status_code == 403


def test_a_proposal_stands_on_the_work_list_until_it_is_answered(proposal, staff, office):
    mine = [task for task in tasks_for(staff, today()) if task.url == "/angebote/pflege/vorschlaege/"]
    assert [(task.subject, task.due_on) for task in mine] == [("1 offen", proposal.due_on)]
    assert proposal.title in office.get(mine[0].url).content.decode()
    office.post(address("proposal-ask", proposal), {"text": "Gibt es eine Rampe?"})
    assert not [task for task in tasks_for(staff, today()) if "vorschlaege" in task.url]


def test_a_new_entry_is_published_for_an_organisation_that_is_made_on_the_way(proposal, office):
    names = [row.name for row in office.get(address("proposal", proposal)).context["rows"]]
    assert take(office, proposal, *names).status_code == 302
    offer = Offer.objects.get()
    assert (offer.is_public, str(offer.partner)) == (True, "Nähtreff Ohligs e. V.")
    assert [(place.street, place.municipality.name) for place in Place.objects.all()] == [
        ("Wupperstraße 5", "Solingen")
    ]
    assert "übernommen" in mails()[-1].body


def test_a_known_organisation_is_suggested_and_one_of_another_centre_refused(proposal, office):
    known = story.partner(name="Nähtreff Ohligs e.V.")
    foreign = story.partner("05978", name="Nähtreff Ohligs e. V.")
    page = office.get(address("proposal", proposal))
    assert page.context["form"]["partner"].value() == str(known.pk)
    before = everything()
    for wrong in (foreign.pk, 10**30, "x"):
        assert take(office, proposal, "at", "terms", partner=str(wrong)).status_code == 422
    assert everything() == before
    assert take(office, proposal, "at", "terms", partner=str(known.pk), publish="no").status_code == 302
    offer = Offer.objects.get()
    assert (offer.partner, offer.status, Partner.objects.count()) == (known, "DRAFT", 2)
    proposal.refresh_from_db()
    assert proposal.status == "PARTLY"


def test_an_incomplete_entry_is_not_published_and_nothing_else_happens_either(proposal, office):
    before = everything()
    refused = take(office, proposal, "phone")
    assert refused.status_code == 422
    assert "mindestens ein Anliegen" in refused.content.decode()
    assert everything() == before


def test_of_a_change_one_of_two_parts_is_taken_over(changed, office):
    page = office.get(address("proposal", changed))
    assert [(row.name, row.old, row.new) for row in page.context["rows"]] == [
        ("to_bring", "–", "Ausweis"),
        ("phone", "0212 290-0", "0212 290-99"),
    ]
    assert take(office, changed, "description").status_code == 422
    assert take(office, changed, "phone", reply="Den Ausweis braucht niemand.").status_code == 302
    offer = Offer.objects.get()
    changed.refresh_from_db()
    assert (offer.phone, offer.to_bring, changed.status) == ("0212 290-99", "", "PARTLY")
    late = take(office, changed, "phone")
    assert (late.status_code, "Das geht im Stand" in late.content.decode()) == (422, True)


def test_an_entry_saved_by_somebody_else_meanwhile_shows_what_differs_and_takes_nothing(changed, office, staff):
    offer = changed.offer
    page = office.get(address("proposal", changed))
    seen = page.context["form"]["seen"].value()
    newer = OfferContent.of(offer).with_fields(story.content(phone="0212 290-5"), ["phone"])
    offers.edit_offer(offer, newer, seen=offer.version, on=today(), actor=staff)
    before = everything()
    for stale in (seen, "", 0):
        answer = take(office, changed, "phone", seen=stale)
        assert answer.status_code == 409
        assert all(text in answer.content.decode() for text in ("0212 290-5", "0212 290-99"))
    assert everything() == before
    again = office.get(address("proposal", changed))
    assert again.context["form"].taken == {"to_bring"}
    assert "Beim Vorschlag stand da:" in again.content.decode()
    assert take(office, changed, "phone").status_code == 302


def test_a_refusal_needs_a_published_rule_and_words(proposal, office):
    rule = InclusionRule.objects.first()
    gone = InclusionRule.objects.create(code="gone", sentence="galt früher", valid_from="2020-01-01",
                                        valid_until="2020-12-31", source="Test")  # fmt: skip
    path = address("proposal-refuse", proposal)
    before = everything()
    for said in ({"reason": "nein"}, {"rule": rule.pk, "reason": " "}, {"rule": gone.pk, "reason": "nein"}):
        assert office.post(path, said).status_code == 422
    assert everything() == before
    assert office.post(path, {"rule": rule.pk, "reason": "Passt nicht."}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.status, proposal.rule) == ("REFUSED", rule)
    assert rule.sentence in mails()[-1].body


def test_the_list_asks_as_often_for_three_proposals_as_for_one(client, office, django_assert_max_num_queries):
    path = "/angebote/pflege/vorschlaege/"
    send(client)
    office.get(path)
    with django_assert_max_num_queries(40) as one:
        office.get(path)
    asked = len(one)
    for number in range(2):
        send(client, title=f"Angebot {number}", organisation_name=f"Haus {number * 991}")
    with django_assert_max_num_queries(asked):
        assert office.get(path).status_code == 200
