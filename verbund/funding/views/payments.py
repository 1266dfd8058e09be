"""Accounts, calls for money, payments."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.core.acting import persons_of
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory.models import Carrier
from verbund.funding import operations, payout, permissions, queries
from verbund.funding.forms.fields import ReasonForm
from verbund.funding.forms.money import AccountForm, DisbursementForm, DrawdownForm
from verbund.funding.lifecycle import AccountStatus
from verbund.funding.views.acts import act_at_once, act_with_form


@gate(among=queries.notices_visible_to, may=permissions.can_request_drawdown)
def request_drawdown(request, record):
    """Call money, with what is due and what is left in sight."""
    balance = payout.balance_of(record, on=today())
    return act_with_form(
        request,
        DrawdownForm(request.POST or None, initial={"amount": balance.due}),
        lambda typed: operations.request_drawdown(record, **typed, on=today(), actor=request.actor),
        title=_("Mittel abrufen"),
        label=_("Abrufen"),
        back=record.get_absolute_url(),
        done=_("Abgerufen. Die Bewilligungsbehörde prüft und ordnet die Zahlung an."),
        subject=record,
        balance=balance,
    )


@require_POST
@gate(among=queries.drawdowns_visible_to, may=permissions.can_verify_drawdown)
def verify_drawdown(request, record):
    return act_at_once(
        request,
        lambda: operations.verify_drawdown(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Festgestellt. Eine zweite Person ordnet an."),
    )


@require_POST
@gate(among=queries.drawdowns_visible_to, may=permissions.can_order_drawdown)
def order_drawdown(request, record):
    return act_at_once(
        request,
        lambda: operations.order_drawdown(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Angeordnet. Die Kasse zahlt aus."),
    )


@require_POST
@gate(among=queries.drawdowns_visible_to, may=permissions.can_withdraw_drawdown)
def withdraw_drawdown(request, record):
    return act_at_once(
        request,
        lambda: operations.withdraw_drawdown(record, actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Der Abruf ist zurückgezogen."),
    )


@gate(among=queries.drawdowns_visible_to, may=permissions.can_reject_drawdown)
def reject_drawdown(request, record):
    return act_with_form(
        request,
        ReasonForm(request.POST or None),
        lambda typed: operations.reject_drawdown(record, **typed, actor=request.actor),
        title=_("Mittelabruf zurückweisen"),
        label=_("Zurückweisen"),
        back=record.get_absolute_url(),
        done=_("Der Abruf ist zurückgewiesen; der Betrag kann neu abgerufen werden."),
        subject=record.notice,
    )


@gate(among=queries.drawdowns_visible_to, may=permissions.can_disburse)
def disburse(request, record):
    return act_with_form(
        request,
        DisbursementForm(request.POST or None, initial={"paid_on": today()}),
        lambda typed: operations.record_disbursement(record, **typed, on=today(), actor=request.actor),
        title=_("Auszahlung festhalten"),
        label=_("Festhalten"),
        back=record.get_absolute_url(),
        done=_("Die Auszahlung ist gebucht."),
        subject=record.notice,
        payment=record,
        account=queries.account_of_payment(record),
        offset=(offset := queries.planned_offset(record)),
        transfer=record.amount - (offset.amount if offset else 0),
    )


ACCOUNT_TONES = {"PROPOSED": "warning", "CONFIRMED": "success", "REJECTED": "neutral", "REPLACED": "neutral"}


@gate(may=permissions.can_see_accounts)
def accounts(request):
    """The accounts this person may see; who may confirm one and did not propose it has that as next step."""
    found = queries.accounts_visible_to(request.actor)
    rows = [_account_row(request.actor, account) for account in found]
    context = {
        "rows": rows,
        "waiting": any(row["can_confirm"] and not row["why_not"] for row in rows),
        "can_propose": permissions.can_propose_account(request.actor),
    }
    return show(request, "funding/accounts.html", context)


def _account_row(actor, account) -> dict:
    is_own = bool(actor.persons & persons_of(account, "proposed"))
    return {
        "account": account,
        "iban": " ".join(account.iban[start : start + 4] for start in range(0, len(account.iban), 4)),
        "tone": ACCOUNT_TONES[account.status],
        "since": account.confirmed_at if account.status == AccountStatus.CONFIRMED else account.proposed_at,
        "can_confirm": account.status == AccountStatus.PROPOSED and permissions.can_confirm_account(actor, account),
        "why_not": _("Bestätigen kann nur eine zweite Person.") if is_own else "",
    }


@gate(may=permissions.can_propose_account)
def propose_account(request):
    carrier = Carrier.objects.get(pk=request.actor.carrier_id)
    return act_with_form(
        request,
        AccountForm(request.POST or None, initial={"holder": str(carrier)}),
        lambda typed: operations.propose_account(carrier, **typed, actor=request.actor),
        title=_("Konto hinterlegen"),
        intro=_("Eine zweite Person Ihres Hauses muss das Konto bestätigen, bevor darauf gezahlt wird."),
        label=_("Hinterlegen"),
        back=reverse("funding:accounts"),
        done=_("Das Konto wartet auf die Bestätigung durch eine zweite Person."),
    )


@require_POST
@gate(among=queries.accounts_visible_to, may=permissions.can_confirm_account)
def confirm_account(request, record):
    return act_at_once(
        request,
        lambda: operations.confirm_account(record, actor=request.actor),
        back=reverse("funding:accounts"),
        done=_("Das Konto ist bestätigt."),
    )


@require_POST
@gate(among=queries.accounts_visible_to, may=permissions.can_confirm_account)
def reject_account(request, record):
    return act_at_once(
        request,
        lambda: operations.reject_account(record, actor=request.actor),
        back=reverse("funding:accounts"),
        done=_("Das Konto ist verworfen."),
    )
