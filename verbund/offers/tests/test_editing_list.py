"""The list one keeps entries from: what stands in it, for whom, in which order, how fast."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.offers import operations
from verbund.offers.models import Offer
from verbund.offers.tests import story

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(member):
    return member(Role.CENTRE_STAFF)


def made(actor, partner, *, title, public=True, **values):
    at = [story.tuesdays(story.place(partner.centre.key))]
    offer = operations.create_offer(partner, story.content(at=at, title=title, **values), on=today(), actor=actor)
    if public:
        operations.publish_offer(offer, on=today(), actor=actor)
    return offer


def titles(answer) -> list[str]:
    return [row["title"] for row in answer.context["page"]]


def test_everybody_finds_exactly_what_they_keep(client_of, member, acting, staff):
    own, other = story.partner(), story.partner()
    foreign = story.partner("05978")
    made(acting(staff), own, title="Eigenes")
    made(acting(staff), other, title="Nachbarverein")
    made(acting(member(Role.CENTRE_LEAD, at="05978")), foreign, title="Fremdes")
    seen = {
        "staff": (staff, ["Eigenes", "Nachbarverein"]),
        "provider": (member(Role.PROVIDER_MEMBER, own.organisation), ["Eigenes"]),
        "other centre": (member(Role.CENTRE_LEAD, at="05978"), ["Fremdes"]),
    }

    for who, (membership, expected) in seen.items():
        client = client_of(membership)
        assert sorted(titles(client.get(reverse("offers:kept")))) == expected, who
        csv = client.get(reverse("offers:kept-csv")).content.decode("utf-8-sig")
        assert [title in csv for title in ("Eigenes", "Nachbarverein", "Fremdes")] == [
            title in expected for title in ("Eigenes", "Nachbarverein", "Fremdes")
        ], who


@pytest.mark.parametrize("page", ["offers:kept", "offers:kept-csv", "offers:kept-xlsx", "offers:new"])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (None, 302),
        (Role.CENTRE_STAFF, 200),
        (Role.CENTRE_LEAD, 200),
        (Role.COORDINATOR, 403),
        (Role.GRANT_OFFICER, 403),
    ],
)
def test_who_opens_the_list(client_of, member, page, role, status):
    assert client_of(role and member(role)).get(reverse(page)).status_code == status


@pytest.mark.parametrize("page", ["offers:feedback", "offers:proposals", "offers:imports", "offers:places"])
def test_from_its_list_a_centre_reaches_what_came_in_even_when_nothing_did_and_a_provider_does_not(
    client_of, member, staff, page
):
    provider = member(Role.PROVIDER_MEMBER, story.partner().organisation)
    for membership, is_there, status in ((staff, True, 200), (provider, False, 403)):
        client, address = client_of(membership), reverse(page)
        assert (f'href="{address}"' in client.get(reverse("offers:kept")).content.decode()) is is_there
        assert client.get(address).status_code == status


def test_what_is_to_be_done_stands_first(client_of, acting, staff):
    actor, partner = acting(staff), story.partner()
    made(actor, partner, title="A geprüft")
    old = made(actor, partner, title="B lange nicht geprüft")
    Offer.objects.filter(pk=old.pk).update(checked_on=today() - timedelta(days=400))
    made(actor, partner, title="C Entwurf", public=False)
    paused = made(actor, partner, title="D Pause vorbei")
    operations.pause_offer(paused, until=today(), reason="Umbau", on=today(), actor=actor)
    Offer.objects.filter(pk=paused.pk).update(paused_until=today() - timedelta(days=1))
    answer = client_of(staff).get(reverse("offers:kept"))

    assert titles(answer) == ["D Pause vorbei", "C Entwurf", "B lange nicht geprüft", "A geprüft"]
    assert "ein Entwurf wartet" in answer.content.decode()


def test_filters_live_in_the_address_and_nonsense_in_it_is_left_out(client_of, acting, staff):
    actor, partner, other = acting(staff), story.partner(), story.partner()
    made(actor, partner, title="Übungsgruppe", terms=[("NEED", "health")])
    made(actor, other, title="Sprachcafé")
    draft = made(actor, other, title="Entwurf", public=False)
    operations.move_to_stage(draft, stage="PILOT", began_on=today(), evaluation="", on=today(), actor=actor)
    cases = {
        "q=übungs": ["Übungsgruppe"],
        f"anbieter={other.pk}": ["Entwurf", "Sprachcafé"],
        "status=DRAFT": ["Entwurf"],
        "anliegen=health": ["Übungsgruppe"],
        "stufe=PILOT": ["Entwurf"],
        "ungeprueft=1": [],
        "unentschieden=1": [],
        "ohne-termine=1": [],
        "status=WEG&stufe=%00&anbieter=9e9&seite=-7&sortierung=quer": ["Entwurf", "Sprachcafé", "Übungsgruppe"],
    }
    client = client_of(staff)

    assert {query: titles(client.get(f"{reverse('offers:kept')}?{query}")) for query in cases} == cases


def test_the_list_asks_a_fixed_number_of_statements(client_of, acting, staff, django_assert_num_queries):
    actor, partner, client = acting(staff), story.partner(), client_of(staff)
    made(actor, partner, title="Eins")
    client.get(reverse("offers:kept"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("offers:kept"))
    for number in range(3):
        made(actor, partner, title=f"Mehr {number}")

    assert len(one) <= 15
    with django_assert_num_queries(len(one)):
        client.get(reverse("offers:kept"))


def test_a_formula_in_a_title_is_text_in_the_export_and_on_the_page(client_of, acting, staff):
    made(acting(staff), story.partner(), title='=HYPERLINK("x")<script>')
    client = client_of(staff)

    assert "\"'=HYPERLINK" in client.get(reverse("offers:kept-csv")).content.decode("utf-8-sig")
    assert "<script>" not in client.get(reverse("offers:kept")).content.decode().split("<main")[1]
