"""Concepts of a coordination unit: released to all centres, taken over with their origin, followed or not."""

from datetime import date

import pytest

from verbund.advising.models import InterculturalOpening, OpeningGoal, OpeningMeasure
from verbund.advising.openings import concept, operations, queries, template_operations
from verbund.advising.openings.worklist import tasks_for
from verbund.advising.tests import opening_story as story
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import InboxMessage

pytestmark = pytest.mark.django_db
LATER = date(2024, 6, 1)


@pytest.fixture
def cast():
    return story.people()


def second_version(made, cast):
    """Change the goal, add a measure, and release."""
    goal = {"text": "Formulare verstehen alle", "indicator": "Zahl der Formulare", "target": "alle bis 2026"}
    template_operations.save_template_part(made, "goals", key="g1", values=goal, actor=cast.general)
    measure = {"kind": "LANGUAGE", "text": "Dolmetschdienst am Telefon", "responsible": "Amtsleitung"}
    template_operations.save_template_part(made, "measures", key="", values=measure, actor=cast.general)
    return template_operations.release_template(made, note="Mit Dolmetschdienst", on=LATER, actor=cast.general)


def own_changes(opening) -> list[tuple]:
    parts = {kind: list(getattr(opening, kind).all()) for kind in concept.FIELDS}
    found = concept.differences(opening.origin.content, queries.concept_from(parts))
    return [(one.kind, one.field, one.is_added, one.is_removed) for one in found]


def test_a_concept_needs_a_goal_and_something_new_to_be_released(cast):
    made = template_operations.begin_template(
        cast.units["KOORD"], title="Leer", summary="x", field=story.field(), on=story.ON, actor=cast.general
    )
    with pytest.raises(template_operations.NothingToRelease, match="Ziel"):
        template_operations.release_template(made, note="", on=story.ON, actor=cast.general)
    full = story.released(cast)
    with pytest.raises(template_operations.NothingToRelease, match="nichts geändert"):
        template_operations.release_template(full, note="", on=story.ON, actor=cast.general)


def test_centres_see_released_concepts_only_and_the_unit_its_own_drafts(cast):
    draft, public = story.template(cast, title="Entwurf"), story.released(cast)
    seen = {
        name: set(queries.templates_visible_to(getattr(cast, name)))
        for name in ("staff", "lead", "general", "school")
    }  # fmt: skip
    assert seen == {"staff": {public}, "lead": {public}, "general": {draft, public}, "school": {public}}
    template_operations.withdraw_template(public, reason="Veraltet", on=LATER, actor=cast.general)
    assert not queries.templates_visible_to(cast.staff).exists()
    with pytest.raises(NotAllowedNow):
        story.taken_over(public, cast)


def test_what_a_centre_takes_over_says_where_it_came_from_and_what_was_changed_since(cast):
    made = story.released(cast)
    opening = story.taken_over(made, cast)
    assert (opening.origin.number, opening.subject, own_changes(opening)) == (1, "Bürgernahe Ämter", [])
    goal = opening.goals.get()
    operations.edit_part(goal, values={"target": "8 von 10"}, seen=goal.version, actor=cast.staff)
    operations.remove_part(opening.sections.get(), actor=cast.staff)
    story.goal(opening, cast, "Eigenes Ziel")
    assert own_changes(opening) == [
        ("sections", "", False, True),
        ("goals", "target", False, False),
        ("goals", "", True, False),
    ]
    (row,) = queries.taken_over(made)
    assert row == {"centre_id": cast.centre.pk, "name": str(cast.centre), "openings": 1, "newest": 1}


def test_a_newer_version_tells_the_centre_once_and_waits_until_somebody_looked(cast):
    made = story.released(cast)
    opening = story.taken_over(made, cast)
    ended = story.taken_over(made, cast, name="Jugendamt")
    operations.end_opening(ended, end_reason="Kein Personal", on=story.ON, actor=cast.lead)
    InboxMessage.objects.all().delete()
    second_version(made, cast)
    told = InboxMessage.objects.values_list("user", "url")
    assert set(told) == {(one.user.pk, f"{opening.get_absolute_url()}#herkunft") for one in (cast.staff, cast.lead)}
    assert [task.title for task in tasks_for(cast.staff, LATER)] == ["Neue Fassung ansehen"]
    opening = InterculturalOpening.objects.get(pk=opening.pk)
    template_operations.set_version_aside(opening, actor=cast.staff)
    assert tasks_for(cast.staff, LATER) == []


def test_following_a_version_keeps_what_the_centre_changed_and_adds_what_is_new(cast):
    made = story.released(cast)
    touched, untouched = story.taken_over(made, cast), story.taken_over(made, cast, name="Jugendamt")
    goal = touched.goals.get()
    operations.edit_part(goal, values={"target": "8 von 10"}, seen=goal.version, actor=cast.staff)
    newest = second_version(made, cast)
    for opening in (touched, untouched):
        template_operations.adopt_version(InterculturalOpening.objects.get(pk=opening.pk), on=LATER, actor=cast.staff)
    assert list(OpeningGoal.objects.order_by("opening").values_list("target", flat=True)) == [
        "8 von 10",
        "alle bis 2026",
    ]
    assert OpeningMeasure.objects.filter(kind="LANGUAGE", origin_key="m2").count() == 2
    opening = InterculturalOpening.objects.get(pk=touched.pk)
    assert opening.origin == newest
    with pytest.raises(template_operations.NothingNewer):
        template_operations.adopt_version(opening, on=LATER, actor=cast.staff)
