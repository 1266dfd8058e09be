"""Two people at the same instant, on both databases; and what the database itself refuses."""

from datetime import time

import pytest
from django.db import IntegrityError, transaction

from verbund.advising.models import Meeting, MeetingTask, NetworkDecision, NetworkLink, NetworkMember, Sending
from verbund.advising.networks import operations
from verbund.advising.tests import network_story as story
from verbund.advising.tests.network_story import MEETING_DAY, TODAY, mails
from verbund.core.versions import StaleVersion

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.usefixtures("reference")]


def test_at_the_same_instant_nothing_is_sent_numbered_or_written_twice(at_the_same_time):
    staff = story.staff()
    group = story.network(staff)
    seats = [story.sitting(group, staff), story.sitting(group, staff, body_text="Kammer")]
    meeting = story.planned(group, staff)

    def send():
        return operations.send_links(group, Sending.Kind.INVITATION, seats, meeting=meeting, on=TODAY, actor=staff)

    results = at_the_same_time(send, send, send)
    assert sorted(type(one).__name__ for one in results) == ["NobodyToSendTo", "NobodyToSendTo", "Sending"]
    assert (len(mails()), NetworkLink.objects.count()) == (2, 2)

    link, at = NetworkLink.objects.first(), meeting.starts_at
    sending = link.sending
    at_the_same_time(
        lambda: operations.open_papers(link, at=at, on=TODAY),
        lambda: operations.recall_links(sending, [link], reason="falsche Liste", on=TODAY, actor=staff),
    )
    link.refresh_from_db()
    assert link.is_recalled
    assert link.opened_at in {None, at}

    story.held(Meeting.objects.get(), staff)
    made = [lambda: operations.record_decision(meeting, text="Beschluss", actor=staff)] * 3
    at_the_same_time(*made)
    assert sorted(NetworkDecision.objects.values_list("number", flat=True)) == [1, 2, 3]

    point, seen = meeting.agenda.first(), Meeting.objects.get().version

    def write(text):
        own = Meeting.objects.get()
        nobody = operations.Attendance(came={})
        operations.write_minutes(own, {point.pk: text}, nobody, seen=seen, actor=staff)

    results = at_the_same_time(lambda: write("von hier"), lambda: write("von dort"))
    assert sorted(type(one) for one in results if one is not None) == [StaleVersion]

    plans = [
        lambda: operations.plan_meeting(group, day=TODAY, begins=time(9), ends=time(10), place="Rathaus", actor=staff)
    ] * 2
    results = at_the_same_time(*plans)
    assert sorted(type(one).__name__ for one in results) == ["DayTaken", "Meeting"]


def test_the_database_refuses_what_must_never_be():
    staff = story.staff()
    group = story.network(staff)
    meeting = story.planned(group, staff)
    usual = {"network": group, "function": "x", "valid_from": TODAY}
    when = {"network": group, "begins": time(9), "ends": time(10), "place": "Rathaus"}
    wrong = [
        lambda: NetworkMember.objects.create(**usual),
        lambda: NetworkMember.objects.create(**usual, partner=story.partner(), body="INTEGRATION_COUNCIL"),
        lambda: Meeting.objects.create(**when, day=MEETING_DAY),
        lambda: Meeting.objects.create(**when | {"ends": time(9)}, day=TODAY),
        lambda: Meeting.objects.create(**when | {"place": ""}, day=TODAY),
        lambda: MeetingTask.objects.create(meeting=meeting, text="niemandes"),
        lambda: NetworkDecision.objects.bulk_create(
            NetworkDecision(network=group, meeting=meeting, year=2026, number=1, text="x") for _copy in range(2)
        ),
        lambda: Sending.objects.create(network=group, kind="MINUTES", sent_on=TODAY),
        lambda: type(group).objects.filter(pk=group.pk).update(field=None, stage=None),
    ]
    for act in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
