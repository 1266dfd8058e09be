"""`verbund setup`: the first operator, without demonstration data."""

import io

import pytest
from django.core.management import call_command
from django.test import Client

from verbund.accounts.roles import Role
from verbund.core.errors import DomainError
from verbund.directory.models import Membership
from verbund.directory.people.operations import OperatorExists


def set_up(email="betrieb@land.example"):
    written = io.StringIO()
    call_command("setup", email=email, name="Erste Person", stdout=written)
    return written.getvalue().split("8000")[-1].strip()


def accept(link):
    password = "gelbes-fahrrad-am-hafen"
    given = {"display_name": "Erste Person", "password": password, "password_again": password}
    return Client().post(link, given)


def test_the_printed_link_makes_the_first_operator(db):
    link = set_up()
    assert Client().get(link).context["form"].initial == {"display_name": "Erste Person"}
    assert accept(link).status_code == 302
    membership = Membership.objects.get()
    assert (membership.role, membership.organisation.name) == (Role.OPERATOR, "Betrieb der Plattform")


def test_with_an_operator_it_refuses(db):
    accept(set_up())
    with pytest.raises(OperatorExists):
        set_up("zweite@land.example")


def test_a_link_nobody_used_is_replaced_by_a_new_one(db):
    lost, again = set_up(), set_up()
    assert Client().get(lost).status_code == 410
    assert accept(again).status_code == 302


def test_an_operator_of_the_demonstration_does_not_count(db, member):
    membership = member(Role.OPERATOR)
    membership.user.is_demo = True
    membership.user.save(update_fields=["is_demo"])
    assert set_up().startswith("/einladung/")


@pytest.mark.parametrize("email", ["kein-at", "a@b", "zwei@a.example\nb@c.example"])
def test_what_is_no_address_is_refused(db, email):
    with pytest.raises(DomainError, match="Das ist keine E-Mail-Adresse"):
        set_up(email)
