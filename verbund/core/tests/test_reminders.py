"""Few reminders: one mail a person and day, nothing twice, nothing for what is done, deputies for the absent."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.support.cast import member
from verbund.accounts.roles import Role
from verbund.core import audit, deadlines, reminders
from verbund.core.acting import SYSTEM
from verbund.core.dates import day_in_berlin
from verbund.core.models import InboxMessage, OutboxMail, SentReminder
from verbund.directory.models import Organisation

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

SET_ON, DUE = date(2028, 1, 3), date(2028, 2, 29)  # a Tuesday, in a leap year


@dataclass(frozen=True)
class Rule:
    days: int
    audience: str = "RECIPIENT"
    escalates: bool = False
    kind: str = "ANSWER"


RULES = [Rule(-30), Rule(-7), Rule(0), Rule(14, escalates=True), Rule(14, "AUTHORITY")]


@pytest.fixture
def people():
    return {role: member(role).user for role in (Role.TREASURY, Role.GRANT_OFFICER, Role.GRANT_APPROVER)}


@pytest.fixture
def subjects():
    return list(Organisation.objects.filter(kind=Organisation.Kind.CARRIER).order_by("pk")[:3])


@pytest.fixture(autouse=True)
def world(monkeypatch, people):
    """One kind of deadline whose audiences are the people above, running on carriers."""
    monkeypatch.setattr(deadlines, "KINDS", {})
    monkeypatch.setattr(deadlines, "SUBJECTS", {})
    monkeypatch.setattr(reminders, "KINDS", deadlines.KINDS)
    monkeypatch.setattr(reminders, "_ask_for_stand_ins", [])
    everybody = Organisation.objects.all
    deadlines.register_subject(Organisation, records=everybody, visible_to=lambda _actor: everybody())
    more = {
        "audiences": {
            "RECIPIENT": lambda _subject: [people[Role.TREASURY]],
            "AUTHORITY": lambda _subject: [people[Role.GRANT_OFFICER]],
            "APPROVER": lambda _subject: [people[Role.GRANT_APPROVER]],
        },
        "url": lambda subject: f"/probe/{subject.pk}/",
        "title": str,
    }
    deadlines.register_kind("ANSWER", "Antwort geben", **more)
    deadlines.register_kind("WINDOW", "Antrag stellen", **more, lapses=True)


def run(subject, day=DUE, kind="ANSWER", **more):
    return deadlines.set_deadline(kind, subject, nominal_on=day, actor=SYSTEM, on=SET_ON, **more)


def send(day, rules=RULES) -> int:
    return reminders.send_due(on=day, rules=rules)


def heard(user) -> list[str]:
    return list(InboxMessage.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


def test_a_deadline_is_recalled_a_month_and_a_week_before_on_the_day_and_escalates_two_weeks_after(subjects, people):
    run(subjects[0])
    mails = {day: send(day) for day in (SET_ON + timedelta(days=number) for number in range(75))}

    assert {day: count for day, count in mails.items() if count} == {
        date(2028, 1, 30): 1,
        date(2028, 2, 22): 1,
        DUE: 1,
        date(2028, 3, 14): 3,
    }
    assert heard(people[Role.TREASURY]) == [
        "Ihre Fristen: 1 später",
        "Ihre Fristen: 1 später",
        "Ihre Fristen: 1 diese Woche",
        "Ihre Fristen: 1 überfällig",
    ]
    assert heard(people[Role.GRANT_OFFICER]) == heard(people[Role.GRANT_APPROVER]) == ["Ihre Fristen: 1 überfällig"]


def test_everything_of_a_day_comes_in_one_mail_with_the_earliest_end_first(subjects, people):
    run(subjects[0], day=date(2028, 2, 1))
    run(subjects[1], day=date(2028, 2, 15))
    run(subjects[2], day=date(2028, 2, 17))
    assert send(date(2028, 2, 15), [Rule(-2), Rule(0), Rule(14)]) == 1

    mail = OutboxMail.objects.get()
    assert mail.subject == "Verbund: Ihre Fristen: 1 überfällig, 2 diese Woche"
    places = [mail.body.index(text) for text in (str(subjects[0]), str(subjects[1]), str(subjects[2]))]
    assert places == sorted(places)
    assert "überfällig seit 01.02.2028 (14 Tage): Antwort geben" in mail.body
    assert f"/probe/{subjects[1].pk}/" in mail.body


def test_a_week_of_standstill_makes_one_mail_and_the_same_day_again_none(subjects, people):
    run(subjects[0])
    run(subjects[1], day=date(2028, 2, 24))
    assert [send(date(2028, 3, 8)), send(date(2028, 3, 8))] == [1, 0]
    assert heard(people[Role.TREASURY]) == ["Ihre Fristen: 2 überfällig"]


def test_what_is_done_lifted_or_set_after_the_days_of_its_rules_is_not_recalled(subjects):
    for subject in subjects:
        run(subject)
    deadlines.fulfil("ANSWER", subjects[0], on=SET_ON, actor=SYSTEM)
    deadlines.lift("ANSWER", subjects[1], reason="Antrag zurückgezogen", on=SET_ON, actor=SYSTEM)
    deadlines.set_deadline("ANSWER", subjects[2], nominal_on=date(2028, 2, 28), actor=SYSTEM, on=date(2028, 2, 27))
    assert send(date(2028, 2, 27)) == 0
    assert send(date(2028, 2, 28)) == 1


def test_an_extension_begins_the_reminders_anew_for_the_new_end(subjects, people):
    deadline = run(subjects[0])
    send(date(2028, 2, 22))
    deadlines.extend(deadline, until=date(2028, 3, 14), reason="Krankheit", on=date(2028, 2, 25), actor=SYSTEM)
    assert [send(DUE), send(date(2028, 3, 7))] == [0, 1]
    assert len(heard(people[Role.TREASURY])) == 2


def test_a_period_that_lapses_is_not_recalled_after_its_end(subjects):
    run(subjects[0], kind="WINDOW")
    rules = [Rule(-7, kind="WINDOW"), Rule(14, kind="WINDOW")]
    assert [send(date(2028, 2, 22), rules), send(date(2028, 3, 20), rules)] == [1, 0]


def test_who_may_no_longer_sign_in_hears_nothing(subjects, people):
    run(subjects[0])
    people[Role.TREASURY].is_active = False
    people[Role.TREASURY].save(update_fields=["is_active"])
    assert send(DUE) == 0


def stand_in(subject, deputy=None):
    found = [reminders.StandIn(deputy, frozenset({subject.pk}))] if deputy else []
    return lambda user_ids, on: dict.fromkeys(user_ids, found) if on < date(2028, 3, 6) else {}


def test_for_an_absent_person_the_deputy_hears_it_once_and_with_the_name(subjects, people):
    run(subjects[0])
    deputy = member(Role.SIGNATORY).user
    reminders.ask_for_stand_ins(stand_in(subjects[0], deputy))
    assert send(DUE) == 1
    assert (heard(people[Role.TREASURY]), heard(deputy)) == ([], ["Ihre Fristen: 1 diese Woche"])
    assert f"in Vertretung für {people[Role.TREASURY]}" in OutboxMail.objects.get().body
    assert send(date(2028, 3, 6)) == 0


def test_without_a_deputy_or_with_one_of_another_house_the_reminder_waits_for_the_return(subjects, people):
    run(subjects[0])
    reminders.ask_for_stand_ins(stand_in(subjects[1], member(Role.SIGNATORY).user))
    assert [send(DUE), send(date(2028, 3, 3))] == [0, 0]
    assert send(date(2028, 3, 6)) == 1
    assert len(heard(people[Role.TREASURY])) == 1


def test_after_a_crash_in_the_middle_the_next_run_writes_to_those_who_have_nothing_yet(subjects, people, monkeypatch):
    run(subjects[0])
    after = date(2028, 3, 14)
    tell, told = reminders.tell, []

    def crash(user, *words, **more):
        if told:
            raise RuntimeError("Strom weg")
        told.append(user)
        tell(user, *words, **more)

    monkeypatch.setattr(reminders, "tell", crash)
    with pytest.raises(RuntimeError):
        send(after)
    assert SentReminder.objects.values("told").distinct().count() == InboxMessage.objects.count() == 1
    monkeypatch.setattr(reminders, "tell", tell)
    assert send(after) == 2
    assert InboxMessage.objects.count() == 3


def test_the_day_is_the_one_of_berlin_also_in_the_night_the_clocks_change(subjects):
    run(subjects[0], day=date(2028, 3, 27))
    before, after = datetime(2028, 3, 25, 22, 59, tzinfo=UTC), datetime(2028, 3, 26, 22, 1, tzinfo=UTC)
    assert [send(day_in_berlin(moment), [Rule(0)]) for moment in (before, after)] == [0, 1]


def test_by_hand_only_the_overdue_is_recalled_once_a_day_and_recorded(subjects, people):
    deadline = run(subjects[0])
    with pytest.raises(reminders.NotOverdue):
        reminders.remind(deadline, on=DUE, actor=SYSTEM)
    day = DUE + timedelta(days=1)
    assert reminders.remind(deadline, on=day, actor=SYSTEM) == 1
    with pytest.raises(reminders.RemindedToday):
        reminders.remind(deadline, on=day, actor=SYSTEM)
    assert heard(people[Role.TREASURY]) == [f"Erinnerung: Antwort geben, {subjects[0]}, fällig seit 29.02.2028."]
    assert audit.history_of(deadline)[0]["what"] == "von Hand erinnert"
    reminders.ask_for_stand_ins(stand_in(subjects[0]))
    with pytest.raises(reminders.NobodyToRemind):
        reminders.remind(deadline, on=day + timedelta(days=1), actor=SYSTEM)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_write_to_everybody_once(reference, at_the_same_time, subjects, people):
    run(subjects[0])
    run(subjects[1])
    after = date(2028, 3, 14)
    assert sum(at_the_same_time(lambda: send(after), lambda: send(after))) == 3
    assert InboxMessage.objects.count() == OutboxMail.objects.count() == 3
