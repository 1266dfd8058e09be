"""Notices: the page with document, working and payments; notification, waiver, contest; the public check."""

from decimal import Decimal

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from verbund.core import audit, files
from verbund.core.dates import today
from verbund.core.permissions import gate, public
from verbund.core.views import show
from verbund.funding import (
    amounts,
    ledger,
    letters,
    payout,
    permissions,
    proof_page,
    queries,
    remedy_page,
    versions_page,
)
from verbund.funding.models import GrantNotice, ReclaimNotice
from verbund.funding.models.notices import in_groups
from verbund.funding.notice_step import is_same_person, next_step, steps_of
from verbund.funding.reading_log import noted
from verbund.funding.views import remedies

DRAWDOWN_TONES = {
    "SUBMITTED": "info",
    "VERIFIED": "info",
    "ORDERED": "info",
    "DISBURSED": "success",
    "REJECTED": "danger",
    "WITHDRAWN": "neutral",
}


@gate(among=queries.notices_visible_to)
@noted(gettext_lazy("Bescheid"))
def notice(request, record):
    """One notice: what was granted and how it is worked out, where it stands, what was called and paid."""
    return notice_page(request, record)


def notice_page(request, record, *, status: int = 200):
    actor, day = request.actor, today()
    drawdowns = list(payout.drawdowns_of(record).select_related("account", "disbursement", "notice"))
    balance = payout.balance_of(record, on=day)
    context = {
        "notice": record,
        "application": record.application,
        "decision": record.decision,
        "status_since": remedy_page.since(record, day),
        "computation": amounts.recompute(record.parameters) if record.is_grant else None,
        "working_lines": _working(record),
        "balance": balance,
        "step": next_step(record, balance, drawdowns, actor, on=day),
        "instalments": record.instalments.all(),
        "years": ledger.by_year(record) if len(amounts.years_in(record.parameters)) > 1 else [],
        "sees_titles": permissions.can_see_titles(actor),
        "drawdowns": [_drawdown_row(actor, one) for one in drawdowns],
        "sees_accounts": permissions.can_see_accounts(actor) or permissions.is_auditor(actor),
        **remedy_page.about(record, actor, on=day),
        "history": audit.history_of(record, *drawdowns),
        "tone": remedy_page.TONES[record.status],
        "steps": steps_of(record, drawdowns),
        "parts": _parts(balance, drawdowns),
        "code": in_groups(record.verification_code),
        **versions_page.about(record, actor, on=day),
        **proof_page.about(record, actor, on=day),
    }
    return show(request, "funding/notice.html", context, status=status)


def _working(record) -> list:
    """Return the lines of the computation; a deviation decided with reasons is a line of its own."""
    if not record.is_grant:
        return []
    decision = record.decision
    lines = list(amounts.recompute(record.parameters).lines)
    deviation = decision.amount - decision.amount_computed
    if deviation:
        lines.append({"label": _("Abweichung"), "value": deviation, "note": decision.deviation_reason})
    return lines


def _parts(balance, drawdowns) -> list[dict]:
    """Return what was paid and kept, what is called and not yet paid, and what is left, for the bar."""
    paid = sum((one.amount for one in drawdowns if one.status == "DISBURSED"), Decimal(0))
    return [
        {"label": _("ausgezahlt"), "amount": paid - balance.returned, "tone": "success"},
        {"label": _("abgerufen, nicht gezahlt"), "amount": balance.called - paid, "tone": "info"},
        {"label": _("noch offen"), "amount": balance.left, "tone": "neutral"},
    ]


def _drawdown_row(actor, one) -> dict:
    same_orders = is_same_person(actor, one, "verified")
    same_pays = is_same_person(actor, one, "verified", "ordered")
    acts = {
        "can_verify": one.status == "SUBMITTED" and permissions.can_verify_drawdown(actor, one),
        "can_order": one.status == "VERIFIED" and permissions.can_order_drawdown(actor, one),
        "can_reject": one.status in {"SUBMITTED", "VERIFIED"} and permissions.can_reject_drawdown(actor, one),
        "can_withdraw": one.status == "SUBMITTED" and permissions.can_withdraw_drawdown(actor, one),
        "can_disburse": one.status == "ORDERED" and permissions.can_disburse(actor, one),
    }
    return {
        **acts,
        "has_act": any(acts.values()),
        "drawdown": one,
        "tone": DRAWDOWN_TONES[one.status],
        "payment": getattr(one, "disbursement", None),
        "account_is_replaced": one.status != "DISBURSED" and one.account.status == "REPLACED",
        "since": _drawdown_since(one),
        "why_not_order": _("Anordnen kann nur eine zweite Person.") if same_orders else "",
        "why_not_disburse": _("Wer feststellt oder anordnet, zahlt nicht aus.") if same_pays else "",
    }


def _drawdown_since(one):
    """Return the day the status of a call for money began; rejection and withdrawal stand in the history."""
    if one.status == "DISBURSED":
        return one.disbursement.paid_on
    return {"SUBMITTED": one.requested_on, "VERIFIED": one.verified_on, "ORDERED": one.ordered_on}.get(one.status)


@gate(among=queries.notices_visible_to)
@noted(gettext_lazy("Schriftstück des Bescheids"))
def document(request, record):
    return files.respond(record.document)


@require_POST
@gate(among=queries.notices_visible_to, may=permissions.can_record_notification)
def notify(request, record):
    return remedies.notify(request, record)


@require_POST
@gate(among=queries.notices_visible_to, may=permissions.can_waive_remedy)
def waive(request, record):
    return remedies.waive(request, record)


@gate(among=queries.notices_visible_to, may=permissions.can_record_notification)
def mark_remedy(request, record):
    return remedies.mark_remedy(request, record)


@gate(among=queries.notices_visible_to, may=permissions.can_record_notification)
def contest(request, record):
    return remedies.contest(request, record)


@gate(among=queries.notices_visible_to, may=permissions.can_record_notification)
def settle_contest(request, record):
    return remedies.settle_contest(request, record)


@public
def verify(request):
    """Anybody may check a notice by the code printed on it."""
    typed = _plain(request.GET.get("code", ""))
    if typed.isascii() and typed.isalnum():
        return redirect("funding:verification", typed)
    return show(request, "funding/verify.html", {"was_typed": "code" in request.GET})


@public
def verification(request, code):
    """Say only when a notice was issued, by whom, and whether the stored document is unchanged.

    Neither sum nor recipient nor kind of notice: twelve random characters open this and nothing else.
    """
    plain = _plain(code)
    notices = GrantNotice.objects.select_related("document")
    claims = ReclaimNotice.objects.select_related("document").filter(verification_code=plain)
    is_code = plain.isascii() and plain.isalnum()
    found = (notices.filter(verification_code=plain).first() or claims.first()) if is_code else None
    if found is None:
        return show(request, "funding/verify.html", {"is_unknown": True}, status=404)
    context = {
        "code": in_groups(found.verification_code),
        "issued_on": found.issued_on,
        "issued_by": letters.granting_authority().name,
        "deleted_on": found.application.deleted_on,
        "is_unchanged": found.document is not None and found.document.is_unchanged(),
    }
    return show(request, "funding/verification.html", context)


def _plain(code: str) -> str:
    """Return a code as it is stored, whether typed with dashes, with spaces or in small letters."""
    return code[:40].replace("-", "").replace(" ", "").upper()
