"""The list of centres by day, and the pages on which a centre's lead and the operator keep its name and life true."""

from collections import Counter
from datetime import date
from functools import lru_cache

from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from verbund.core.audit import history_of
from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate, public
from verbund.core.views import show
from verbund.directory import operations, permissions, queries, reading, reference_day
from verbund.directory.calculations import CentreState, years_label
from verbund.directory.forms import CentreFilterForm, CentreForm, LifeStepForm

LONGEST_FILTER = 200


@public
@require_safe
def centre_list(request):
    """All centres on the reference day, with filters that live in the address; one page."""
    chosen = reference_day.chosen(request)
    typed = tuple((name, request.GET[name][:LONGEST_FILTER]) for name in CentreFilterForm.base_fields
                  if name in request.GET)  # fmt: skip
    body = _found(typed, chosen.day, today(), queries.newest_change_of_centres(), get_language())
    return show(request, "directory/centres.html", {"body": body, "reference_day": chosen})


@lru_cache(maxsize=200)
def _found(typed: tuple, day: date, now: date, changed_at, language: str) -> str:
    """Return the filters and the rows that pass them, kept in memory until some centre changes; for everybody alike."""
    form = CentreFilterForm(dict(typed), regions=queries.regions())
    filters = form.chosen()
    rows = queries.centre_list(on=day, **filters)
    for row in rows:
        row["first_year"] = years_label(row["started_from_year"], row["started_to_year"])
        row["tone"] = reading.TONES[row["state"]]
    counts = Counter(row["state"] for row in rows)
    context = {
        "form": form,
        "rows": rows,
        "is_filtered": bool(filters),
        "reference_day": reference_day.ReferenceDay(day, is_today=day == now),
        "counts": [{"label": state.label, "number": counts[state]} for state in CentreState if counts[state]],
    }
    return render_to_string("directory/centres_found.html", context)


@gate(among=queries.centres_visible_to, may=permissions.can_describe_centre)
@require_http_methods(["GET", "POST"])
def centre_edit(request, centre):
    """Change a centre's local name and its place in the administration."""
    form = CentreForm(request.POST) if request.method == "POST" else CentreForm.of(centre)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = dict(form.cleaned_data)
            try:
                operations.describe_centre(centre, seen=values.pop("version"), actor=request.actor, **values)
                return redirect(centre)
            except DomainError as refusal:
                show_on(form, refusal)
                status = refusal.status
    context = {
        "centre": centre,
        "form": form,
        "stored": CentreForm.of(centre).initial if status == 409 else None,
        "history": history_of(centre),
    }
    return show(request, "directory/centre_edit.html", context, status=status)


@gate(among=queries.centres_visible_to, may=permissions.can_record_life_step)
@require_http_methods(["GET", "POST"])
def life_step_add(request, centre):
    """Record a step in a centre's life."""
    form = LifeStepForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                operations.record_life_step(centre, on=today(), actor=request.actor, **form.facts())
                return redirect(_life_of(centre))
            except DomainError as refusal:
                show_on(form, refusal)
                status = refusal.status
    return show(request, "directory/life_step.html", {"centre": centre, "form": form}, status=status)


@gate(among=queries.life_steps_visible_to, may=permissions.can_correct_life_step)
@require_http_methods(["GET", "POST"])
def life_step_correct(request, step):
    """Correct a step in a centre's life."""
    form = LifeStepForm(request.POST) if request.method == "POST" else LifeStepForm.of(step)
    stored, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            seen = form.cleaned_data["version"] or 0
            try:
                operations.correct_life_step(step, on=today(), seen=seen, actor=request.actor, **form.facts())
                return redirect(_life_of(step.centre))
            except DomainError as refusal:
                show_on(form, refusal)
                status = refusal.status
                stored = reading.shown_step(step) if status == 409 else None
    context = {"centre": step.centre, "step": step, "form": form, "stored": stored, "history": history_of(step)}
    return show(request, "directory/life_step.html", context, status=status)


def _life_of(centre) -> str:
    return f"{centre.get_absolute_url()}#weg"
