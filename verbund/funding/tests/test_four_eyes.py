"""Four eyes in every place: two persons, and a deputy counts as both (KorruptionsbG NRW § 11)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from tests.support.cast import acting, member
from verbund.accounts.roles import Role
from verbund.core.acting import SamePerson
from verbund.directory.models import DeputyAppointment
from verbund.funding import operations
from verbund.funding.models import (
    Decision,
    Drawdown,
    GrantApplication,
    RecipientAccount,
    Reclaim,
    ReclaimRelief,
    Refund,
)
from verbund.funding.tests import claims, story

pytestmark = pytest.mark.django_db
DAY = date(2023, 4, 17)


@dataclass
class Place:
    """A place where two persons sign: the functions that may, the two acts, and the status in between and after."""

    first_role: str
    second_role: str
    first: Callable
    second: Callable
    status: Callable
    between: str
    after: str


def application_place() -> Place:
    application = story.drafted(story.call_for(2023), story.people())
    return Place(
        Role.CENTRE_LEAD,
        Role.SIGNATORY,
        lambda actor: operations.offer_for_signature(application, on=DAY, actor=actor),
        lambda actor: operations.countersign_application(application, on=DAY, actor=actor),
        lambda: GrantApplication.objects.get().status,
        "AWAITING_SIGNATURE",
        "SIGNED",
    )


def decision_place() -> Place:
    application = story.reviewed(story.call_for(2023), story.people())

    def first(actor):
        operations.declare_conflict(application, has_conflict=False, statement="", actor=actor)
        operations.propose_decision(application, kind="GRANT", amount=Decimal(193500), on=DAY, actor=actor)

    def second(actor):
        operations.declare_conflict(application, has_conflict=False, statement="", actor=actor)
        operations.countersign_decision(Decision.objects.get(), issued_on=DAY, actor=actor)

    return Place(
        Role.GRANT_OFFICER,
        Role.GRANT_APPROVER,
        first,
        second,
        lambda: Decision.objects.get().status,
        "PROPOSED",
        "SIGNED",
    )


def account_place() -> Place:
    carrier = member(Role.TREASURY).organisation.carrier
    return Place(
        Role.TREASURY,
        Role.SIGNATORY,
        lambda actor: operations.propose_account(carrier, iban=story.IBAN, holder="Stadt", actor=actor),
        lambda actor: operations.confirm_account(RecipientAccount.objects.get(), actor=actor),
        lambda: RecipientAccount.objects.get().status,
        "PROPOSED",
        "CONFIRMED",
    )


def drawdown_place() -> Place:
    cast = story.people()
    notice = story.final(story.call_for(2012), cast, amount="170000", posts=story.full_staff(2012), on=date(2012, 1, 9))
    drawdown = operations.request_drawdown(notice, amount=Decimal(1000), on=date(2012, 12, 3), actor=cast.treasury)
    return Place(
        Role.GRANT_OFFICER,
        Role.GRANT_APPROVER,
        lambda actor: operations.verify_drawdown(drawdown, on=DAY, actor=actor),
        lambda actor: operations.order_drawdown(drawdown, on=DAY, actor=actor),
        lambda: Drawdown.objects.get().status,
        "VERIFIED",
        "ORDERED",
    )


def claim_place() -> Place:
    cast = story.people()
    reclaim = claims.heard(claims.paid_grant(cast), cast)

    def first(actor):
        operations.declare_conflict(reclaim.application, has_conflict=False, statement="", actor=actor)
        operations.propose_reclaim(
            reclaim, hearing=reclaim.hearing, interest_until=claims.SILVESTER, on=claims.SILVESTER, actor=actor
        )

    def second(actor):
        operations.declare_conflict(reclaim.application, has_conflict=False, statement="", actor=actor)
        operations.countersign_reclaim(Reclaim.objects.get(), issued_on=claims.SILVESTER, actor=actor)

    return Place(
        Role.GRANT_OFFICER,
        Role.GRANT_APPROVER,
        first,
        second,
        lambda: Reclaim.objects.get().status,
        "PROPOSED",
        "ISSUED",
    )


def relief_place(propose: Callable) -> Place:
    cast = story.people()
    reclaim = claims.issued(claims.paid_grant(cast), cast)

    def first(actor):
        operations.declare_conflict(reclaim.application, has_conflict=False, statement="", actor=actor)
        propose(reclaim, reason="Haushaltssperre", on=claims.SILVESTER, actor=actor)

    def second(actor):
        operations.declare_conflict(reclaim.application, has_conflict=False, statement="", actor=actor)
        operations.grant_relief(ReclaimRelief.objects.get(), on=claims.SILVESTER, actor=actor)

    return Place(
        Role.GRANT_OFFICER,
        Role.GRANT_APPROVER,
        first,
        second,
        lambda: ReclaimRelief.objects.get().status,
        "PROPOSED",
        "GRANTED",
    )


def deferral_place() -> Place:
    return relief_place(partial(operations.propose_deferral, until=date(2023, 3, 31), bears_interest=True))


def waiver_place() -> Place:
    return relief_place(partial(operations.propose_waiver, amount=Decimal(400)))


def refund_place() -> Place:
    """The cash office proposes to give back what came too much; an approver orders it."""
    cast = story.people()
    reclaim = claims.issued(claims.paid_grant(cast), cast)
    claims.received(cast, "10500.00", day=claims.SILVESTER, purpose=reclaim.reference)

    def first(actor):
        operations.propose_refund(reclaim, amount=Decimal(88), note="", on=claims.SILVESTER, actor=actor)

    def second(actor):
        operations.declare_conflict(reclaim.application, has_conflict=False, statement="", actor=actor)
        operations.order_refund(Refund.objects.get(), on=claims.SILVESTER, actor=actor)

    return Place(
        Role.CASHIER, Role.GRANT_APPROVER, first, second, lambda: Refund.objects.get().status, "PROPOSED", "ORDERED"
    )


def offset_place() -> Place:
    """An officer plans to settle a claim from a call for money; who orders the payment signs it."""
    cast = story.people()
    reclaim = claims.issued(claims.paid_grant(cast), cast)
    later = story.final(story.call_for(2023, opens_on=date(2022, 6, 1)), cast, amount="193500", on=date(2023, 1, 9))
    drawdown = operations.request_drawdown(later, amount=Decimal(50000), on=date(2023, 5, 2), actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=date(2023, 5, 2), actor=of(Role.GRANT_OFFICER))

    def first(actor):
        operations.declare_conflict(reclaim.application, has_conflict=False, statement="", actor=actor)
        amount = Decimal(10000)
        operations.plan_offset(reclaim, drawdown=drawdown, amount=amount, on=date(2023, 5, 2), actor=actor)

    return Place(
        Role.GRANT_OFFICER,
        Role.GRANT_APPROVER,
        first,
        lambda actor: operations.order_drawdown(drawdown, on=date(2023, 5, 3), actor=actor),
        lambda: Drawdown.objects.get(pk=drawdown.pk).status,
        "VERIFIED",
        "ORDERED",
    )


PLACES = {
    "an application": application_place,
    "a decision": decision_place,
    "an account": account_place,
    "a payment": drawdown_place,
    "a claim": claim_place,
    "more time": deferral_place,
    "less to pay": waiver_place,
    "a refund": refund_place,
    "an offset": offset_place,
}


@pytest.fixture(params=PLACES.values(), ids=PLACES.keys())
def place(request, db) -> Place:
    return request.param()


def of(role: str, person=None, by=None):
    """Return an actor: a person in a function; with `by` that one as deputy of the person."""
    return acting(member(role, user=person.user if person else None), by=by.user if by else None)


def refused(place: Place, actor) -> None:
    with pytest.raises(SamePerson, match="Die zweite Unterschrift muss eine andere Person leisten"):
        place.second(actor)
    assert place.status() == place.between


def test_two_persons_sign_and_nobody_twice(place):
    anna = of(place.first_role)
    place.first(anna)
    refused(place, of(place.second_role, anna))
    place.second(of(place.second_role))
    assert place.status() == place.after


def test_when_a_deputy_signed_first_neither_deputy_nor_principal_signs_second(place):
    anna, ben = of(place.first_role), of(place.first_role)
    place.first(of(place.first_role, anna, by=ben))
    refused(place, of(place.second_role, anna))
    refused(place, of(place.second_role, ben))
    place.second(of(place.second_role))
    assert place.status() == place.after


def test_nobody_signs_second_in_the_name_of_who_signed_first(place):
    anna, ben, carl = (of(place.first_role) for _person in range(3))
    place.first(anna)
    refused(place, of(place.second_role, anna, by=ben))
    refused(place, of(place.second_role, carl, by=anna))
    place.second(of(place.second_role, carl, by=ben))
    assert place.status() == place.after


def test_being_named_a_deputy_bars_nobody(place):
    first = member(place.first_role)
    second = member(place.second_role)
    DeputyAppointment.objects.create(
        principal=first, deputy=second.user, valid_from=date(2000, 1, 1), valid_until=date(2100, 1, 1)
    )
    place.first(acting(first))
    place.second(acting(second))
    assert place.status() == place.after


def test_who_stood_in_for_whom_is_kept_with_the_signature():
    place = drawdown_place()
    anna, ben = of(place.first_role), of(place.first_role)
    place.first(of(place.first_role, anna, by=ben))
    drawdown = Drawdown.objects.get()
    assert (drawdown.verified_by, drawdown.verified_for) == (ben.user, anna.user)


def test_who_verified_or_ordered_a_payment_does_not_pay_it_out():
    place = drawdown_place()
    officer, approver, cashier = of(Role.GRANT_OFFICER), of(Role.GRANT_APPROVER), of(Role.CASHIER)
    place.first(officer)
    place.second(approver)

    def pay(actor):
        operations.record_disbursement(Drawdown.objects.get(), paid_on=DAY, on=DAY, reference="K-1", actor=actor)

    for same in (of(Role.CASHIER, officer), of(Role.CASHIER, approver), of(Role.CASHIER, cashier, by=approver)):
        with pytest.raises(SamePerson):
            pay(same)
    assert place.status() == "ORDERED"
    pay(cashier)
    assert place.status() == "DISBURSED"


def test_a_change_after_the_first_signature_voids_it():
    cast = story.people()
    application = story.drafted(story.call_for(2023), cast)
    operations.offer_for_signature(application, on=DAY, actor=cast.lead)
    operations.countersign_application(application, on=DAY, actor=cast.signatory)
    operations.resume_editing(application, on=DAY, actor=cast.lead)
    application = GrantApplication.objects.get()
    assert (application.offered_by, application.signed_by, application.status) == (None, None, "DRAFT")
    operations.offer_for_signature(application, on=DAY, actor=cast.signatory)
    with pytest.raises(SamePerson):
        operations.countersign_application(application, on=DAY, actor=cast.signatory)
    operations.countersign_application(application, on=DAY, actor=cast.treasury)
