"""The account of a claim: what is owed of principal and interest on a day, and what each payment settled.

Interest runs on what is still owed of the principal, from the day it was paid out without right until it is back.
Everything is told anew from the events, so that a payment entered late, or taken back, finds its place by its day.
Rule: § 49a (3), (4) VwVfG NRW; in which order a payment settles interest and principal is a parameter (§ 367 BGB).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from verbund.funding.calculations.base_grant import Line
from verbund.funding.calculations.interest import Repayment, interest_on
from verbund.funding.calculations.refusals import InputRefused
from verbund.programmes.rules import ACT_365, INTEREST_FIRST, BaseRate, Surcharge

ZERO = Decimal("0.00")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Tranche:
    """Euros that bear interest from a day on, that day included."""

    first: date
    amount: Decimal


@dataclass(frozen=True)
class Pause:
    """Days without interest, both included: a deferral granted without it."""

    first: date
    last: date


@dataclass(frozen=True)
class Terms:
    """How a claim bears interest. `free_until`: none if the principal is back by that day (§ 49a (3) sentence 2).

    `fixed` is interest that does not run: what late use has cost. No tranche: no interest.
    """

    tranches: tuple[Tranche, ...] = ()
    rates: tuple[BaseRate, ...] = ()
    surcharges: tuple[Surcharge, ...] = ()
    day_count: str = ACT_365
    order: str = INTEREST_FIRST
    free_until: date | None = None
    pauses: tuple[Pause, ...] = ()
    fixed: Decimal = ZERO


@dataclass(frozen=True)
class Settlement:
    """Euros that settle a claim on a day: paid, offset or waived. `key` names the record it comes from."""

    on: date
    amount: Decimal
    key: int = 0


@dataclass(frozen=True)
class Part:
    """What a settlement went to, in euros; `beyond` is what came too much."""

    key: int
    principal: Decimal
    interest: Decimal
    beyond: Decimal


@dataclass(frozen=True)
class Account:
    """A claim on a day: what is open, the interest so far with its working, and the part each settlement had."""

    until: date
    principal_open: Decimal
    interest_open: Decimal
    interest: Decimal
    lines: tuple[Line, ...] = ()
    parts: tuple[Part, ...] = field(default=())

    @property
    def open(self) -> Decimal:
        return self.principal_open + self.interest_open

    @property
    def beyond(self) -> Decimal:
        return sum((part.beyond for part in self.parts), ZERO)


def account_of(principal: Decimal, terms: Terms, settlements: Iterable[Settlement], until: date) -> Account:
    """Return the account of a claim of `principal` euros on a day, that day's interest included.

    Settlements count in the order of their days. Interest is computed for the whole time at once, each line rounded to
    the cent, so that it is the same however often it was asked in between. Raises InputRefused, naming a half-year
    without a base rate.
    """
    told = sorted((one for one in settlements if one.on <= until), key=lambda one: (one.on, one.key))
    account = _told(principal, terms, told, until)
    if terms.free_until is None:
        return account
    without = replace(terms, tranches=(), free_until=None)
    kept = _told(principal, without, [one for one in told if one.on <= terms.free_until], min(until, terms.free_until))
    keeps_term = kept.principal_open == 0 or until <= terms.free_until
    return _told(principal, without, told, until) if keeps_term else account


def _told(principal: Decimal, terms: Terms, settlements: Sequence[Settlement], until: date) -> Account:
    principal_open, interest_settled = principal, ZERO
    repaid: list[Repayment] = []
    parts: list[Part] = []
    for one in settlements:
        so_far, _lines = _interest(principal, terms, repaid, one.on)
        to_principal, to_interest = _split(one.amount, principal_open, so_far - interest_settled, terms.order)
        if to_principal:
            repaid.append(Repayment(one.on, to_principal))
        principal_open -= to_principal
        interest_settled += to_interest
        parts.append(Part(one.key, to_principal, to_interest, one.amount - to_principal - to_interest))
    total, lines = _interest(principal, terms, repaid, until)
    return Account(until, principal_open, total - interest_settled, total, lines, tuple(parts))


def _split(amount: Decimal, principal: Decimal, interest: Decimal, order: str) -> tuple[Decimal, Decimal]:
    """Return what of an amount goes to principal and to interest; what is left of it came too much."""
    interest = max(interest, ZERO)
    if order == INTEREST_FIRST:
        to_interest = min(amount, interest)
        return min(amount - to_interest, principal), to_interest
    to_principal = min(amount, principal)
    return to_principal, min(amount - to_principal, interest)


def _interest(
    principal: Decimal, terms: Terms, repaid: Sequence[Repayment], until: date
) -> tuple[Decimal, tuple[Line, ...]]:
    """Return the interest from the first tranche until a day with its lines."""
    total = terms.fixed
    lines: list[Line] = []
    for first, last, amount in _stretches(terms, until):
        before = sum((one.amount for one in repaid if one.on < first), ZERO)
        within = [one for one in repaid if first <= one.on <= last]
        rest = amount - before
        if rest <= 0:
            continue
        last = _last_day_owed(rest, within, last)
        found = interest_on(rest, first, last, terms.rates, terms.surcharges, terms.day_count, within)
        total += found.total
        lines += found.lines
    return total, tuple(lines)


def _last_day_owed(rest: Decimal, repaid: Sequence[Repayment], last: date) -> date:
    """Return the day on which nothing is owed any more, or `last`."""
    for one in repaid:
        rest -= one.amount
        if rest <= 0:
            return one.on
    return last


def _stretches(terms: Terms, until: date) -> list[tuple[date, date, Decimal]]:
    """Return the days with interest, cut where a tranche begins and where it pauses, with what was paid out by then."""
    begins = sorted({one.first for one in terms.tranches if one.first <= until})
    found = []
    for first, following in zip(begins, [*begins[1:], None], strict=False):  # none at all where nothing begins
        amount = sum((one.amount for one in terms.tranches if one.first <= first), ZERO)
        last = following - ONE_DAY if following else until
        found += [(begin, end, amount) for begin, end in _without_pauses(first, last, terms.pauses)]
    return found


def _without_pauses(first: date, last: date, pauses: Iterable[Pause]) -> list[tuple[date, date]]:
    """Return the parts of a period outside of the pauses."""
    left = []
    for pause in sorted(pauses, key=lambda one: one.first):
        if pause.last < first or pause.first > last:
            continue
        if first < pause.first:
            left.append((first, pause.first - ONE_DAY))
        first = max(first, pause.last + ONE_DAY)
    return [*left, (first, last)] if first <= last else left


def tranches_last_in(principal: Decimal, payments: Iterable[tuple[date, Decimal]]) -> tuple[Tranche, ...]:
    """Return which payments a sum paid without right came from: first in, first out, so what came last is too much.

    Payments are (day, euros). Raises InputRefused if they are less than the sum.
    """
    found, rest = [], principal
    for day, amount in sorted(payments, reverse=True):
        part = min(amount, rest)
        if part > 0:
            found.append(Tranche(day, part))
            rest -= part
    if rest > 0:
        raise InputRefused(_("Ausgezahlt wurde weniger, als zurückgefordert wird."), "principal")
    return tuple(reversed(found))


def not_before(day: date | None, tranches: Iterable[Tranche]) -> tuple[Tranche, ...]:
    """Return the tranches with no interest before a day: what was paid earlier begins on it, in one tranche."""
    if day is None:
        return tuple(tranches)
    found = {}
    for one in tranches:
        first = max(one.first, day)
        found[first] = found.get(first, ZERO) + one.amount
    return tuple(Tranche(first, amount) for first, amount in sorted(found.items()))


def late_use(paid_on: date, due_on: date, uses: Sequence[Settlement], terms: Terms) -> tuple[Decimal, tuple[Line, ...]]:
    """Return the interest on what was used after the last day for it, from payment until use, with its lines.

    What was used in time bears none. Rule: § 49a (4) VwVfG NRW.
    """
    late = sorted((one for one in uses if one.on > due_on), key=lambda one: one.on)
    if not late:
        return ZERO, ()
    amount = sum((one.amount for one in late), ZERO)
    repayments = [Repayment(one.on, one.amount) for one in late]
    found = interest_on(amount, paid_on, late[-1].on, terms.rates, terms.surcharges, terms.day_count, repayments)
    return found.total, found.lines
