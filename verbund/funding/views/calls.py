"""Calls: the list of programme years, one of them with its budget years, prepare, correct, open, close."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.core import audit
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import ledger, operations, permissions, queries
from verbund.funding.forms.money import CallForm, CallYearForm, NewCallYearForm, WindowForm
from verbund.funding.lifecycle import CALL, CallStatus
from verbund.funding.views.acts import act_at_once, act_with_form


def _manages(actor, _record) -> bool:
    return permissions.can_manage_calls(actor)


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


@gate(among=queries.calls_visible_to)
def call(request, record):
    """One call: window and rules, its budget years with what each title commits."""
    actor = request.actor
    manages = permissions.can_manage_calls(actor)
    windows = list(queries.windows_visible_to(actor).filter(call=record))
    context = {
        **_call_row(record),
        "years": _years(record),
        "windows": windows,
        "is_own_window": permissions.can_apply(actor),
        "sees_titles": permissions.can_see_titles(actor),
        "can_manage": manages,
        "can_correct": manages and "correct_call" in CALL.open_for(record.status),
        "can_extend": manages and record.status != CallStatus.DRAFT and record.closes_on and not record.is_strict,
        "history": audit.history_of(record, *queries.deadlines_of_windows(windows)) if manages else None,
    }
    return show(request, "funding/call.html", context)


def _years(record) -> list[dict]:
    """Return the budget years of a call with their titles and what its grants booked on each; only the last can go."""
    booked = ledger.by_title(record)
    further = list(record.further_years.select_related("budget_title"))
    rows = [
        (None, record.budget_year, record.budget_title),
        *((one, one.budget_year, one.budget_title) for one in further),
    ]
    return [
        {
            "added": added,
            "year": year,
            "title": title,
            "booked": booked.get(title.pk, {"committed": 0, "paid": 0}),
            "is_last": added is not None and added == further[-1],
        }
        for added, year, title in rows
    ]


@gate(among=queries.calls_visible_to, may=_manages)
def add_year(request, record):
    """Let a call that was not opened yet reach into the next budget year."""
    year = record.years[-1] + 1
    last_day = date(year, 12, 31)
    form = NewCallYearForm(
        request.POST or None, year=year, initial={"period_until": last_day, "drawdowns_until": last_day}
    )
    return act_with_form(
        request,
        form,
        lambda typed: operations.add_call_year(record, **typed, actor=request.actor),
        title=_("Haushaltsjahr %(year)s hinzufügen") % {"year": year},
        intro=_title_hint(form, year),
        label=_("Hinzufügen"),
        back=record.get_absolute_url(),
        done=_("Das Haushaltsjahr ist hinzugefügt."),
    )


def _title_hint(form, year: int) -> str:
    if form.fields["budget_title"].queryset.exists():
        return _("Was Bescheide für %(year)s bewilligen, wird in diesem Titel gebunden.") % {"year": year}
    return _("Für %(year)s gibt es noch keinen Haushaltstitel; legen Sie ihn zuerst an.") % {"year": year}


@gate(among=queries.call_years_visible_to, may=_manages)
def change_year(request, record):
    """Let another title pay a further budget year."""
    form = CallYearForm(request.POST or None, year=record.budget_year, initial={"budget_title": record.budget_title_id})
    return act_with_form(
        request,
        form,
        lambda typed: operations.change_call_year(record, **typed, actor=request.actor),
        title=_("Titel für %(year)s ändern") % {"year": record.budget_year},
        label=_("Speichern"),
        back=record.call.get_absolute_url(),
        done=_("Der Titel ist geändert."),
    )


@require_POST
@gate(among=queries.call_years_visible_to, may=_manages)
def remove_year(request, record):
    return act_at_once(
        request,
        lambda: operations.remove_call_year(record, actor=request.actor),
        back=record.call.get_absolute_url(),
        done=_("Das Haushaltsjahr ist entfernt; Bewilligungszeitraum und Mittelabrufe enden im Jahr davor."),
    )


@gate(among=queries.calls_visible_to, may=_manages)
def extend_window(request, record):
    """Give one centre more time to apply."""
    return act_with_form(
        request,
        WindowForm(request.POST or None, centres=queries.centres_without_submission(record)),
        lambda typed: operations.extend_window(record, **typed, on=today(), actor=request.actor),
        title=_("Antragsfrist für ein Zentrum verlängern"),
        intro=_("Für alle anderen Zentren bleibt es bei der Antragsfrist des Programmjahrs."),
        label=_("Verlängern"),
        back=record.get_absolute_url(),
        done=_("Die Frist ist verlängert. Das Zentrum sieht den neuen Tag und den Grund."),
    )


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
