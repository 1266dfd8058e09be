"""The pages of money that comes back in a real browser: a claim with its account, the list, incoming money."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support import cast as cast_of
from tests.support.browser import PHONE
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.funding import operations
from verbund.funding.models import Receipt
from verbund.funding.tests import story
from verbund.programmes.models import BaseRate

pytestmark = pytest.mark.django_db(transaction=True)
MAY, OPENED, ISSUED = date(2023, 5, 2), date(2024, 4, 22), date(2024, 5, 15)


def claimed(cast):
    """A claim of 12,000 of which 7,000 are paid, with base rates until today."""
    last = today().year
    for year in range(2026, last + 1):
        for month in (1, 7):
            first = date(year, month, 1)
            BaseRate.objects.create(
                valid_from=first, valid_until=BaseRate.end_of(first), percent=Decimal("1.27"), source="Test", mark="E",
                status="ADOPTED",
            )  # fmt: skip
    notice = story.final(story.call_for(2023), cast, amount="193500", on=date(2023, 4, 17))
    drawdown = operations.request_drawdown(notice, amount=Decimal(90000), on=MAY, actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=MAY, actor=cast.officer)
    operations.order_drawdown(drawdown, on=MAY, actor=cast.approver)
    operations.record_disbursement(drawdown, paid_on=MAY, on=MAY, reference="K", actor=cast.cashier)
    claim = operations.claim_back(
        notice.application, occasion="PROOF", principal=Decimal(12000), reason="Ausgaben sind nicht belegt.",
        on=OPENED, actor=cast.officer,
    )  # fmt: skip
    hearing = operations.hear_about_reclaim(
        claim, text="Zurückzuzahlen sind 12.000 Euro.", due_on=date(2024, 5, 13), on=OPENED, actor=cast.officer
    )
    operations.answer_hearing(hearing, answer="Keine Einwände.", on=date(2024, 5, 2), actor=cast.lead)
    operations.propose_reclaim(claim, hearing=hearing, interest_until=ISSUED, on=ISSUED, actor=cast.officer)
    notice = operations.countersign_reclaim(claim, issued_on=ISSUED, actor=cast.approver)
    operations.record_notification(notice, how="POST", day=ISSUED, on=ISSUED, actor=cast.officer)
    for number, (amount, purpose) in enumerate([("7000", claim.reference), ("500", claim.reference[:-1] + "X")]):
        operations.record_receipt(
            booking_number=f"2024-{number}", day=date(2024, 6, 10), amount=Decimal(amount), payer="Stadt Solingen",
            purpose=purpose, on=date(2024, 6, 10), actor=cast.cashier,
        )  # fmt: skip
    reminded = date(2024, 7, 2)
    operations.remind(claim, payable_until=date(2024, 7, 16), on=reminded, actor=cast.officer)
    return claim


def test_the_pages_of_reclaims_and_incoming_money_read_well_on_desktop_and_phone(
    reference, site, assert_accessible, picture
):
    cast = story.people()
    claim = claimed(cast)
    upload = SimpleUploadedFile(
        "kasse.csv", b"Buchungsnummer;Datum;Betrag;Zahler;Zweck\n9;31.02.2024;1,00;x;y\n10;20.06.2024;12,50;Stadt;z\n"
    )
    file = operations.check_receipt_file(upload=upload, on=today(), actor=cast.cashier)
    officer, cashier = cast_of.member(Role.GRANT_OFFICER), cast_of.member(Role.CASHIER)
    treasury = cast_of.member(Role.TREASURY)
    unclear = Receipt.objects.get(status="OPEN")
    pages = [
        (claim.get_absolute_url(), officer, "reclaim"),
        (claim.get_absolute_url(), treasury, "reclaim-carrier"),
        ("/foerderung/erstattungen/", officer, "reclaims"),
        ("/foerderung/zahlungseingaenge/", cashier, "incoming"),
        (unclear.get_absolute_url(), cashier, "incoming-one"),
        (f"{claim.get_absolute_url()}erinnern/", officer, "reminder"),
        (file.get_absolute_url(), cashier, "incoming-file"),
    ]
    for path, member, name in pages:
        page = site.open(path, member=member)
        assert_accessible(page)
        picture(page, f"money-back-{name}")
        phone = site.open(path, member=member, viewport=PHONE, dark=True)
        assert_accessible(phone)
        picture(phone, f"money-back-{name}-phone")
