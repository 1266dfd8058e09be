"""Pages: what interest, keys and lump sums are computed with, for everybody; the care of the rows for operators."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from verbund.core import audit
from verbund.core.acting import persons_of
from verbund.core.acts import act_at_once, act_with_form
from verbund.core.dates import today
from verbund.core.permissions import gate, public
from verbund.core.views import show
from verbund.programmes import permissions
from verbund.programmes.dated import forms, operations, queries


@dataclass(frozen=True)
class Kind:
    """One kind of row: its form and the heading of the page where a new one is entered."""

    form: type[forms.DatedRowForm]
    title: str

    @property
    def model(self):
        return self.form._meta.model


KINDS = {
    "basiszinssatz": Kind(forms.BaseRateForm, gettext_lazy("Neuer Basiszinssatz")),
    "wert": Kind(forms.LegalValueForm, gettext_lazy("Neuer Wert einer Berechnung")),
    "pauschale": Kind(forms.LumpSumForm, gettext_lazy("Neue Pauschale")),
}
"""The kinds of rows, by their place in the address."""


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


@require_safe
@public
def values(request):
    """All rows that count, with source and mark; what is missing; for operators what waits for a second person."""
    is_operator = permissions.is_operator(request.actor)
    names = {kind.model: name for name, kind in KINDS.items()}
    waiting = queries.waiting_rows() if is_operator else []
    context = {
        **queries.overview(today()),
        "is_operator": is_operator,
        "waiting": [_waiting(request.actor, names[type(row)], row) for row in waiting],
        "history": audit.history_of(*queries.all_rows()) if is_operator else [],
    }
    return show(request, "programmes/values.html", context)


def _waiting(actor, name: str, row) -> dict:
    return {
        "row": row,
        "is_second_person": not actor.persons & persons_of(row, "proposed"),
        "adopt_url": reverse("programmes:value-adopt", args=[name, row.pk]),
        "reject_url": reverse("programmes:value-reject", args=[name, row.pk]),
    }


@gate(may=permissions.keeps_values)
def propose(request, name):
    """Enter a new row."""
    kind = _kind(name)
    form = kind.form(request.POST or None)
    return act_with_form(
        request,
        form,
        lambda _typed: operations.propose_dated_row(form.save(commit=False), actor=request.actor),
        template="programmes/value_new.html",
        title=kind.title,
        label=_("Vorschlagen"),
        back=reverse("programmes:values"),
        done=_("Die Zeile wartet jetzt auf eine zweite Person."),
        intro=_("Sie gilt, sobald eine zweite Person im Betrieb sie annimmt. Was früher galt, bleibt stehen."),
    )


@require_POST
@gate(may=permissions.keeps_values)
def adopt(request, name, pk):
    row = get_object_or_404(_kind(name).model, pk=pk)
    return act_at_once(
        request,
        lambda: operations.adopt_dated_row(row, actor=request.actor),
        back=reverse("programmes:values"),
        done=_("Die Zeile gilt."),
    )


@require_POST
@gate(may=permissions.keeps_values)
def reject(request, name, pk):
    row = get_object_or_404(_kind(name).model, pk=pk)
    return act_at_once(
        request,
        lambda: operations.reject_dated_row(row, actor=request.actor),
        back=reverse("programmes:values"),
        done=_("Die Zeile ist verworfen."),
    )
