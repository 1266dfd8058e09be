"""Whether and until when a payment must be used, and what later use costs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from verbund.core.dates import add_months, next_working_day
from verbund.funding import reclaim_account
from verbund.funding.calculations import claims
from verbund.funding.calculations.base_grant import Line
from verbund.funding.calculations.claims import Settlement
from verbund.funding.models import Disbursement, GrantApplication
from verbund.programmes import queries as programmes
from verbund.programmes.models import PolicyValue

PERIOD, EXCLUDED = "USE_WITHIN_MONTHS", "ANBEST_G_EXCLUDED"


@dataclass(frozen=True)
class LateUse:
    """What was used late in euros, the interest on it, and its working."""

    amount: Decimal
    interest: Decimal
    lines: tuple[Line, ...]


def clock_of(application: GrantApplication) -> PolicyValue | None:
    """Return the row that says how many months a carrier has to use a payment; None where the clock does not run."""
    call = application.call
    return programmes.policy_value(call.guideline, PERIOD, call.budget_year)


def why_no_clock(application: GrantApplication) -> PolicyValue | None:
    """Return the row that excludes the numbers of ANBest-G with the period for use, if there is one."""
    call = application.call
    return programmes.policy_value(call.guideline, EXCLUDED, call.budget_year)


def last_day_of_use(payment: Disbursement) -> date | None:
    """Return the last day to use a payment (months from its day, moved to a working day); None without a clock."""
    months = clock_of(payment.drawdown.notice.application)
    return next_working_day(add_months(payment.paid_on, int(months.value))) if months else None


def interest_of(payment: Disbursement, *, on: date) -> LateUse | None:
    """Return the interest on what was used after the last day, from payment until use; None without a clock."""
    last_day = last_day_of_use(payment)
    if last_day is None:
        return None
    uses = [Settlement(use.used_on, use.amount, use.pk) for use in payment.uses.all()]
    late = sum((use.amount for use in uses if use.on > last_day), Decimal("0.00"))
    tranche = claims.Tranche(payment.paid_on, payment.amount)
    terms = reclaim_account.terms_from(reclaim_account.parameters_for((tranche,), until=on))
    total, lines = claims.late_use(payment.paid_on, last_day, uses, terms)
    return LateUse(late, total, lines)
