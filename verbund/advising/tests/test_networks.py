"""A network from its founding to settled tasks, by the people of a centre."""

from datetime import date, time

import pytest

from verbund.advising.models import AgendaItem, Meeting, NetworkDecision, NetworkMember
from verbund.advising.networks import operations, queries, reading, worklist
from verbund.advising.networks.operations.meetings import NotYet, NowhereToMeet, TimesOutOfOrder
from verbund.advising.networks.operations.tasks import NobodysTask, NoReason
from verbund.advising.tests import network_story as story
from verbund.advising.tests.network_story import MEETING_DAY, TODAY
from verbund.core import audit
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.versions import StaleVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return story.staff()


@pytest.fixture
def group(staff):
    return story.network(staff)


def test_a_body_bears_the_name_it_had_on_the_day(staff):
    council = story.network(
        staff, name="Integrationsrat Solingen", body="INTEGRATION_COUNCIL", valid_from=date(2020, 1, 1)
    )
    seat = story.sitting(council, staff, body="INTEGRATION_COUNCIL", function="Vorsitz")
    names = reading.Names()

    assert names.of_network(council, date(2025, 10, 31)) == "Integrationsrat"
    assert names.of_network(council, date(2025, 11, 1)) == names.of_member(seat, date(2025, 11, 1))
    assert names.of_network(council, date(2025, 11, 1)) == "Ausschuss für Chancengerechtigkeit und Integration"


def test_a_member_is_an_institution_of_the_own_centre_by_function(staff, group):
    foreign = story.story.partner("05978", name="Verband anderswo")

    with pytest.raises(operations.ForeignPartner):
        story.sitting(group, staff, partner=foreign)
    for unclear in ({"body_text": ""}, {"body_text": "Polizei", "body": "INTEGRATION_COUNCIL"}):
        with pytest.raises(operations.UnclearMember):
            story.sitting(group, staff, **unclear)
    assert str(story.sitting(group, staff, partner=story.partner())) == "Wohlfahrtsverband, Kontaktstelle"


def test_of_two_who_change_a_network_or_member_the_second_is_told(staff, group):
    seat = story.sitting(group, staff)
    values = {name: getattr(group, name) for name in operations.networks.NETWORK_FIELDS}
    operations.describe_network(group, **values | {"rhythm": "monatlich"}, seen=1, actor=staff)
    with pytest.raises(StaleVersion):
        operations.describe_network(group, **values | {"rhythm": "jährlich"}, seen=1, actor=staff)
    kept = {name: getattr(seat, name) for name in operations.networks.MEMBER_FIELDS}
    operations.change_member(seat, **kept | {"function": "Leitung"}, seen=1, actor=staff)
    with pytest.raises(StaleVersion):
        operations.change_member(seat, **kept, seen=1, actor=staff)


def test_a_network_meets_once_a_day_at_a_time_and_place_that_make_sense(staff, group):
    story.planned(group, staff)
    where = {"place": "Rathaus", "actor": staff}

    with pytest.raises(operations.DayTaken):
        operations.plan_meeting(group, day=MEETING_DAY, begins=time(15), ends=time(16), **where)
    with pytest.raises(TimesOutOfOrder):
        operations.plan_meeting(group, day=TODAY, begins=time(15), ends=time(15), **where)
    with pytest.raises(NowhereToMeet):
        operations.plan_meeting(group, day=TODAY, begins=time(15), ends=time(16), actor=staff)


def test_a_cancelled_meeting_leaves_room_for_another_one_on_the_same_day(staff, group):
    meeting = story.planned(group, staff)
    operations.cancel_meeting(meeting, reason="Raum gesperrt", actor=staff)

    assert story.planned(group, staff).status == "PLANNED"
    with pytest.raises(NotAllowedNow):
        operations.hold_meeting(meeting, on=MEETING_DAY, actor=staff)


def test_an_agenda_keeps_its_order_and_refuses_points_of_other_meetings(staff, group):
    meeting, other = story.planned(group, staff), story.planned(group, staff, day=TODAY)
    first, second = meeting.agenda.all()
    Point = operations.Point  # noqa: N806
    points = [Point("Neues", "Leitung KI"), Point(second.title, pk=second.pk), Point("Bericht der Kammer", pk=first.pk)]
    operations.set_agenda(meeting, points, seen=meeting.version, actor=staff)

    assert [str(item) for item in meeting.agenda.all()] == ["1. Neues", "2. Verschiedenes", "3. Bericht der Kammer"]
    foreign = [Point("Fremd", pk=other.agenda.first().pk)]
    with pytest.raises(operations.ForeignItem):
        operations.set_agenda(meeting, foreign, seen=meeting.version, actor=staff)
    with pytest.raises(StaleVersion):
        operations.set_agenda(meeting, points[:1], seen=1, actor=staff)


def test_minutes_are_written_after_the_meeting_and_rest_once_released(staff, group):
    seat, meeting = story.sitting(group, staff), story.planned(group, staff)
    point = meeting.agenda.first()
    nobody = operations.Attendance(came={})
    with pytest.raises(NotYet):
        operations.hold_meeting(meeting, on=TODAY, actor=staff)
    with pytest.raises(NotAllowedNow):
        operations.write_minutes(meeting, {point.pk: "Zu früh"}, nobody, seen=meeting.version, actor=staff)
    story.held(meeting, staff)
    came = operations.Attendance(came={seat.pk: 2}, guests=1)
    operations.write_minutes(meeting, {point.pk: "Die Stelle berichtet."}, came, seen=meeting.version, actor=staff)
    with pytest.raises(StaleVersion):
        operations.write_minutes(meeting, {point.pk: "Anders"}, nobody, seen=meeting.version - 1, actor=staff)
    with pytest.raises(NotAllowedNow):
        operations.set_agenda(meeting, [], seen=meeting.version, actor=staff)
    operations.release_minutes(meeting, on=MEETING_DAY, actor=staff)
    with pytest.raises(NotAllowedNow):
        operations.write_minutes(meeting, {point.pk: "Danach"}, nobody, seen=meeting.version, actor=staff)

    assert AgendaItem.objects.get(pk=point.pk).minutes == "Die Stelle berichtet."
    assert (meeting.participations.get().came, Meeting.objects.get().guests) == (2, 1)


def test_minutes_refuse_points_and_members_of_others(staff, group):
    meeting = story.held(story.planned(group, staff), staff)
    other = story.network(staff, name="Anderer Kreis")
    elsewhere, stranger = story.planned(other, staff).agenda.first(), story.sitting(other, staff)

    for texts, came in (({elsewhere.pk: "x"}, {}), ({}, {stranger.pk: 1})):
        with pytest.raises(operations.ForeignItem):
            operations.write_minutes(
                meeting, texts, operations.Attendance(came=came), seen=meeting.version, actor=staff
            )


def test_decisions_are_numbered_by_network_and_year(staff, group):
    days = (date(2026, 11, 2), date(2026, 11, 16), date(2027, 1, 11))
    other = story.held(story.planned(story.network(staff, name="Anderer"), staff), staff)
    for day in days:
        meeting = story.held(story.planned(group, staff, day=day), staff)
        operations.record_decision(meeting, text="So wird es gemacht.", actor=staff)
    operations.record_decision(other, text="Auch dort.", actor=staff)
    decision = operations.record_decision(meeting, text="Noch einer", actor=staff)
    operations.correct_decision(decision, text="Noch ein Beschluss", actor=staff)

    found = NetworkDecision.objects.filter(network=group).order_by("year", "number")
    assert [one.reference for one in found] == ["1/2026", "2/2026", "1/2027", "2/2027"]
    assert other.decisions.get().reference == "1/2026"
    operations.release_minutes(meeting, on=meeting.day, actor=staff)
    with pytest.raises(NotAllowedNow):
        operations.correct_decision(decision, text="Zu spät", actor=staff)


def test_what_stays_open_stands_on_the_next_agenda_until_it_is_settled(staff, group):
    first = story.held(story.planned(group, staff, day=date(2026, 11, 2)), staff)
    task = operations.agree_task(first, text="Liste der Kurse", centre_function="Fachkraft", actor=staff)
    dropped = operations.agree_task(first, text="Raum suchen", centre_function="Fachkraft", actor=staff)
    operations.drop_task(dropped, note="Raum ist da", on=date(2026, 11, 10), actor=staff)
    second, third = (story.planned(group, staff, day=date(2026, month, 20)) for month in (11, 12))
    assert list(queries.tasks_carried_to(second)) == list(queries.tasks_carried_to(third)) == [task]
    operations.complete_task(task, note="verschickt", on=date(2026, 12, 1), actor=staff)

    assert list(queries.tasks_carried_to(second)) == [task], "on that day it was open"
    assert not queries.tasks_carried_to(third).exists()
    assert not queries.tasks_carried_to(first).exists()


def test_a_task_belongs_to_a_member_of_this_network_or_to_the_centre(staff, group):
    meeting = story.held(story.planned(group, staff), staff)
    stranger = story.sitting(story.network(staff, name="Anderer"), staff)
    seat = story.sitting(group, staff)

    with pytest.raises(operations.ForeignMember):
        operations.agree_task(meeting, text="Etwas", member=stranger, actor=staff)
    for member, function in ((None, ""), (seat, "Fachkraft")):
        with pytest.raises(NobodysTask):
            operations.agree_task(meeting, text="Etwas", member=member, centre_function=function, actor=staff)
    task = operations.agree_task(meeting, text="Etwas", member=seat, actor=staff)
    with pytest.raises(NoReason):
        operations.drop_task(task, note="", on=MEETING_DAY, actor=staff)


def test_tasks_of_a_member_who_leaves_wait_for_somebody_else(staff, group):
    seat, other = story.sitting(group, staff), story.sitting(group, staff, body_text="Kammer")
    meeting = story.held(story.planned(group, staff), staff)
    task = operations.agree_task(meeting, text="Kursplan", member=seat, actor=staff)
    operations.end_member(seat, valid_until=MEETING_DAY, actor=staff)
    after = date(2026, 12, 10)

    assert list(queries.tasks_without_member(group, on=MEETING_DAY)) == []
    assert list(queries.tasks_without_member(group, on=after)) == [task]
    assert "Aufgaben neu vergeben" in [one.title for one in worklist.tasks_for(staff, after)]
    operations.reassign_task(task, member=other, centre_function="", due_on=None, actor=staff)
    assert list(queries.tasks_without_member(group, on=after)) == []
    operations.complete_task(task, note="", on=after, actor=staff)
    with pytest.raises(NotAllowedNow):
        operations.reassign_task(task, member=None, centre_function="Fachkraft", due_on=None, actor=staff)
    operations.reopen_task(task, actor=staff)
    assert task.is_open


def test_an_end_before_the_beginning_is_refused(staff, group):
    seat = story.sitting(group, staff)

    with pytest.raises(operations.WrongPeriod):
        operations.end_member(seat, valid_until=date(2025, 12, 31), actor=staff)
    with pytest.raises(operations.WrongPeriod):
        story.network(staff, valid_until=date(2025, 12, 31))
    assert NetworkMember.objects.get().valid_until is None


def test_an_institution_in_three_networks_counts_once(staff):
    house = story.partner()
    for name in ("Eins", "Zwei", "Drei"):
        group = story.network(staff, name=name)
        story.sitting(group, staff, partner=house)
        story.sitting(group, staff, body_text="polizei" if name == "Drei" else "Polizei")
    story.released(story.planned(group, staff), staff)
    story.held(story.planned(group, staff, day=TODAY), staff)

    figures = queries.figures_of_year(queries.networks_visible_to(staff), 2026)
    assert figures == {"held": 2, "with_minutes": 1, "institutions": 2}


def test_the_work_list_names_what_waits_and_by_when(staff, group):
    story.planned(group, staff)
    past = story.planned(group, staff, day=date(2026, 11, 16))
    story.held(past, staff)
    operations.agree_task(past, text="Einladungsliste", centre_function="Fachkraft", due_on=TODAY, actor=staff)
    led_elsewhere = story.network(staff, name="Gremium der Stadt", part="SITS_IN")
    story.planned(led_elsewhere, staff)

    found = {(one.title, one.due_on) for one in worklist.tasks_for(staff, TODAY)}
    assert found == {
        ("Zur Sitzung einladen", date(2026, 11, 25)),
        ("Niederschrift freigeben", date(2026, 11, 30)),
        ("Aufgabe aus einem Netzwerk", TODAY),
    }
    assert worklist.tasks_for(story.staff("05978"), TODAY) == []


def test_every_act_stands_in_the_history_in_words(staff, group):
    meeting = story.held(story.planned(group, staff), staff)
    seat = story.sitting(group, staff)
    operations.end_member(seat, valid_until=TODAY, actor=staff)

    said = [entry["what"] for entry in audit.history_of(group, meeting, seat)]
    assert said == [
        "Mitglied ausgeschieden",
        "Mitglied aufgenommen",
        "Sitzung abgehalten",
        "Tagesordnung festgelegt",
        "Sitzung geplant",
        "Netzwerk angelegt",
    ]
