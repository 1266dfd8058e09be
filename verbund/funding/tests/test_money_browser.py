"""The pages of notices, titles, accounts and payments in a real browser: accessible, and whole on a phone."""

from datetime import date
from decimal import Decimal

import pytest

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.funding import operations
from verbund.funding.models import BudgetTitle
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_money_are_accessible_on_screen_and_phone(site):
    cast = story.people()
    story.call_for(2022, opens_on=date(2021, 10, 1))
    BudgetTitle.objects.update(note="Wie veröffentlicht.")
    notice = story.final(story.call_for(2023), cast, amount="193500", on=date(2023, 4, 17))
    for amount in ("40000", "20000", "5000"):
        drawdown = operations.request_drawdown(notice, amount=Decimal(amount), on=date(2023, 5, 3), actor=cast.treasury)
    first, second, _third = notice.drawdowns.all()
    for one in (first, second):
        operations.verify_drawdown(one, on=date(2023, 5, 4), actor=cast.officer)
    operations.order_drawdown(first, on=date(2023, 5, 5), actor=cast.approver)
    operations.record_disbursement(
        first, paid_on=date(2023, 5, 8), on=date(2023, 5, 8), reference="K-4711", actor=cast.cashier
    )
    operations.propose_account(
        notice.application.carrier, iban="DE02120300000000202051", holder="Stadt", actor=cast.treasury
    )
    operations.reject_drawdown(drawdown, reason="Der Betrag wird erst im Juni gebraucht.", actor=cast.officer)
    signatory, approver = cast_of.member(Role.SIGNATORY), cast_of.member(Role.GRANT_APPROVER)
    pages = [
        (notice.get_absolute_url(), approver, "bescheid"),
        (notice.get_absolute_url(), signatory, "bescheid-traeger"),
        (f"{notice.get_absolute_url()}abrufen/", signatory, "abrufen"),
        ("/foerderung/konten/", signatory, "konten"),
        ("/foerderung/titel/", approver, "titel-liste"),
        (f"/foerderung/titel/{BudgetTitle.objects.first().pk}/", approver, "titel"),
        ("/foerderung/aufrufe/", approver, "aufrufe"),
        ("/foerderung/pruefen/", None, "pruefen"),
        (f"/foerderung/pruefen/{notice.verification_code}/", None, "pruefung"),
    ]
    for path, member, name in pages:
        site.look_at(path, name, member=member)
