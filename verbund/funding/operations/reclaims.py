"""Reclaims: what was paid without right comes back, with interest; announced or heard, proposed, signed, reminded."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import audit, deadlines
from verbund.core.acting import Actor, persons_of, refuse_same_person
from verbund.core.dates import next_working_day
from verbund.core.errors import DomainError
from verbund.core.money import format_euro
from verbund.funding import letters, notifications, payout, queries, reclaim_account
from verbund.funding.calculations.claims import Tranche
from verbund.funding.calculations.references import reference_for
from verbund.funding.clock_kinds import RECLAIM_DUE
from verbund.funding.lifecycle import RECLAIM, NoticeStatus, ReclaimStatus
from verbund.funding.models import (
    Disbursement,
    GrantApplication,
    GrantNotice,
    Hearing,
    Reclaim,
    ReclaimEntry,
    ReclaimNotice,
    ReclaimReminder,
)
from verbund.funding.models.notices import new_verification_code
from verbund.funding.operations import hearings
from verbund.funding.operations.decisions import ReasonMissing
from verbund.funding.operations.grants import locked_grant
from verbund.funding.operations.payments import TooMuch
from verbund.funding.operations.reclaim_bookings import book, hold
from verbund.funding.operations.reviews import refuse_conflict
from verbund.programmes import queries as programmes


class NothingToClaim(DomainError):
    """The grant paid less than is claimed, or nothing is owed any more."""


class PaymentTermUnknown(DomainError):
    """No row says how many days a carrier has to pay."""


class ChangedSinceProposal(DomainError):
    """Money came in since the claim was proposed: the sum that was proposed is no longer right."""


class NotDueYet(DomainError):
    """A carrier is reminded when the day of payment of a binding notice has passed."""


class MoneyCameIn(DomainError):
    """A claim on which money came in is not dropped."""


class InterestBeginsTooLate(DomainError):
    """Interest runs from a day up to a later one."""


@transaction.atomic
def open_reclaim(
    application: GrantApplication,
    *,
    occasion: str,
    principal: Decimal,
    reason: str,
    on: date,
    actor: Actor,
    notice: GrantNotice | None = None,
    hearing: Hearing | None = None,
    disbursement: Disbursement | None = None,
    told_on: date | None = None,
) -> Reclaim:
    """Note that `principal` euros were paid without right, and since when that stands; nobody is asked to pay yet.

    `told_on`: the day of the decision that told the carrier so; without it the carrier learns of it when it is heard.
    """
    values = {"occasion": occasion, "principal": principal, "reason": reason, "arose_on": on, "status_since": on}
    reclaim = _created(
        application,
        values | {"told_on": told_on},
        on,
        actor,
        notice=notice,
        hearing=hearing,
        disbursement=disbursement,
    )
    notifications.tell_officer_about_reclaim(reclaim)
    return reclaim


@transaction.atomic
def claim_back(
    application: GrantApplication, *, occasion: str, principal: Decimal, reason: str, on: date, actor: Actor
) -> Reclaim:
    """Open a reclaim by hand; no more than was paid and is not claimed yet. Raises ConflictOfInterest or TooMuch."""
    application = locked_grant(application.pk)
    refuse_conflict(application, actor=actor)
    refuse_above_paid(application, principal, field="principal")
    valid = queries.valid_notice(application)
    return open_reclaim(
        application, occasion=occasion, principal=principal, reason=reason, on=on, actor=actor, notice=valid
    )


@transaction.atomic
def announce_return(application: GrantApplication, *, amount: Decimal, reason: str, on: date, actor: Actor) -> Reclaim:
    """Announce that a carrier gives money back unasked; it gets a reference to pay with. Raises TooMuch."""
    application = locked_grant(application.pk)
    refuse_above_paid(application, amount, field="amount")
    values = {"occasion": Reclaim.Occasion.UNUSED, "principal": amount, "reason": reason}
    values |= {
        "arose_on": on,
        "status_since": on,
        "status": ReclaimStatus.ANNOUNCED,
        "is_announced": True,
        "told_on": on,
    }
    reclaim = _created(application, values, on, actor, notice=queries.valid_notice(application))
    notifications.tell_about_announced_return(reclaim)
    return reclaim


def refuse_above_paid(application: GrantApplication, amount: Decimal, *, field: str) -> None:
    """Raise TooMuch unless the sum was paid and is not claimed back yet."""
    most = payout.amount_paid(application) - queries.amount_claimed(application)
    if not 0 < amount <= most:
        raise TooMuch(
            _("Möglich sind höchstens %(most)s: so viel ist ausgezahlt und noch nicht zurückgefordert.")
            % {"most": format_euro(max(most, Decimal(0)))},
            field=field,
        )


def _created(application: GrantApplication, values: dict, on: date, actor: Actor, **links) -> Reclaim:
    reclaim = Reclaim.objects.create(application=application, **values, **links, **actor.signs("opened"))
    reclaim.reference = reference_for(reclaim.pk)
    reclaim.save(update_fields=["reference"])
    if reclaim.principal:
        book(reclaim, ReclaimEntry.Kind.PRINCIPAL, reclaim.principal, day=on, on=on, actor=actor)
    after = {name: values[name] for name in ("occasion", "principal", "reason")} | {"reference": reclaim.reference}
    audit.record("open_reclaim", reclaim, actor=actor, after=after)
    return reclaim


@transaction.atomic
def hear_about_reclaim(reclaim: Reclaim, *, text: str, due_on: date, on: date, actor: Actor) -> Hearing:
    """Hear the carrier before money is claimed (§ 28 VwVfG NRW). Raises what `open_hearing` raises, NotAllowedNow."""
    current = Reclaim.objects.get(pk=reclaim.pk)
    RECLAIM.check("hear_about_reclaim", current)
    hearing = hearings.open_hearing(
        reclaim.application, occasion=Hearing.Occasion.RECLAIM, text=text, due_on=due_on, on=on, actor=actor
    )
    changes = {"hearing": hearing, "told_on": current.told_on or on, "status_since": on}
    RECLAIM.apply("hear_about_reclaim", reclaim, actor=actor, changes=changes)
    return hearing


@transaction.atomic
def propose_reclaim(
    reclaim: Reclaim,
    *,
    hearing: Hearing | None,
    interest_until: date,
    on: date,
    actor: Actor,
    interest_from: date | None = None,
    interest_from_reason: str = "",
    interest_waived_reason: str = "",
) -> None:
    """Propose what is claimed: the principal, and interest from when the money was paid out (last in) until a day.

    What a later version of the notice took away bears interest no sooner than that version counts.
    Another beginning needs a reason; so does claiming no interest if the principal comes back in time. Raises
    ConflictOfInterest, NotHeard, ReasonMissing, InterestBeginsTooLate, NothingToClaim, NotAllowedNow, or InputRefused
    naming a half-year without a base rate.
    """
    current = hold(reclaim).reclaim
    refuse_conflict(current.application, actor=actor)
    hearings.refuse_unheard(hearing)
    parameters = _parameters(current, interest_from, interest_from_reason, interest_until)
    account = reclaim_account.account_on(current, interest_until, parameters)
    if account.open <= 0:
        raise NothingToClaim(_("Es ist nichts mehr offen."))
    tranches = parameters["tranches"]
    changes = {
        "hearing": hearing,
        "interest_from": date.fromisoformat(tranches[0]["first"]) if tranches else None,
        "interest_until": interest_until,
        "interest_from_reason": interest_from_reason.strip(),
        "interest_waived_reason": interest_waived_reason.strip(),
        "amount_interest": account.interest,
        "parameters": parameters,
        "status_since": on,
        **actor.signs("proposed"),
    }
    RECLAIM.apply("propose_reclaim", reclaim, actor=actor, changes=changes)
    notifications.tell_approvers_about_reclaim(reclaim)


def _parameters(reclaim: Reclaim, interest_from: date | None, reason: str, until: date) -> dict:
    """Return what interest is computed with; for late use it was computed when it was claimed."""
    if not reclaim.principal:
        return reclaim.parameters
    tranches = reclaim_account.tranches_of(reclaim)
    if interest_from is not None and interest_from != tranches[0].first:
        if not reason.strip():
            raise ReasonMissing(
                _("Begründen Sie, warum die Zinsen an einem anderen Tag beginnen."), field="interest_from_reason"
            )
        tranches = (Tranche(interest_from, reclaim.principal),)
    if until < tranches[0].first:
        raise InterestBeginsTooLate(_("Die Zinsen enden, bevor sie beginnen."), field="interest_until")
    return reclaim_account.parameters_for(tranches, until=until)


@transaction.atomic
def reject_reclaim(reclaim: Reclaim, *, reason: str, on: date, actor: Actor) -> None:
    """Send a proposed claim back with a reason. Raises ReasonMissing or NotAllowedNow."""
    if not reason.strip():
        raise ReasonMissing(_("Nennen Sie den Grund."), field="reason")
    RECLAIM.apply("reject_reclaim", reclaim, actor=actor, changes={"status_since": on}, note=reason)
    notifications.tell_officer_about_rejected_reclaim(reclaim, reason)


@transaction.atomic
def countersign_reclaim(reclaim: Reclaim, *, issued_on: date, actor: Actor) -> ReclaimNotice:
    """Countersign a proposed claim and issue its notice; from then on the carrier owes it.

    Raises SamePerson, ConflictOfInterest, ChangedSinceProposal, PaymentTermUnknown or NotAllowedNow.
    """
    held = hold(reclaim)
    current = held.reclaim
    RECLAIM.check("countersign_reclaim", current)
    refuse_same_person(actor, persons_of(current, "proposed"))
    refuse_conflict(current.application, actor=actor)
    account = reclaim_account.account_on(current, current.interest_until)
    if account.interest != current.amount_interest or account.open <= 0:
        raise ChangedSinceProposal(
            _("Seit dem Vorschlag ist Geld eingegangen. Weisen Sie ihn zurück, damit neu gerechnet wird.")
        )
    payable_until = _payable_until(issued_on)
    code = new_verification_code()
    document = letters.reclaim_notice(
        current, account=account, payable_until=payable_until, issued_on=issued_on, code=code
    )
    changes = {"payable_until": payable_until, "status_since": issued_on, **actor.signs("signed")}
    changes["told_on"] = current.told_on or issued_on
    RECLAIM.apply("countersign_reclaim", reclaim, actor=actor, changes=changes)
    notice = ReclaimNotice.objects.create(
        reclaim=reclaim,
        issued_on=issued_on,
        amount_principal=account.principal_open,
        amount_interest=account.interest_open,
        payable_until=payable_until,
        document=document,
        verification_code=code,
    )
    held.settle(until=reclaim.interest_until, on=issued_on, actor=actor)
    deadlines.set_deadline(RECLAIM_DUE, reclaim, nominal_on=payable_until, actor=actor, on=issued_on)
    notifications.tell_carrier_about_reclaim(reclaim)
    return notice


def _payable_until(issued_on: date) -> date:
    days = programmes.legal_value("RECLAIM_PAYMENT_DAYS", issued_on)
    if days is None:
        raise PaymentTermUnknown(_("Es ist nicht hinterlegt, in wie vielen Tagen zu zahlen ist."))
    return next_working_day(issued_on + timedelta(days=int(days.value)))


@transaction.atomic
def remind(reclaim: Reclaim, *, payable_until: date, on: date, actor: Actor) -> ReclaimReminder:
    """Send a letter about what is still open after its day of payment, interest of the day included, to a new day.

    The first letter reminds (Zahlungserinnerung), the next ones dun (Mahnung), each when the day of the one before has
    passed. Raises NotDueYet or NotAllowedNow, or InputRefused naming a half-year without a base rate.
    """
    current = hold(reclaim).reclaim
    RECLAIM.check("defer_reclaim", current)
    _refuse_not_binding(current.issued_notice)
    owed_until = reclaim_account.owed_until(current)
    if on <= owed_until:
        raise NotDueYet(_("Zu zahlen ist bis zum %(day)s.") % {"day": f"{owed_until:%d.%m.%Y}"})
    if payable_until <= on:
        raise NotDueYet(_("Der Tag muss nach heute liegen."), field="payable_until")
    account = reclaim_account.account_on(current, on)
    reminder = ReclaimReminder(
        reclaim=current,
        number=current.reminders.count() + 1,
        sent_on=on,
        amount_principal=account.principal_open,
        amount_interest=account.interest_open,
        payable_until=next_working_day(payable_until),
        **actor.signs("recorded"),
    )
    reminder.document = letters.payment_reminder(reminder, owed_until=owed_until)
    reminder.save()
    before = {"reminded_on": current.reminded_on}
    reclaim.reminded_on = on
    reclaim.save(update_fields=["reminded_on"])
    after = {"reminded_on": on, "amount": reminder.amount, "payable_until": reminder.payable_until}
    audit.record("remind", reclaim, actor=actor, before=before, after=after, note=reminder.kind_in_words)
    notifications.tell_carrier_about_reminder(reminder)
    return reminder


def _refuse_not_binding(notice: ReclaimNotice) -> None:
    if notice.status == NoticeStatus.ISSUED:
        raise NotDueYet(_("Halten Sie zuerst fest, wie und wann der Erstattungsbescheid bekannt gegeben wurde."))
    if not notice.is_binding:
        raise NotDueYet(_("Gegen den Erstattungsbescheid ist geklagt; so lange muss der Träger nicht zahlen."))


@transaction.atomic
def drop_reclaim(reclaim: Reclaim, *, reason: str, on: date, actor: Actor) -> None:
    """Give up a claim that no notice made yet, with a reason. Raises ReasonMissing, MoneyCameIn or NotAllowedNow."""
    if not reason.strip():
        raise ReasonMissing(_("Nennen Sie den Grund."), field="reason")
    current = hold(reclaim).reclaim
    if reclaim_account.settlements_of(current):
        raise MoneyCameIn(_("Darauf ist schon Geld eingegangen."))
    RECLAIM.check("drop_reclaim", current)
    if current.principal:
        correction, note = ReclaimEntry.Kind.CORRECTION, reason[:1000]
        book(current, correction, -current.principal, day=on, on=on, actor=actor, note=note)
    RECLAIM.apply("drop_reclaim", reclaim, actor=actor, changes={"status_since": on}, note=reason)


@transaction.atomic
def settle_without_interest(reclaim: Reclaim, *, reason: str, on: date, actor: Actor) -> None:
    """End a claim of which the principal came back before a notice: no interest is claimed, with a reason.

    Raises ReasonMissing, NothingToClaim while principal is open, or NotAllowedNow.
    """
    if not reason.strip():
        raise ReasonMissing(_("Nennen Sie den Grund."), field="reason")
    current = hold(reclaim).reclaim
    refuse_conflict(current.application, actor=actor)
    open_amount = reclaim_account.account_on(current, on).principal_open
    if open_amount > 0 or current.status not in {ReclaimStatus.SUSPECTED, ReclaimStatus.HEARING}:
        raise NothingToClaim(_("Offen sind noch %(open)s.") % {"open": format_euro(open_amount)})
    RECLAIM.apply("settle_reclaim", reclaim, actor=actor, changes={"status_since": on}, note=reason)
