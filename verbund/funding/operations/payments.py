"""Money: recipient accounts, calls for money, verification, order, payment."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import audit, deadlines
from verbund.core.acting import Actor, persons_of, refuse_same_person
from verbund.core.dates import today
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.money import format_euro
from verbund.directory.models import Carrier
from verbund.funding import amounts, clocks, notifications, payout, queries
from verbund.funding.clock_kinds import USE_WITHIN_TWO_MONTHS
from verbund.funding.late_use import last_day_of_use
from verbund.funding.lifecycle import ACCOUNT, DRAWDOWN, AccountStatus, OffsetStatus
from verbund.funding.models import (
    BudgetTitle,
    Disbursement,
    Drawdown,
    GrantApplication,
    GrantNotice,
    Offset,
    RecipientAccount,
)
from verbund.funding.operations import commitments, offsets, titles
from verbund.funding.operations.grants import locked_grant, locked_grants
from verbund.funding.operations.payment_accounts import move_to_accounts_in_force
from verbund.funding.operations.reclaim_bookings import title_ids


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
    from schwifty import IBAN  # a list of all banks, which only an account pays for
    from schwifty.exceptions import SchwiftyException

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
    locking(Carrier.objects).get(pk=account.carrier_id)
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

    The application's row is locked, so that two calls at once, or a call and an amendment, cannot pass the balance
    together. What counts is the grant as it stands then, whichever version the page showed.
    """
    application = locked_grant(notice.decision.application_id)
    valid = queries.valid_notice(application)
    if valid is None:
        raise TooMuch(_("Es ist nichts bewilligt."), field="amount")
    limits = payout.versions_to_pay_by(valid)
    _refuse_call(valid, limits, amount, on)
    account = RecipientAccount.objects.filter(carrier_id=application.carrier_id, status=AccountStatus.CONFIRMED).first()
    if account is None:
        raise NoAccount(_("Hinterlegen Sie zuerst ein Konto; eine zweite Person muss es bestätigen."))
    drawdown = Drawdown.objects.create(
        notice=limits[0], amount=amount, account=account, requested_on=on, **actor.signs("requested")
    )
    audit.record("request_drawdown", drawdown, actor=actor, after={"amount": amount, "status": drawdown.status})
    clocks.money_called(valid, on=on, actor=actor)
    notifications.tell_officers_about_drawdown(drawdown)
    return drawdown


def _refuse_call(notice: GrantNotice, limits: list[GrantNotice], amount: Decimal, on: date) -> None:
    if amount <= 0:
        raise TooMuch(_("Der Betrag muss über null liegen."), field="amount")
    if not limits:
        raise NotFinal(
            _("Der Bescheid ist noch nicht bestandskräftig; mit einem Rechtsbehelfsverzicht geht es schneller.")
        )
    last_day = clocks.last_day_for_drawdowns(notice)
    called = payout.amount_drawn(notice)
    granted = min(one.amount_granted for one in limits)
    if on > last_day:
        raise TooLate(
            _("Mittelabrufe waren bis zum %(day)s möglich; %(left)s sind verfallen.")
            % {"day": f"{last_day:%d.%m.%Y}", "left": format_euro(granted - called)}
        )
    left = granted - called
    if amount > left:
        raise TooMuch(
            _("Von der Zuwendung sind noch %(left)s offen; %(amount)s sind %(over)s zu viel.")
            % {"left": format_euro(left), "amount": format_euro(amount), "over": format_euro(amount - left)},
            field="amount",
        )
    recognised = payout.amount_recognised(notice.application)
    if recognised is not None and called + amount > recognised:
        raise TooMuch(
            _("Nach dem geprüften Verwendungsnachweis sind %(recognised)s anerkannt; davon sind noch %(left)s offen.")
            % {"recognised": format_euro(recognised), "left": format_euro(max(recognised - called, Decimal(0)))},
            field="amount",
        )
    due = min(payout.amount_due(one, on=on) for one in limits) - called
    if amount > due:
        raise TooEarly(
            _("Heute können Sie %(due)s abrufen. %(next)s")
            % {"due": format_euro(max(due, Decimal(0))), "next": payout.next_due_sentence(notice, on=on)},
            field="amount",
        )


@transaction.atomic
def withdraw_drawdown(drawdown: Drawdown, *, actor: Actor) -> None:
    DRAWDOWN.apply("withdraw", drawdown, actor=actor)
    clocks.money_called(drawdown.notice, on=today(), actor=actor)
    offsets.lapse_offset(drawdown, actor=actor)


@transaction.atomic
def verify_drawdown(drawdown: Drawdown, *, on: date, actor: Actor) -> None:
    """Confirm that a call is right in fact and figures (sachlich und rechnerisch richtig)."""
    DRAWDOWN.apply("verify", drawdown, actor=actor, changes={**actor.signs("verified"), "verified_on": on})
    notifications.tell_approvers_about_drawdown(drawdown)


@transaction.atomic
def order_drawdown(drawdown: Drawdown, *, on: date, actor: Actor) -> None:
    """Order the payment; another person than the one who verified, and than the one who planned an offset.

    Raises SamePerson or NotAllowedNow.
    """
    application = locked_grant(drawdown.notice.decision.application_id)
    current = locking(Drawdown.objects).get(pk=drawdown.pk)
    DRAWDOWN.check("order", current)
    _refuse_above_grant(application, current)
    refuse_same_person(actor, persons_of(current, "verified"), *_persons_of_offset(current))
    DRAWDOWN.apply("order", drawdown, actor=actor, changes={**actor.signs("ordered"), "ordered_on": on})
    notifications.tell_cashiers_about_order(drawdown)


@transaction.atomic
def reject_drawdown(drawdown: Drawdown, *, reason: str, actor: Actor) -> None:
    """Reject a call with a reason; the amount can be called again."""
    DRAWDOWN.apply("reject", drawdown, actor=actor, changes={"rejection_reason": reason}, note=reason)
    clocks.money_called(drawdown.notice, on=today(), actor=actor)
    offsets.lapse_offset(drawdown, actor=actor)
    notifications.tell_carrier_about_rejection(drawdown)


def _persons_of_offset(drawdown: Drawdown) -> list[frozenset]:
    return [persons_of(offset, "proposed") for offset in Offset.objects.filter(drawdown=drawdown)]


def _refuse_above_grant(application: GrantApplication, drawdown: Drawdown) -> None:
    """Raise TooMuch if the grant was lowered meanwhile, so that this payment would exceed it."""
    granted = queries.valid_notice(application).amount_granted
    paid = payout.amount_kept(application)
    if paid + drawdown.amount > granted:
        raise TooMuch(
            _("Die Zuwendung beträgt jetzt %(granted)s, gezahlt sind %(paid)s; %(over)s wären zu viel.")
            % {
                "granted": format_euro(granted),
                "paid": format_euro(paid),
                "over": format_euro(paid + drawdown.amount - granted),
            },
        )


def _title_of_year(application: GrantApplication, paid_on: date):
    """Return the title that pays in the year of the payment: of several budget years that one, else the nearest."""
    by_year = amounts.titles_by_year(application.call)
    return by_year[min(by_year, key=lambda year: abs(year - paid_on.year))]


def _hold_titles(title: BudgetTitle, offset: Offset | None) -> None:
    """Lock the title of a payment together with those of the claim it settles, all in the order of their ids."""
    ids = {title.pk} | (title_ids(offset.reclaim.application) if offset else set())
    list(locking(BudgetTitle.objects).filter(pk__in=ids).order_by("pk"))


@transaction.atomic
def record_disbursement(drawdown: Drawdown, *, paid_on: date, reference: str, on: date, actor: Actor) -> Disbursement:
    """Record that the cash office paid an ordered call; books it on the budget title, once.

    A planned offset settles its claim at the same time; the account got what was left. Without a payment list that is
    the account in force. Entered on the day `on`, when the payment is made. Raises NotAllowedNow, SamePerson, TooEarly,
    TooMuch or what the titles refuse.
    """
    offset = Offset.objects.filter(drawdown=drawdown, status=OffsetStatus.PLANNED).select_related("reclaim").first()
    application_id = drawdown.notice.decision.application_id
    application = locked_grants([application_id, *([offset.reclaim.application_id] if offset else [])])[application_id]
    current = locking(Drawdown.objects).get(pk=drawdown.pk)
    DRAWDOWN.check("disburse", current)
    _refuse_above_grant(application, current)
    if paid_on < current.ordered_on:
        raise TooEarly(_("Gezahlt werden kann erst nach der Anordnung."), field="paid_on")
    if paid_on > on:
        raise TooEarly(_("Tragen Sie die Zahlung ein, wenn sie geleistet ist."), field="paid_on")
    refuse_same_person(actor, persons_of(current, "verified"), persons_of(current, "ordered"))
    title = _title_of_year(application, paid_on)
    _hold_titles(title, offset)
    commitments.bind_again(application, title, current.amount, day=paid_on, on=on, actor=actor)
    title = titles.locked(title)
    titles.refuse_beyond_commitments(title, current.amount)
    DRAWDOWN.apply("disburse", drawdown, actor=actor)
    payment = Disbursement.objects.create(
        drawdown=drawdown,
        amount=drawdown.amount,
        amount_offset=offset.amount if offset else Decimal(0),
        paid_on=paid_on,
        reference=reference,
        recorded_by=actor.user,
    )
    titles.spend(title, drawdown.amount, drawdown=drawdown, day=paid_on, on=on, actor=actor)
    if offset:
        offsets.book_offset(offset, day=paid_on, on=on, actor=actor)
    if not drawdown.payment_lines.filter(struck_on=None).exists():
        audit.record_many(move_to_accounts_in_force([drawdown]), actor=actor)
    if last_day := last_day_of_use(payment):
        deadlines.set_deadline(USE_WITHIN_TWO_MONTHS, payment, nominal_on=last_day, actor=actor, on=paid_on)
    audit.record("record_disbursement", payment, actor=actor, after={"amount": payment.amount, "paid_on": paid_on})
    notifications.tell_carrier_about_payment(payment)
    return payment
