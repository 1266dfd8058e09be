"""Payment lists for the cash office: make one, take its file, record what was paid, strike a payment."""

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.core import audit
from verbund.core.dates import today
from verbund.core.error_pages import unprocessable
from verbund.core.errors import DomainError
from verbund.core.exports import respond_csv_bytes
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import operations, payment_file, permissions, queries
from verbund.funding.forms.fields import ReasonForm
from verbund.funding.forms.money import DisbursementForm
from verbund.funding.lifecycle import AccountStatus, DrawdownStatus
from verbund.funding.models import BulkRun
from verbund.funding.views.acts import act_at_once, act_with_form


@gate(may=permissions.can_see_payment_lists)
def payment_lists(request):
    """All lists, and what is ordered and on none yet."""
    waiting = queries.drawdowns_to_list(request.actor)
    context = {
        "lists": queries.payment_lists_visible_to(request.actor),
        "waiting": waiting,
        "amount_waiting": waiting.order_by().aggregate(sum=Sum("amount_to_transfer"))["sum"],
        "can_pay": permissions.can_pay(request.actor),
    }
    return show(request, "funding/payment_lists.html", context)


@require_POST
@gate(may=permissions.can_pay)
def make(request):
    return act_at_once(
        request,
        lambda: operations.make_payment_list(on=today(), actor=request.actor),
        back=reverse("funding:payment-lists"),
        done=_("Die Zahlliste ist erstellt. Nehmen Sie ihre Datei für die Landeskasse."),
    )


@gate(among=queries.payment_lists_visible_to)
def payment_list(request, record):
    """One list: its payments, its file, who took it when."""
    lines = list(queries.payment_lines_visible_to(request.actor).filter(payment_list=record))
    can_pay = permissions.can_pay(request.actor)
    rows = [_row(line, can_pay=can_pay) for line in lines]
    context = {
        "payment_list": record,
        "lines": rows,
        "has_replaced_account": any(row["is_to_replaced_account"] for row in rows),
        "open_count": sum(1 for line in lines if _is_open(line)),
        "downloads": record.downloads.select_related("taken_by"),
        "can_pay": can_pay,
        "history": audit.history_of(record, *lines),
    }
    return show(request, "funding/payment_list.html", context)


def _is_open(line) -> bool:
    return line.struck_on is None and line.drawdown.status == DrawdownStatus.ORDERED


def _row(line, *, can_pay: bool) -> dict:
    return {
        "line": line,
        "iban": " ".join(line.iban[start : start + 4] for start in range(0, len(line.iban), 4)),
        "payment": getattr(line.drawdown, "disbursement", None) if line.struck_on is None else None,
        "can_strike": can_pay and _is_open(line),
        "is_to_replaced_account": _is_open(line) and line.drawdown.account.status == AccountStatus.REPLACED,
    }


@require_POST
@gate(among=queries.payment_lists_visible_to, may=lambda actor, _list: permissions.can_pay(actor))
def take_file(request, record):
    """Note that the file leaves and hand it over: the same bytes every time."""
    try:
        operations.take_payment_file(record, actor=request.actor)
    except DomainError as refusal:
        return unprocessable(request, sentence=str(refusal), back_href=record.get_absolute_url())
    return respond_csv_bytes(payment_file.content(record), name=payment_file.name(record))


@gate(among=queries.payment_lists_visible_to, may=lambda actor, _list: permissions.can_pay(actor))
def record_payments(request, record):
    """Record all open payments of a list with one day and one reference, each through its own check."""
    lines = queries.payment_lines_visible_to(request.actor).filter(payment_list=record)
    ids = [line.drawdown_id for line in lines if _is_open(line)]
    return act_with_form(
        request,
        DisbursementForm(request.POST or None, initial={"paid_on": today()}),
        lambda typed: operations.start_bulk_run(
            BulkRun.Kind.DISBURSE,
            ids,
            options={"paid_on": typed["paid_on"].isoformat(), "reference": typed["reference"]},
            on=today(),
            actor=request.actor,
        ),
        title=_("Auszahlungen der Liste festhalten"),
        intro=_("Jede Zahlung wird für sich geprüft und gebucht. Was nicht geht, steht danach mit dem Grund da."),
        label=_("Festhalten"),
        back=record.get_absolute_url(),
        done=_("Die Zahlungen werden gebucht."),
        goes_to_made=True,
        subject=record,
    )


@gate(among=queries.payment_lines_visible_to, may=lambda actor, _line: permissions.can_pay(actor))
def strike(request, record):
    return act_with_form(
        request,
        ReasonForm(request.POST or None),
        lambda typed: operations.strike_payment_line(record, **typed, on=today(), actor=request.actor),
        title=_("Zahlung von der Liste streichen"),
        intro=_(
            "Sie steht dann nicht mehr in der Datei und kommt auf die nächste Liste. Ging die Datei schon hinaus, "
            "sagen Sie der Landeskasse Bescheid."
        ),
        label=_("Streichen"),
        back=record.get_absolute_url(),
        done=_("Gestrichen; der Abruf wartet auf die nächste Liste."),
        subject=record.payment_list,
    )
