"""Rules as dated rows with source, each kind on a page of its own: one operator proposes, another adopts."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.core import audit
from verbund.core.acting import persons_of
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import operations, permissions
from verbund.funding.forms import rules as forms
from verbund.funding.forms.legal_remedies import RemedyRowForm
from verbund.funding.lifecycle import RemedyRowStatus
from verbund.funding.views.acts import act_at_once, act_with_form


@dataclass(frozen=True)
class Kind:
    """One kind of rule: its form, what its page is called and says, and the page where the rules are read."""

    form: type[RemedyRowForm]
    title: str
    intro: str
    read_at: str

    @property
    def model(self):
        return self.form._meta.model


KINDS = {
    "veroeffentlichung": Kind(
        forms.PublicationRuleForm,
        gettext_lazy("Regeln zur Veröffentlichung"),
        gettext_lazy("Von welchen Programmen bewilligte Beträge als offene Daten zu lesen sind. Ohne Regel keine."),
        "funding:open-data",
    ),
    "aufbewahrung": Kind(
        forms.RetentionRuleForm,
        gettext_lazy("Aufbewahrungsfristen"),
        gettext_lazy("Wie lange eine Förderakte bleibt, auf wessen Seite, und ab welchem Tag gezählt wird."),
        "funding:retention",
    ),
    "schreiben": Kind(
        forms.LetterTextForm,
        gettext_lazy("Sätze der Schreiben"),
        gettext_lazy(
            "Was in Anhörungen, geänderten Bescheiden und Erstattungsbescheiden immer gleich steht. Ein neuer Wortlaut "
            "gilt für Schreiben ab seinem ersten Tag; was hinausgegangen ist, behält den alten."
        ),
        "funding:legal-remedies",
    ),
    "bescheid": Kind(
        forms.NoticeTextForm,
        gettext_lazy("Texte des Zuwendungsbescheids"),
        gettext_lazy(
            "Was in den Bescheiden eines Programms steht, Stelle für Stelle. Es zählt der Tag, an dem der "
            "Bewilligungszeitraum beginnt; was erlassen ist, behält den alten Wortlaut."
        ),
        "funding:legal-remedies",
    ),
}
"""The kinds of rules, by their place in the address."""


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


@require_safe
@gate(may=permissions.can_see_remedies)
def rules(request, name):
    """All rules of a kind that count or did, and what waits for a second person."""
    kind = _kind(name)
    rows, keeps = list(kind.model.objects.all()), permissions.keeps_remedies(request.actor)
    context = {
        "kind": kind,
        "name": name,
        "keeps": keeps,
        "rows": [row for row in rows if row.status == RemedyRowStatus.ADOPTED],
        "waiting": [
            {"row": row, "is_second_person": not request.actor.persons & persons_of(row, "proposed")}
            for row in rows
            if row.status == RemedyRowStatus.PROPOSED
        ],
        "history": audit.history_of(*rows) if keeps else [],
    }
    return show(request, "funding/rules.html", context)


@require_http_methods(["GET", "POST"])
@gate(may=permissions.keeps_remedies)
def propose(request, name):
    """Enter a new rule; with `?vorlage=` the form begins with the values of an existing one."""
    kind = _kind(name)
    form = kind.form(request.POST or None, initial=_pattern(kind, request.GET.get("vorlage", "")))
    return act_with_form(
        request,
        form,
        lambda _typed: operations.propose_remedy_row(form.save(commit=False), actor=request.actor),
        title=_("Neue Regel"),
        label=_("Vorschlagen"),
        back=reverse("funding:rules", args=[name]),
        done=_("Die Zeile wartet jetzt auf eine zweite Person."),
        intro=_("Sie gilt, sobald eine zweite Person im Betrieb sie annimmt. Was früher galt, bleibt stehen."),
        template="funding/rule_new.html",
        kind=kind,
    )


def _pattern(kind: Kind, number: str) -> dict:
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
        back=reverse("funding:rules", args=[name]),
        done=_("Die Zeile gilt."),
    )


@require_POST
@gate(may=permissions.keeps_remedies)
def reject(request, name, pk):
    row = get_object_or_404(_kind(name).model, pk=pk)
    return act_at_once(
        request,
        lambda: operations.reject_remedy_row(row, actor=request.actor),
        back=reverse("funding:rules", args=[name]),
        done=_("Die Zeile ist verworfen."),
    )
