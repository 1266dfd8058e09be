"""Invitations: who may invite whom, what the link does, and when it stops."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from verbund.accounts.models import User
from verbund.accounts.operations import create_account
from verbund.accounts.roles import Role
from verbund.core.models import AuditEntry, OutboxMail
from verbund.directory.models import Invitation, Membership
from verbund.directory.people import operations

PASSWORD = "gelbes-fahrrad-am-hafen"
BEGINS = date(2026, 1, 1)
NEW_ACCOUNT = {"display_name": "Neue Fachkraft", "password": PASSWORD, "password_again": PASSWORD}


@pytest.fixture
def lead(member):
    return member(Role.CENTRE_LEAD)


@pytest.fixture
def operator(member):
    return member(Role.OPERATOR)


def invite(by, acting, *, email="neu@stadt.example", role=Role.CENTRE_STAFF, organisation=None, **more):
    values = {"valid_from": BEGINS, "now": timezone.now(), "actor": acting(by), **more}
    return operations.invite_member(organisation or by.organisation, email=email, role=role, **values)


def mailed_link():
    return re.search(r"http://[^/]+(/einladung/\S+)", OutboxMail.objects.latest("pk").body)[1]


def test_the_invited_person_makes_an_account_and_has_the_function(lead, acting):
    invite(lead, acting, valid_until=date(2030, 12, 31))
    client = Client()
    assert client.get(mailed_link()).status_code == 200
    assert client.post(mailed_link(), NEW_ACCOUNT)["Location"] == "/aufgaben/"
    membership = Membership.objects.get(user__email="neu@stadt.example")
    assert (membership.role, membership.organisation) == (Role.CENTRE_STAFF, lead.organisation)
    assert (membership.valid_from, membership.valid_until) == (BEGINS, date(2030, 12, 31))
    assert client.session["_auth_user_id"] == str(membership.user_id)
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == ["invite_member", "accept_invitation"]


def test_only_the_hash_of_the_link_is_kept(lead, acting):
    invitation, token = invite(lead, acting)
    assert token not in str(Invitation.objects.filter(pk=invitation.pk).values())
    assert len(invitation.token_sha256) == 64


def test_the_link_works_once(lead, acting):
    invite(lead, acting)
    Client().post(mailed_link(), NEW_ACCOUNT)
    again = Client().post(mailed_link(), {**NEW_ACCOUNT, "display_name": "Jemand anders"})
    assert again.status_code == 410
    assert User.objects.filter(email="neu@stadt.example").get().display_name == "Neue Fachkraft"


def test_the_link_stops_after_seven_days(lead, acting):
    invite(lead, acting, now=timezone.now() - timedelta(days=7, seconds=1))
    assert Client().get(mailed_link()).status_code == 410
    invite(lead, acting, email="rechtzeitig@stadt.example", now=timezone.now() - timedelta(days=6, hours=23))
    assert Client().get(mailed_link()).status_code == 200


def test_the_link_stops_when_the_invitation_is_revoked(lead, acting, client_of):
    invitation, _token = invite(lead, acting)
    assert client_of(lead).post(f"/team/einladungen/{invitation.pk}/zurueckziehen/").status_code == 302
    assert Client().post(mailed_link(), NEW_ACCOUNT).status_code == 410
    assert not User.objects.filter(email="neu@stadt.example").exists()


@pytest.mark.parametrize("token", ["x", "nicht-vorhanden" * 20])
def test_a_made_up_link_opens_nothing(db, token):
    assert Client().get(f"/einladung/{token}/").status_code == 410


def test_the_owner_of_an_account_accepts_after_signing_in(lead, acting):
    owner = create_account("neu@stadt.example", display_name="Schon da", password=PASSWORD)
    invite(lead, acting)
    visitor = Client()
    assert "/anmelden/?next=" in visitor.get(mailed_link()).context["sign_in_url"]
    assert visitor.post(mailed_link(), NEW_ACCOUNT).status_code == 200
    assert not Membership.objects.filter(user=owner).exists()
    visitor.force_login(owner)
    assert visitor.post(mailed_link())["Location"] == "/aufgaben/"
    assert Membership.objects.get(user=owner).role == Role.CENTRE_STAFF


def test_somebody_else_cannot_accept_with_their_account(lead, acting, member, client_of):
    create_account("neu@stadt.example", display_name="Schon da", password=PASSWORD)
    invite(lead, acting)
    outsider = member(Role.CENTRE_STAFF, at="05916")
    response = client_of(outsider).post(mailed_link())
    assert response.status_code == 200
    assert Membership.objects.filter(user=outsider.user).count() == 1


def test_a_weak_password_makes_no_account(lead, acting):
    invite(lead, acting)
    response = Client().post(mailed_link(), {"display_name": "Neu", "password": "kurz", "password_again": "kurz"})
    assert response.status_code == 422
    assert not User.objects.filter(email="neu@stadt.example").exists()


CASES = [
    # who invites, to which function, answer (302: invited)
    (Role.OPERATOR, Role.CENTRE_LEAD, 302),
    (Role.OPERATOR, Role.CENTRE_STAFF, 302),
    (Role.OPERATOR, Role.SIGNATORY, 422),  # a signatory belongs to the carrier
    (Role.CENTRE_LEAD, Role.CENTRE_STAFF, 302),
    (Role.CENTRE_LEAD, Role.CENTRE_LEAD, 422),
    (Role.CENTRE_LEAD, Role.SIGNATORY, 422),
    (Role.CENTRE_LEAD, Role.OPERATOR, 422),
    (Role.CENTRE_STAFF, Role.CENTRE_STAFF, 403),
    (Role.GRANT_OFFICER, Role.CENTRE_STAFF, 403),
    (Role.SIGNATORY, Role.CENTRE_STAFF, 403),
]


@pytest.mark.parametrize(("inviting", "role", "status"), CASES)
def test_who_invites_whom_to_a_centre(member, client_of, inviting, role, status):
    centre = member(Role.CENTRE_STAFF).organisation
    client = client_of(member(inviting))
    given = {"email": "neu@stadt.example", "organisation": centre.pk, "role": role, "valid_from": "01.01.2026"}
    response = client.post("/team/einladen/", given)
    assert response.status_code == status
    assert Invitation.objects.exists() == (status == 302)


def test_a_lead_cannot_invite_into_another_centre(member, client_of, lead):
    other = member(Role.CENTRE_STAFF, at="05916").organisation
    given = {"email": "neu@b.example", "organisation": other.pk, "role": Role.CENTRE_STAFF, "valid_from": "01.01.2026"}
    assert client_of(lead).post("/team/einladen/", given).status_code == 422
    assert not Invitation.objects.exists()


def test_nobody_gives_themselves_a_function(operator, acting, member):
    centre = member(Role.CENTRE_LEAD).organisation
    with pytest.raises(operations.OwnRights):
        invite(operator, acting, email=operator.user.email.upper(), role=Role.CENTRE_LEAD, organisation=centre)


def test_the_same_function_is_not_given_twice(lead, acting):
    invite(lead, acting)
    with pytest.raises(operations.AlreadyMember):
        invite(lead, acting)


def test_a_period_that_ends_before_it_begins_is_refused_at_its_field(lead, client_of):
    given = {"email": "neu@b.example", "organisation": lead.organisation_id, "role": Role.CENTRE_STAFF}
    period = {"valid_from": "02.01.2026", "valid_until": "01.01.2026"}
    response = client_of(lead).post("/team/einladen/", given | period)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"valid_until"}


def test_a_lead_cannot_revoke_the_invitation_of_another_centre(lead, acting, member, client_of):
    other = member(Role.CENTRE_LEAD, at="05916")
    invitation, _token = invite(other, acting)
    assert client_of(lead).post(f"/team/einladungen/{invitation.pk}/zurueckziehen/").status_code == 404
    invitation.refresh_from_db()
    assert invitation.revoked_at is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_accept_in_the_same_instant_make_one_membership(reference, member, acting, at_the_same_time):
    lead = member(Role.CENTRE_LEAD)
    invitation, _token = invite(lead, acting)
    user = create_account("neu@stadt.example", display_name="Neu", password=PASSWORD)

    def accept():
        return operations.accept_invitation(invitation, user=user, now=timezone.now())

    results = at_the_same_time(accept, accept)
    assert Membership.objects.filter(user=user).count() == 1
    assert sum(isinstance(one, operations.LinkNoLongerWorks) for one in results) == 1
