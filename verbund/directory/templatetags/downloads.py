"""The links by which the directory can be taken away as a file."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from verbund.directory.exports import AREA_SOURCE, DISTRICT_SOURCE
from verbund.directory.reference_day import PARAMETER

register = template.Library()
FORMATS = (
    ("CSV", "directory:centres-csv"),
    ("XLSX", "directory:centres-xlsx"),
    ("GeoJSON", "directory:centres-geojson"),
)


@register.inclusion_tag("directory/timeline_downloads.html")
def centre_downloads(*, reference_day, form=None):
    """Links to the list of centres as CSV, XLSX and GeoJSON, for the reference day and the filters that were applied.

    `form` is the bound `CentreFilterForm` of the page; without one all centres.
    """
    query = {} if reference_day.is_today else {PARAMETER: reference_day.day.isoformat()}
    if form is not None and form.is_bound:
        form.is_valid()
        query |= {name: value for name, value in form.cleaned_data.items() if value}
    rest = f"?{urlencode(query)}" if query else ""
    return {
        "links": [{"label": label, "href": reverse(name) + rest} for label, name in FORMATS],
        "sources": [AREA_SOURCE, DISTRICT_SOURCE],
    }
