"""When a grant may be called: its instalments by the guideline's payout plan, and what is due on a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from verbund.core import deadlines
from verbund.core.dates import holidays_from, shift
from verbund.core.money import CENT, EURO, format_euro, round_half_up, to_cents
from verbund.funding import amounts, queries
from verbund.funding.clock_kinds import LAST_DRAWDOWN
from verbund.funding.document_data import Instalment as PlannedInstalment
from verbund.funding.lifecycle import COUNTING_DRAWDOWNS, DrawdownStatus
from verbund.funding.models import Decision, Drawdown, GrantApplication, GrantNotice, ProofOfUse
from verbund.programmes import queries as programmes


def instalments(decision: Decision) -> list[PlannedInstalment]:
    """Return the instalments of a decision: days from the payout plan (next bank day), amounts that sum to the grant.

    Amounts are rounded as the grant is (whole euros or cents), each as the difference of rounded running sums. A grant
    over several budget years has the plan of each year for what is granted in it.
    """
    years = amounts.amounts_by_year(decision.parameters, decision.amount)
    return [part for year, amount in years.items() for part in _in_year(decision, year, amount)]


def _in_year(decision: Decision, year: int, amount: Decimal) -> list[PlannedInstalment]:
    plan = programmes.payout_plan_for(decision.application.call.guideline, year)
    whole = sum((Fraction(row.part) for row in plan), Fraction(0))
    if not plan or not whole:
        return [PlannedInstalment(None, amount)]
    holidays = holidays_from(date(year, 1, 1), days=380)
    unit = EURO if decision.parameters["rules"]["rounding"] == "EURO" and amount == int(amount) else CENT
    parts, running, paid = [], Fraction(0), Decimal(0)
    for row in plan:
        running += Fraction(row.part) / whole
        until_here = to_cents(round_half_up(Fraction(amount) * running, unit))
        due_on = shift(date(year, row.month, row.day), holidays)[0] if row.month else None
        parts.append(PlannedInstalment(due_on, until_here - paid))
        paid = until_here
    return parts


def pay_days(call) -> list[date | None]:
    """Return the days of the payout plan as written, in its order; None for a part that is due when final.

    A grant over several budget years has the plan of each year, as its instalments do.
    """
    years = amounts.titles_by_year(call)
    plans = [(year, programmes.payout_plan_for(call.guideline, year)) for year in years]
    return [
        day
        for year, plan in plans
        for day in ([date(year, row.month, row.day) if row.month else None for row in plan] or [None])
    ]


def amount_called(notice: GrantNotice) -> Decimal:
    """Return the euros of all calls of the grant that count (not rejected, not withdrawn), whatever the version."""
    return _sum_of(drawdowns_of(notice).filter(status__in=COUNTING_DRAWDOWNS))


def amount_paid(application: GrantApplication) -> Decimal:
    """Return the euros paid out on a grant, all versions together."""
    paid = Drawdown.objects.filter(notice__decision__application=application, status=DrawdownStatus.DISBURSED)
    return _sum_of(paid)


def amount_returned(application: GrantApplication) -> Decimal:
    """Return the euros that came back and may be called again while the grant grants them: see `queries.RECALLABLE`."""
    return queries.repayments_to_call_again(application).aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")


def amount_drawn(notice: GrantNotice) -> Decimal:
    """Return how far a grant is used up: the calls that count, less what came back."""
    return amount_called(notice) - amount_returned(notice.application)


def amount_kept(application: GrantApplication) -> Decimal:
    """Return the euros paid out on a grant less what came back."""
    return amount_paid(application) - amount_returned(application)


def amount_recognised(application: GrantApplication) -> Decimal | None:
    """Return the euros recognised at the proof of use; None before that is decided."""
    decided = ProofOfUse.objects.filter(application=application, kind=ProofOfUse.Kind.FINAL)
    return decided.values_list("amount_recognised", flat=True).first()


def drawdowns_of(notice: GrantNotice) -> QuerySet[Drawdown]:
    """Return the calls for money of a grant, whatever version they were made under."""
    return Drawdown.objects.filter(notice__decision__application_id=notice.decision.application_id)


def _sum_of(drawdowns: QuerySet[Drawdown]) -> Decimal:
    return drawdowns.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")


def versions_to_pay_by(notice: GrantNotice) -> list[GrantNotice]:
    """Return the versions that limit what may be called now: the last final one and all that came after it.

    So a lower version counts at once (§ 43 (1) VwVfG NRW), a higher one when it is final. Empty: nothing may be called.
    """
    versions = list(queries.versions_of(notice.application).prefetch_related("instalments"))
    final = [place for place, one in enumerate(versions) if one.is_final]
    return versions[final[-1] :] if final and notice.is_grant else []


def amount_due(notice: GrantNotice, *, on: date) -> Decimal:
    """Return the euros that have fallen due by a day, whether called or not. A part without a day is due when final."""
    due = (part.amount for part in notice.instalments.all() if part.due_on is None or part.due_on <= on)
    return sum(due, Decimal("0.00"))


def next_due_sentence(notice: GrantNotice, *, on: date) -> str:
    """Return the sentence that says when the next part falls due, or that everything is due."""
    coming = next((part for part in notice.instalments.all() if part.due_on and part.due_on > on), None)
    if coming is None:
        return _("Alle Raten sind fällig.")
    return _("Ab %(day)s kommen %(amount)s dazu.") % {
        "day": f"{coming.due_on:%d.%m.%Y}",
        "amount": format_euro(coming.amount),
    }


@dataclass(frozen=True)
class Balance:
    """Where the money of a grant stands on a day, in euros. `due` is what may be called today.

    What came back (`returned`) is there to be called again, as far as the grant still grants it.
    """

    granted: Decimal
    fallen_due: Decimal
    called: Decimal
    returned: Decimal
    due: Decimal
    next_due: str
    last_day: date
    is_over: bool

    @property
    def left(self) -> Decimal:
        return self.granted - self.called + self.returned

    @property
    def working_of_left(self) -> list[dict]:
        """Return the lines of "wie?" for what is left."""
        return [
            {"label": _("bewilligt"), "value": self.granted},
            *self._lines_of_called,
        ]

    @property
    def working_of_due(self) -> list[dict]:
        """Return the lines of "wie?" for what may be called today."""
        lines = [
            {"label": _("bis heute fällig"), "value": self.fallen_due},
            *self._lines_of_called,
        ]
        gap = self.due - (self.fallen_due - self.called + self.returned)
        return [*lines, {"label": _("noch nicht oder nicht mehr abrufbar"), "value": gap}] if gap else lines

    @property
    def _lines_of_called(self) -> list[dict]:
        called = [{"label": _("abgerufen"), "value": -self.called}]
        return [*called, {"label": _("zurückgezahlt"), "value": self.returned}] if self.returned else called


def balance_of(notice: GrantNotice, *, on: date) -> Balance:
    """Return the balance of a grant on a day; nothing may be called before it is final or after the last day."""
    last_day = deadlines.due_of(LAST_DRAWDOWN, notice) or notice.application.call.drawdowns_until
    limits = versions_to_pay_by(notice)
    fallen_due = min((amount_due(one, on=on) for one in limits), default=amount_due(notice, on=on))
    recognised = amount_recognised(notice.application)
    fallen_due = fallen_due if recognised is None else min(fallen_due, recognised)
    called, returned = amount_called(notice), amount_returned(notice.application)
    callable_now = bool(limits) and on <= last_day
    return Balance(
        granted=notice.amount_granted,
        fallen_due=fallen_due,
        called=called,
        returned=returned,
        due=max(fallen_due - called + returned, Decimal("0.00")) if callable_now else Decimal("0.00"),
        next_due=_("Die Frist für Mittelabrufe ist abgelaufen.") if on > last_day else next_due_sentence(notice, on=on),
        last_day=last_day,
        is_over=on > last_day,
    )
