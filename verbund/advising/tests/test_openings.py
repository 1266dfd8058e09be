"""Openings: from the proposal over the agreement and the yearly review to the end."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from verbund.advising.models import InterculturalOpening, OpeningMeasure
from verbund.advising.openings import operations
from verbund.advising.openings.worklist import tasks_for
from verbund.advising.tests import opening_story as story
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.versions import StaleVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return story.people()


def agree(opening, cast, **changes):
    words = {"agreement": "Wir fangen an.", "agreed_on": story.ON, "agreed_until": None, **changes}
    operations.agree_opening(opening, **words, on=story.ON, actor=cast.lead)


def review(opening, cast, *, year=2025, result="REACHED", reason="", on=date(2025, 3, 6), due_on=None):
    results = {goal.pk: (result, reason) for goal in opening.goals.all()}
    due = {"next_steps": "Weiter so", "review_due_on": due_on or date(on.year + 1, 3, 5)}
    return operations.review_opening(opening, year=year, results=results, **due, on=on, actor=cast.staff)


def test_an_agreement_needs_a_goal_and_a_day_for_each_measure(cast):
    opening = story.proposed(cast)
    with pytest.raises(operations.NothingAgreed, match="Ziel"):
        agree(opening, cast)
    story.goal(opening, cast)
    undated = story.measure(opening, cast, due_on=None)
    with pytest.raises(operations.NothingAgreed, match="fällig"):
        agree(opening, cast)
    values = {"due_on": date(2024, 9, 1)}
    operations.edit_part(undated, values=values, seen=undated.version, actor=cast.staff)
    with pytest.raises(operations.PeriodOutOfOrder):
        agree(opening, cast, agreed_until=date(2024, 3, 4))
    with pytest.raises(operations.DayAhead):
        agree(opening, cast, agreed_on=date(2024, 3, 6))
    agree(opening, cast, agreed_until=date(2025, 3, 4))
    opening.refresh_from_db()
    assert (opening.status, opening.review_due_on, opening.counted_on) == ("AGREED", date(2025, 3, 5), story.ON)
    with pytest.raises(NotAllowedNow):
        agree(opening, cast)


def test_the_first_measure_begins_the_opening_and_all_decided_ones_let_it_be_completed(cast):
    opening = story.agreed(cast)
    measure = opening.measures.get()
    operations.start_measure(measure, on=story.ON, actor=cast.staff)
    opening.refresh_from_db()
    assert opening.status == "RUNNING"
    with pytest.raises(operations.MeasuresUndecided, match="1"):
        operations.complete_opening(opening, on=story.ON, actor=cast.lead)
    operations.drop_measure(measure, drop_reason="Das Amt zieht um", on=story.ON, actor=cast.staff)
    operations.complete_opening(opening, on=story.ON, actor=cast.lead)
    with pytest.raises(NotAllowedNow):
        operations.resume_measure(measure, on=story.ON, actor=cast.staff)
    assert OpeningMeasure.objects.get().status == "DROPPED"


def test_a_review_says_of_every_goal_what_came_of_it_once_a_year(cast):
    opening = story.agreed(cast)
    with pytest.raises(operations.GoalsUnanswered):
        review(opening, cast, result="PARTLY")
    for wrong in ({"year": 2026}, {"due_on": date(2025, 3, 6)}):
        with pytest.raises(operations.DayAhead):
            review(opening, cast, **wrong)
    made = review(opening, cast, result="PARTLY", reason="Zwei Formulare fehlen noch")
    assert made.results.get().goal_text == "Alle Formulare sind in einfacher Sprache"
    with pytest.raises(operations.ReviewedAlready):
        review(opening, cast)
    opening.refresh_from_db()
    assert opening.review_due_on == date(2026, 3, 5)
    with pytest.raises(operations.PartInUse, match="geprüft"):
        operations.remove_part(opening.goals.get(), actor=cast.staff)


def test_an_institution_of_another_centre_is_refused(cast):
    other = story.people("05978")
    with pytest.raises(operations.ForeignPartner):
        operations.propose_opening(
            cast.centre, partner=story.office(other), subject="x", responsible="y", field=story.field(),
            on=story.ON, actor=cast.staff,
        )  # fmt: skip


def test_two_people_do_not_overwrite_each_other(cast):
    opening = story.proposed(cast)
    values = {name: getattr(opening, name) for name in operations.EDITED}
    seen = opening.version
    operations.edit_opening(opening, values={**values, "subject": "A"}, audiences=[], seen=seen, actor=cast.staff)
    with pytest.raises(StaleVersion):
        operations.edit_opening(opening, values={**values, "subject": "B"}, audiences=[], seen=seen, actor=cast.lead)
    assert InterculturalOpening.objects.get().subject == "A"


def test_the_work_list_names_due_reviews_and_late_measures_of_the_own_centre(cast):
    opening = story.agreed(cast)
    story.agreed(story.people("05978"))
    story.proposed(cast, name="Jugendamt")
    assert tasks_for(cast.staff, date(2024, 9, 30)) == []
    (late,) = tasks_for(cast.staff, date(2024, 10, 1))
    assert (late.subject, late.due_on) == (str(opening), date(2024, 9, 30))
    titles = {task.title for task in tasks_for(cast.lead, date(2025, 3, 5))}
    assert titles == {"Jahresprüfung festhalten", "Maßnahmen abhaken oder verschieben"}
    assert "Vereinbarung verlängern oder abschließen" in {task.title for task in tasks_for(cast.lead, date(2026, 3, 5))}
    assert tasks_for(cast.general, date(2025, 3, 5)) == []


@pytest.mark.postgres
@pytest.mark.parametrize(
    "wrong", [{"status": "AGREED"}, {"status": "ENDED"}, {"field": None}], ids=["no agreement", "no reason", "no field"]
)
def test_the_database_refuses_what_must_never_be(cast, wrong):
    opening = story.proposed(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        InterculturalOpening.objects.filter(pk=opening.pk).update(**wrong)
