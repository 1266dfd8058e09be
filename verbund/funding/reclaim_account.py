"""What a claim stands at: read from its entries, with the rules it was computed by, kept with it for ever."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from verbund.core import deadlines
from verbund.core.errors import DomainError
from verbund.core.money import to_cents
from verbund.funding.calculations import claims
from verbund.funding.calculations.base_grant import Line
from verbund.funding.calculations.claims import ZERO, Account, Pause, Settlement, Terms, Tranche
from verbund.funding.clock_kinds import RECLAIM_DUE
from verbund.funding.lifecycle import ReliefStatus
from verbund.funding.models import Disbursement, GrantApplication, Reclaim, ReclaimEntry, ReclaimRelief
from verbund.programmes import queries as programmes
from verbund.programmes.rules import ACT_365, INTEREST_FIRST, BaseRate, Surcharge

K = ReclaimEntry.Kind
MONEY = (K.PAYMENT, K.OFFSET)
SETTLES = (*MONEY, K.WAIVER)
BY_A_LATER_VERSION = frozenset({Reclaim.Occasion.AMENDMENT, Reclaim.Occasion.RESCISSION, Reclaim.Occasion.REVOCATION})


@dataclass(frozen=True)
class Standing:
    """A claim on a day in euros: `account` with what is open, what is booked of the interest, what came too much."""

    account: Account
    booked_interest: Decimal
    refunded: Decimal

    @property
    def open(self) -> Decimal:
        """What is still to be paid, interest of the day included."""
        return self.account.open

    @property
    def interest_to_come(self) -> Decimal:
        """Interest that has arisen since it was last booked."""
        return self.account.interest - self.booked_interest

    @property
    def too_much(self) -> Decimal:
        """What came beyond the claim and has not gone back."""
        return self.account.beyond - self.refunded


def parameters_for(tranches: tuple[Tranche, ...], *, until: date, fixed: Decimal = ZERO) -> dict[str, Any]:
    """Return what a claim is computed with, as JSON: the rows that hold from its first day to `until`.

    Raises NoValue where no day count is known.
    """
    first = min((one.first for one in tranches), default=until)
    interest = programmes.interest_rules_on(until)
    order = programmes.legal_value("REPAYMENT_ORDER", until)
    return {
        "tranches": [{"first": one.first.isoformat(), "amount": str(one.amount)} for one in tranches],
        "rates": [_rate(row) for row in programmes.base_rates() if row.first <= until and row.last >= first],
        "surcharges": [_surcharge(row) for row in interest.surcharges if row.first <= until],
        "day_count": interest.day_count,
        "day_count_mark": interest.mark,
        "order": order.value if order else INTEREST_FIRST,
        "fixed": str(fixed),
        "known_until": until.isoformat(),
    }


def _rate(row: BaseRate) -> dict[str, str]:
    percent = str(row.percent)
    return {
        "first": row.first.isoformat(), "last": row.last.isoformat(), "percent": percent, "source": row.source,
        "mark": row.mark,
    }  # fmt: skip


def _surcharge(row: Surcharge) -> dict[str, Any]:
    last = row.last.isoformat() if row.last else None
    return {
        "first": row.first.isoformat(), "last": last, "points": str(row.points), "source": row.source, "mark": row.mark
    }  # fmt: skip


def extended(parameters: dict[str, Any], until: date) -> dict[str, Any]:
    """Return the parameters with the rows of the days since they were last used; what was used stays as it was."""
    if not parameters or until.isoformat() <= parameters["known_until"]:
        return parameters
    known = date.fromisoformat(parameters["known_until"])
    there = {row["first"] for row in parameters["rates"]}
    rates = [row for row in programmes.base_rates() if row.last > known and row.first <= until]
    surcharges = programmes.interest_rules_on(until).surcharges
    return parameters | {
        "rates": [*parameters["rates"], *(_rate(row) for row in rates if row.first.isoformat() not in there)],
        "surcharges": [
            *parameters["surcharges"],
            *(_surcharge(row) for row in surcharges if known < row.first <= until),
        ],
        "known_until": until.isoformat(),
    }


def terms_from(parameters: dict[str, Any], *, free_until: date | None = None, pauses: tuple[Pause, ...] = ()) -> Terms:
    """Return the stored parameters as the calculation takes them; without any, a claim that bears no interest."""
    if not parameters:
        return Terms()
    day = date.fromisoformat
    return Terms(
        tranches=tuple(Tranche(day(row["first"]), Decimal(row["amount"])) for row in parameters["tranches"]),
        rates=tuple(
            BaseRate(day(row["first"]), day(row["last"]), Decimal(row["percent"]), row["source"], row["mark"])
            for row in parameters["rates"]
        ),
        surcharges=tuple(
            Surcharge(
                day(row["first"]),
                Decimal(row["points"]),
                day(row["last"]) if row["last"] else None,
                row["source"],
                row["mark"],
            )
            for row in parameters["surcharges"]
        ),
        day_count=parameters.get("day_count", ACT_365),
        order=parameters["order"],
        free_until=free_until,
        pauses=pauses,
        fixed=Decimal(parameters["fixed"]),
    )


def owed_until(reclaim: Reclaim) -> date:
    """Return the day until which a claim by notice must be paid: of the notice, as deferred, or as last reminded."""
    reminded = reclaim.reminders.aggregate(last=Max("payable_until"))["last"]
    due_on = deadlines.due_of(RECLAIM_DUE, reclaim) or reclaim.payable_until
    return max(due_on, reminded) if reminded else due_on


def settlements_of(reclaim: Reclaim) -> list[Settlement]:
    """Return what settled the claim and was not taken back; the key is the entry's."""
    rows = reclaim.entries.filter(kind__in=SETTLES, reversal=None)
    return [Settlement(entry.day, -entry.amount, entry.pk) for entry in rows]


def account_on(reclaim: Reclaim, day: date, parameters: dict[str, Any] | None = None) -> Account:
    """Return the account of a claim on a day. Raises InputRefused naming a half-year without a base rate."""
    used = extended(reclaim.parameters if parameters is None else parameters, day)
    free_until = reclaim.payable_until if reclaim.interest_waived_reason else None
    deferrals = reclaim.reliefs.filter(
        kind=ReclaimRelief.Kind.DEFERRAL, status=ReliefStatus.GRANTED, bears_interest=False
    )
    pauses = tuple(Pause(one.granted_on, one.until) for one in deferrals)
    terms = terms_from(used, free_until=free_until, pauses=pauses)
    return claims.account_of(reclaim.principal, terms, settlements_of(reclaim), day)


def standing_of(reclaim: Reclaim, *, on: date, as_told: bool = False) -> Standing:
    """Return where a claim stands on a day; `as_told`: without the interest that is only proposed.

    Interest on late use is what is claimed itself; a carrier is heard about its sum.
    """
    parameters = {} if as_told and reclaim.principal else None
    return Standing(account_on(reclaim, on, parameters), booked(reclaim, K.INTEREST), booked(reclaim, K.REFUND))


def standing_or_reason(reclaim: Reclaim, *, on: date, as_told: bool = False) -> tuple[Standing | None, str]:
    """Return where a claim stands, or the sentence that says why it cannot be computed (a base rate is missing)."""
    try:
        return standing_of(reclaim, on=on, as_told=as_told), ""
    except DomainError as refusal:
        return None, str(refusal)


def workings_of_interest(reclaim: Reclaim, entries: Iterable[ReclaimEntry]) -> dict[int, tuple[Line, ...]]:
    """Return how the interest of each entry came about: the lines up to its day, less what was booked before.

    An entry is left out where the lines do not come to its sum: one set right by a payment entered late.
    """
    found, before = {}, ZERO
    for entry in entries:
        if entry.kind != K.INTEREST:
            continue
        lines = account_on(reclaim, entry.day).lines
        if before:
            lines = (*lines, Line(_("bis dahin gebucht"), "", -before))
        before += entry.amount
        if sum((line.amount for line in lines), ZERO) == entry.amount:
            found[entry.pk] = lines
    return found


def booked(reclaim: Reclaim, *kinds: str) -> Decimal:
    """Return the sum of a claim's entries, of some kinds or of all."""
    entries = reclaim.entries.filter(kind__in=kinds) if kinds else reclaim.entries.all()
    return to_cents(entries.aggregate(sum=Sum("amount"))["sum"] or ZERO)


def tranches_of(reclaim: Reclaim) -> tuple[Tranche, ...]:
    """Return the payments that a claim takes back: the last ones in, but for what earlier claims take back.

    What a later version of the notice took away bears interest from the day that version counts for, not before
    (§ 49a (3) VwVfG NRW: from when the notice lost its effect). Raises InputRefused if less was paid than is claimed.
    """
    if not reclaim.principal:
        return ()
    earlier = Reclaim.objects.filter(application=reclaim.application, pk__lt=reclaim.pk).exclude(status="DROPPED")
    before = earlier.aggregate(sum=Sum("principal"))["sum"] or ZERO
    payments = payments_of(reclaim.application)
    both = claims.tranches_last_in(before + reclaim.principal, payments)
    return claims.not_before(_lost_effect_on(reclaim), _without_last(both, before))


def _lost_effect_on(reclaim: Reclaim) -> date | None:
    """Return the day from which the payment had no basis any more; None where it had none from the beginning."""
    if reclaim.occasion not in BY_A_LATER_VERSION or reclaim.notice is None:
        return None
    return reclaim.notice.effective_from


def _without_last(tranches: tuple[Tranche, ...], amount: Decimal) -> tuple[Tranche, ...]:
    """Return the tranches without the euros at their end."""
    left = []
    for one in reversed(tranches):
        taken = min(one.amount, amount)
        amount -= taken
        if one.amount > taken:
            left.append(Tranche(one.first, one.amount - taken))
    return tuple(reversed(left))


def payments_of(application: GrantApplication) -> list[tuple[date, Decimal]]:
    """Return what was paid out on a grant: day and euros."""
    paid = Disbursement.objects.filter(drawdown__notice__decision__application=application)
    return list(paid.values_list("paid_on", "amount"))
