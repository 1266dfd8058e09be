"""Pages of figures: a centre's own year by field, all centres beside each other, both as files."""

from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from verbund.advising.figures import permissions, queries
from verbund.advising.figures.exports import COLUMNS
from verbund.advising.figures.forms import chosen_year, years
from verbund.core.dates import today
from verbund.core.exports import respond_csv, respond_xlsx
from verbund.core.permissions import gate
from verbund.core.views import show

DIVISIONS = (
    (
        gettext_lazy("Nach Handlungsfeld und Bildungsstufe"),
        gettext_lazy("Wer in zwei Feldern beraten wurde, steht in beiden Zeilen; in der Summe oben nur einmal."),
        queries.by_field,
    ),
    (
        gettext_lazy("Nach Zielgruppe"),
        gettext_lazy("Nur, wo eine Zielgruppe angegeben ist. Was zwei gilt, steht in beiden Zeilen."),
        queries.by_audience,
    ),
    (gettext_lazy("Nach Ort"), gettext_lazy("Nur, wo ein Ort angegeben ist."), queries.by_place),
)
"""What the figures are divided by: title, how to read it, the question. Over all centres not by town."""


@require_safe
@gate(may=permissions.reads_figures)
def figures(request):
    """The figures of a year: in all, by field, and for readers of all centres centre by centre."""
    scope = _scope(request)
    totals = queries.in_all(scope)
    context = {
        "year": scope.year,
        "years": years(on=today()),
        "query": f"?jahr={scope.year}",
        "day": queries.reference_day_of(scope.year, on=scope.on),
        "education_only": scope.education_only,
        "totals": [{"figure": one, "value": totals.get(one.code, 0)} for one in queries.FIGURES],
        "figures": queries.SIDE_BY_SIDE,
        "divisions": [
            {"title": title, "note": note, "rows": [_row(row) for row in ask(scope)]}
            for title, note, ask in (DIVISIONS if scope.centre_id else DIVISIONS[:-1])
        ],
        "centres": [] if scope.centre_id else _centre_rows(request, scope),
        "is_own": scope.centre_id is not None,
    }
    return show(request, "advising/figures/figures.html", context)


@require_safe
@gate(may=permissions.reads_figures)
def figures_csv(request):
    scope = _scope(request)
    return respond_csv(COLUMNS, _centre_rows(request, scope), name=f"zahlen-{scope.year}")


@require_safe
@gate(may=permissions.reads_figures)
def figures_xlsx(request):
    scope = _scope(request)
    return respond_xlsx(COLUMNS, _centre_rows(request, scope), name=f"zahlen-{scope.year}", title=str(scope.year))


def _scope(request) -> queries.Scope:
    on = today()
    return queries.Scope.of(request.actor, year=chosen_year(request.GET.get("jahr"), on=on), on=on)


def _row(row: dict) -> dict:
    return {"name": row["name"], "values": _values(row["figures"])}


def _centre_rows(request, scope: queries.Scope) -> list[dict]:
    found = queries.by_centre(scope)
    return [
        {
            "year": scope.year,
            "centre": centre,
            "figures": found.get(centre.pk, {}),
            "values": _values(found.get(centre.pk, {})),
        }
        for centre in queries.centres_for_figures(request.actor)
    ]


def _values(figures: dict) -> list[dict]:
    return [{"label": one.label, "value": figures.get(one.code, 0)} for one in queries.SIDE_BY_SIDE]
