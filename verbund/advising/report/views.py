"""The report as a file, for the people of the centre."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from verbund.advising import permissions
from verbund.advising.figures.forms import chosen_year
from verbund.advising.report.documents import council_report
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.directory.models import Centre


@require_safe
@gate(may=permissions.works_in_centre)
def report(request):
    """The report of the own centre for the year in the address, typeset anew."""
    on = today()
    year = chosen_year(request.GET.get("jahr"), on=on)
    centre = Centre.objects.select_related("organisation", "carrier__organisation").get(
        pk=request.actor.organisation_id
    )
    content = council_report(centre, year=year, on=on)
    name = f"bericht-{centre.key}-{year}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
