"""Functions and deputies: rights begin and end with them, one acts in one at a time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.core.models import AuditEntry
from verbund.directory.models import DeputyAppointment, Membership
from verbund.directory.people import operations
from verbund.directory.queries import actor_of_choice

YESTERDAY, TODAY, TOMORROW = (today() + timedelta(days=days) for days in (-1, 0, 1))


@pytest.fixture
def lead(member):
    return member(Role.CENTRE_LEAD)


@pytest.fixture
def colleague(member):
    return member(Role.CENTRE_STAFF)


@pytest.fixture
def operator(member):
    return member(Role.OPERATOR)


def deputise(principal, deputy, *, valid_from=TODAY, valid_until=TOMORROW):
    return DeputyAppointment.objects.create(
        principal=principal, deputy=deputy, valid_from=valid_from, valid_until=valid_until
    )


# acting as


@pytest.mark.parametrize(
    ("begins", "ends", "has_rights"),
    [(-30, None, True), (-30, 0, True), (0, 0, True), (-30, -1, False), (1, None, False)],
)
def test_rights_begin_and_end_with_the_membership(member, begins, ends, has_rights):
    until = None if ends is None else TODAY + timedelta(days=ends)
    membership = member(Role.CENTRE_LEAD, valid_from=TODAY + timedelta(days=begins), valid_until=until)
    actor = actor_of_choice(membership.user, f"m{membership.pk}", on=TODAY)
    assert (actor.role, actor.organisation_id, actor.carrier_id) == (
        (Role.CENTRE_LEAD, membership.organisation_id, membership.organisation.centre.carrier_id)
        if has_rights
        else ("", None, None)
    )


def test_who_left_yesterday_is_signed_in_but_may_nothing(member, client_of):
    client = client_of(member(Role.CENTRE_LEAD, valid_until=YESTERDAY))
    assert client.get("/konto/").status_code == 200
    assert client.get("/team/").status_code == 403
    assert client.get("/team/einladen/").status_code == 403


def test_a_person_with_two_functions_acts_in_the_chosen_one(member, client_of, lead):
    second = member(Role.COORDINATOR, user=lead.user)
    client = client_of(lead)
    assert client.post("/handeln-als/", {"membership": f"m{second.pk}"})["Location"] == "/aufgaben/"
    assert client.get("/konto/").wsgi_request.actor.role == Role.COORDINATOR


def test_nobody_acts_in_a_function_that_is_not_theirs_or_has_ended(member, client_of, lead, colleague):
    ended = member(Role.COORDINATOR, user=lead.user, valid_until=YESTERDAY)
    for_other = deputise(colleague, colleague.user)
    client = client_of(lead)
    for choice in (f"m{colleague.pk}", f"m{ended.pk}", f"d{for_other.pk}", "", "m", "x1", "m1e9", "m" + "9" * 30, "m²"):
        assert client.post("/handeln-als/", {"membership": choice}).status_code == 404
    assert client.get("/konto/").wsgi_request.actor.membership_id == lead.pk


# deputies


def test_a_deputy_acts_for_the_other_person_under_their_own_name(client_of, lead, colleague):
    appointment = deputise(lead, colleague.user)
    client = client_of(colleague)
    client.post("/handeln-als/", {"membership": f"d{appointment.pk}"})
    actor = client.get("/konto/").wsgi_request.actor
    assert (actor.user, actor.on_behalf_of, actor.role) == (colleague.user, lead.user, Role.CENTRE_LEAD)
    assert actor.persons == {colleague.user_id, lead.user_id}


def test_being_named_a_deputy_changes_nothing_until_one_acts_as_one(lead, colleague):
    deputise(lead, colleague.user)
    actor = actor_of_choice(colleague.user, "", on=TODAY)
    assert (actor.role, actor.persons) == (Role.CENTRE_STAFF, {colleague.user_id})


@pytest.mark.parametrize("why", ["not yet", "over", "principal left", "deputy left"])
def test_a_deputyship_counts_only_while_it_and_both_functions_last(lead, colleague, why):
    appointment = deputise(
        lead,
        colleague.user,
        valid_from=TOMORROW if why == "not yet" else YESTERDAY,
        valid_until=YESTERDAY if why == "over" else TOMORROW,
    )
    left = {"principal left": lead, "deputy left": colleague}.get(why)
    if left:
        Membership.objects.filter(pk=left.pk).update(valid_until=YESTERDAY)
    actor = actor_of_choice(colleague.user, f"d{appointment.pk}", on=TODAY)
    assert actor.on_behalf_of is None
    assert actor.role != Role.CENTRE_LEAD


def test_the_holder_appoints_a_colleague_of_the_house(client_of, lead, colleague):
    given = {"deputy": colleague.user_id, "valid_from": f"{TODAY:%d.%m.%Y}", "valid_until": f"{TOMORROW:%d.%m.%Y}"}
    assert client_of(lead).post(f"/team/mitgliedschaften/{lead.pk}/vertretung/", given).status_code == 302
    assert DeputyAppointment.objects.get().deputy == colleague.user
    assert AuditEntry.objects.get().verb == "appoint_deputy"


def test_a_stranger_to_the_house_cannot_be_appointed(client_of, lead, member):
    outsider = member(Role.CENTRE_STAFF, at="05916")
    given = {"deputy": outsider.user_id, "valid_from": f"{TODAY:%d.%m.%Y}", "valid_until": f"{TOMORROW:%d.%m.%Y}"}
    assert client_of(lead).post(f"/team/mitgliedschaften/{lead.pk}/vertretung/", given).status_code == 422
    assert not DeputyAppointment.objects.exists()


def test_a_deputy_appoints_no_further_deputy(client_of, lead, colleague, member):
    third = member(Role.CENTRE_STAFF)
    appointment = deputise(lead, colleague.user)
    client = client_of(colleague)
    client.post("/handeln-als/", {"membership": f"d{appointment.pk}"})
    given = {"deputy": third.user_id, "valid_from": f"{TODAY:%d.%m.%Y}", "valid_until": f"{TOMORROW:%d.%m.%Y}"}
    assert client.post(f"/team/mitgliedschaften/{lead.pk}/vertretung/", given).status_code == 403


def test_nobody_makes_themselves_a_deputy(acting, lead, colleague):
    with pytest.raises(operations.OwnRights):
        operations.appoint_deputy(
            colleague, deputy=lead.user, valid_from=TODAY, valid_until=TOMORROW, on=TODAY, actor=acting(lead)
        )


@pytest.mark.parametrize(("days_from", "days_until"), [(1, 0), (0, 400), (-9, -8)])
def test_a_period_in_the_wrong_order_too_long_or_over_is_refused(acting, lead, colleague, days_from, days_until):
    with pytest.raises(operations.WrongPeriod):
        operations.appoint_deputy(
            lead,
            deputy=colleague.user,
            valid_from=TODAY + timedelta(days=days_from),
            valid_until=TODAY + timedelta(days=days_until),
            on=TODAY,
            actor=acting(lead),
        )


def test_principal_and_deputy_end_a_deputyship_and_nobody_else(client_of, lead, colleague, member):
    outsider = member(Role.CENTRE_LEAD, at="05916")
    for who, status in ((outsider, 404), (member(Role.CENTRE_STAFF), 403), (lead, 302), (colleague, 302)):
        appointment = deputise(lead, colleague.user, valid_from=YESTERDAY)
        assert client_of(who).post(f"/team/vertretungen/{appointment.pk}/beenden/").status_code == status
        appointment.refresh_from_db()
        assert (appointment.valid_until == YESTERDAY) == (status == 302)


# ending a function


def end(client, membership, day=YESTERDAY):
    return client.post(f"/team/mitgliedschaften/{membership.pk}/beenden/", {"last_day": f"{day:%d.%m.%Y}"})


@pytest.mark.parametrize(
    ("role", "at", "status"),
    [
        (Role.OPERATOR, "05122", 302),
        (Role.CENTRE_LEAD, "05122", 302),
        (Role.CENTRE_LEAD, "05916", 404),
        (Role.CENTRE_STAFF, "05122", 403),
        (Role.SIGNATORY, "05122", 403),
        (Role.GRANT_OFFICER, "05122", 404),
    ],
)
def test_who_ends_the_function_of_a_member_of_staff(client_of, member, colleague, role, at, status):
    assert end(client_of(member(role, at=at)), colleague).status_code == status
    colleague.refresh_from_db()
    assert (colleague.valid_until == YESTERDAY) == (status == 302)


def test_rights_end_at_once_with_yesterday_as_the_last_day(client_of, lead, colleague):
    client = client_of(colleague)
    assert client.get("/team/").status_code == 200
    end(client_of(lead), colleague)
    assert client.get("/team/").status_code == 403


def test_a_lead_ends_neither_the_own_function_nor_that_of_another_lead(client_of, lead, member):
    assert end(client_of(lead), lead).status_code == 403
    assert end(client_of(lead), member(Role.CENTRE_LEAD)).status_code == 403


def test_the_last_operator_stays(acting, operator, member):
    second = member(Role.OPERATOR)
    operations.end_membership(second, last_day=YESTERDAY, on=TODAY, actor=acting(operator))
    third = member(Role.OPERATOR, valid_until=TOMORROW)
    with pytest.raises(operations.LastOperator):
        operations.end_membership(operator, last_day=YESTERDAY, on=TODAY, actor=acting(third))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_operators_who_end_each_other_at_once_one_stays(reference, member, acting, at_the_same_time):
    one, other = member(Role.OPERATOR), member(Role.OPERATOR)

    def end_of(membership, by):
        return lambda: operations.end_membership(membership, last_day=YESTERDAY, on=TODAY, actor=acting(by))

    outcomes = at_the_same_time(end_of(one, other), end_of(other, one))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LastOperator", "NoneType"]
    assert Membership.objects.filter(role=Role.OPERATOR, valid_until=None).count() == 1


def test_an_end_before_the_beginning_or_after_the_end_is_refused(client_of, lead, member):
    short = member(Role.CENTRE_STAFF, valid_from=TODAY, valid_until=TODAY)
    assert end(client_of(lead), short, YESTERDAY).status_code == 422
    assert end(client_of(lead), short, TOMORROW).status_code == 422


# lists


def seen(client, path):
    return {row["membership"].pk for row in client.get(path).context["rows"]}


def test_the_team_is_the_own_house_and_nothing_else(client_of, lead, colleague, member):
    signatory = member(Role.SIGNATORY)
    member(Role.CENTRE_STAFF, at="05916")
    member(Role.GRANT_OFFICER)
    assert seen(client_of(colleague), "/team/") == {lead.pk, colleague.pk, signatory.pk}


def test_the_operator_sees_everybody_and_others_do_not_open_that_page(client_of, lead, operator, member):
    officer = member(Role.GRANT_OFFICER)
    assert seen(client_of(operator), "/verwaltung/personen/") == {lead.pk, operator.pk, officer.pk}
    for membership in (lead, officer):
        assert client_of(membership).get("/verwaltung/personen/").status_code == 403


def test_ended_functions_are_listed_only_when_asked_for(client_of, lead, member):
    ended = member(Role.CENTRE_STAFF, valid_until=YESTERDAY)
    assert seen(client_of(lead), "/team/") == {lead.pk}
    assert seen(client_of(lead), "/team/?stand=alle") == {lead.pk, ended.pk}
    assert seen(client_of(lead), f"/team/?stand=alle&suche={ended.user.display_name}") == {ended.pk}


def test_the_list_asks_as_many_statements_for_three_more_people(client_of, lead, member):
    client = client_of(lead)
    client.get("/team/")

    def statements():
        with CaptureQueriesContext(connection) as captured:
            client.get("/team/")
        return len(captured)

    with_one = statements()
    for _number in range(3):
        member(Role.CENTRE_STAFF)
    assert statements() == with_one


def test_pages_need_a_sign_in(client_of):
    visitor = client_of()
    for path in ("/konto/", "/team/", "/team/einladen/", "/verwaltung/personen/"):
        assert visitor.get(path)["Location"] == f"/anmelden/?next={path}"


def test_a_closed_account_has_no_rights(client_of, lead):
    client = client_of(lead)
    User.objects.filter(pk=lead.user_id).update(is_active=False)
    assert client.get("/konto/").status_code == 302
