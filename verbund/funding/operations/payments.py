"""Money: recipient accounts, calls for money, verification, order, payment."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from verbund.core import audit
from verbund.core.acting import Actor, persons_of, refuse_same_person
from verbund.core.dates import today
from verbund.core.errors import DomainError
from verbund.core.money import format_euro
from verbund.directory.models import Carrier
from verbund.funding import clocks, notifications, payout
from verbund.funding.lifecycle import (
    ACCOUNT,
    DRAWDOWN,
    AccountStatus,
    NoticeStatus,
)
from verbund.funding.models import Disbursement, Drawdown, GrantNotice, RecipientAccount
from verbund.funding.operations import titles
from verbund.funding.payout import amount_called


class UnknownIban(DomainError):
    """The IBAN has a typing error or does not exist."""


class NoAccount(DomainError):
    """Money can only be called to an account that two persons confirmed."""


class NotFinal(DomainError):
    """Money can be called once the notice is final (VV No. 7.1 to § 44 LHO)."""


class TooEarly(DomainError):
    """The amount is not due yet."""


class TooLate(DomainError):
    """The budget year has ended for calls of money; what is left lapses."""


class TooMuch(DomainError):
    """More than the grant has left."""


@transaction.atomic
def propose_account(carrier: Carrier, *, iban: str, holder: str, actor: Actor) -> RecipientAccount:
    """Propose the carrier's account; nothing is paid to it before a second person confirmed. Raises UnknownIban."""
    try:
        checked = IBAN(iban, validate_bban=True)
    except (SchwiftyException, ValueError) as problem:
        raise UnknownIban(
            _("Diese IBAN stimmt nicht. Bitte vergleichen Sie sie Zeichen für Zeichen."), field="iban"
        ) from problem
    account = RecipientAccount.objects.create(
        carrier=carrier,
        iban=checked.compact,
        holder=holder,
        bank_name=(checked.bank_name or "")[:140],
        **actor.signs("proposed"),
    )
    audit.record("propose_account", account, actor=actor, after={"iban": account.iban, "holder": holder})
    notifications.tell_carrier_about_account(account)
    return account


@transaction.atomic
def confirm_account(account: RecipientAccount, *, actor: Actor) -> None:
    """Confirm a proposed account as second person; it replaces the one in use. Raises SamePerson, NotAllowedNow."""
    Carrier.objects.select_for_update().get(pk=account.carrier_id)
    ACCOUNT.check("confirm", RecipientAccount.objects.get(pk=account.pk))
    refuse_same_person(actor, persons_of(account, "proposed"))
    for earlier in account.carrier.accounts.filter(status=AccountStatus.CONFIRMED):
        ACCOUNT.apply("replace", earlier, actor=actor)
    changes = {**actor.signs("confirmed"), "confirmed_at": timezone.now()}
    ACCOUNT.apply("confirm", account, actor=actor, changes=changes)


@transaction.atomic
def reject_account(account: RecipientAccount, *, actor: Actor) -> None:
    ACCOUNT.apply("reject", account, actor=actor)


@transaction.atomic
def request_drawdown(notice: GrantNotice, *, amount: Decimal, on: date, actor: Actor) -> Drawdown:
    """Call money of a final grant. Raises NotFinal, TooLate, TooEarly, TooMuch (each naming the sum) or NoAccount.

    The notice's row is locked, so that two calls at once cannot pass the balance together.
    """
    locked = GrantNotice.objects.select_for_update().get(pk=notice.pk)
    _refuse_call(locked, amount, on)
    account = RecipientAccount.objects.filter(
        carrier_id=locked.audit_organisation_id, status=AccountStatus.CONFIRMED
    ).first()
    if account is None:
        raise NoAccount(_("Hinterlegen Sie zuerst ein Konto; eine zweite Person muss es bestätigen."))
    drawdown = Drawdown.objects.create(
        notice=locked, amount=amount, account=account, requested_on=on, **actor.signs("requested")
    )
    audit.record("request_drawdown", drawdown, actor=actor, after={"amount": amount, "status": drawdown.status})
    clocks.money_called(locked, on=on, actor=actor)
    notifications.tell_officers_about_drawdown(drawdown)
    return drawdown


def _refuse_call(notice: GrantNotice, amount: Decimal, on: date) -> None:
    if amount <= 0:
        raise TooMuch(_("Der Betrag muss über null liegen."), field="amount")
    if notice.status != NoticeStatus.FINAL:
        raise NotFinal(
            _("Der Bescheid ist noch nicht bestandskräftig; mit einem Rechtsbehelfsverzicht geht es schneller.")
        )
    last_day = clocks.last_day_for_drawdowns(notice)
    if on > last_day:
        raise TooLate(
            _("Mittelabrufe waren bis zum %(day)s möglich; %(left)s sind verfallen.")
            % {"day": f"{last_day:%d.%m.%Y}", "left": format_euro(notice.amount_granted - amount_called(notice))}
        )
    called = amount_called(notice)
    left = notice.amount_granted - called
    if amount > left:
        raise TooMuch(
            _("Von der Zuwendung sind noch %(left)s offen; %(amount)s sind %(over)s zu viel.")
            % {"left": format_euro(left), "amount": format_euro(amount), "over": format_euro(amount - left)},
            field="amount",
        )
    due = payout.amount_due(notice, on=on) - called
    if amount > due:
        raise TooEarly(
            _("Heute können Sie %(due)s abrufen. %(next)s")
            % {"due": format_euro(due), "next": payout.next_due_sentence(notice, on=on)},
            field="amount",
        )


@transaction.atomic
def withdraw_drawdown(drawdown: Drawdown, *, actor: Actor) -> None:
    DRAWDOWN.apply("withdraw", drawdown, actor=actor)
    clocks.money_called(drawdown.notice, on=today(), actor=actor)


@transaction.atomic
def verify_drawdown(drawdown: Drawdown, *, on: date, actor: Actor) -> None:
    """Confirm that a call is right in fact and figures (sachlich und rechnerisch richtig)."""
    DRAWDOWN.apply("verify", drawdown, actor=actor, changes={**actor.signs("verified"), "verified_on": on})
    notifications.tell_approvers_about_drawdown(drawdown)


@transaction.atomic
def order_drawdown(drawdown: Drawdown, *, on: date, actor: Actor) -> None:
    """Order the payment; another person than the one who verified. Raises SamePerson or NotAllowedNow."""
    current = Drawdown.objects.select_for_update().get(pk=drawdown.pk)
    DRAWDOWN.check("order", current)
    refuse_same_person(actor, persons_of(current, "verified"))
    DRAWDOWN.apply("order", drawdown, actor=actor, changes={**actor.signs("ordered"), "ordered_on": on})
    notifications.tell_cashiers_about_order(drawdown)


@transaction.atomic
def reject_drawdown(drawdown: Drawdown, *, reason: str, actor: Actor) -> None:
    """Reject a call with a reason; the amount can be called again."""
    DRAWDOWN.apply("reject", drawdown, actor=actor, changes={"rejection_reason": reason}, note=reason)
    clocks.money_called(drawdown.notice, on=today(), actor=actor)
    notifications.tell_carrier_about_rejection(drawdown)


@transaction.atomic
def record_disbursement(drawdown: Drawdown, *, paid_on: date, reference: str, actor: Actor) -> Disbursement:
    """Record that the cash office paid an ordered call; books it on the budget title, once."""
    current = Drawdown.objects.select_for_update().get(pk=drawdown.pk)
    DRAWDOWN.check("disburse", current)
    if paid_on < current.ordered_on:
        raise TooEarly(_("Gezahlt werden kann erst nach der Anordnung."), field="paid_on")
    refuse_same_person(actor, persons_of(current, "verified"), persons_of(current, "ordered"))
    title = titles.locked(drawdown.notice.application.call.budget_title)
    DRAWDOWN.apply("disburse", drawdown, actor=actor)
    payment = Disbursement.objects.create(
        drawdown=drawdown, amount=drawdown.amount, paid_on=paid_on, reference=reference, recorded_by=actor.user
    )
    titles.spend(title, drawdown.amount, drawdown=drawdown, on=paid_on, actor=actor)
    audit.record("record_disbursement", payment, actor=actor, after={"amount": payment.amount, "paid_on": paid_on})
    notifications.tell_carrier_about_payment(payment)
    return payment
