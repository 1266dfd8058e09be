"""The yearly survey of needs: asked by a unit, answered once by each centre, and what the programme comes from."""

from datetime import date

import pytest

from verbund.advising.models import SurveyReturn, SurveyTopic
from verbund.advising.requests import survey_operations as operations
from verbund.advising.requests import surveys
from verbund.advising.requests.worklist import tasks_for
from verbund.advising.tests import opening_story as story
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import InboxMessage
from verbund.core.versions import StaleVersion

pytestmark = pytest.mark.django_db
DUE = date(2024, 4, 30)


@pytest.fixture
def cast():
    return story.people()


def prepared(cast, *titles: str):
    survey = operations.prepare_survey(
        cast.units["KOORD"], year=2025, intro="Was brauchen Sie?", due_on=DUE, on=story.ON, actor=cast.general
    )
    for title in titles:
        operations.add_topic(survey, title=title, field=story.field(), actor=cast.general)
    return survey


def opened(cast, *titles: str):
    survey = prepared(cast, *(titles or ("Einfache Sprache", "Beschwerdewege")))
    operations.open_survey(survey, on=story.ON, actor=cast.general)
    return survey


def answered(survey, cast, *priorities: int | None, comment: str = "", seen: int = 0) -> SurveyReturn:
    wishes = {
        topic.pk: (priority, comment) for topic, priority in zip(survey.topics.all(), priorities, strict=True)
    }  # fmt: skip
    return operations.save_return(survey, cast.centre, wishes=wishes, note="", seen=seen, actor=cast.staff)


def test_a_survey_needs_topics_and_a_day_to_come_and_there_is_one_a_year(cast):
    survey = prepared(cast)
    with pytest.raises(operations.NoTopics):
        operations.open_survey(survey, on=story.ON, actor=cast.general)
    operations.add_topic(survey, title="Thema", field=None, actor=cast.general)
    with pytest.raises(operations.DayPassed):
        operations.open_survey(survey, on=date(2024, 5, 1), actor=cast.general)
    with pytest.raises(operations.SurveyExists):
        prepared(cast)
    assert not surveys.surveys_visible_to(cast.staff).exists()
    operations.open_survey(survey, on=story.ON, actor=cast.general)
    assert set(surveys.surveys_visible_to(cast.staff)) == {survey}
    assert set(InboxMessage.objects.values_list("user", flat=True)) == {cast.lead.user.pk}
    with pytest.raises(NotAllowedNow):
        operations.remove_topic(SurveyTopic.objects.get(), actor=cast.general)


def test_a_centre_answers_every_topic_once_and_only_then_the_unit_reads_it(cast):
    survey = opened(cast)
    (reminder,) = tasks_for(cast.lead, story.ON)
    assert (reminder.title, reminder.due_on) == ("Bedarf angeben und absenden", DUE)
    answer = answered(survey, cast, 3, None)
    with pytest.raises(operations.TopicsUnanswered, match="1"):
        operations.send_return(answer, on=story.ON, actor=cast.lead)
    with pytest.raises(StaleVersion):
        answered(survey, cast, 3, 0, seen=answer.version + 1)
    answer = answered(survey, cast, 3, 0, seen=answer.version)
    assert not surveys.returns_visible_to(cast.general).exists()
    operations.send_return(answer, on=story.ON, actor=cast.lead)
    assert set(surveys.returns_visible_to(cast.general)) == {answer}
    assert tasks_for(cast.lead, story.ON) == []
    with pytest.raises(NotAllowedNow):
        answered(survey, cast, 0, 0, seen=answer.version)


def test_neither_another_centre_nor_another_unit_reads_an_answer(cast):
    survey = opened(cast)
    answer = answered(survey, cast, 3, 1)
    operations.send_return(answer, on=story.ON, actor=cast.lead)
    other = story.people("05978")
    for actor in (other.lead, other.staff, cast.school):
        assert not surveys.returns_visible_to(actor).exists()


def test_the_result_orders_topics_by_need_and_names_who_has_not_answered(cast):
    survey = opened(cast)
    others = [story.people(key) for key in ("05978", "05916")]
    for one, priorities in ((cast, (0, 3)), (others[0], (1, 3)), (others[1], (2, 1))):
        operations.send_return(
            answered(survey, one, *priorities, comment="Bitte bald"), on=story.ON, actor=one.lead
        )  # fmt: skip
    first, second = surveys.results(survey)
    assert (first.title, first.counts, first.score, first.wanted_by) == ("Beschwerdewege", (0, 1, 0, 2), 7, 2)
    assert (second.title, second.counts) == ("Einfache Sprache", (1, 1, 1, 0))
    assert len(first.comments) == 3
    assert dict(first.regions) == {"Arnsberg": 1, "Düsseldorf": 1}
    assert surveys.not_answered(survey).count() == 51
    assert len(surveys.rows_for_export(survey)) == 6


def test_the_programme_is_planned_from_topics_and_shown_once_published(cast):
    survey = opened(cast)
    topic = survey.topics.first()
    values = {"year": 2025, "quarter": 2, "title": "Einfache Sprache im Amt", "topic": topic, "field": None}
    values["audience"] = "Fachkräfte der Zentren"
    with pytest.raises(operations.ForeignTopic):
        operations.plan_training(cast.units["LASI"], values=values, on=story.ON, actor=cast.school)
    training = operations.plan_training(cast.units["KOORD"], values=values, on=story.ON, actor=cast.general)
    assert not surveys.trainings_visible_to(cast.staff).exists()
    operations.publish_training(training, on=story.ON, actor=cast.general)
    assert set(surveys.trainings_visible_to(cast.staff)) == {training}
    operations.withdraw_training(training, on=story.ON, actor=cast.general)
    assert not surveys.trainings_visible_to(cast.staff).exists()


def test_a_topic_the_programme_names_already_is_not_struck_out(cast):
    survey = prepared(cast, "Einfache Sprache")
    values = {
        "year": 2025, "quarter": 2, "title": "Klar schreiben", "topic": survey.topics.get(), "field": story.field(),
        "audience": "Zentren",
    }  # fmt: skip
    operations.plan_training(cast.units["KOORD"], values=values, on=story.ON, actor=cast.general)
    with pytest.raises(operations.TopicInUse, match="Klar schreiben"):
        operations.remove_topic(survey.topics.get(), actor=cast.general)
    assert survey.topics.exists()
