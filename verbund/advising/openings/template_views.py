"""Pages of the concepts of the coordination units: the list, one concept, writing, releasing, taking over."""

from functools import partial

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbund.advising.cutting.reading import history_of
from verbund.advising.demonstration import is_made_up
from verbund.advising.openings import concept, listing, permissions, queries
from verbund.advising.openings import template_operations as operations
from verbund.advising.openings.forms import (
    GoalForm,
    InstitutionForm,
    MeasureInConceptForm,
    ReleaseForm,
    SectionForm,
    TemplateForm,
    WithdrawForm,
)
from verbund.advising.openings.lifecycle import TEMPLATE, TemplateStatus
from verbund.advising.permissions import coordinates
from verbund.advising.queries import own_centre
from verbund.core.acts import act_at_once, act_with_form
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory.models import Organisation
from verbund.directory.operations import create_partner

act = partial(act_with_form, template="advising/act.html")
PARTS = {
    "abschnitt": ("sections", SectionForm),
    "ziel": ("goals", GoalForm),
    "massnahme": ("measures", MeasureInConceptForm),
}


@require_safe
@gate(may=permissions.reads_templates)
def templates(request):
    """The concepts an actor may read; a unit's own first."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[: listing.LONGEST_TEXT]
    found = queries.templates_visible_to(request.actor)
    if text:
        found = found.filter(Q(title__icontains=text) | Q(summary__icontains=text))
    page = Paginator(found.order_by("title", "pk"), listing.PAGE_SIZE).get_page(request.GET.get("seite"))
    for one in page.object_list:
        one.tone = listing.TEMPLATE_TONES[one.status]
    context = {"page": page, "text": text, "may_write": coordinates(request.actor)}
    return show(request, "advising/openings/templates.html", context)


@require_safe
@gate(among=queries.templates_visible_to)
def template(request, record):
    """One concept: what centres read, and for its unit the draft, the versions and who took it over."""
    writes = permissions.writes_template(request.actor, record)
    versions = list(record.versions.all())
    content = record.draft if writes else versions[0].content
    moves = TEMPLATE.open_for(record.status)
    context = {
        "template": record,
        "tone": listing.TEMPLATE_TONES[record.status],
        "writes": writes,
        "may_release": writes and operations.has_news(record, versions[0] if versions else None),
        "may_withdraw": writes and "withdraw_template" in moves,
        "may_take_over": permissions.takes_over(request.actor, record) and record.status == TemplateStatus.RELEASED,
        "versions": versions,
        "parts": _parts(content),
        "unreleased": concept.differences(versions[0].content, record.draft) if writes and versions else [],
        "taken_over": list(queries.taken_over(record)) if writes else [],
        "history": history_of(record) if writes else [],
    }
    return show(request, "advising/openings/template.html", context)


def _parts(content: dict) -> list[dict]:
    """Return the parts of a concept by kind, each with its fields in words."""
    shown = []
    for slug, (kind, _form) in PARTS.items():
        rows = [
            {"key": one["key"], "name": concept.name_of(kind, one), "said": concept.said(kind, one)}
            for one in content[kind]
        ]
        shown.append(
            {"slug": slug, "kind": kind, "label": concept.PLURALS[kind], "one": concept.KINDS[kind], "rows": rows}
        )
    return shown


@gate(may=coordinates)
def new_template(request):
    unit = Organisation.objects.get(pk=request.actor.organisation_id)
    return act(
        request,
        TemplateForm(request.POST or None, use_required_attribute=False),
        lambda typed: operations.begin_template(unit, **_head(typed), on=today(), actor=request.actor),
        title=_("Musterkonzept beginnen"),
        label=_("Beginnen"),
        intro=_("Zentren sehen es erst, wenn Sie es freigeben."),
        back=reverse("advising:templates"),
        done=_("Begonnen. Tragen Sie jetzt Abschnitte, Ziele und Maßnahmen ein."),
        goes_to_made=True,
    )


def _head(typed: dict) -> dict:
    return {name: typed[name] for name in operations.HEAD}


def _acted(request, record, form, act_on, **words):
    return act(request, form, act_on, back=record.get_absolute_url(), subject=record, **words)


@gate(among=queries.templates_visible_to, may=permissions.writes_template)
def edit_template(request, record):
    initial = {**{name: getattr(record, name) for name in operations.HEAD}, "seen": record.version}
    return _acted(
        request,
        record,
        TemplateForm(request.POST or None, initial=initial, use_required_attribute=False),
        lambda typed: operations.edit_template(record, **_head(typed), seen=typed["seen"], actor=request.actor),
        title=_("Musterkonzept ändern"),
        label=_("Speichern"),
        done=_("Gespeichert. Die Zentren sehen es mit der nächsten Freigabe."),
    )


@gate(among=queries.templates_visible_to, may=permissions.writes_template)
def new_part(request, record, slug: str):
    return _part(request, record, slug, key="")


@gate(among=queries.templates_visible_to, may=permissions.writes_template)
def edit_part(request, record, slug: str, key: str):
    return _part(request, record, slug, key=key)


def _kind(slug: str):
    if slug not in PARTS:
        raise Http404
    return PARTS[slug]


def _part(request, record, slug: str, *, key: str):
    kind, form_class = _kind(slug)
    known = next((one for one in record.draft[kind] if one["key"] == key), None)
    if key and known is None:
        raise Http404
    title = _("%(part)s ändern") if key else _("%(part)s ergänzen")

    def save(typed):
        values = {field: typed[field] for field in concept.FIELDS[kind]}
        operations.save_template_part(record, kind, key=key, values=values, actor=request.actor)

    return _acted(
        request,
        record,
        form_class(request.POST or None, initial=known or {}, use_required_attribute=False),
        save,
        title=title % {"part": concept.KINDS[kind]},
        label=_("Speichern"),
        done=_("Gespeichert. Die Zentren sehen es mit der nächsten Freigabe."),
    )


@require_POST
@gate(among=queries.templates_visible_to, may=permissions.writes_template)
def remove_part(request, record, slug: str, key: str):
    kind, _form = _kind(slug)
    return act_at_once(
        request,
        lambda: operations.remove_template_part(record, kind, key=key, actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Aus dem Entwurf gestrichen."),
    )


@gate(among=queries.templates_visible_to, may=permissions.writes_template)
def release(request, record):
    return _acted(
        request,
        record,
        ReleaseForm(request.POST or None),
        lambda typed: operations.release_template(record, **typed, on=today(), actor=request.actor),
        title=_("Fassung freigeben"),
        label=_("Freigeben"),
        intro=_("Alle Zentren sehen die neue Fassung. Wer das Konzept übernommen hat, bekommt eine Nachricht."),
        done=_("Freigegeben."),
    )


@gate(among=queries.templates_visible_to, may=permissions.writes_template)
def withdraw(request, record):
    return _acted(
        request,
        record,
        WithdrawForm(request.POST or None),
        lambda typed: operations.withdraw_template(record, **typed, on=today(), actor=request.actor),
        title=_("Musterkonzept zurückziehen"),
        label=_("Zurückziehen"),
        intro=_("Zentren können es nicht mehr übernehmen. Was übernommen ist, bleibt bei ihnen."),
        done=_("Zurückgezogen."),
    )


@gate(among=queries.templates_visible_to, may=permissions.takes_over)
def take_over(request, record):
    centre, actor = own_centre(request.actor), request.actor
    form = InstitutionForm(request.POST or None, centre=centre, use_required_attribute=False)
    return _acted(
        request,
        record,
        form,
        lambda typed: _take_over(record, centre, typed, actor=actor),
        title=_("Für eine Einrichtung übernehmen"),
        label=_("Übernehmen"),
        intro=_("Abschnitte, Ziele und Maßnahmen werden in eine neue Öffnung kopiert. Dort passen Sie alles an."),
        done=_("Übernommen. Passen Sie Ziele und Maßnahmen an und geben Sie jeder Maßnahme einen Tag."),
        goes_to_made=True,
    )


@transaction.atomic
def _take_over(record, centre, typed: dict, *, actor):
    partner = typed["partner"] or create_partner(
        centre,
        typed["new_partner"],
        {"kind": typed["new_kind"], "municipality": None},
        is_demo=is_made_up(actor),
        actor=actor,
    )
    return operations.take_over(
        record, centre, partner=partner, responsible=typed["responsible"], on=today(), actor=actor
    )


@require_POST
@gate(among=queries.openings_visible_to, may=permissions.keeps_opening)
def adopt(request, record):
    return act_at_once(
        request,
        lambda: operations.adopt_version(record, on=today(), actor=request.actor),
        back=f"{record.get_absolute_url()}#herkunft",
        done=_("Die neue Fassung ist übernommen; was Sie selbst geändert haben, steht noch da."),
    )


@require_POST
@gate(among=queries.openings_visible_to, may=permissions.keeps_opening)
def set_aside(request, record):
    return act_at_once(
        request,
        lambda: operations.set_version_aside(record, actor=request.actor),
        back=f"{record.get_absolute_url()}#herkunft",
        done=_("Sie bleiben bei der bisherigen Fassung."),
    )
