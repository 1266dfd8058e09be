"""Openings, concepts, advice and the survey of the demonstration world: there, marked, and gone again."""

from datetime import date

import pytest

from verbund.accounts.roles import Role
from verbund.advising.demo import openings, requests
from verbund.advising.models import (
    AdviceRequest,
    CommonAnswer,
    ConceptTemplate,
    InterculturalOpening,
    NeedsSurvey,
    PlannedTraining,
    SurveyReturn,
)
from verbund.advising.worklist import tasks_for
from verbund.directory import demo as people

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 5)
MADE = (
    InterculturalOpening, ConceptTemplate, AdviceRequest, CommonAnswer, NeedsSurvey, SurveyReturn, PlannedTraining,
)  # fmt: skip


@pytest.fixture
def world():
    world = people.World(on=ON)
    people.load(world)
    openings.load(world)
    requests.load(world)
    return world


def test_the_demonstration_has_something_to_do_for_each_side_and_goes_away_again(world):
    lead, unit = world.actor(Role.CENTRE_LEAD, "KI-05978"), world.actor(Role.COORDINATOR, "KOORD")
    assert {task.title for task in tasks_for(lead, ON)} == {
        "Maßnahmen abhaken oder verschieben",
        "Neue Fassung ansehen",
        "Bedarf angeben und absenden",
        "Rückfrage beantworten",
    }
    assert [task.title for task in tasks_for(unit, ON)] == ["Frage beantworten"]
    counts = {model: model.objects.count() for model in MADE}
    assert all(model.objects.filter(is_demo=True).count() == number > 0 for model, number in counts.items())
    openings.load(world)
    requests.load(world)
    assert {model: model.objects.count() for model in MADE} == counts
    requests.remove()
    openings.remove()
    assert {model.objects.count() for model in MADE} == {0}
