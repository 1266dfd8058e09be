"""Incoming money: taken over from the cash office's list or entered by hand, assigned to claims, cleared up."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from verbund.core import audit, files
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.money import format_euro
from verbund.funding import notifications, receipt_lists, receipt_matching
from verbund.funding.calculations import InputRefused
from verbund.funding.lifecycle import RECEIPT, RECEIPT_FILE, ReceiptStatus, ReclaimStatus
from verbund.funding.models import Receipt, ReceiptFile, Reclaim, ReclaimEntry
from verbund.funding.operations.decisions import ReasonMissing
from verbund.funding.operations.reclaim_bookings import book, hold

TAKES_MONEY = frozenset(ReclaimStatus) - {ReclaimStatus.DROPPED}


class BookedAlready(DomainError):
    """The account's booking number is known already."""


class ListHasErrors(DomainError):
    """A list is taken over as a whole or not at all."""


class MoreThanCameIn(DomainError):
    """No more is assigned than came in."""


class TakesNoMoney(DomainError):
    """A claim that was dropped takes no money."""


class NothingToReverse(DomainError):
    """Only a payment that was not taken back yet can be taken back."""


@transaction.atomic
def record_receipt(
    *, booking_number: str, day: date, amount: Decimal, payer: str, purpose: str, on: date, actor: Actor
) -> Receipt:
    """Enter money that came in; with a right reference it is assigned at once. Raises BookedAlready."""
    line = receipt_lists.Line(0, booking_number.strip(), day, amount, payer.strip(), purpose.strip())
    if Receipt.objects.filter(booking_number=line.booking_number).exists():
        raise BookedAlready(_("Diese Buchungsnummer ist schon erfasst."), field="booking_number")
    try:
        with transaction.atomic():
            receipt = _recorded(line, None, actor)
    except IntegrityError as problem:
        raise BookedAlready(_("Diese Buchungsnummer ist schon erfasst."), field="booking_number") from problem
    _assign_by_reference([receipt], on=on, actor=actor)
    return receipt


def _recorded(line: receipt_lists.Line, file: ReceiptFile | None, actor: Actor) -> Receipt:
    receipt = Receipt.objects.create(
        booking_number=line.booking_number,
        day=line.day,
        amount=line.amount,
        payer=line.payer,
        purpose=line.purpose,
        file=file,
        **actor.signs("recorded"),
    )
    after = {"amount": line.amount, "day": line.day}
    audit.record("record_receipt", receipt, actor=actor, organisation_id=0, after=after)
    return receipt


@transaction.atomic
def check_receipt_file(*, upload, on: date, actor: Actor) -> ReceiptFile:
    """Keep a list from the cash office and look at it; nothing is booked yet. Raises UnreadableFile."""
    content = upload.read(receipt_lists.LARGEST_LIST + 1)
    receipt_lists.read(content, upload.name)
    document = files.store(content, name=upload.name, content_type="text/csv", kind="KASSENLISTE")
    file = ReceiptFile.objects.create(document=document, read_on=on, **actor.signs("uploaded"))
    audit.record("check_receipt_file", file, actor=actor, organisation_id=0, after={"file": document.name})
    return file


@transaction.atomic
def take_receipt_file(file: ReceiptFile, *, on: date, actor: Actor) -> list[Receipt]:
    """Book the lines of a list that are not known yet and assign those with a right reference; the rest is unclear.

    The same list twice changes nothing. Raises ListHasErrors or NotAllowedNow.
    """
    current = locking(ReceiptFile.objects).get(pk=file.pk)
    RECEIPT_FILE.check("take_receipt_file", current)
    found = receipt_lists.of_file(current)
    if found.errors:
        raise ListHasErrors(_("In der Liste sind Fehler; es wurde nichts gebucht."))
    taken = [_recorded(line, current, actor) for line in found.new]
    RECEIPT_FILE.apply("take_receipt_file", file, actor=actor)
    _assign_by_reference(taken, on=on, actor=actor)
    return taken


def _assign_by_reference(receipts: list[Receipt], *, on: date, actor: Actor) -> None:
    """Assign what names exactly one claim by its reference; everything else waits for somebody to look at it."""
    for receipt in receipts:
        named = receipt_matching.named_claims(receipt)
        if len(named) == 1 and named[0].status in TAKES_MONEY:
            with suppress(InputRefused):  # a base rate is missing: somebody looks at it
                assign_receipt(receipt, reclaim=named[0], amount=None, on=on, actor=actor)


@transaction.atomic
def assign_receipt(
    receipt: Receipt, *, reclaim: Reclaim, amount: Decimal | None, on: date, actor: Actor
) -> ReclaimEntry:
    """Assign money that came in to a claim, all that is left of it or a part; what is too much is noted on the claim.

    Interest goes on until the booking day. Raises MoreThanCameIn, TakesNoMoney, NotAllowedNow, or InputRefused naming
    a half-year without a base rate.
    """
    current = locking(Receipt.objects).get(pk=receipt.pk)
    RECEIPT.check("assign_receipt", current)
    amount = current.amount_unassigned if amount is None else amount
    if not 0 < amount <= current.amount_unassigned:
        raise MoreThanCameIn(
            _("Zuzuordnen sind höchstens %(most)s.") % {"most": format_euro(current.amount_unassigned)}, field="amount"
        )
    held = hold(reclaim)
    if held.reclaim.status not in TAKES_MONEY:
        raise TakesNoMoney(_("Diese Forderung ist fallen gelassen."), field="reclaim")
    payment = ReclaimEntry.Kind.PAYMENT
    note = current.booking_number
    entry = book(held.reclaim, payment, -amount, day=current.day, on=on, actor=actor, note=note, receipt=current)
    _keep_assigned(receipt, current.amount_assigned + amount, actor)
    held.settle(until=current.day, on=on, actor=actor)
    notifications.tell_about_receipt(held.reclaim, amount, entry)
    return entry


def _keep_assigned(receipt: Receipt, assigned: Decimal, actor: Actor) -> None:
    receipt.amount_assigned = assigned
    receipt.save(update_fields=["amount_assigned"])
    if receipt.amount_unassigned == 0:
        RECEIPT.apply("assign_receipt", receipt, actor=actor)


@transaction.atomic
def take_back_assignment(entry: ReclaimEntry, *, reason: str, on: date, actor: Actor) -> None:
    """Undo an assignment by a counter entry; the money is unclear again, interest as if it had never been there.

    Raises ReasonMissing or NothingToReverse.
    """
    if not reason.strip():
        raise ReasonMissing(_("Nennen Sie den Grund."), field="reason")
    receipt = locking(Receipt.objects).get(pk=entry.receipt_id)
    held = hold(entry.reclaim)
    current = ReclaimEntry.objects.get(pk=entry.pk)
    if current.kind != ReclaimEntry.Kind.PAYMENT or ReclaimEntry.objects.filter(reverses=current).exists():
        raise NothingToReverse(_("Diese Zuordnung ist schon aufgehoben."))
    correction = ReclaimEntry.Kind.CORRECTION
    note = reason.strip()[:1000]
    book(held.reclaim, correction, -current.amount, day=current.day, on=on, actor=actor, note=note, reverses=current)
    receipt.amount_assigned += current.amount
    receipt.save(update_fields=["amount_assigned"])
    if receipt.status == ReceiptStatus.ASSIGNED:
        RECEIPT.apply("reopen_receipt", receipt, actor=actor, note=note)
    held.settle(until=current.day, on=on, actor=actor)


@transaction.atomic
def set_receipt_aside(receipt: Receipt, *, reason: str, actor: Actor) -> None:
    """Note that money belongs to no claim of the programmes, with a reason. Raises ReasonMissing or NotAllowedNow."""
    if not reason.strip():
        raise ReasonMissing(_("Nennen Sie den Grund."), field="reason")
    current = locking(Receipt.objects).get(pk=receipt.pk)
    if current.amount_assigned:
        raise MoreThanCameIn(_("Ein Teil ist schon zugeordnet; heben Sie die Zuordnung zuerst auf."))
    RECEIPT.apply("set_receipt_aside", receipt, actor=actor, changes={"note": reason.strip()[:1000]}, note=reason)


@transaction.atomic
def reopen_receipt(receipt: Receipt, *, actor: Actor) -> None:
    """Look again at money that was set aside. Raises NotAllowedNow."""
    RECEIPT.apply("return_receipt", receipt, actor=actor, changes={"note": ""})
