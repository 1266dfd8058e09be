"""Until when a payment must be used, what was used when, and the interest on late use."""

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.core.dates import today
from verbund.core.errors import DomainError
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import late_use, operations, permissions, queries, reclaim_reading
from verbund.funding.forms.fields import ReasonForm
from verbund.funding.forms.reclaims import UseForm
from verbund.funding.views.acts import act_with_form


@gate(among=queries.disbursements_visible_to)
def use_of_funds(request, record):
    """One payment: until when it must be used, what was used when, and what later use costs."""
    application = record.drawdown.notice.application
    last_day = late_use.last_day_of_use(record)
    found, missing = _interest(record)
    uses = list(record.uses.all())
    left = record.amount - sum(use.amount for use in uses)
    context = {
        "payment": record,
        "notice": record.drawdown.notice,
        "last_day": last_day,
        "excluded": None if last_day else late_use.why_no_clock(application),
        "uses": uses,
        "left": left,
        "late": found,
        "missing_rate": missing,
        "can_note": bool(last_day) and left > 0 and permissions.can_note_use(request.actor, record),
        "can_claim": bool(found and found.interest) and permissions.can_claim_late_use(request.actor, record),
        "reclaims": reclaim_reading.rows_of(
            queries.reclaims_visible_to(request.actor).filter(disbursement=record), request.actor
        ),
    }
    return show(request, "funding/use_of_funds.html", context)


def _interest(payment) -> tuple[late_use.LateUse | None, str]:
    try:
        return late_use.interest_of(payment, on=today()), ""
    except DomainError as refusal:
        return None, str(refusal)


def _back(payment) -> str:
    return reverse("funding:use-of-funds", args=[payment.pk])


@gate(among=queries.disbursements_visible_to, may=permissions.can_note_use)
def note_use(request, record):
    return act_with_form(
        request,
        UseForm(request.POST or None, initial={"used_on": today()}),
        lambda typed: operations.note_use(record, **typed, on=today(), actor=request.actor),
        title=_("Verwendung vermerken"),
        label=_("Vermerken"),
        back=_back(record),
        done=_("Vermerkt."),
        subject=record,
    )


@gate(among=queries.disbursements_visible_to, may=permissions.can_claim_late_use)
def claim_late_use(request, record):
    return act_with_form(
        request,
        ReasonForm(request.POST or None),
        lambda typed: operations.claim_late_use(record, **typed, on=today(), actor=request.actor),
        title=_("Zinsen wegen verspäteter Verwendung fordern"),
        label=_("Feststellen"),
        back=_back(record),
        done=_("Die Forderung ist festgestellt."),
        subject=record,
        goes_to_made=True,
    )
