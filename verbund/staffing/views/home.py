"""The overview: funded posts and teacher posts of one year as numbers, and the requests one may open."""

from django.core.paginator import Paginator
from django.views.decorators.http import require_safe

from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory import queries as directory
from verbund.staffing import page, permissions, queries

PAGE_SIZE = 50


@require_safe
@gate(may=permissions.reads_numbers)
def home(request):
    """The funded posts of one year with the way to each post plan, the requests one may open, the teacher posts."""
    actor, on = request.actor, today()
    found = queries.with_filled(queries.requests_visible_to(actor), on=on)
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("seite"))
    years = sorted({*queries.years_with_posts(), *queries.years_with_funded_posts()}, reverse=True)
    typed = request.GET.get("jahr", "")
    year = next((one for one in years if typed == str(one)), queries.year_to_show(years, on))
    numbers = queries.numbers_by_centre(year, on=on)
    funded = queries.funded_numbers_by_centre(year, on=on)
    context = {
        "rows": page.rows_of(shown, on=on),
        "page": shown,
        "opens_requests": queries.opens_requests(actor),
        "can_request": permissions.can_request(actor),
        "years": years,
        "year": year,
        "day": queries.reference_day(year, on),
        "own_centres": directory.centres_of(actor),
        "funded": funded,
        "funded_total": queries.total_of(year, funded),
        "numbers": numbers,
        "total": queries.total_of(year, numbers),
    }
    return show(request, "staffing/home.html", context)
