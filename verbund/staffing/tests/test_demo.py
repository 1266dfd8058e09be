"""Teacher posts of the demonstration world: Solingen 2012, a year under way with a vacancy, a request that waits."""

from datetime import date

import pytest

from verbund.accounts.roles import Role
from verbund.directory import demo as people
from verbund.staffing import demo, queries
from verbund.staffing.models import Secondment, TeacherRequest

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 5)


@pytest.fixture
def world():
    world = people.World(on=ON)
    people.load(world)
    demo.load(world)
    return world


def test_solingen_2012_a_vacancy_this_year_and_a_request_for_the_coming_one(world):
    found = queries.with_filled(TeacherRequest.objects.all(), on=date(2012, 12, 5)).filter(year=2012).get()
    assert (found.centre.key, found.posts_requested, found.posts_confirmed, found.posts_filled) == ("05122", 2, 2, 2)
    (numbers,) = queries.numbers_by_centre(2026, on=ON)
    assert (numbers.confirmed, str(numbers.vacant.normalize()), numbers.is_demo) == (2, "0.5", True)
    (task,) = queries.tasks_for(world.actor(Role.MINISTRY_APPROVER, "MIN-SCHULE"), ON)
    waiting = TeacherRequest.objects.get(status="REQUESTED")
    assert (waiting.centre.key, waiting.year, task.url) == ("05978", 2027, waiting.get_absolute_url())


def test_loading_twice_changes_nothing_and_removal_leaves_nothing(world):
    demo.load(world)
    assert TeacherRequest.objects.count() == 3
    demo.remove()
    assert (TeacherRequest.objects.count(), Secondment.objects.count()) == (0, 0)
