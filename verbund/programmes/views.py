"""Pages: the programmes and their guidelines for everybody, the care of versions for operators."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from verbund.core import audit
from verbund.core.acts import act_with_form
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate, public
from verbund.core.views import show
from verbund.directory import reference_day
from verbund.programmes import by_day, operations, permissions, queries
from verbund.programmes.forms import HeadForm, LifeForm, ReasonForm, SeenForm, row_formset
from verbund.programmes.models import ROW_KINDS, ProgrammeState

KINDS = {
    "saetze": ("rates", gettext_lazy("Sätze")),
    "hoechstzahlen": ("limits", gettext_lazy("Höchstzahlen der Stellen")),
    "sachausgaben": ("extras", gettext_lazy("Sachausgaben")),
    "auszahlungen": ("payout_dates", gettext_lazy("Auszahlungen")),
    "fristen": ("deadlines", gettext_lazy("Fristen")),
    "checkliste": ("checklist", gettext_lazy("Checkliste")),
    "weitere-werte": ("policy_values", gettext_lazy("Weitere Werte")),
}
"""The kinds of rows of a version, by their place in the address."""


@require_safe
@public
def home(request):
    """What is in force on the reference day (`?stichtag=`), and the rates over the years; operators also see drafts."""
    chosen = reference_day.chosen(request)
    programmes = list(queries.programmes_with_versions())
    shown = by_day.on_day(programmes, chosen.day)
    is_operator = permissions.is_operator(request.actor)
    context = {
        "reference_day": chosen,
        "in_force": [row for row in shown if row.is_in_force],
        "others": [row for row in shown if not row.is_in_force],
        "courses": [_course(programme, chosen.day) for programme in programmes if programme.versions],
        "open_versions": queries.open_versions() if is_operator else [],
        "is_operator": is_operator,
    }
    return show(request, "programmes/home.html", context)


def _course(programme, day) -> dict:
    """The rules of a programme over the years, and which of them hold on the day that is looked at."""
    is_in_force = programme.state_on(day) == ProgrammeState.IN_FORCE
    spans = [{"span": span, "holds": is_in_force and span.covers(day.year)} for span in queries.spans_of(programme)]
    return {"programme": programme, "spans": spans}


@gate(among=queries.programmes_visible_to, may=permissions.can_correct_life)
def correct_life(request, programme):
    """What a programme is and when it was in force, with everything that was corrected before."""
    form = LifeForm(request.POST or None, instance=programme, initial={"seen": programme.version})
    return act_with_form(
        request,
        form,
        lambda typed: operations.correct_life(programme, **typed, actor=request.actor),
        template="programmes/life.html",
        title=_("Laufzeit berichtigen"),
        label=_("Speichern"),
        back=reverse("programmes:home"),
        done=_("Gespeichert."),
        programme=programme,
        history=audit.history_of(programme),
    )


@require_safe
@public
def guideline(request, pk):
    """One version with all its rows and sources; what to do next for operators."""
    found = get_object_or_404(queries.with_rows(queries.guidelines_visible_to(request.actor)), pk=pk)
    return show(request, "programmes/guideline.html", _guideline_context(request, found))


def _guideline_context(request, found, form=None) -> dict:
    is_operator = permissions.is_operator(request.actor)
    is_editable = is_operator and found.is_draft
    sections = [
        {
            "name": name,
            "label": label,
            "rows": getattr(found, kind).all(),
            "edit_href": reverse("programmes:edit-rows", args=[found.pk, name]) if is_editable else "",
        }
        for name, (kind, label) in KINDS.items()
    ]
    return {
        "guideline": found,
        "reference_day": reference_day.chosen(request),
        "sections": sections,
        "is_operator": is_operator,
        "is_second_person": permissions.is_second_person(request.actor, found),
        "form": form or ReasonForm(),
        "history": audit.history_of(found) if is_operator else [],
    }


def _answer(request, found, form, act, message: str):
    """Run one operation on a version; a refusal is shown on its page and changes nothing."""
    if form.is_valid():
        try:
            act(**form.cleaned_data)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, message)
            return redirect("programmes:guideline", pk=found.pk)
    found.refresh_from_db()
    return show(request, "programmes/guideline.html", _guideline_context(request, found, form), status=422)


@require_POST
@gate(among=queries.guidelines_visible_to, may=permissions.can_draft)
def draft_new_version(request, found):
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return show(request, "programmes/guideline.html", _guideline_context(request, found, form), status=422)
    draft = operations.draft_new_version(found, reason=form.cleaned_data["reason"], actor=request.actor)
    messages.success(request, _("Der Entwurf der neuen Fassung ist angelegt."))
    return redirect("programmes:guideline", pk=draft.pk)


@require_POST
@gate(among=queries.guidelines_visible_to, may=permissions.can_propose)
def propose_version(request, found):
    def act(**_typed):
        operations.propose_version(found, actor=request.actor)

    return _answer(request, found, ReasonForm(request.POST), act, _("Die Fassung wartet jetzt auf eine zweite Person."))


@require_POST
@gate(among=queries.guidelines_visible_to, may=permissions.can_decide)
def adopt_version(request, found):
    def act(**_typed):
        operations.adopt_version(found, actor=request.actor)

    return _answer(request, found, ReasonForm(request.POST), act, _("Die Fassung gilt."))


@require_POST
@gate(among=queries.guidelines_visible_to, may=permissions.can_decide)
def hand_back_version(request, found):
    def act(reason):
        operations.hand_back_version(found, reason=reason, actor=request.actor)

    return _answer(request, found, ReasonForm(request.POST), act, _("Die Fassung ist wieder ein Entwurf."))


@gate(among=queries.guidelines_visible_to, may=permissions.can_edit)
def edit_head(request, found):
    """Title, period, methods and source of a draft."""
    if not found.is_draft:
        return redirect("programmes:guideline", pk=found.pk)
    form = HeadForm(request.POST or None, instance=found)
    seen = SeenForm(request.POST or None, initial={"seen": found.edits})
    if request.method == "POST" and form.is_valid() and seen.is_valid():
        try:
            operations.edit_draft(found, values=form.cleaned_data, **seen.cleaned_data, actor=request.actor)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("programmes:guideline", pk=found.pk)
    context = {"guideline": found, "form": form, "seen": seen}
    return show(request, "programmes/edit_head.html", context, status=422 if request.method == "POST" else 200)


@gate(among=queries.guidelines_visible_to, may=permissions.can_edit)
def edit_rows(request, found, name):
    """All rows of one kind of a draft in one form."""
    if name not in KINDS:
        raise Http404
    if not found.is_draft:
        return redirect("programmes:guideline", pk=found.pk)
    kind, label = KINDS[name]
    formset_class = row_formset(kind)
    formset = formset_class(request.POST or None, queryset=ROW_KINDS[kind].objects.filter(guideline=found))
    seen = SeenForm(request.POST or None, initial={"seen": found.edits})
    if request.method == "POST" and formset.is_valid() and seen.is_valid():
        formset.save(commit=False)
        saved = [*(row for row, _fields in formset.changed_objects), *formset.new_objects]
        try:
            operations.edit_rows(
                found, saved=saved, removed=formset.deleted_objects, **seen.cleaned_data, actor=request.actor
            )
        except DomainError as refusal:
            seen.add_error(None, str(refusal))
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("programmes:guideline", pk=found.pk)
    context = {"guideline": found, "label": label, "formset": formset, "seen": seen}
    return show(request, "programmes/edit_rows.html", context, status=422 if request.method == "POST" else 200)
