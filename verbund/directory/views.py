"""Public pages of centres and authorities, and the pages on which a centre's lead and the operator keep them true."""

from datetime import date
from functools import lru_cache

from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from verbund.core.acting import ANONYMOUS
from verbund.core.audit import history_of
from verbund.core.dates import day_in_berlin, today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate, public
from verbund.core.versions import StaleVersion
from verbund.core.views import show
from verbund.directory import operations, permissions, queries
from verbund.directory.calculations import CentreState, covers, period_label, state_on, years_label
from verbund.directory.forms import CentreFilterForm, CentreForm, LifeStepForm, ReferenceDayForm
from verbund.directory.models import District, LifeStep, Organisation

TONES = {
    CentreState.RUNNING: "success",
    CentreState.PREPARING: "info",
    CentreState.RANGE: "neutral",
    CentreState.NONE: "neutral",
}
NETWORK_TITLES = {
    Organisation.Kind.MINISTRY: _("Ministerien"),
    Organisation.Kind.GRANTING_AUTHORITY: _("Bewilligungsbehörde"),
    Organisation.Kind.COORDINATION_UNIT: _("Koordinierungsstellen"),
    Organisation.Kind.REGIONAL_GOVERNMENT: _("Bezirksregierungen"),
}
ORDER_WITHIN_A_DAY = list(LifeStep.Kind)


@public
@require_safe
def centre_list(request):
    """All centres with filters that live in the address; one page."""
    form = CentreFilterForm(request.GET, regions=queries.regions())
    chosen = tuple(sorted(form.chosen().items()))
    result = _found(chosen, bool(request.GET), queries.newest_change_of_centres(), get_language())
    return show(request, "directory/centres.html", {"form": form, "result": result})


@lru_cache(maxsize=100)
def _found(chosen: tuple, is_filtered: bool, changed_at, language: str) -> str:
    """Return the rows that pass the filters, kept in memory until some centre changes; the same for everybody."""
    rows = queries.centre_list(**dict(chosen))
    for row in rows:
        row["first_year"] = years_label(row["started_from_year"], row["started_to_year"])
    return render_to_string("directory/centres_found.html", {"rows": rows, "is_filtered": is_filtered})


@public
@require_safe
def centre_detail(request, key: str):
    """Everything the directory knows about one centre."""
    head = queries.centre_head(key)
    if head is None:
        raise Http404
    if request.actor.is_signed_in:
        body = _body(key, request.actor)
    else:
        body = _body_for_visitors(key, head["changed_at"], today(), get_language())
    return show(request, "directory/centre.html", {"centre": head, "body": body})


@lru_cache(maxsize=200)
def _body_for_visitors(key: str, changed_at, on: date, language: str) -> str:
    """Return the body of a centre's page as visitors see it, kept in memory until the centre or the day changes."""
    return _body(key, ANONYMOUS)


def _body(key: str, actor) -> str:
    return render_to_string("directory/centre_body.html", centre_context(queries.centre_for_page(key), actor))


def centre_context(centre, actor) -> dict:
    """Return what the page of a centre (`queries.centre_for_page`) shows; two or three statements more."""
    steps = sorted(LifeStep.objects.filter(centre_id=centre.pk).order_by(), key=_place_in_life)
    state = state_on(steps, today())
    return {
        "centre": centre,
        "state": state,
        "tone": TONES[state],
        "district_kind": District.Kind(centre.district_kind).label,
        "first_year": years_label(centre.started_from_year, centre.started_to_year),
        "towns": [centre.town] if centre.town else _towns(centre),
        "steps": [_shown_step(step) for step in steps],
        "names": [_shown_name(row) for row in queries.names_of(centre.pk)],
        "may_describe": permissions.can_describe_centre(actor, centre),
        "may_record": permissions.can_record_life_step(actor, centre),
    }


def _towns(centre) -> list[str]:
    towns = queries.municipalities_served(town_id=None, district_id=centre.district_id)
    return list(towns.values_list("name", flat=True))


def _place_in_life(step: LifeStep) -> tuple:
    """Sort by the earliest possible day; on the same one the way goes from mandate to running."""
    return step.day_from or date.min, ORDER_WITHIN_A_DAY.index(step.kind), step.day_until


def _shown_step(step: LifeStep) -> dict:
    recorded_on = day_in_berlin(step.recorded_at)
    return {
        "pk": step.pk,
        "kind": step.get_kind_display(),
        "period": period_label(step.day_from, step.day_until),
        "body": step.body,
        "result": step.result,
        "source": step.source,
        "is_evidenced": step.evidence == LifeStep.Evidence.EVIDENCED,
        "is_recorded_later": recorded_on > step.day_until,
        "recorded_on": None if step.code else recorded_on,
    }


def _shown_name(row) -> dict:
    return {
        "name": row.name,
        "short_name": row.short_name,
        "period": period_label(row.valid_from, row.valid_until),
        "mark": row.mark,
        "source": row.source,
    }


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
                return redirect("directory:centre-detail", key=centre.key)
            except DomainError as refusal:
                status = _refuse(form, refusal)
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
                status = _refuse(form, refusal)
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
                status = _refuse(form, refusal)
                stored = _shown_step(step) if status == 409 else None
    context = {"centre": step.centre, "step": step, "form": form, "stored": stored, "history": history_of(step)}
    return show(request, "directory/life_step.html", context, status=status)


def _refuse(form, refusal: DomainError) -> int:
    """Put the refusal on the form; return the status of the answer: 409 when somebody else saved first."""
    show_on(form, refusal)
    return 409 if isinstance(refusal, StaleVersion) else 422


def _life_of(centre) -> str:
    return reverse("directory:centre-detail", kwargs={"key": centre.key}) + "#weg"


@public
@require_safe
def network(request):
    """Who is who on the reference day (`?stichtag=`), today by default, with the names of that day."""
    form = ReferenceDayForm(request.GET)
    day = (form.is_valid() and form.cleaned_data["stichtag"]) or today()
    if form.is_valid():
        form = ReferenceDayForm(initial={"stichtag": day})
    organisations = [_shown_organisation(one, day) for one in queries.authorities()]
    groups = [
        {"title": title, "rows": [row for row in organisations if row["kind"] == kind and row["is_there"]]}
        for kind, title in NETWORK_TITLES.items()
    ]
    context = {
        "form": form,
        "day": None if day == today() else day,
        "groups": [group for group in groups if group["rows"]],
        "others": [row for row in organisations if not row["is_there"]],
        "bodies": [_shown_body(row, day) for row in queries.body_names()],
    }
    return show(request, "directory/network.html", context)


def _shown_organisation(organisation, day) -> dict:
    names = list(organisation.names.all())
    current = next((row for row in names if covers(row, day)), organisation)
    return {
        "kind": organisation.kind,
        "code": organisation.code,
        "name": current.name,
        "short_name": current.short_name,
        "field": organisation.get_field_display(),
        "is_there": covers(organisation, day),
        "period": period_label(organisation.valid_from, organisation.valid_until),
        "period_note": organisation.period_note,
        "address": organisation.address,
        "source": organisation.source or current.source,
        "names": [_shown_name(row) for row in names],
    }


def _shown_body(row, day) -> dict:
    return {
        "name": row.name,
        "short_name": row.short_name,
        "carrier": row.carrier.organisation.name if row.carrier_id else "",
        "period": period_label(row.valid_from, row.valid_until),
        "is_there": covers(row, day),
        "source": row.source,
    }
