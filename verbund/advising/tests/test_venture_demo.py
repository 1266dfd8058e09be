"""The made-up ventures, practice and topic of the demonstration."""

import pytest

from verbund.advising.models import Practice, Topic, Venture
from verbund.advising.topics import queries as topics
from verbund.core.dates import today
from verbund.portal import demo

pytestmark = pytest.mark.django_db


def test_the_demonstration_shows_a_whole_venture_one_in_pilot_and_a_topic_of_three_centres():
    demo.load()
    ventures = {venture.centre.key: venture for venture in Venture.objects.all()}
    topic = Topic.objects.get()
    fitting = topics.shown_offers(topic, on=today())
    centres = {offer.partner.centre.key for offer in fitting}

    assert {key: venture.status for key, venture in ventures.items()} == {"05122": "PERMANENT", "05978": "PILOT"}
    assert ventures["05122"].offer.stage == "PERMANENT"
    assert [version.agreements.count() for version in ventures["05122"].versions.all()] == [2, 0]
    assert [use.centre.key for use in Practice.objects.get(status="RELEASED").uses.all()] == ["05916"]
    assert [one.centre.key for one in topics.taking_part(topic)] == ["05112", "05113", "05124"]
    assert centres
    assert centres <= {"05112", "05113", "05124"}
