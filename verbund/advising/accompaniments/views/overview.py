"""Who advises whom on what: numbers of the own centre, or of the state by district and field."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.advising.accompaniments import counts, exports, permissions
from verbund.advising.permissions import coordinates_education_only, works_in_centre
from verbund.core import exports as tables
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show


def _asked(request) -> tuple[list[int], int, str]:
    years = counts.years_with_steps(on=today())
    typed, term = request.GET.get("jahr", ""), request.GET.get("feld", "")
    year = int(typed) if typed.isdecimal() and len(typed) == 4 and int(typed) in years else years[0]
    return years, year, term


@require_safe
@gate(may=permissions.sees_overview)
def overview(request):
    years, year, term = _asked(request)
    found = counts.overview_for(request.actor, year=year, term=term)
    context = {
        "found": found,
        "years": years,
        "year": year,
        "term": term,
        "is_of_centre": works_in_centre(request.actor),
        "is_education_only": coordinates_education_only(request.actor),
    }
    return show(request, "advising/accompaniments/overview.html", context)


@require_safe
@gate(may=permissions.sees_overview)
def overview_csv(request):
    _years, year, term = _asked(request)
    found = counts.overview_for(request.actor, year=year, term=term)
    rows = [(_("alle"), "", found.total)]
    divisions = (
        (_("Handlungsfeld"), found.fields),
        (_("Stufe"), found.stages),
        (_("Art der Einrichtung"), found.kinds),
    )
    rows += [(division, "", one) for division, numbers in divisions for one in numbers]
    rows += [(_("Kreis oder Stadt"), one.name, one) for one in found.districts]
    rows += [(_("Kreis und Handlungsfeld"), district, one) for district, one in found.by_district_and_field]
    return tables.respond_csv(exports.number_columns(), rows, name=f"beratung-{year}")
