"""Who is away says so themselves; the named deputy stands in, and comes back out with the absence."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.support.cast import acting, client_of, member
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.core.models import AuditEntry
from verbund.directory import tasks
from verbund.directory.models import Absence, DeputyAppointment
from verbund.directory.people import absence, operations

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

TODAY, MONDAY, FRIDAY = date(2026, 7, 1), date(2026, 7, 6), date(2026, 7, 17)


@pytest.fixture
def officer():
    return member(Role.GRANT_OFFICER)


@pytest.fixture
def colleague():
    return member(Role.GRANT_OFFICER)


def away(membership, deputy=None, *, valid_from=MONDAY, valid_until=FRIDAY, actor=None, on=TODAY) -> Absence:
    return absence.enter_absence(
        membership.user,
        valid_from=valid_from,
        valid_until=valid_until,
        deputy=deputy and deputy.user,
        on=on,
        actor=actor or acting(membership),
    )


def standing_in(membership, on=MONDAY) -> dict:
    found = absence.stand_ins({membership.user_id}, on)
    return {pk: [one.user for one in people] for pk, people in found.items()}


def test_the_deputy_is_appointed_for_the_time_and_stands_in_on_its_days_only(officer, colleague):
    away(officer, colleague)
    appointment = DeputyAppointment.objects.get()
    assert (appointment.principal, appointment.deputy) == (officer, colleague.user)
    assert [standing_in(officer, day) for day in (MONDAY - timedelta(days=1), MONDAY, FRIDAY)] == [
        {},
        {officer.user_id: [colleague.user]},
        {officer.user_id: [colleague.user]},
    ]
    assert standing_in(officer, FRIDAY + timedelta(days=1)) == {}


def test_a_deputy_who_is_away_too_does_not_stand_in_and_without_one_nobody_does(officer, colleague):
    away(officer, colleague)
    away(colleague, valid_until=MONDAY)
    assert standing_in(officer, MONDAY) == {officer.user_id: []}
    assert standing_in(officer, FRIDAY) == {officer.user_id: [colleague.user]}


def test_only_functions_of_the_same_house_are_deputised(officer, colleague):
    elsewhere = member(Role.CENTRE_STAFF, user=officer.user)
    away(officer, colleague)
    assert [one.principal for one in DeputyAppointment.objects.all()] == [officer]
    assert elsewhere.deputies.count() == 0


@pytest.mark.parametrize(
    ("days", "refusal"),
    [
        ({"valid_from": FRIDAY, "valid_until": MONDAY}, operations.WrongPeriod),
        ({"valid_from": date(2026, 6, 1), "valid_until": date(2026, 6, 30)}, operations.WrongPeriod),
        ({"valid_until": date(2027, 8, 1)}, operations.WrongPeriod),
    ],
    ids=["backwards", "over", "too long"],
)
def test_a_wrong_time_is_refused(officer, days, refusal):
    with pytest.raises(refusal):
        away(officer, **days)
    assert Absence.objects.count() == 0


def test_nobody_enters_anothers_absence_nor_two_at_once_nor_a_deputy_from_elsewhere(officer, colleague):
    with pytest.raises(operations.OwnRights):
        away(officer, actor=acting(colleague))
    with pytest.raises(operations.OwnRights):
        away(officer, actor=acting(officer, by=colleague.user))
    with pytest.raises(operations.NotInTheHouse):
        away(officer, member(Role.CENTRE_LEAD))
    assert (Absence.objects.count(), DeputyAppointment.objects.count()) == (0, 0)
    away(officer)
    with pytest.raises(absence.AlreadyAway):
        away(officer, valid_from=FRIDAY, valid_until=FRIDAY)


@pytest.mark.django_db(transaction=True)
def test_of_two_that_enter_the_same_absence_at_once_one_is_stored(reference, at_the_same_time, officer):
    results = at_the_same_time(lambda: away(officer), lambda: away(officer))
    assert [type(result) for result in results if not isinstance(result, Absence)] == [absence.AlreadyAway]


def test_back_early_the_deputyship_ends_and_one_that_has_not_begun_is_taken_back(officer, colleague):
    found = away(officer, colleague)
    absence.end_absence(found, on=date(2026, 7, 8), actor=acting(officer))
    assert Absence.objects.get().valid_until == DeputyAppointment.objects.get().valid_until == date(2026, 7, 7)
    later = away(officer, colleague, valid_from=date(2026, 8, 3), valid_until=date(2026, 8, 7))
    absence.end_absence(later, on=TODAY, actor=acting(officer))
    assert (Absence.objects.count(), DeputyAppointment.objects.count()) == (1, 1)
    verbs = AuditEntry.objects.filter(verb__endswith="_absence").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["enter_absence", "end_absence"] * 2


def test_an_absence_is_forgotten_after_two_years(officer):
    away(officer)
    tasks.forget_old_absences(datetime(2028, 7, 17, 12, tzinfo=UTC))
    assert Absence.objects.count() == 1
    tasks.forget_old_absences(datetime(2028, 7, 18, 12, tzinfo=UTC))
    assert Absence.objects.count() == 0


def test_on_the_page_one_enters_and_ends_the_own_absence_and_nobody_elses(officer, colleague):
    client, stranger = client_of(officer), client_of(colleague)
    days = {"valid_from": f"{today()}", "valid_until": f"{today() + timedelta(days=5)}"}
    assert client.get("/konto/abwesenheit/").status_code == 200
    foreign = member(Role.CENTRE_LEAD)
    assert client.post("/konto/abwesenheit/", {**days, "deputy": foreign.user_id}).status_code == 422
    assert client.post("/konto/abwesenheit/", {**days, "deputy": colleague.user_id}).status_code == 302
    assert f"vertreten durch {colleague.user}" in " ".join(client.get("/konto/").content.decode().split())
    end = f"/konto/abwesenheiten/{Absence.objects.get().pk}/beenden/"
    assert stranger.post(end).status_code == 404
    assert client.post(end).status_code == 302
    assert Absence.objects.count() == 0
