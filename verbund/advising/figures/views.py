"""Pages of figures: a centre's own year by field, all centres beside each other, both as files."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.advising.figures import permissions, queries
from verbund.advising.figures.exports import COLUMNS
from verbund.advising.figures.forms import chosen_year, years
from verbund.core.dates import today
from verbund.core.exports import respond_csv, respond_xlsx
from verbund.core.permissions import gate
from verbund.core.views import show


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
        "fields": [_field_row(row) for row in queries.by_field(scope)],
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


def _field_row(row: dict) -> dict:
    name = " · ".join(part for part in (row["stage"], row["field"]) if part)
    return {"name": name or _("ohne Angabe"), "values": _values(row["figures"])}


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
