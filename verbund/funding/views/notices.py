"""Notices: the page with document, working and payments; notification, waiver, contest; the public check."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.core import audit, files
from verbund.core.dates import today
from verbund.core.permissions import gate, public
from verbund.core.views import show
from verbund.funding import amounts, operations, payout, permissions, queries
from verbund.funding.forms.fields import ReasonForm
from verbund.funding.forms.money import NotificationForm
from verbund.funding.lifecycle import NOTICE
from verbund.funding.models import GrantNotice
from verbund.funding.views.acts import act_at_once, act_with_form


@gate(among=queries.notices_visible_to)
def notice(request, record):
    """One notice: what was granted and how it is worked out, where it stands, what was called and paid."""
    return notice_page(request, record)


def notice_page(request, record, *, status: int = 200, **forms):
    actor, moves = request.actor, NOTICE.open_for(record.status)
    called = operations.amount_called(record)
    authority = permissions.can_record_notification(actor, record)
    context = {
        "notice": record,
        "application": record.application,
        "computation": amounts.recompute(record.parameters) if record.is_grant else None,
        "deviation": record.decision.amount - record.decision.amount_computed if record.is_grant else 0,
        "instalments": record.instalments.all(),
        "drawdowns": _drawdown_rows(actor, record),
        "amount_called": called,
        "amount_left": record.amount_granted - called,
        "amount_due": max(payout.amount_due(record, on=today()) - called, 0) if record.is_final else 0,
        "next_due": payout.next_due_sentence(record, on=today()) if record.is_grant else "",
        "can_notify": authority and "record_notification" in moves,
        "can_contest": authority and "contest" in moves,
        "can_settle": authority and "settle_contest" in moves,
        "can_mark_remedy": authority and record.remedy_is_correct and not record.is_final,
        "can_waive": permissions.can_waive_remedy(actor, record) and "accept_waiver" in moves,
        "can_draw": permissions.can_request_drawdown(actor, record) and record.is_final and record.is_grant,
        "notification_form": NotificationForm(initial={"how": "ELECTRONIC", "day": today()}),
        "history": audit.history_of(record, *record.drawdowns.all()),
        **forms,
    }
    return show(request, "funding/notice.html", context, status=status)


def _drawdown_rows(actor, record) -> list[dict]:
    drawdowns = record.drawdowns.select_related("account", "disbursement", "requested_by", "verified_by", "ordered_by")
    return [
        {
            "drawdown": one,
            "can_verify": one.status == "SUBMITTED" and permissions.can_verify_drawdown(actor, one),
            "can_order": one.status == "VERIFIED" and permissions.can_order_drawdown(actor, one),
            "can_reject": one.status in {"SUBMITTED", "VERIFIED"} and permissions.can_reject_drawdown(actor, one),
            "can_withdraw": one.status == "SUBMITTED" and permissions.can_withdraw_drawdown(actor, one),
            "can_disburse": one.status == "ORDERED" and permissions.can_disburse(actor, one),
        }
        for one in drawdowns
    ]


@gate(among=queries.notices_visible_to)
def document(request, record):
    return files.respond(record.document)


@require_POST
@gate(among=queries.notices_visible_to, may=permissions.can_record_notification)
def notify(request, record):
    return act_with_form(
        request,
        NotificationForm(request.POST),
        lambda typed: operations.record_notification(record, **typed, on=today(), actor=request.actor),
        title=_("Bekanntgabe festhalten"),
        label=_("Festhalten"),
        back=record.get_absolute_url(),
        done=_("Die Bekanntgabe ist festgehalten; die Klagefrist läuft."),
        subject=record,
    )


@require_POST
@gate(among=queries.notices_visible_to, may=permissions.can_waive_remedy)
def waive(request, record):
    return act_at_once(
        request,
        lambda: operations.waive_remedy(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Auf Rechtsbehelfe ist verzichtet; der Bescheid ist bestandskräftig."),
    )


@gate(among=queries.notices_visible_to, may=permissions.can_record_notification)
def mark_remedy(request, record):
    return act_with_form(
        request,
        ReasonForm(request.POST or None),
        lambda typed: operations.mark_remedy_as_wrong(record, **typed, actor=request.actor),
        title=_("Rechtsbehelfsbelehrung war falsch"),
        intro=_("Die Klagefrist beträgt dann ein Jahr (§ 58 Absatz 2 VwGO)."),
        label=_("Festhalten"),
        back=record.get_absolute_url(),
        done=_("Festgehalten; die Klagefrist ist jetzt ein Jahr."),
        subject=record,
    )


@gate(among=queries.notices_visible_to, may=permissions.can_record_notification)
def contest(request, record):
    return act_with_form(
        request,
        ReasonForm(request.POST or None),
        lambda typed: operations.contest(record, **typed, on=today(), actor=request.actor),
        title=_("Klage festhalten"),
        label=_("Festhalten"),
        back=record.get_absolute_url(),
        done=_("Die Klage ist festgehalten; der Bescheid wird nicht von selbst bestandskräftig."),
        subject=record,
    )


@gate(among=queries.notices_visible_to, may=permissions.can_record_notification)
def settle_contest(request, record):
    return act_with_form(
        request,
        ReasonForm(request.POST or None),
        lambda typed: operations.settle_contest(record, **typed, on=today(), actor=request.actor),
        title=_("Ende des Klageverfahrens festhalten"),
        intro=_("Der Bescheid hat Bestand."),
        label=_("Festhalten"),
        back=record.get_absolute_url(),
        done=_("Der Bescheid ist bestandskräftig."),
        subject=record,
    )


@public
def verify(request):
    """Anybody may check a notice by the code printed on it."""
    typed = request.GET.get("code", "")[:40].replace("-", "").replace(" ", "").upper()
    if typed.isalnum():
        return redirect("funding:verification", typed)
    return show(request, "funding/verify.html", {"code": typed})


@public
def verification(request, code):
    """Says only when a notice was issued, by whom, and whether the stored document is unchanged; no sum, no recipient."""
    found = GrantNotice.objects.filter(verification_code=code.upper()).select_related("document").first()
    context = {"code": code, "notice": found, "is_unchanged": found is not None and found.document.is_unchanged()}
    return show(request, "funding/verification.html", context, status=200 if found else 404)
