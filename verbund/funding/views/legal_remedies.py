"""Legal remedies on the screen: what notices print, since when, from which source; changed by two operators."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from verbund.core import audit
from verbund.core.acting import persons_of
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import legal_remedy, operations, permissions
from verbund.funding.forms import legal_remedies as forms
from verbund.funding.views.acts import act_at_once, act_with_form


@dataclass(frozen=True)
class Kind:
    """One kind of row: its form and the heading of the page where a new one is entered."""

    form: type[forms.RemedyRowForm]
    title: str

    @property
    def model(self):
        return self.form._meta.model


KINDS = {
    "text": Kind(forms.RemedyTextForm, gettext_lazy("Neuer Text der Belehrung")),
    "anschrift": Kind(forms.CourtAddressForm, gettext_lazy("Neue Anschrift eines Gerichts")),
    "bezirk": Kind(forms.CourtDistrictForm, gettext_lazy("Kreis oder Stadt neu zuordnen")),
    "post": Kind(forms.PostalRuleForm, gettext_lazy("Neue Regel zur Bekanntgabe durch die Post")),
}
"""The kinds of rows, by their place in the address."""


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


@gate(may=permissions.can_see_remedies)
def remedies(request):
    """All rows that count or did, and what waits for a second person."""
    overview = legal_remedy.overview()
    keeps = permissions.keeps_remedies(request.actor)
    waiting = legal_remedy.waiting_rows()
    context = {
        **overview,
        "keeps": keeps,
        "waiting": [_waiting(request.actor, name, row) for name in KINDS for row in waiting[KINDS[name].model]],
        "history": audit.history_of(*legal_remedy.all_rows()) if keeps else [],
    }
    return show(request, "funding/legal_remedies.html", context)


def _waiting(actor, name: str, row) -> dict:
    return {
        "row": row,
        "what": row._meta.verbose_name,
        "is_second_person": not actor.persons & persons_of(row, "proposed"),
        "adopt_url": reverse("funding:remedy-adopt", args=[name, row.pk]),
        "reject_url": reverse("funding:remedy-reject", args=[name, row.pk]),
    }


@gate(may=permissions.keeps_remedies)
def propose(request, name):
    """Enter a new row; with `?vorlage=` the form begins with the values of an existing one."""
    kind = _kind(name)
    form = kind.form(request.POST or None, initial=_values_of_pattern(kind, request.GET.get("vorlage", "")))
    return act_with_form(
        request,
        form,
        lambda _typed: operations.propose_remedy_row(form.save(commit=False), actor=request.actor),
        title=kind.title,
        label=_("Vorschlagen"),
        back=reverse("funding:legal-remedies"),
        done=_("Die Zeile wartet jetzt auf eine zweite Person."),
        intro=_("Sie gilt, sobald eine zweite Person im Betrieb sie annimmt. Was früher galt, bleibt stehen."),
        template="funding/legal_remedy_new.html",
    )


def _values_of_pattern(kind: Kind, number: str) -> dict:
    """Return the values of the row that is to be superseded; its days are left out, for they must be new."""
    row = kind.model.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 10 else None
    names = [name for name in kind.form._meta.fields if name not in {"valid_from", "valid_until"}]
    return {name: getattr(row, name) for name in names} if row else {}


@require_POST
@gate(may=permissions.keeps_remedies)
def adopt(request, name, pk):
    row = get_object_or_404(_kind(name).model, pk=pk)
    return act_at_once(
        request,
        lambda: operations.adopt_remedy_row(row, actor=request.actor),
        back=reverse("funding:legal-remedies"),
        done=_("Die Zeile gilt."),
    )


@require_POST
@gate(may=permissions.keeps_remedies)
def reject(request, name, pk):
    row = get_object_or_404(_kind(name).model, pk=pk)
    return act_at_once(
        request,
        lambda: operations.reject_remedy_row(row, actor=request.actor),
        back=reverse("funding:legal-remedies"),
        done=_("Die Zeile ist verworfen."),
    )
