"""More time to apply for one centre: it is in time until its own last day, all others are not."""

from datetime import date

import pytest

from tests.support.cast import acting, centre, client_of, member
from verbund.accounts.roles import Role
from verbund.core import deadlines
from verbund.core.deadlines import NotExtendable, NotForward, ReasonMissing
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import AuditEntry, Deadline, InboxMessage
from verbund.funding import audience, clock_kinds, operations, queries
from verbund.funding.models import Call, CentreWindow, GrantApplication
from verbund.funding.operations.reviews import ConflictOfInterest
from verbund.funding.operations.windows import AlreadySubmitted, BeyondPeriod
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
ENDS, ON, LONGER, AFTER = date(2022, 10, 31), date(2022, 11, 3), date(2022, 11, 14), date(2022, 11, 15)
SOLINGEN, HERNE = "05122", "05916"
REASON = "Der Rat tagt erst am 10. November."


@pytest.fixture
def cast():
    return story.people()


@pytest.fixture
def call(cast):
    """A call that closed on 31 October, a Monday before All Saints' Day."""
    found = story.call_for(2023, closes_on=ENDS, actor=cast.officer)
    operations.close_call(found, actor=cast.officer)
    return found


def extend(call, cast, **changes):
    values = {"centre": centre(SOLINGEN), "until": LONGER, "reason": REASON, "on": ON, "actor": cast.officer}
    return operations.extend_window(call, **values | changes)


def typed(**changes) -> dict:
    return {"centre": centre(SOLINGEN).pk, "until": LONGER.isoformat(), "reason": REASON, **changes}


def page(membership, address) -> str:
    return " ".join(client_of(membership).get(address).content.decode().split())


def test_an_officer_gives_one_centre_more_time_and_only_this_centre_still_applies_in_time(call, cast, time_machine):
    time_machine.move_to("2022-11-03 12:00+01:00")
    address = f"/foerderung/aufrufe/{call.pk}/"
    sent = client_of(member(Role.GRANT_OFFICER)).post(f"{address}frist-verlaengern/", typed())
    assert (sent.status_code, sent["Location"]) == (302, address)

    lead, other = member(Role.CENTRE_LEAD, at=SOLINGEN), member(Role.CENTRE_LEAD, at=HERNE)
    assert "14.11.2022" in page(lead, address)
    assert REASON in page(lead, address)
    assert REASON in page(lead, "/foerderung/")
    assert REASON not in page(other, address) + page(other, "/foerderung/")
    start = f"/foerderung/antraege/neu/{call.pk}/"
    assert client_of(other).post(start, {"centre": centre(HERNE).pk}).status_code == 422
    assert client_of(lead).post(start, {"centre": centre(SOLINGEN).pk}).status_code == 302
    application = GrantApplication.objects.get()
    assert application.centre_id == centre(SOLINGEN).pk
    assert REASON in page(lead, application.get_absolute_url())


def test_what_comes_in_the_longer_window_is_in_time_and_what_comes_after_it_is_late(call, cast):
    extend(call, cast)
    assert not story.submitted(call, cast, on=LONGER).is_late


def test_after_its_longer_window_a_draft_is_late_and_none_can_be_begun(call, cast):
    extend(call, cast)
    draft = story.drafted(call, cast, on=LONGER)
    operations.offer_for_signature(draft, on=LONGER, actor=cast.lead)
    operations.countersign_application(draft, on=LONGER, actor=cast.signatory)
    operations.submit_application(draft, on=AFTER, actor=cast.lead)
    assert GrantApplication.objects.get(pk=draft.pk).is_late
    extend(call, cast, centre=centre(HERNE))
    with pytest.raises(operations.CallNotOpen):
        operations.start_application(call, centre=centre(HERNE), on=AFTER, actor=cast.lead)


def test_the_other_centres_stay_late_after_the_window_of_the_call(call, cast):
    operations.reopen_call(call, actor=cast.officer)
    extend(call, cast)
    other = story.people(HERNE)
    assert story.submitted(call, other, key=HERNE, on=ON).is_late
    assert not story.submitted(call, cast, on=ON).is_late


def test_the_trail_the_inbox_the_work_list_and_the_reminders_go_by_the_longer_window(call, cast, client_of):
    window = extend(call, cast)
    own = deadlines.deadlines_of(window).get()
    assert (own.kind, own.extended_until, own.extension_reason) == (clock_kinds.CENTRE_WINDOW, LONGER, REASON)
    assert (own.organisation_id, own.extended_by) == (centre(SOLINGEN).carrier_id, cast.officer.user)
    entry = AuditEntry.objects.get(verb="extend_deadline")
    assert (entry.note, entry.target_id) == (REASON, str(own.pk))
    assert "Frist verlängert" in page(member(Role.GRANT_OFFICER), call.get_absolute_url())
    told = InboxMessage.objects.filter(key__startswith="funding:window").values_list("user", flat=True)
    assert set(told) == {cast.lead.user.pk, cast.staff.user.pk}
    assert [(task.title, task.due_on) for task in queries.tasks_for(cast.lead, ON)] == [("Antrag beginnen", LONGER)]
    assert queries.tasks_for(cast.lead, AFTER) == []
    assert queries.tasks_for(story.people(HERNE).lead, ON) == []
    assert set(audience.those_who_may_apply_longer(window)) == {cast.lead.user, cast.staff.user}
    operations.reopen_call(call, actor=cast.officer)
    assert not {cast.lead.user, cast.staff.user} & set(audience.those_who_may_apply(call))
    draft = story.drafted(call, cast, on=ON)
    assert [(task.title, task.due_on) for task in queries.tasks_for(cast.lead, ON)] == [
        ("Antrag vervollständigen", LONGER)
    ]
    operations.offer_for_signature(draft, on=ON, actor=cast.lead)
    assert [task.due_on for task in queries.tasks_for(cast.signatory, ON)] == [LONGER]


def test_a_centre_can_be_given_more_time_again_but_never_less(call, cast):
    extend(call, cast)
    with pytest.raises(NotForward, match=r"14\.11\.2022"):
        extend(call, cast, until=date(2022, 11, 10))
    extend(call, cast, until=date(2022, 11, 21), reason="Noch eine Sitzung.")
    assert queries.last_day_to_apply(call, centre(SOLINGEN).pk) == date(2022, 11, 21)
    assert CentreWindow.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"until": ENDS}, NotForward),
        ({"until": ON}, NotForward),
        ({"until": date(2022, 11, 13)}, NotForward),  # a Sunday
        ({"until": date(2024, 1, 2)}, BeyondPeriod),
        ({"reason": " "}, ReasonMissing),
    ],
)
def test_more_time_needs_a_reason_and_a_later_working_day_within_the_grant_period(call, cast, changes, refusal):
    with pytest.raises(refusal):
        extend(call, cast, **changes)
    assert not CentreWindow.objects.exists()
    assert not Deadline.objects.filter(kind=clock_kinds.CENTRE_WINDOW).exists()


@pytest.mark.parametrize(
    ("fields", "refusal", "sentence"),
    [
        ({"is_strict": True}, NotExtendable, "Ausschlussfrist"),
        ({"closes_on": None}, NotExtendable, "keine Antragsfrist bekannt"),
        ({"status": "DRAFT"}, NotAllowedNow, "noch nicht geöffnet"),
    ],
)
def test_a_strict_deadline_none_at_all_and_a_call_in_preparation_are_not_extended(
    call, cast, fields, refusal, sentence, time_machine
):
    time_machine.move_to("2022-11-03 12:00+01:00")
    Call.objects.filter(pk=call.pk).update(**fields)
    with pytest.raises(refusal, match=sentence):
        extend(call, cast)
    officer = member(Role.GRANT_OFFICER)
    answer = client_of(officer).post(f"/foerderung/aufrufe/{call.pk}/frist-verlaengern/", typed())
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Frist für ein Zentrum verlängern" not in page(officer, call.get_absolute_url())
    assert not CentreWindow.objects.exists()


def test_who_has_submitted_gets_no_more_time_and_who_is_biased_gives_none(call, cast):
    operations.reopen_call(call, actor=cast.officer)
    application = story.submitted(call, cast, on=date(2022, 10, 4))
    with pytest.raises(AlreadySubmitted):
        extend(call, cast)
    operations.declare_conflict(application, has_conflict=True, statement="verwandt", actor=cast.officer)
    operations.withdraw_application(application, reason="neu", on=ON, actor=cast.lead)
    with pytest.raises(ConflictOfInterest):
        extend(call, cast)
    extend(call, cast, actor=cast.approver)


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.CENTRE_LEAD, 403), (Role.CASHIER, 403), (Role.COORDINATOR, 403), (Role.GRANT_APPROVER, 200)],
)
def test_only_officers_and_approvers_give_more_time(call, role, status):
    assert client_of(member(role)).get(f"/foerderung/aufrufe/{call.pk}/frist-verlaengern/").status_code == status


def test_a_longer_window_is_seen_by_its_carrier_and_those_who_read_applications(call, cast):
    window = extend(call, cast)
    seen = {
        name: window in queries.windows_visible_to(acting(member(role, at=at)))
        for name, role, at in (
            ("own", Role.TREASURY, SOLINGEN),
            ("other", Role.CENTRE_LEAD, HERNE),
            ("ministry", Role.MINISTRY_READER, ""),
            ("school", Role.SCHOOL, ""),
        )
    }
    assert seen == {"own": True, "other": False, "ministry": True, "school": False}
