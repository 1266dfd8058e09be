"""Incoming money: lists of the cash office, references, what is unclear, assignments and their undoing."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.cast import client_of, member
from verbund.accounts.roles import Role
from verbund.core.errors import DomainError
from verbund.core.spreadsheets import UnreadableFile
from verbund.funding import operations, receipt_lists, receipt_matching, reclaim_account
from verbund.funding.models import Receipt, ReceiptFile, Reclaim, ReclaimEntry
from verbund.funding.tests import story
from verbund.funding.tests.story import People

pytestmark = pytest.mark.django_db
DAY, MAY = date(2023, 12, 20), date(2023, 5, 2)
HEAD = "Buchungs-Nr.;Buchungstag;Betrag (EUR);Auftraggeber;Verwendungszweck"
NUMBERED = HEAD.replace("Buchungs-Nr.", "Buchungsnummer")


@pytest.fixture
def cast(db) -> People:
    return story.people()


@pytest.fixture
def claim(cast) -> Reclaim:
    """Money a carrier announced to give back: 2,500 of what was paid in May."""
    notice = story.final(story.call_for(2023), cast, amount="193500", on=date(2023, 4, 17))
    drawdown = operations.request_drawdown(notice, amount=Decimal(90000), on=MAY, actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=MAY, actor=cast.officer)
    operations.order_drawdown(drawdown, on=MAY, actor=cast.approver)
    operations.record_disbursement(drawdown, paid_on=MAY, on=MAY, reference="K", actor=cast.cashier)
    return operations.announce_return(
        notice.application, amount=Decimal(2500), reason="Nicht gebraucht", on=DAY, actor=cast.treasury
    )


def uploaded(*lines: str, head: str = NUMBERED, name: str = "kasse.csv", encoding: str = "cp1252"):
    return SimpleUploadedFile(name, "\r\n".join([head, *lines]).encode(encoding))


def checked(cast, *lines: str, **options) -> ReceiptFile:
    return operations.check_receipt_file(upload=uploaded(*lines, **options), on=DAY, actor=cast.cashier)


def test_a_list_is_looked_at_then_booked_and_the_same_list_again_changes_nothing(cast, claim):
    lines = (
        f"4711;20.12.2023;1.500,00;Stadt Solingen;Rückzahlung {claim.reference_in_groups}",
        "4712;20.12.2023;12,5;unbekannt;Miete",
    )
    file = checked(cast, *lines)
    assert not Receipt.objects.exists()
    operations.take_receipt_file(file, on=DAY, actor=cast.cashier)
    assert list(Receipt.objects.order_by("pk").values_list("booking_number", "status")) == [
        ("4711", "ASSIGNED"),
        ("4712", "OPEN"),
    ]
    assert reclaim_account.booked(claim) == Decimal(1000)
    again = checked(cast, *lines, encoding="utf-8")
    assert receipt_lists.of_file(again).known == 2
    assert operations.take_receipt_file(again, on=DAY, actor=cast.cashier) == []
    assert (Receipt.objects.count(), reclaim_account.booked(claim)) == (2, Decimal(1000))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("4711;31.02.2023;1,00;x;y", "Zeile 3, Buchungstag"),
        ("4711;20.12.2023;1.5;x;y", "kein Betrag"),
        ("4711;20.12.2023;-1,00;x;y", "kein Betrag"),
        ("4711;20.12.2023;0,00;x;y", "größer als null"),
        (";20.12.2023;1,00;x;y", "fehlt die Buchungsnummer"),
        (f"4711;20.12.2023;1,00;{'x' * 141};y", "länger als 140"),
        ("4711;20.12.2023;1,00;x;y\r\n4711;20.12.2023;2,00;x;y", "anderen Tag oder Betrag"),
    ],
)
def test_a_wrong_line_is_named_with_its_reason_and_nothing_of_the_list_is_booked(cast, line, reason):
    file = checked(cast, "1;20.12.2023;5,00;x;y", line)
    assert reason in " ".join(receipt_lists.of_file(file).errors)
    with pytest.raises(DomainError, match="nichts gebucht"):
        operations.take_receipt_file(file, on=DAY, actor=cast.cashier)
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("kasse.csv", b""),
        SimpleUploadedFile("kasse.csv", b"%PDF-1.7\n"),
        SimpleUploadedFile("kasse.csv", b"Name;Ort\r\na;b\r\n"),
        SimpleUploadedFile("kasse.csv", NUMBERED.encode() + b"\r\n" + b"x" * receipt_lists.LARGEST_LIST),
    ],
)
def test_a_file_that_is_no_list_of_incoming_money_is_refused(cast, upload):
    with pytest.raises(UnreadableFile):
        operations.check_receipt_file(upload=upload, on=DAY, actor=cast.cashier)
    assert not ReceiptFile.objects.exists()


def test_a_typing_error_in_the_reference_is_suggested_and_never_assigned_by_itself(cast, claim):
    wrong = claim.reference[:-1] + str((int(claim.reference[-1]) + 1) % 10)
    receipt = operations.record_receipt(
        booking_number="1", day=DAY, amount=Decimal(2500), payer="Stadt Solingen", purpose=wrong, on=DAY,
        actor=cast.cashier,
    )  # fmt: skip
    assert receipt.status == "OPEN"
    assert [one.reclaim for one in receipt_matching.suggestions_for(receipt)] == [claim]
    operations.assign_receipt(receipt, reclaim=claim, amount=Decimal(1000), on=DAY, actor=cast.cashier)
    assert (receipt.status, receipt.amount_unassigned) == ("OPEN", Decimal(1500))
    with pytest.raises(DomainError, match="höchstens"):
        operations.assign_receipt(receipt, reclaim=claim, amount=Decimal(1501), on=DAY, actor=cast.cashier)
    operations.assign_receipt(receipt, reclaim=claim, amount=None, on=DAY, actor=cast.cashier)
    claim.refresh_from_db()
    assert (receipt.status, claim.status) == ("ASSIGNED", "SETTLED")


def unclear(cast, purpose="", number="1") -> Receipt:
    return operations.record_receipt(
        booking_number=number, day=DAY, amount=Decimal(2500), payer="", purpose=purpose, on=DAY, actor=cast.cashier
    )


def test_suggestions_need_the_same_statements_for_one_open_claim_and_for_three(cast, claim):
    receipt = unclear(cast)
    with CaptureQueriesContext(connection) as one:
        assert [found.because for found in receipt_matching.suggestions_for(receipt)] == [
            "offener Betrag gleich: 2.500,00\u202f€"
        ]
    for _number in range(2):
        operations.announce_return(
            claim.application, amount=Decimal(2500), reason="Nicht gebraucht", on=DAY, actor=cast.treasury
        )
    with CaptureQueriesContext(connection) as three:
        assert len(receipt_matching.suggestions_for(receipt)) == 3
    assert len(three) == len(one)


def test_a_cashier_searches_the_claim_instead_of_reading_them_all(cast, claim):
    receipt = operations.record_receipt(
        booking_number="1", day=DAY, amount=Decimal(7), payer="", purpose="", on=DAY, actor=cast.cashier
    )
    others = [
        operations.announce_return(claim.application, amount=Decimal(5), reason="x", on=DAY, actor=cast.treasury)
        for _number in range(receipt_matching.SHORT_LIST + 1)
    ]
    cashier, url = client_of(member(Role.CASHIER)), receipt.get_absolute_url()

    def shown(text: str) -> tuple[int, bool]:
        page = cashier.get(url, {"suche": text}).content.decode()
        return page.count('name="reclaim"'), "suchen Sie genauer" in page

    assert (shown(""), shown("gibt es nicht")) == ((0, False), (0, False))
    assert shown(claim.reference_in_groups) == (1, False)
    assert shown("Solingen") == (receipt_matching.SHORT_LIST, True)
    for nonsense in ("\0", "%", "x" * 400):
        assert shown(nonsense)[1] is False
    operations.drop_reclaim(others[0], reason="doch gebraucht", on=DAY, actor=cast.treasury)
    refused = cashier.post(f"{url}zuordnen/", {"reclaim": others[0].pk})
    assert (refused.status_code, receipt.entries.count()) == (422, 0)
    done = cashier.post(f"{url}zuordnen/?suche=Solingen", {"reclaim": claim.pk})
    assert (done.status_code, receipt.entries.get().reclaim) == (302, claim)


def test_an_assignment_is_undone_by_a_counter_entry_with_a_reason_and_only_once(cast, claim):
    receipt = operations.record_receipt(
        booking_number="1", day=DAY, amount=Decimal(2500), payer="", purpose=claim.reference, on=DAY, actor=cast.cashier
    )
    entry = receipt.entries.get()
    with pytest.raises(DomainError, match="Grund"):
        operations.take_back_assignment(entry, reason=" ", on=DAY, actor=cast.cashier)
    operations.take_back_assignment(entry, reason="Falsche Forderung", on=DAY, actor=cast.cashier)
    with pytest.raises(DomainError, match="schon aufgehoben"):
        operations.take_back_assignment(entry, reason="noch einmal", on=DAY, actor=cast.cashier)
    claim.refresh_from_db()
    receipt.refresh_from_db()
    assert (claim.status, reclaim_account.booked(claim), receipt.status) == ("ANNOUNCED", Decimal(2500), "OPEN")
    assert ReclaimEntry.objects.filter(reclaim=claim).count() == 3
    operations.set_receipt_aside(receipt, reason="Bußgeld", actor=cast.cashier)
    operations.reopen_receipt(receipt, actor=cast.cashier)
    assert receipt.status == "OPEN"


def test_a_booking_number_is_entered_once(cast, claim):
    values = {"booking_number": "1", "day": DAY, "amount": Decimal(1), "payer": "", "purpose": "", "on": DAY}
    operations.record_receipt(**values, actor=cast.cashier)
    with pytest.raises(DomainError, match="schon erfasst"):
        operations.record_receipt(**values, actor=cast.cashier)
