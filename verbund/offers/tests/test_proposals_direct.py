"""Trusted partners publish directly: known by a link to their own address or by sign-in, never by what is typed."""

import pytest
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.core.models import AuditEntry
from verbund.offers import operations as offers
from verbund.offers import place_operations
from verbund.offers.content import OfferContent
from verbund.offers.freshness import operations as freshness
from verbund.offers.models import Offer, PartnerLink, Proposal
from verbund.offers.proposals import direct
from verbund.offers.tests import editing_story, story
from verbund.offers.tests.finder_world import publish
from verbund.offers.tests.freshness_story import LONG_AGO, token_of
from verbund.offers.tests.proposal_story import SAID, change, everything, hidden, link_in, mails, send

pytestmark = pytest.mark.django_db
ADDRESS = "kontakt@verein.example"


@pytest.fixture
def lead(member):
    return member(Role.CENTRE_LEAD)


@pytest.fixture
def partner(lead, acting):
    partner = story.partner(name="Begegnung e. V.", email=ADDRESS)
    place_operations.trust_partner(partner, is_trusted=True, actor=acting(lead))
    return partner


@pytest.fixture
def offer(partner, lead, acting):
    return publish(acting(lead), partner)


@pytest.fixture
def path(client, offer) -> str:
    """The page behind the link that the partner asked for."""
    page = client.get(f"/angebote/{offer.pk}/link/")
    client.post(f"/angebote/{offer.pk}/link/", hidden(page))
    return link_in(mails()[-1])


def test_what_a_trusted_partner_writes_by_its_link_is_public_at_once_and_seen_by_the_centre(
    client, path, offer, lead, client_of
):
    assert mails()[-1].recipient == ADDRESS
    assert offer.title in client.get(path).content.decode()
    answer = change(client, f"{path}{offer.pk}/", phone="0212 290-99")
    offer.refresh_from_db()
    assert (answer.status_code, offer.phone) == (302, "0212 290-99")
    assert "Ihr Eintrag ist veröffentlicht" in client.get(answer.url).content.decode()
    done = AuditEntry.objects.filter(verb="edit_offer").get()
    assert (done.actor_label, done.actor) == ("Anbieter über Link: Begegnung e. V.", None)
    office = client_of(lead)
    assert "direkt veröffentlicht" in office.get("/angebote/pflege/vorschlaege/").content.decode()
    proposal = Proposal.objects.get(is_direct=True)
    undo = reverse("offers:proposal-undo", args=[proposal.pk])
    assert "Zurücknehmen" in office.get(reverse("offers:proposal", args=[proposal.pk])).content.decode()
    assert office.post(undo).status_code == 302
    offer.refresh_from_db()
    assert offer.phone == "0212 290-0"
    assert office.post(undo).status_code == 422


def test_a_new_entry_of_a_trusted_partner_is_public_at_once_and_ended_when_it_is_undone(client, path, lead, acting):
    page = client.get(f"{path}neu/")
    said = {name: value for name, value in SAID.items() if name not in {"organisation_name", "organisation_kind"}}
    form = {**hidden(page), **said, "ort-0-neu-town": ""}
    first = client.post("/angebote/vorschlagen/senden/", form)
    again = client.post("/angebote/vorschlagen/senden/", {**form, "_once": ""})
    assert first.url == again.url
    made = Offer.objects.get(title=SAID["title"])
    assert (made.is_public, made.checked_how, str(made.partner)) == (True, "PARTNER", "Begegnung e. V.")
    direct.undo(Proposal.objects.get(made_offer=made), on=today(), actor=acting(lead))
    made.refresh_from_db()
    assert made.status == "ENDED"


def test_what_somebody_changed_afterwards_is_not_undone(client, path, offer, lead, acting):
    change(client, f"{path}{offer.pk}/", phone="0212 290-99")
    offer.refresh_from_db()
    newer = OfferContent.of(offer).with_fields(story.content(to_bring="Ausweis"), ["to_bring"])
    offers.edit_offer(offer, newer, seen=offer.version, on=today(), actor=acting(lead))
    before = everything()
    with pytest.raises(direct.ChangedSince):
        direct.undo(Proposal.objects.get(), on=today(), actor=acting(lead))
    assert everything() == before


def test_nobody_is_trusted_for_the_name_or_address_they_type(client, offer):
    said = {"organisation_name": "Begegnung e. V.", "organisation_kind": "CLUB", "submitter_email": ADDRESS}
    change(client, f"/angebote/{offer.pk}/ergaenzen/", phone="0212 666", **said)
    send(client, **said)
    offer.refresh_from_db()
    assert offer.phone == "0212 290-0"
    assert Offer.objects.count() == 1
    assert set(Proposal.objects.values_list("status", "is_direct", "partner")) == {("RECEIVED", False, None)}


def test_a_partner_that_is_not_trusted_any_more_is_checked_first(client, path, offer, partner, lead, acting):
    place_operations.trust_partner(partner, is_trusted=False, actor=acting(lead))
    assert change(client, f"{path}{offer.pk}/", phone="0212 290-99").status_code == 302
    offer.refresh_from_db()
    proposal = Proposal.objects.get()
    assert (offer.phone, proposal.status, proposal.partner) == ("0212 290-0", "RECEIVED", partner)
    with pytest.raises(direct.NotTrusted):
        direct.publish_directly(
            story.content(), direct.house_values(partner), partner=partner, token="t" * 32, on=today()
        )


def test_a_link_that_has_ended_or_went_to_an_older_address_opens_nothing(client, path, offer, partner, lead, acting):
    form = hidden(client.get(f"{path}{offer.pk}/")) | {"phone": "0212 666"}
    before = everything()
    until = PartnerLink.objects.get().valid_until
    PartnerLink.objects.update(valid_until="2020-01-01")
    assert {client.get(one).status_code for one in (path, f"{path}neu/", f"{path}{offer.pk}/")} == {410}
    assert client.post("/angebote/vorschlagen/senden/", form).status_code == 410
    PartnerLink.objects.update(valid_until=until)
    assert everything() == before
    values = {name: getattr(partner, name) for name in place_operations.PARTNER_FIELDS} | {
        "email": "neu@verein.example"
    }
    place_operations.edit_partner(partner, str(partner), values, seen=partner.version, actor=acting(lead))
    assert client.get(path).status_code == 410
    assert client.post("/angebote/vorschlagen/senden/", form).status_code == 410
    offer.refresh_from_db()
    assert offer.phone == "0212 290-0"


def test_with_the_link_of_one_partner_nobody_writes_for_another(client, path, offer, lead, acting):
    foreign = publish(acting(lead), story.partner(email="b@verein.example"))
    before = everything()
    assert client.get(f"{path}{foreign.pk}/").status_code == 404
    form = hidden(client.get(f"{path}{offer.pk}/"))
    assert client.post("/angebote/vorschlagen/senden/", {**form, "eintrag": str(foreign.pk)}).status_code == 404
    assert everything() == before


def test_the_question_whether_entries_are_right_also_leads_to_changing_them(client, offer, lead, acting):
    Offer.objects.update(checked_on=LONG_AGO)
    freshness.ask_all_due(on=today())
    token = token_of(mails()[-1])
    path = f"/angebote/anbieter/{token}/{offer.pk}/"
    assert path in client.get(f"/angebote/bestaetigen/{token}/").content.decode()
    assert change(client, path, phone="0212 290-99").status_code == 302
    offer.refresh_from_db()
    assert offer.phone == "0212 290-99"


def test_the_page_for_a_link_says_the_same_whether_an_address_is_known_or_not(client, offer, lead, acting):
    unknown = publish(acting(lead), story.partner(name="Ohne Adresse"))
    told = []
    for one in (offer, unknown):
        page = f"/angebote/{one.pk}/link/"
        answer = client.post(page, hidden(client.get(page)))
        told.append((answer.status_code, client.get(answer.url).content.decode().count("unterwegs")))
    assert told[0] == told[1]
    assert [mail.recipient for mail in mails()] == [ADDRESS]
    for _time in range(5):
        page = f"/angebote/{offer.pk}/link/"
        client.post(page, hidden(client.get(page)))
    assert len(mails()) == 3


def test_only_the_lead_says_who_is_trusted_and_the_page_says_since_when(partner, client_of, member, lead):
    distrust = reverse("offers:partner-distrust", args=[partner.pk])
    for membership, status in (
        (member(Role.CENTRE_STAFF), 403),
        (member(Role.CENTRE_LEAD, at="05978"), 404),
        (member(Role.PROVIDER_MEMBER, partner.organisation), 403),
    ):
        assert client_of(membership).post(distrust).status_code == status
    page = client_of(member(Role.CENTRE_STAFF)).get(reverse("offers:partner", args=[partner.pk])).content.decode()
    assert f'Seit <time datetime="{today():%Y}' in page
    assert "Das entscheidet die Leitung des Zentrums." in page
    assert client_of(lead).post(distrust).status_code == 302
    partner.refresh_from_db()
    assert not partner.is_trusted


def test_a_signed_in_member_of_a_partner_is_seen_by_the_centre_with_a_way_back(
    offer, partner, member, client_of, lead, acting
):
    provider = client_of(member(Role.PROVIDER_MEMBER, partner.organisation))
    place = offer.at_places.get().place
    form = editing_story.form(partner, place=place, version=str(offer.version), phone="0212 290-77")
    assert provider.post(reverse("offers:edit", args=[offer.pk]), form).status_code == 302
    proposal = Proposal.objects.get()
    offer.refresh_from_db()
    assert (proposal.is_direct, proposal.partner, offer.phone) == (True, partner, "0212 290-77")
    direct.undo(proposal, on=today(), actor=acting(lead))
    offer.refresh_from_db()
    assert offer.phone == "0212 290-0"
    draft = offers.create_offer(partner, story.content(at=[story.tuesdays(None)]), on=today(), actor=acting(lead))
    assert provider.post(reverse("offers:publish", args=[draft.pk])).status_code == 302
    assert Proposal.objects.get(made_offer=draft).is_direct
