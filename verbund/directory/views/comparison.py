"""Two reference days compared."""

from datetime import date
from itertools import pairwise

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from verbund.core.dates import today
from verbund.core.form_fields import DayField
from verbund.core.permissions import public
from verbund.core.views import show
from verbund.directory import comparison, reading, reference_day

LONGEST_TYPED = 40
DEFAULT_FIRST = date(2014, 4, 25)
"""The interim account of the state government, two years after the law."""


class ComparisonForm(forms.Form):
    """The two days that are compared."""

    von = DayField(label=gettext_lazy("Erster Tag"))
    bis = DayField(label=gettext_lazy("Zweiter Tag"))


@public
@require_safe
def compared(request):
    """What changed in the network between two days (`?von=`, `?bis=`), 25 April 2014 and today by default."""
    form, first, last, notes = _days(request)
    facts = comparison.changed_facts(first, last)
    context = {
        "form": form,
        "first": first,
        "last": last,
        "first_query": reference_day.query_for(first),
        "last_query": reference_day.query_for(last),
        "notes": notes,
        "spans": _spans(first, last),
        "names": comparison.changed_names(first, last),
        "units": comparison.changed_units(first, last),
        "bodies": comparison.changed_bodies(first, last),
        "centres": comparison.changed_centres(first, last),
        "facts": [
            {"title": title, "changes": facts[became]} for became, title in _fact_titles().items() if facts[became]
        ],
        "figures": [
            reading.shown_figure(figure) | {"maybe_earlier": earlier, "maybe_later": later}
            for figure, earlier, later in comparison.figures_between(first, last)
        ],
    }
    context["unchanged"] = [label for name, label in _subjects().items() if not context[name]]
    context["is_same"] = len(context["unchanged"]) == len(_subjects())
    return show(request, "directory/comparison.html", context)


def _subjects() -> dict[str, str]:
    return {
        "names": _("Namen der Ministerien und Behörden"),
        "units": _("Koordinierungsstellen"),
        "bodies": _("Namen der Gremien"),
        "centres": _("Stand der Zentren"),
        "facts": _("Angaben zu den Zentren"),
        "figures": _("veröffentlichte Zahlen"),
    }


def _fact_titles() -> dict[str, str]:
    return {
        comparison.BEGUN: _("Hinzugekommen"),
        comparison.ENDED: _("Beendet"),
        comparison.PASSED: _("Zwischen den beiden Tagen begonnen und beendet"),
    }


def _days(request) -> tuple[ComparisonForm, date, date, list[str]]:
    """Return the form, the two days in their order, and what has to be said about them.

    A day that cannot be read is named at its field, and the usual one is taken.
    """
    usual = {"von": DEFAULT_FIRST, "bis": today()}
    typed = {name: request.GET.get(name, "").strip()[:LONGEST_TYPED] for name in usual}
    form = ComparisonForm({name: typed[name] or usual[name].isoformat() for name in usual})
    notes = []
    if not form.is_valid():
        notes.append(_("Ein Tag konnte nicht gelesen werden. Verglichen wird mit dem üblichen."))
    first, last = (form.cleaned_data.get(name) or usual[name] for name in usual)
    if first > last:
        first, last = last, first
        notes.append(_("Der erste Tag lag nach dem zweiten. Verglichen wird in der Reihenfolge der Zeit."))
        if form.is_valid():
            form = ComparisonForm({"von": first.isoformat(), "bis": last.isoformat()})
    if last > today():
        notes.append(_("Der zweite Tag liegt in der Zukunft. Gezeigt wird, was heute für ihn bekannt ist."))
    return form, first, last, notes


def _spans(first: date, last: date) -> list[dict]:
    """Return the spans between the days the texts speak of, and up to today, as links."""
    days = [*reference_day.SHORTCUTS, (_("heute"), today())]
    return [
        {
            "label": _("%(first)s bis %(last)s") % {"first": label, "last": next_label},
            "query": f"?von={day.isoformat()}&bis={next_day.isoformat()}",
            "is_current": (day, next_day) == (first, last),
        }
        for (label, day), (next_label, next_day) in pairwise(days)
    ]
