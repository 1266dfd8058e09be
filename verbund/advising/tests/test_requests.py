"""Advice: a centre asks, the responsible unit answers, nobody else sees it; an answer can become one for all."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.advising.models import AdviceMessage, AdviceRequest
from verbund.advising.requests import answer_operations, operations, queries
from verbund.advising.requests.worklist import tasks_for
from verbund.advising.tests import opening_story as story
from verbund.core.files import UnacceptableFile
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import InboxMessage

pytestmark = pytest.mark.django_db
Kind = AdviceMessage.Kind


@pytest.fixture
def cast():
    return story.people()


def draft(cast, **more) -> AdviceRequest:
    more = {"field": story.field(), "on": story.ON, **more}
    return operations.begin_request(
        cast.centre, title="Wie öffnen wir das Jugendamt?", question="Womit beginnen wir?", actor=cast.staff, **more
    )


def asked(cast, **more) -> AdviceRequest:
    request = draft(cast, **more)
    operations.ask_unit(request, on=story.ON, actor=cast.staff)
    return request


def say(request, kind, actor, *, on=story.ON, text="So", **more):
    return operations.say(request, kind, text=text, on=on, actor=actor, **more)


@pytest.mark.parametrize(
    ("field", "stage", "units"),
    [
        ("open-administration", "", ["KOORD"]),
        ("early-education", "", ["LASI", "KOORD"]),
        ("", "primary", ["LASI", "KOORD"]),
    ],
)
def test_the_field_decides_which_units_are_responsible(cast, field, stage, units):
    field, stage = (field and story.field(field)) or None, (stage and story.stage(stage)) or None
    assert [one.code for one in queries.responsible_units(field, stage, on=story.ON)] == units
    assert draft(cast, field=field, stage=stage).unit.code == units[0]
    before_there_was_a_unit = date(2012, 1, 1)
    with pytest.raises(operations.NotResponsible):
        draft(cast, field=field, stage=stage, on=before_there_was_a_unit)


def test_a_unit_that_is_not_responsible_cannot_be_chosen(cast):
    with pytest.raises(operations.NotResponsible, match="Koordination"):
        draft(cast, unit=cast.units["LASI"])
    assert draft(cast, field=None, stage=story.stage(), unit=cast.units["KOORD"]).unit == cast.units["KOORD"]


def test_only_the_asking_centre_and_the_addressed_unit_see_a_request(cast):
    hidden, sent = draft(cast), asked(cast)
    other = story.people("05978")
    ministry = cast_of.acting(cast_of.member(Role.MINISTRY_APPROVER))
    seen = {
        "centre": set(queries.requests_visible_to(cast.lead)),
        "unit": set(queries.requests_visible_to(cast.general)),
        "other unit": set(queries.requests_visible_to(cast.school)),
        "other centre": set(queries.requests_visible_to(other.lead)),
        "ministry": set(queries.requests_visible_to(ministry)),
    }
    nothing = {"other unit": set(), "other centre": set(), "ministry": set()}
    assert seen == {"centre": {hidden, sent}, "unit": {sent}, **nothing}


def test_question_and_answer_go_to_and_fro_until_it_is_closed(cast):
    request = asked(cast)
    assert [task.title for task in tasks_for(cast.general, story.ON)] == ["Frage beantworten"]
    with pytest.raises(NotAllowedNow):
        say(request, Kind.FURTHER, cast.staff)
    say(request, Kind.ASK_BACK, cast.general)
    assert [task.title for task in tasks_for(cast.staff, story.ON)] == ["Rückfrage beantworten"]
    say(request, Kind.REPLY, cast.staff)
    say(request, Kind.ANSWER, cast.general, on=story.ON + timedelta(days=4))
    say(request, Kind.FURTHER, cast.lead, on=story.ON + timedelta(days=5))
    say(request, Kind.ANSWER, cast.general, on=story.ON + timedelta(days=9))
    operations.say_whether_it_helped(request, helped="YES", helped_note="", actor=cast.staff)
    operations.close_request(request, note="", on=story.ON + timedelta(days=10), actor=cast.staff)
    request.refresh_from_db()
    assert (request.status, request.helped) == ("CLOSED", "YES")
    assert (request.answered_on - request.asked_on).days == 4
    with pytest.raises(NotAllowedNow):
        say(request, Kind.FURTHER, cast.staff)
    told = InboxMessage.objects.filter(user=cast.staff.user).values_list("text", flat=True)
    assert sorted(text.split(" zu:")[0] for text in told) == ["Antwort", "Antwort", "Rückfrage"]


def test_the_answer_time_of_a_unit_is_the_median_of_the_last_twelve_months(cast):
    for days in (2, 4, 9):
        say(asked(cast), Kind.ANSWER, cast.general, on=story.ON + timedelta(days=days))
    asked(cast)
    assert queries.answer_days(cast.units["KOORD"].pk, on=date(2024, 12, 1)) == (3, 4)
    assert queries.answer_days(cast.units["KOORD"].pk, on=date(2025, 4, 1)) is None
    assert queries.answer_days(cast.units["LASI"].pk, on=date(2024, 12, 1)) is None


def test_an_answer_carries_the_units_own_concept_and_only_pdf_files(cast):
    request, concept = asked(cast), story.template(cast)
    with pytest.raises(operations.ForeignTemplate):
        say(request, Kind.ANSWER, cast.general, template=concept)
    with pytest.raises(UnacceptableFile):
        say(request, Kind.ANSWER, cast.general, upload=SimpleUploadedFile("a.pdf", b"<html>"))
    request.refresh_from_db()
    assert (request.status, request.messages.count()) == ("ASKED", 0)


def test_a_visit_that_is_over_waits_to_be_recorded(cast):
    request = asked(cast)
    day = date(2024, 4, 2)
    visit = operations.plan_visit(request, visited_on=day, place="Rathaus", who="Referat Öffnung", actor=cast.general)
    assert {task.title for task in tasks_for(cast.general, date(2024, 4, 3))} == {
        "Besuch festhalten",
        "Frage beantworten",
    }
    operations.record_visit(visit, result="Wir haben die Wartezone angesehen.", actor=cast.general)
    with pytest.raises(NotAllowedNow):
        operations.cancel_visit(visit, result="Doch nicht", actor=cast.general)


def common(cast, request, **changes):
    values = {"title": "Ein Amt öffnen", "question": "Womit beginnen?", "answer": "Mit der Wartezone.", "field": None}
    return answer_operations.write_answer(
        cast.units["KOORD"], values={**values, **changes}, origin=request, on=story.ON, actor=cast.general
    )


def test_an_answer_for_all_does_not_name_who_asked_and_is_read_once_released(cast):
    request, other = asked(cast), story.people("05978")
    with pytest.raises(answer_operations.NamesTheCentre):
        common(cast, request, question="In Solingen fragt man sich, womit man beginnt.")
    answer = common(cast, request)
    assert not queries.answers_visible_to(other.staff).exists()
    answer_operations.release_answer(answer, on=story.ON, actor=cast.general)
    with pytest.raises(answer_operations.NothingNew):
        answer_operations.release_answer(answer, on=story.ON, actor=cast.general)
    assert set(queries.answers_visible_to(other.staff)) == {answer}
    answer_operations.withdraw_answer(answer, reason="Überholt", on=story.ON, actor=cast.general)
    assert not queries.answers_visible_to(other.staff).exists()
    assert set(queries.answers_visible_to(cast.general)) == {answer}
