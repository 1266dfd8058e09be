"""No text of a centre's work names a person unnoticed: the warning stands beside the field, whatever is written."""

import re
from datetime import date

import pytest
from django.urls import reverse

from tests.support.cast import client_of, member
from verbund.accounts.roles import Role
from verbund.advising.models import AdviceRequest, ConceptSection, InterculturalOpening, NetworkDecision, OpeningGoal
from verbund.advising.tests import network_story as networks
from verbund.advising.tests import opening_story as openings
from verbund.advising.tests import venture_story as ventures

pytestmark = pytest.mark.django_db
NAMED = "Familie Beispielmann braucht einen Platz"


@pytest.fixture
def desk():
    return client_of(member(Role.CENTRE_STAFF))


def concept(desk):
    venture = ventures.idea(ventures.people())
    return reverse("advising:section-new", args=[venture.pk]), {"heading": "Bedarf", "text": NAMED}, ConceptSection


def goal(desk):
    opening = InterculturalOpening.objects.get(pk=openings.proposed(openings.people()).pk)
    typed = {"text": NAMED, "indicator": "Zahl", "target": "1", "seen": opening.version}
    return reverse("advising:opening-goal-new", args=[opening.pk]), typed, OpeningGoal


def decision(desk):
    actor = networks.staff()
    meeting = networks.held(networks.planned(networks.network(actor), actor, day=date(2026, 1, 5)), actor)
    return reverse("advising:network-decision-new", args=[meeting.pk]), {"text": NAMED}, NetworkDecision


def question(desk):
    page = reverse("advising:request-new")
    field = ventures.term("sports")
    return page, {"title": "Aufnahme", "question": NAMED, "field": field.pk, "wish": "ANSWER"}, AdviceRequest


@pytest.mark.parametrize("work", [concept, goal, decision, question])
def test_what_names_a_family_is_kept_only_after_somebody_has_read_the_warning(desk, work):
    page, typed, model = work(desk)
    before = model.objects.count()
    asked = desk.post(page, typed)

    assert asked.status_code == 422
    assert "der Name einer Familie" in asked.text
    order = [name for name in re.findall(r'name="([a-z_]+)"', asked.text) if name in {*typed, "names_are_fine"}]
    large = next(name for name, value in typed.items() if value == NAMED)
    assert order[order.index(large) + 1] == "names_are_fine"
    assert model.objects.count() == before
    assert desk.post(page, {**typed, "names_are_fine": "on"}).status_code == 302
    assert model.objects.count() == before + 1
