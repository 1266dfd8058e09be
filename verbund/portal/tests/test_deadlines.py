"""The page of deadlines: who sees which, how the day came about, extending, reminding by hand, the deputy's list."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.cast import acting, client_of, member
from verbund.accounts.roles import Role
from verbund.core import deadlines
from verbund.core.models import AuditEntry, Deadline, InboxMessage
from verbund.directory.models import DeputyAppointment
from verbund.funding import operations
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db

BEGIN, AFTER = date(2022, 6, 10), "2022-06-22 12:00+02:00"
SATURDAY, MONDAY = date(2022, 6, 18), date(2022, 6, 20)


@pytest.fixture(autouse=True)
def day():
    with time_machine.travel(AFTER, tick=True):
        yield


@pytest.fixture
def cast():
    return story.people()


def ask(cast, *, year=2023, key="05122") -> Deadline:
    """Ask a centre for what is due on a Saturday; returns the deadline."""
    call = story.call_for(year, opens_on=BEGIN)
    application = story.reviewed(call, cast, key=key, on=BEGIN)
    question = operations.request_information(application, text="Bitte", due_on=SATURDAY, on=BEGIN, actor=cast.officer)
    return deadlines.deadlines_of(question).get()


def page(membership, address="/fristen/", **filters):
    return client_of(membership).get(address, filters)


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_page_says_how_a_day_came_about_and_that_it_has_passed(cast):
    ask(cast)
    text = text_of(page(member(Role.GRANT_OFFICER)))
    assert "verschoben: Samstag, Sonntag" in text
    assert "Nachforderung beantworten" in text
    assert "überfällig" in text


def test_a_deadline_says_when_whom_it_will_be_recalled_to_and_the_carrier_reads_only_its_own_reminders(cast):
    """Seven days before: the carrier; the day after: both; fourteen days after: the officer and whoever is above."""
    found = ask(cast)
    address = f"/fristen/{found.pk}/"
    with time_machine.travel("2022-06-11 12:00+02:00", tick=True):
        of_authority = page(member(Role.GRANT_OFFICER), address).context["planned"]
        of_carrier = page(member(Role.CENTRE_LEAD), address)
    own, office, above = (str(name) for name in deadlines.AUDIENCES.values())
    assert [(one.day, one.told) for one in of_authority] == [
        (date(2022, 6, 13), own), (date(2022, 6, 21), own), (date(2022, 6, 21), office), (date(2022, 7, 4), office),
        (date(2022, 7, 4), above),
    ]  # fmt: skip
    assert [one.day for one in of_carrier.context["planned"]] == [date(2022, 6, 13), date(2022, 6, 21)]
    assert office not in text_of(of_carrier)
    deadlines.fulfil("INFORMATION_ANSWER", deadlines.subjects_of([found])[found.pk], on=MONDAY, actor=cast.lead)
    assert page(member(Role.GRANT_OFFICER), address).context["planned"] == []


@pytest.mark.parametrize(
    ("filters", "kinds"),
    [
        ({}, {"INFORMATION_ANSWER", "APPLICATION_WINDOW"}),
        ({"stand": "ueberfaellig"}, {"INFORMATION_ANSWER"}),
        ({"stand": "woche"}, set()),
        ({"stand": "spaeter"}, {"APPLICATION_WINDOW"}),
        ({"stand": "erledigt"}, set()),
        ({"art": "APPLICATION_WINDOW"}, {"APPLICATION_WINDOW"}),
        ({"traeger": "999999"}, set()),
        ({"stand": "unsinn", "art": "unsinn", "traeger": "x"}, {"INFORMATION_ANSWER", "APPLICATION_WINDOW"}),
    ],
    ids=["none", "overdue", "this week", "later", "done", "kind", "carrier", "nonsense"],
)
def test_the_filters_choose_by_time_kind_and_carrier_and_the_file_has_the_same_rows(cast, filters, kinds):
    ask(cast)
    story.call_for(2024, opens_on=BEGIN, closes_on=date(2022, 10, 31))
    officer = member(Role.GRANT_OFFICER)
    assert {row["deadline"].kind for row in page(officer, **filters).context["rows"]} == kinds
    lines = page(officer, "/fristen/liste.csv", **filters).content.decode("utf-8-sig").strip().split("\r\n")
    assert len(lines) == 1 + len(kinds)


def test_each_carrier_sees_its_own_the_authority_all_and_strangers_nothing(cast):
    own = ask(cast)
    other = ask(story.people("05916"), year=2024, key="05916")
    seen = {
        role: {row["deadline"].pk for row in page(member(role, at=at)).context["rows"]}
        for role, at in ((Role.CENTRE_LEAD, "05122"), (Role.TREASURY, "05916"), (Role.CASHIER, "05122"))
    }
    assert seen == {
        Role.CENTRE_LEAD: {own.pk},
        Role.TREASURY: {other.pk},
        Role.CASHIER: {own.pk, other.pk},
    }
    assert page(member(Role.SCHOOL)).status_code == 403
    assert deadlines.visible_to(acting(member(Role.SCHOOL))).count() == 0


@pytest.mark.parametrize(
    ("role", "at", "answers"),
    [
        (Role.GRANT_OFFICER, "05122", (200, 200, 302)),
        (Role.CASHIER, "05122", (200, 403, 403)),
        (Role.CENTRE_LEAD, "05122", (200, 403, 403)),
        (Role.CENTRE_LEAD, "05916", (404, 404, 404)),
        (Role.SCHOOL, "05122", (404, 404, 404)),
    ],
    ids=["officer", "cashier", "own lead", "other lead", "school"],
)
def test_who_may_open_extend_and_remind(cast, role, at, answers):
    address = f"/fristen/{ask(cast).pk}/"
    client = client_of(member(role, at=at))
    found = (
        client.get(address).status_code,
        client.get(f"{address}verlaengern/").status_code,
        client.post(f"{address}erinnern/").status_code,
    )
    assert found == answers


def test_an_officer_extends_for_one_recipient_who_reads_day_and_reason(cast):
    deadline = ask(cast)
    officer = client_of(member(Role.GRANT_OFFICER))
    address = f"/fristen/{deadline.pk}/"
    refused = officer.post(f"{address}verlaengern/", {"until": "2022-06-26", "reason": "Ratssitzung"})
    assert (refused.status_code, "Der nächste Werktag ist der 27.06.2022" in text_of(refused)) == (422, True)
    assert officer.post(f"{address}verlaengern/", {"until": "2022-06-27", "reason": "Ratssitzung"}).status_code == 302
    text = text_of(page(member(Role.CENTRE_LEAD), address))
    assert "27.06.2022" in text
    assert "Ratssitzung" in text
    assert "Frist verlängert" in text


def test_who_declared_a_conflict_does_not_extend(cast):
    deadline = ask(cast)
    partial = member(Role.GRANT_OFFICER)
    application = deadlines.subjects_of([deadline])[deadline.pk].application
    operations.declare_conflict(application, has_conflict=True, statement="Bruder", actor=acting(partial))
    answer = client_of(partial).post(f"/fristen/{deadline.pk}/verlaengern/", {"until": "2022-06-27", "reason": "x"})
    deadline.refresh_from_db()
    assert (answer.status_code, deadline.extended_until) == (403, None)


def test_reminding_by_hand_tells_the_centre_and_is_in_the_history(cast):
    deadline = ask(cast)
    client = client_of(member(Role.GRANT_OFFICER))
    InboxMessage.objects.all().delete()
    assert "Jetzt erinnern" in text_of(client.get(f"/fristen/{deadline.pk}/"))
    assert client.post(f"/fristen/{deadline.pk}/erinnern/").status_code == 302
    assert set(InboxMessage.objects.values_list("user", flat=True)) == {cast.staff.user.pk, cast.lead.user.pk}
    again = client.post(f"/fristen/{deadline.pk}/erinnern/")
    assert (again.status_code, AuditEntry.objects.filter(verb="remind").count()) == (422, 1)
    assert "von Hand erinnert" in text_of(client.get(f"/fristen/{deadline.pk}/"))


def test_three_deadlines_cost_as_many_statements_as_one(cast):
    officer = client_of(member(Role.GRANT_OFFICER))

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            officer.get("/fristen/")
        return len(seen)

    ask(cast)
    officer.get("/fristen/")
    once = statements()
    for year in (2024, 2025):
        ask(cast, year=year)
    assert statements() == once <= 24


def test_the_deputy_finds_the_tasks_of_the_absent_person_marked_and_can_act_for_them(cast):
    ask(cast)
    principal, deputy = member(Role.GRANT_OFFICER, user=cast.officer.user), member(Role.GRANT_OFFICER)
    text = text_of(page(deputy, "/aufgaben/"))
    assert "Nachforderung nachfassen" not in text
    appointment = DeputyAppointment.objects.create(
        principal=principal, deputy=deputy.user, valid_from=BEGIN, valid_until=date(2022, 7, 1)
    )
    text = text_of(page(deputy, "/aufgaben/"))
    assert f"In Vertretung für {cast.officer.user}" in text
    assert "Nachforderung nachfassen" in text
    assert f'value="d{appointment.pk}"' in text
