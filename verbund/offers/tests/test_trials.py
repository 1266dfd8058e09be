"""From pilot over trial to permanent or ended: until when it is tried, what was found, and what nobody has decided."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.offers import operations
from verbund.offers.models import Offer, OfferStage
from verbund.offers.operations import WrongDay
from verbund.offers.tests import story
from verbund.portal import worklist

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(member):
    return member(Role.CENTRE_STAFF)


@pytest.fixture
def tried(staff, acting):
    """`tried(days)` makes a public entry on trial that ends in so many days."""

    def make(days, title="Sprachcafé"):
        content = story.content(at=[story.tuesdays(story.place())], title=title)
        offer = operations.create_offer(story.partner(), content, on=today(), actor=acting(staff))
        operations.publish_offer(offer, on=today(), actor=acting(staff))
        move(offer, acting(staff), stage="TRIAL", planned_until=today() + timedelta(days=days))
        return offer

    return make


def move(offer, actor, *, evaluation="", **said):
    said = {"began_on": today() - timedelta(days=90), "on": today(), "evaluation": evaluation} | said
    return operations.move_to_stage(offer, actor=actor, **said)


def test_the_way_to_permanent_is_told_to_the_staff_and_only_the_stage_to_the_public(tried, staff, acting, client_of):
    offer, ends = tried(30), f"{today() + timedelta(days=30):%d.%m.%Y}"
    client, page = client_of(staff), reverse("offers:kept-offer", args=[offer.pk])
    public = client_of(None).get(offer.get_absolute_url()).content.decode()

    assert f"Das Angebot wird erprobt bis {ends}." in public
    assert f"erprobt bis {ends}" in client.get(page).content.decode()
    decided = {"stage": "PERMANENT", "began_on": f"{today():%d.%m.%Y}"}
    decided |= {"reason": "Der Rat trägt es weiter", "evaluation": "Zwölf Familien kamen"}
    assert client.post(reverse("offers:stage", args=[offer.pk]), decided).status_code == 302
    offer.refresh_from_db()
    assert (offer.stage, offer.tried_until) == ("PERMANENT", None)
    told = client.get(page).content.decode()
    assert [word for word in ("Der Rat trägt es weiter", "Zwölf Familien kamen") if word not in told] == []
    public = client_of(None).get(offer.get_absolute_url()).content.decode()
    assert not [word for word in ("erprobt", "Der Rat", "Zwölf Familien") if word in public]


def test_a_trial_that_is_over_waits_in_list_and_work_list_until_it_is_decided(tried, staff, acting, client_of, member):
    late, neighbour = tried(-1, "Vorbei"), member(Role.CENTRE_LEAD, at="05978")
    tried(0, "Läuft noch")
    client, page = client_of(staff), f"{reverse('offers:kept')}?unentschieden=1"
    ended = f"Erprobung endete am {today() - timedelta(days=1):%d.%m.%Y}, noch nicht entschieden"

    listed = client.get(page)
    assert [row["title"] for row in listed.context["page"]] == ["Vorbei"]
    assert ended in listed.content.decode()
    assert "eine Erprobung ist vorbei und nicht entschieden" in listed.content.decode()
    task = next(one for one in worklist.tasks_for(acting(staff), today()) if "Erprobungen" in one.title)
    assert (task.url, task.due_on) == (page, late.tried_until)
    assert task.subject == f"ein Angebot: {ended}"
    assert not [one for one in worklist.tasks_for(acting(neighbour), today()) if "Erprobungen" in one.title]
    public = client_of(None).get(late.get_absolute_url()).content.decode()
    assert "Das Angebot wird erprobt." in public
    move(late, acting(staff), stage="ENDED", began_on=today(), evaluation="Zu wenige kamen")
    assert not [one for one in worklist.tasks_for(acting(staff), today()) if "Erprobungen" in one.title]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"stage": "PERMANENT", "evaluation": "gut", "planned_until": today() + timedelta(days=9)}, "planned_until"),
        ({"stage": "TRIAL", "planned_until": today() - timedelta(days=91)}, "planned_until"),
        ({"stage": "TRIAL", "began_on": today() + timedelta(days=1)}, "began_on"),
    ],
)
def test_days_that_make_no_sense_are_refused_at_the_field(tried, staff, acting, said, field):
    offer = tried(30)
    with pytest.raises(WrongDay) as refused:
        move(offer, acting(staff), **said)
    assert refused.value.field == field
    assert offer.stages.count() == 1


@pytest.mark.postgres
def test_the_database_knows_no_end_of_a_trial_of_what_is_decided(tried):
    offer = tried(30)
    for change in ({"stage": "PERMANENT"}, {"stage": "ENDED"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Offer.objects.filter(pk=offer.pk).update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            OfferStage.objects.filter(offer=offer).update(**change)
