"""What can be done with an entry, by whom; refusal beside success, and a refusal changes nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.core.models import AuditEntry
from verbund.core.versions import StaleVersion
from verbund.offers import operations
from verbund.offers.content import OfferContent
from verbund.offers.lifecycle import OfferStatus as S
from verbund.offers.models import Offer
from verbund.offers.tests import story

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return story.partner()


@pytest.fixture
def people(member, partner):
    neighbour = story.partner()
    return {
        "visitor": None,
        "staff": member(Role.CENTRE_STAFF),
        "lead": member(Role.CENTRE_LEAD),
        "provider": member(Role.PROVIDER_MEMBER, partner.organisation),
        "other provider": member(Role.PROVIDER_MEMBER, neighbour.organisation),
        "other centre": member(Role.CENTRE_LEAD, at="05978"),
        "coordinator": member(Role.COORDINATOR),
        "volunteer": member(Role.VOLUNTEER),
    }


@pytest.fixture
def offer(partner, people, acting):
    content = story.content(at=[story.tuesdays(story.place())])
    return operations.create_offer(partner, content, on=today(), actor=acting(people["staff"]))


@pytest.fixture
def bring(people, acting):
    """`bring(offer, status)` leads an entry there by the acts of the trade."""

    def lead_to(offer, status):
        actor, on = acting(people["staff"]), today()
        if status in {S.PUBLISHED, S.PAUSED}:
            operations.publish_offer(offer, on=on, actor=actor)
        if status == S.PAUSED:
            operations.pause_offer(offer, until=None, reason="Umbau", on=on, actor=actor)
        if status == S.ENDED:
            operations.end_offer(offer, reason="vorbei", on=on, actor=actor)

    return lead_to


def test_an_entry_whose_time_is_over_leads_to_no_page_that_is_gone(client_of, people, acting, offer, bring, client):
    bring(offer, S.PUBLISHED)
    office = client_of(people["staff"])
    public, kept = reverse("offers:offer", args=[offer.pk]), reverse("offers:kept-offer", args=[offer.pk])
    easy = reverse("offers:easy-text", args=[offer.pk])
    assert all(f'href="{public}' in office.get(page).content.decode() for page in (kept, easy))

    Offer.objects.filter(pk=offer.pk).update(valid_until=today() - timedelta(days=1))

    assert client.get(public).status_code == 410
    assert not any(f'href="{public}' in office.get(page).content.decode() for page in (kept, easy))


def test_the_history_calls_the_check_of_an_entry_by_its_name(client_of, people, offer, bring):
    bring(offer, S.PUBLISHED)
    page = client_of(people["staff"]).get(reverse("offers:kept-offer", args=[offer.pk]))
    labels = {change["label"] for entry in page.context["history"] for change in entry["changes"]}
    assert {"Geprüft am", "Wie geprüft"} <= labels
    assert not {"Vertieft geprüft am", "Checked how"} & labels


ACTS = {
    # the act: (the status it starts from, what is posted, the status it leads to)
    "offers:publish": (S.DRAFT, {}, S.PUBLISHED),
    "offers:pause": (S.PUBLISHED, {"reason": "Sommerpause", "until": "24.12.2099"}, S.PAUSED),
    "offers:resume": (S.PAUSED, {}, S.PUBLISHED),
    "offers:end": (S.PUBLISHED, {"reason": "Förderung ausgelaufen"}, S.ENDED),
    "offers:reopen": (S.ENDED, {}, S.DRAFT),
    "offers:confirm": (S.PUBLISHED, {}, S.PUBLISHED),
    "offers:stage": (S.PUBLISHED, {"stage": "PILOT", "began_on": "01.09.2020"}, S.PUBLISHED),
}


@pytest.mark.parametrize("name", ACTS)
def test_who_does_what_and_whom_a_refusal_leaves_everything_as_it_was(people, offer, bring, client_of, name):
    begin, typed, end = ACTS[name]
    bring(offer, begin)
    address = reverse(name, args=[offer.pk])
    before = (Offer.objects.filter(pk=offer.pk).values().get(), AuditEntry.objects.count())
    refused = {"visitor": 403, "other provider": 404, "other centre": 404, "coordinator": 404, "volunteer": 404}
    refused |= {"provider": 403} if name == "offers:publish" else {}

    answers = {who: client_of(people[who]).post(address, typed).status_code for who in refused}
    assert answers == refused
    assert (Offer.objects.filter(pk=offer.pk).values().get(), AuditEntry.objects.count()) == before

    doer = "staff" if name == "offers:publish" else "provider"
    assert client_of(people[doer]).post(address, typed).status_code == 302
    offer.refresh_from_db()
    assert offer.status == end
    assert AuditEntry.objects.count() == before[1] + 1


def test_only_a_trusted_partner_publishes_itself(people, partner, offer, client_of):
    provider, lead = client_of(people["provider"]), client_of(people["lead"])
    page, publish = reverse("offers:kept-offer", args=[offer.pk]), reverse("offers:publish", args=[offer.pk])
    trust = reverse("offers:partner-trust", args=[partner.pk])

    assert "Veröffentlichung durch das Zentrum" in provider.get(page).content.decode()
    assert provider.post(trust).status_code == 403
    assert provider.post(publish).status_code == 403
    assert client_of(people["other centre"]).post(trust).status_code == 404
    assert lead.post(trust).status_code == 302
    assert provider.post(publish).status_code == 302
    offer.refresh_from_db()
    assert (offer.status, offer.checked_how) == ("PUBLISHED", "PARTNER")
    assert "darf selbst veröffentlichen" in lead.get(reverse("offers:partner", args=[partner.pk])).content.decode()


@pytest.mark.parametrize("name", ["offers:resume", "offers:reopen", "offers:confirm", "offers:pause"])
def test_what_is_not_possible_now_is_refused_and_says_why(people, offer, client_of, name):
    client = client_of(people["staff"])
    answer = client.post(reverse(name, args=[offer.pk]), {"reason": "x"})
    page = client.get(reverse("offers:kept-offer", args=[offer.pk])).content.decode()

    assert answer.status_code == 422
    assert "nicht möglich, solange der Eintrag im Stand „Entwurf“ ist" in page
    assert Offer.objects.get().status == "DRAFT"


def test_an_entry_without_a_place_is_not_published(people, partner, acting, client_of):
    bare = operations.create_offer(partner, story.content(), on=today(), actor=acting(people["staff"]))
    answer = client_of(people["staff"]).post(reverse("offers:publish", args=[bare.pk]))

    assert answer.status_code == 422
    assert "wo das Angebot stattfindet" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("offers:pause", {"reason": "Umbau", "until": "01.01.2020"}, "liegt in der Vergangenheit"),
        ("offers:pause", {"until": "24.12.2099"}, "Grund"),
        ("offers:end", {"reason": " "}, "Grund"),
        ("offers:stage", {"stage": "PILOT", "began_on": "01.01.2099"}, "Zukunft"),
        ("offers:stage", {"stage": "QUER", "began_on": "01.01.2020"}, "neuer Stand"),
    ],
)
def test_wrong_input_of_an_act_is_said_at_the_field(people, offer, bring, client_of, name, typed, sentence):
    bring(offer, S.PUBLISHED)
    answer = client_of(people["staff"]).post(reverse(name, args=[offer.pk]), typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_trial_ends_only_with_its_evaluation(people, offer, client_of):
    client, address = client_of(people["staff"]), reverse("offers:stage", args=[offer.pk])
    client.post(address, {"stage": "PILOT", "began_on": "01.09.2020"})
    silent = client.post(address, {"stage": "PERMANENT", "began_on": "01.09.2021"})
    client.post(address, {"stage": "PERMANENT", "began_on": "01.09.2021", "evaluation": "Zwölf Familien kamen"})

    assert silent.status_code == 422
    assert "Zwölf Familien kamen" in client.get(reverse("offers:kept-offer", args=[offer.pk])).content.decode()


def test_the_day_of_a_check_moves_by_one_press(people, offer, bring, client_of):
    bring(offer, S.PUBLISHED)
    Offer.objects.update(checked_on=today() - timedelta(days=500))
    client = client_of(people["provider"])

    assert "Stimmen die Angaben noch?" in client.get(reverse("offers:kept-offer", args=[offer.pk])).content.decode()
    client.post(reverse("offers:confirm", args=[offer.pk]))
    assert Offer.objects.values_list("checked_on", "checked_how").get() == (today(), "PARTNER")


def test_the_history_shows_no_raw_data(people, offer, acting, client_of):
    changed = story.content(at=[story.tuesdays(None)], terms=[("NEED", "health")], title="Neu")
    operations.edit_offer(offer, changed, seen=1, on=today(), actor=acting(people["staff"]))
    page = client_of(people["staff"]).get(reverse("offers:kept-offer", args=[offer.pk])).content.decode()
    history = page.split('class="history"')[1]

    assert "Orte und Zeiten" in history
    assert "weekday" not in history


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_instant_exactly_one_is_taken(reference, member, acting, at_the_same_time):
    actors = [acting(member(Role.CENTRE_STAFF)), acting(member(Role.CENTRE_LEAD))]
    offer = operations.create_offer(story.partner(), story.content(), on=today(), actor=actors[0])

    def save(actor, title):
        record = Offer.objects.select_related("partner").get(pk=offer.pk)
        operations.edit_offer(record, story.content(title=title), seen=1, on=today(), actor=actor)
        return title

    results = at_the_same_time(lambda: save(actors[0], "Eins"), lambda: save(actors[1], "Zwei"))
    won = [result for result in results if isinstance(result, str)]

    assert len(won) == 1
    assert [type(result) for result in results if not isinstance(result, str)] == [StaleVersion]
    assert OfferContent.of(Offer.objects.get()).values["title"] == won[0]
