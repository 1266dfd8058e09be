"""What the tests of accompaniments work with: people of a centre, an institution, an accompaniment with a step."""

from datetime import date
from types import SimpleNamespace

from tests.support import cast
from verbund.accounts.roles import Role
from verbund.advising.accompaniments import operations
from verbund.advising.accompaniments.operations import StepFacts
from verbund.advising.models import Accompaniment
from verbund.directory.models import Partner
from verbund.offers.models import Term
from verbund.offers.tests import story

TODAY = date(2026, 3, 11)
"""A Wednesday."""


def people(key: str = "05122") -> SimpleNamespace:
    """Return lead and staff of a centre, as memberships and as actors."""
    lead, staff = (cast.member(role, at=key) for role in (Role.CENTRE_LEAD, Role.CENTRE_STAFF))
    return SimpleNamespace(lead=lead, staff=staff, as_lead=cast.acting(lead), as_staff=cast.acting(staff))


def daycare(name: str = "", *, key: str = "05122", **more) -> Partner:
    return story.partner(key, kind=Partner.Kind.DAYCARE, name=name, **more)


def field(code: str = "early-education") -> Term:
    return Term.objects.get(kind=Term.Kind.FIELD, code=code)


def stage(code: str = "daycare") -> Term:
    return Term.objects.get(kind=Term.Kind.CHAIN_STAGE, code=code)


def step(what: str = "Konzept besprochen", *, done_on: date = TODAY, **more) -> StepFacts:
    return StepFacts(done_on=done_on, what=what, **more)


def accompanied(partner: Partner, actor, *, first: StepFacts | None = None, **facts) -> Accompaniment:
    """Begin to accompany an institution with a first step today."""
    usual = {"occasion": "Elternarbeit mehrsprachig gestalten"}
    if not {"field", "stage"} & facts.keys():
        usual["stage"] = stage()
    return operations.start_accompaniment(partner, {**usual, **facts}, step=first or step(), on=TODAY, actor=actor)
