"""Budget titles and calls."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.core import audit
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import ledger, operations, permissions, queries
from verbund.funding.forms.money import CallForm, PlannedAmountForm, TitleForm
from verbund.funding.lifecycle import CallStatus
from verbund.funding.models import BudgetEntry
from verbund.funding.views.acts import act_at_once, act_with_form


@gate(may=permissions.can_see_titles)
def titles(request):
    context = {
        "titles": queries.titles_visible_to(request.actor),
        "can_manage": permissions.can_manage_titles(request.actor),
    }
    return show(request, "funding/titles.html", context)


@gate(among=queries.titles_visible_to)
def title(request, record):
    """One title: planned, committed, paid, free, by centre, and every entry that sums to it."""
    page, rows = ledger.page_of(record, request.GET)
    filters = {name: request.GET.get(name, "")[:20] for name in ("art", "zentrum")}
    context = {
        "budget_title": record,
        "page": page,
        "rows": rows,
        "centres": list(ledger.by_centre(record)),
        "kinds": BudgetEntry.Kind.choices,
        "filters": filters,
        "is_filtered": any(filters.values()),
        "sees_persons": permissions.can_see_who_booked(request.actor),
        "parts": [
            {"label": _("ausgezahlt"), "amount": record.amount_paid, "tone": "success"},
            {"label": _("gebunden, nicht gezahlt"), "amount": record.amount_unpaid, "tone": "info"},
            {"label": _("frei"), "amount": record.amount_free, "tone": "neutral"},
        ],
        "working_of_free": [
            {"label": _("Ansatz"), "value": record.amount_planned},
            {"label": _("gebunden"), "value": -record.amount_committed},
        ],
        "can_manage": permissions.can_manage_titles(request.actor),
        "history": audit.history_of(record),
    }
    return show(request, "funding/title.html", context)


@gate(may=permissions.can_manage_titles)
def new_title(request):
    form = TitleForm(request.POST or None)
    form.instance.is_demo = request.user.is_demo
    return act_with_form(
        request,
        form,
        lambda _typed: operations.open_title(form.save(commit=False), actor=request.actor),
        title=_("Haushaltstitel anlegen"),
        label=_("Anlegen"),
        back=reverse("funding:titles"),
        done=_("Der Titel ist angelegt."),
    )


@gate(among=queries.titles_visible_to, may=lambda actor, _title: permissions.can_manage_titles(actor))
def change_title(request, record):
    return act_with_form(
        request,
        PlannedAmountForm(request.POST or None, initial={"amount": record.amount_planned}),
        lambda typed: operations.change_planned_amount(record, **typed, actor=request.actor),
        title=_("Ansatz ändern"),
        label=_("Ändern"),
        back=reverse("funding:title", args=[record.pk]),
        done=_("Der Ansatz ist geändert."),
        subject=record,
    )


CALL_TONES = {"DRAFT": "neutral", "OPEN": "success", "CLOSED": "neutral"}


@gate(may=permissions.reads_funding)
def calls(request):
    actor = request.actor
    found = list(queries.calls_visible_to(actor))
    context = {
        "calls": found,
        "rows": [_call_row(call) for call in found],
        "can_manage": permissions.can_manage_calls(actor),
        "can_apply": permissions.can_apply(actor) and any(call.status == CallStatus.OPEN for call in found),
        "sees_titles": permissions.can_see_titles(actor),
    }
    return show(request, "funding/calls.html", context)


def _call_row(call) -> dict:
    """Return a call with the one act that exists in its status."""
    act, label = {
        CallStatus.DRAFT: ("call-open", _("Öffnen")),
        CallStatus.OPEN: ("call-close", _("Schließen")),
        CallStatus.CLOSED: ("call-reopen", _("Wieder öffnen")),
    }[call.status]
    return {
        "call": call,
        "tone": CALL_TONES[call.status],
        "since": call.opens_on if call.status == CallStatus.OPEN and call.opens_on <= today() else None,
        "act_url": reverse(f"funding:{act}", args=[call.pk]),
        "act_label": label,
    }


@gate(may=permissions.can_manage_calls)
def new_call(request):
    form = CallForm(request.POST or None, initial={"opens_on": today()})
    return act_with_form(
        request,
        form,
        lambda _typed: operations.prepare_call(form.save(commit=False), actor=request.actor),
        title=_("Programmjahr vorbereiten"),
        label=_("Vorbereiten"),
        back=reverse("funding:calls"),
        done=_("Das Programmjahr ist vorbereitet. Öffnen Sie es, wenn Anträge möglich sein sollen."),
    )


def _manages(actor, _call) -> bool:
    return permissions.can_manage_calls(actor)


@gate(among=queries.calls_visible_to, may=_manages)
def correct_call(request, record):
    return act_with_form(
        request,
        CallForm(request.POST or None, instance=record),
        lambda _typed: operations.correct_call(record, actor=request.actor),
        title=_("Programmjahr berichtigen"),
        intro=_("Berichtigen geht, solange das Programmjahr noch nicht geöffnet war."),
        label=_("Speichern"),
        back=reverse("funding:calls"),
        done=_("Das Programmjahr ist berichtigt."),
    )


@require_POST
@gate(among=queries.calls_visible_to, may=_manages)
def open_call(request, record):
    return act_at_once(
        request,
        lambda: operations.open_call(record, actor=request.actor),
        back=reverse("funding:calls"),
        done=_("Anträge sind jetzt möglich."),
    )


@require_POST
@gate(among=queries.calls_visible_to, may=_manages)
def close_call(request, record):
    return act_at_once(
        request,
        lambda: operations.close_call(record, actor=request.actor),
        back=reverse("funding:calls"),
        done=_("Das Programmjahr ist geschlossen; begonnene Anträge können noch eingereicht werden."),
    )


@require_POST
@gate(among=queries.calls_visible_to, may=_manages)
def reopen_call(request, record):
    return act_at_once(
        request,
        lambda: operations.reopen_call(record, actor=request.actor),
        back=reverse("funding:calls"),
        done=_("Anträge sind wieder möglich."),
    )
