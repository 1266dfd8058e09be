"""The names of ministries, units and bodies over time, as a picture and a table."""

from django.views.decorators.http import require_safe

from verbund.core.dates import today
from verbund.core.permissions import public
from verbund.core.views import show
from verbund.directory import reference_day, timeline


@public
@require_safe
def names(request):
    """Who was called what from 2010 to today, with a line at the reference day."""
    chosen = reference_day.chosen(request)
    context = {"reference_day": chosen, "rows": timeline.rows_of_network(), "until": today()}
    return show(request, "directory/timeline.html", context)
