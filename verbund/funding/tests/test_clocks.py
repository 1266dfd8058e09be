"""The clocks of a grant: each act starts or stops its period, and screens, lists and refusals go by it."""

import importlib
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.apps import apps

from tests.support.cast import acting, client_of, member
from verbund.accounts.roles import Role
from verbund.core import deadlines, reminders
from verbund.core.acting import SamePerson
from verbund.core.models import Deadline, InboxMessage
from verbund.funding import audience, clock_kinds, operations, queries, reminder_rules
from verbund.funding.models import GrantApplication, ReminderRule
from verbund.funding.operations import legal_remedies
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
BEGIN, APRIL, MAY = date(2022, 6, 10), date(2023, 4, 17), date(2023, 5, 3)


@pytest.fixture
def cast():
    return story.people()


def running() -> dict[str, list[date]]:
    """Return the ends of the open deadlines by kind."""
    found: dict[str, list[date]] = {}
    for one in deadlines.open_deadlines():
        found.setdefault(one.kind, []).append(one.ends_on)
    return found


def asked(cast, *, due_on=date(2022, 6, 18)):
    """Return an open question to Solingen that is due on a Saturday."""
    application = story.reviewed(story.call_for(2023), cast, on=BEGIN)
    return operations.request_information(application, text="Bitte", due_on=due_on, on=BEGIN, actor=cast.officer)


def test_a_question_is_due_on_a_working_day_until_it_is_answered_or_the_application_withdrawn(cast):
    question = asked(cast)
    deadline = deadlines.deadlines_of(question).get()
    assert (
        (deadline.nominal_on, deadline.ends_on)
        == (date(2022, 6, 18), question.due_on)
        == (
            date(2022, 6, 18),
            date(2022, 6, 20),
        )
    )
    operations.answer_request(question, answer="Liegt bei.", on=BEGIN, actor=cast.lead)
    deadline.refresh_from_db()
    assert deadline.fulfilled_on == BEGIN

    application = GrantApplication.objects.get()
    second = operations.request_information(
        application, text="Noch", due_on=date(2022, 7, 1), on=BEGIN, actor=cast.officer
    )
    operations.withdraw_application(GrantApplication.objects.get(), reason="Nein", on=BEGIN, actor=cast.lead)
    assert deadlines.deadlines_of(second).get().lift_reason == "Der Antrag ist zurückgezogen."


def test_an_extension_moves_the_question_on_the_work_lists_and_on_the_page_of_the_carrier(cast):
    question = asked(cast)
    deadline = deadlines.deadlines_of(question).get()
    until = date(2022, 6, 27)
    deadlines.extend(deadline, until=until, reason="Ratssitzung", on=BEGIN, actor=cast.officer)

    late = date(2022, 6, 21)
    assert [task.due_on for task in queries.tasks_for(cast.lead, late)] == [until]
    assert queries.tasks_for(cast.officer, late) == []
    with time_machine.travel("2022-06-21 12:00+02:00", tick=True):
        page = client_of(member(Role.CENTRE_LEAD)).get(question.application.get_absolute_url()).content.decode()
    assert "verlängert, zuerst" in page
    assert "27.06.2022" in page


def test_an_application_is_in_time_on_the_working_day_after_a_sunday(cast):
    call = story.call_for(2022, closes_on=date(2021, 10, 31), is_strict=True, actor=cast.officer)
    assert running() == {clock_kinds.APPLICATION_WINDOW: [date(2021, 11, 2)]}  # All Saints' Day follows
    assert not story.submitted(call, cast, on=date(2021, 11, 2)).is_late
    other = story.people("05916")
    with pytest.raises(operations.applications.TooLate, match=r"02\.11\.2021"):
        story.submitted(call, other, key="05916", on=date(2021, 11, 3))


def test_the_window_of_a_call_is_one_row_and_recalled_to_centres_that_have_not_submitted(cast):
    call = story.call_for(2023, closes_on=date(2022, 10, 31), actor=cast.officer)
    other = story.people("05916")
    story.submitted(call, cast, on=BEGIN)
    assert set(audience.those_who_may_apply(call)) == {other.staff.user, other.lead.user}
    operations.close_call(call, actor=cast.officer)
    assert set(audience.those_who_may_apply(call)) == set()
    story.call_for(2024)
    assert len(running()[clock_kinds.APPLICATION_WINDOW]) == 1


def test_the_appeal_period_runs_from_notification_and_ends_with_the_waiver(cast):
    notice = story.granted(story.call_for(2023), cast, amount="193500", on=APRIL)
    operations.record_notification(notice, how="HANDED_OVER", day=APRIL, on=APRIL, actor=cast.officer)
    assert deadlines.due_of(clock_kinds.APPEAL, notice) == notice.appeal_until
    operations.mark_remedy_as_wrong(notice, reason="falsches Gericht", actor=cast.officer)
    assert deadlines.due_of(clock_kinds.APPEAL, notice) == notice.appeal_until == date(2024, 4, 17)
    operations.waive_remedy(notice, on=APRIL, actor=cast.signatory)
    assert deadlines.due_of(clock_kinds.APPEAL, notice) is None


def test_money_runs_to_its_pay_days_and_the_last_day_until_all_of_it_is_called(cast):
    notice = story.final(story.call_for(2023), cast, amount="193500", on=APRIL)
    pay_days, last_day = [date(2023, 5, 2), date(2023, 10, 2)], date(2023, 12, 31)
    proof = {clock_kinds.PROOF_OF_USE: [date(2024, 4, 2)]}  # runs on whatever is called
    assert running() == {clock_kinds.PAY_DAY: pay_days, clock_kinds.LAST_DRAWDOWN: [last_day], **proof}
    assert Deadline.objects.get(ends_on=pay_days[0]).because == ["Erster Mai"]
    operations.request_drawdown(notice, amount=Decimal(96750), on=MAY, actor=cast.treasury)
    assert running() == {clock_kinds.PAY_DAY: pay_days[1:], clock_kinds.LAST_DRAWDOWN: [last_day], **proof}
    october = date(2023, 10, 4)
    second = operations.request_drawdown(notice, amount=Decimal(96750), on=october, actor=cast.treasury)
    assert running() == proof
    operations.reject_drawdown(second, reason="falsch", actor=cast.officer)
    assert running() == {clock_kinds.LAST_DRAWDOWN: [last_day], **proof}


def test_a_carrier_with_more_time_may_call_money_after_the_last_day_of_the_others(cast):
    notice = story.final(story.call_for(2023), cast, amount="193500", on=APRIL)
    january = date(2024, 1, 8)
    with pytest.raises(operations.payments.TooLate):
        operations.request_drawdown(notice, amount=Decimal(1000), on=january, actor=cast.treasury)
    deadline = deadlines.open_deadlines([clock_kinds.LAST_DRAWDOWN]).get()
    deadlines.extend(deadline, until=date(2024, 1, 15), reason="Kassenschluss", on=MAY, actor=cast.officer)
    assert "Mittel abrufen" in [task.title for task in queries.tasks_for(cast.treasury, january)]
    operations.request_drawdown(notice, amount=Decimal(1000), on=january, actor=cast.treasury)


def test_kinds_of_later_steps_are_known_with_rules_and_the_proof_is_recalled_as_the_procedure_says():
    rules = reminder_rules.in_force(on=BEGIN)
    kinds = {code for name, code in vars(clock_kinds).items() if name.isupper()}
    assert {rule.kind for rule in rules} == kinds
    assert kinds <= set(deadlines.KINDS)
    proof = [
        (rule.days, rule.escalates) for rule in rules if (rule.kind, rule.audience) == ("PROOF_OF_USE", "RECIPIENT")
    ]
    assert proof == [(-30, False), (-7, False), (0, False), (14, True)]


def test_a_rule_changes_from_a_day_on_with_two_operators_and_can_be_ended():
    first, second = acting(member(Role.OPERATOR)), acting(member(Role.OPERATOR))
    about = {"kind": "PROOF_OF_USE", "audience": "RECIPIENT", "days": -30}
    values = {"source": "Hausverfügung", "mark": "B", "is_active": False}
    row = ReminderRule(**about, **values, valid_from=date(2024, 1, 1))
    legal_remedies.propose_remedy_row(row, actor=first)
    with pytest.raises(SamePerson):
        legal_remedies.adopt_remedy_row(row, actor=first)
    assert ("PROOF_OF_USE", -30) in {(rule.kind, rule.days) for rule in reminder_rules.in_force(on=date(2024, 2, 1))}
    legal_remedies.adopt_remedy_row(row, actor=second)
    assert [
        (-30 in {rule.days for rule in reminder_rules.in_force(on=day) if rule.kind == "PROOF_OF_USE"})
        for day in (date(2023, 12, 31), date(2024, 1, 1))
    ] == [True, False]
    reminder_rules.load()
    assert ReminderRule.objects.filter(**about).count() == 2


def test_a_late_answer_is_recalled_to_the_centre_and_to_the_officer_in_charge(cast):
    asked(cast)
    member(Role.GRANT_OFFICER)
    day = date(2022, 6, 21)
    with time_machine.travel("2022-06-21 12:00+02:00", tick=True):
        assert reminders.send_due(on=day, rules=reminder_rules.in_force(on=day)) == 3
    told = set(InboxMessage.objects.filter(key=f"deadlines:{day}").values_list("user", flat=True))
    assert told == {cast.lead.user.pk, cast.staff.user.pk, cast.officer.user.pk}


def test_records_from_before_get_their_deadlines_once(cast):
    story.call_for(2025, closes_on=date(2024, 10, 31), opens_on=BEGIN)
    asked(cast)
    story.final(story.call_for(2024, opens_on=BEGIN), cast, amount="193500", on=APRIL)
    notified = story.granted(story.call_for(2022, opens_on=BEGIN), cast, amount="187500", on=APRIL)
    operations.record_notification(notified, how="HANDED_OVER", day=APRIL, on=APRIL, actor=cast.officer)
    pay_days = deadlines.open_deadlines([clock_kinds.PAY_DAY])
    later = {clock_kinds.PAY_DAY, clock_kinds.PROOF_OF_USE}  # compared below, or younger than these records
    before = {kind: ends for kind, ends in running().items() if kind not in later}
    assert pay_days.count() == 2
    Deadline.objects.all().delete()

    migration = importlib.import_module("verbund.funding.migrations.0041_deadlines_of_running_records")
    with time_machine.travel("2023-05-03 12:00+02:00", tick=True):
        for _time in range(2):
            migration.set_deadlines(apps, None)
    assert {kind: ends for kind, ends in running().items() if kind not in later} == before
    assert pay_days.count() == 2
