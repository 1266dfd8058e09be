"""A deadline moves to a working day, is extended for one recipient, and ends once: fulfilled or lifted."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.support.cast import acting, member
from verbund.accounts.roles import Role
from verbund.core import audit, deadlines
from verbund.core.acting import SYSTEM
from verbund.core.models import Deadline
from verbund.directory.models import Centre, Organisation

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

EASTER_SATURDAY = date(2026, 4, 4)
AFTER_EASTER = date(2026, 4, 7)
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    monkeypatch.setattr(deadlines, "KINDS", {})
    for code, more in {"ANSWER": {}, "APPEAL": {"is_extendable": False}}.items():
        deadlines.register_kind(code, code.title(), audiences={}, url=lambda _subject: "/", title=str, **more)


@pytest.fixture
def subject():
    return Centre.objects.select_related("organisation").get(key="05122").organisation


def set_answer(subject, day=EASTER_SATURDAY, **more) -> Deadline:
    return deadlines.set_deadline("ANSWER", subject, nominal_on=day, actor=SYSTEM, on=TODAY, **more)


def acts_on(deadline) -> list[str]:
    return [entry["what"] for entry in reversed(audit.history_of(deadline))]


def test_a_deadline_on_easter_saturday_is_due_on_tuesday_and_says_why(subject):
    deadline = set_answer(subject)

    assert (deadline.due_on, deadline.ends_on) == (AFTER_EASTER, AFTER_EASTER)
    assert deadline.because == ["Samstag", "Sonntag", "Ostermontag"]
    assert deadlines.due_of("ANSWER", subject) == AFTER_EASTER


def test_a_fixed_calendar_date_stays_where_it_is(subject):
    deadline = set_answer(subject, is_fixed_date=True)

    assert (deadline.due_on, deadline.because) == (EASTER_SATURDAY, [])


def test_the_same_days_again_change_nothing_and_others_move_the_open_one(subject):
    first = set_answer(subject)
    assert set_answer(subject) == first
    moved = set_answer(subject, day=date(2026, 5, 4))

    assert (moved.pk, moved.ends_on) == (first.pk, date(2026, 5, 4))
    assert acts_on(first) == ["Frist gesetzt", "Frist neu gesetzt"]
    assert deadlines.open_deadlines(["ANSWER"]).count() == 1


def test_an_extension_counts_from_then_on_and_stays_while_it_reaches_further(subject):
    deadline = set_answer(subject)
    deadlines.extend(deadline, until=date(2026, 4, 20), reason="Krankheit", on=TODAY, actor=SYSTEM)
    assert deadlines.due_of("ANSWER", subject) == date(2026, 4, 20)

    assert set_answer(subject, day=date(2026, 4, 10)).ends_on == date(2026, 4, 20)
    moved = set_answer(subject, day=date(2026, 5, 4))
    assert (moved.ends_on, moved.extended_until, moved.extension_reason) == (date(2026, 5, 4), None, "")


@pytest.mark.parametrize(
    ("until", "reason", "refusal", "sentence"),
    [
        (AFTER_EASTER, "Krankheit", deadlines.NotForward, "07.04.2026"),
        (date(2026, 4, 18), "Krankheit", deadlines.NotForward, "Samstag, Sonntag.*20.04.2026"),
        (date(2026, 4, 20), "  ", deadlines.ReasonMissing, "Grund"),
    ],
)
def test_an_extension_goes_forward_to_a_working_day_with_a_reason(subject, until, reason, refusal, sentence):
    deadline = set_answer(subject)
    with pytest.raises(refusal, match=sentence):
        deadlines.extend(deadline, until=until, reason=reason, on=TODAY, actor=SYSTEM)
    deadline.refresh_from_db()
    assert (deadline.extended_until, acts_on(deadline)) == (None, ["Frist gesetzt"])


def test_a_past_day_and_a_period_set_by_law_cannot_be_extended(subject):
    deadline = set_answer(subject)
    with pytest.raises(deadlines.NotForward, match="nach heute"):
        deadlines.extend(deadline, until=date(2026, 4, 20), reason="spät", on=date(2026, 4, 20), actor=SYSTEM)
    appeal = deadlines.set_deadline("APPEAL", subject, nominal_on=TODAY, actor=SYSTEM)
    with pytest.raises(deadlines.NotExtendable):
        deadlines.extend(appeal, until=date(2026, 4, 20), reason="Bitte", on=TODAY, actor=SYSTEM)


def test_what_is_done_or_lifted_runs_no_more_and_a_new_one_may_begin(subject):
    first = set_answer(subject)
    assert deadlines.fulfil("ANSWER", subject, on=TODAY, actor=SYSTEM) == first
    assert deadlines.due_of("ANSWER", subject) is None
    assert deadlines.fulfil("ANSWER", subject, on=TODAY, actor=SYSTEM) is None
    with pytest.raises(deadlines.NotOpen):
        deadlines.extend(first, until=date(2026, 4, 20), reason="Bitte", on=TODAY, actor=SYSTEM)

    second = set_answer(subject)
    with pytest.raises(deadlines.ReasonMissing):
        deadlines.lift("ANSWER", subject, reason="", on=TODAY, actor=SYSTEM)
    deadlines.lift("ANSWER", subject, reason="Antrag zurückgezogen", on=TODAY, actor=SYSTEM)
    assert [one.pk for one in deadlines.deadlines_of(subject)] == [second.pk, first.pk]
    assert acts_on(second) == ["Frist gesetzt", "Frist aufgehoben"]


def test_who_extended_is_kept_with_whom_they_stood_in_for(subject):
    principal, deputy = member(Role.GRANT_OFFICER), member(Role.GRANT_OFFICER)
    deadline = set_answer(subject)
    actor = acting(principal, by=deputy.user)
    deadlines.extend(deadline, until=date(2026, 4, 20), reason="Krankheit", on=TODAY, actor=actor)
    deadline.refresh_from_db()
    assert (deadline.extended_by, deadline.extended_for) == (deputy.user, principal.user)


def test_lists_read_the_day_that_counts_in_their_own_statement(subject):
    deadlines.extend(set_answer(subject), until=date(2026, 4, 20), reason="Krankheit", on=TODAY, actor=SYSTEM)
    found = Organisation.objects.filter(pk=subject.pk).annotate(due=deadlines.due_day("ANSWER", Organisation))
    assert found.get().due == date(2026, 4, 20)


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_on": date(2026, 4, 3)},
        {"extended_until": AFTER_EASTER, "extension_reason": "x"},
        {"extended_until": date(2026, 4, 20), "ends_on": date(2026, 4, 20)},
        {"ends_on": date(2026, 5, 1)},
        {"fulfilled_on": TODAY, "lifted_on": TODAY},
        {"is_fixed_date": True},
    ],
    ids=["backwards", "no extension", "no reason", "another end", "both ends", "fixed but moved"],
)
def test_the_database_refuses_what_must_never_be(subject, wrong):
    deadline = set_answer(subject)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deadline.objects.filter(pk=deadline.pk).update(**wrong)


def test_an_unknown_kind_or_audience_is_a_fault_of_the_program(subject):
    with pytest.raises(ValueError, match="TYPO"):
        deadlines.set_deadline("TYPO", subject, nominal_on=TODAY, actor=SYSTEM)
    with pytest.raises(ValueError, match="EVERYBODY"):
        deadlines.register_kind("NEW", "Neu", audiences={"EVERYBODY": list}, url=str, title=str)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_extend_at_once_one_does_and_the_other_hears_of_it(reference, at_the_same_time, subject):
    deadline = set_answer(subject)

    def extend_to(day):
        copy = Deadline.objects.get(pk=deadline.pk)
        return lambda: deadlines.extend(copy, until=day, reason="Krankheit", on=TODAY, actor=SYSTEM)

    results = at_the_same_time(extend_to(date(2026, 4, 20)), extend_to(date(2026, 4, 27)))
    assert [type(result) for result in results if result is not None] == [deadlines.ChangedMeanwhile]


@pytest.mark.django_db(transaction=True)
def test_two_who_set_the_same_deadline_at_once_make_one(reference, at_the_same_time, subject):
    results = at_the_same_time(lambda: set_answer(subject), lambda: set_answer(subject))
    assert len({deadline.pk for deadline in results}) == 1
