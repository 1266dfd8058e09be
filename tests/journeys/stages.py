"""Stages of a grant in the demonstration, made by its people through the operations; the browser goes on from there."""

from contextlib import contextmanager
from datetime import date

from verbund.accounts.roles import Role
from verbund.core.dates import on_demo_day
from verbund.directory.demo import World
from verbund.funding.tests import story

KFI = "BRA-36"


def people(world: World, key: str = "05122") -> story.People:
    """Return the actors of the demonstration for a centre, its carrier and the authority."""
    centre, carrier = f"KI-{key}", f"TR-{key}"
    return story.People(
        staff=world.actor(Role.CENTRE_STAFF, centre),
        lead=world.actor(Role.CENTRE_LEAD, centre),
        signatory=world.actor(Role.SIGNATORY, carrier),
        treasury=world.actor(Role.TREASURY, carrier),
        officer=world.actor(Role.GRANT_OFFICER, KFI),
        approver=world.actor(Role.GRANT_APPROVER, KFI),
        cashier=world.actor(Role.CASHIER, KFI),
    )


def call_of(world: World, year: int, *, amount: str = "9830000", **fields):
    """Return an open call of the base grant; its title holds `amount` euros."""
    return story.call_for(year, amount=amount, actor=world.actor(Role.GRANT_OFFICER, KFI), **fields)


@contextmanager
def played_on(day: date):
    """Act on a day of the demonstration: `with played_on(day) as on:`."""
    with on_demo_day(day):
        yield day
