"""The public finder: what one looks for, where, when, in which language, and what fits."""

import pytest

from verbund.accounts.roles import Role
from verbund.offers import operations
from verbund.offers.tests import story

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(member, acting):
    return acting(member(Role.CENTRE_STAFF))


@pytest.fixture
def publish(staff):
    """`publish(at=[…], title=…)` makes a public entry of a partner in Solingen."""

    def make(partner=None, **said):
        said.setdefault("at", [story.tuesdays(story.place())])
        offer = operations.create_offer(partner or story.partner(), story.content(**said), on=story.TODAY, actor=staff)
        operations.publish_offer(offer, on=story.TODAY, actor=staff)
        return offer

    return make


def test_smoke(publish, client):
    offer = publish()
    page = client.get("/angebote/?was=sprachcafé&ort=42651").content.decode()
    print(page)
    assert offer.title in page
    page = client.get(offer.get_absolute_url()).content.decode()
    print(page)
