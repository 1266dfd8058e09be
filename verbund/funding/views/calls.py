"""Calls: the list of programme years, prepare, correct, open, close."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import operations, permissions, queries
from verbund.funding.forms.money import CallForm
from verbund.funding.lifecycle import CallStatus
from verbund.funding.views.acts import act_at_once, act_with_form

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
