"""A map of where an entry takes place, as a picture of its own that pages load when somebody wants to see it."""

from django.http import Http404, HttpResponse
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from verbund.core.dates import today
from verbund.core.permissions import public
from verbund.directory.maps.borders import borders
from verbund.offers import versions
from verbund.offers.maps import drawing, queries
from verbund.offers.views import pages


def _sign(pk: int, at: int) -> str:
    return versions.newest_change_of(pk)


@public
@require_safe
@csp_override({"default-src": [CSP.NONE], "style-src": [drawing.STYLE_HASH]})
@pages.same_until_changed(_sign)
def place_map(request, moment: pages.Moment, pk: int, at: int):
    """The surroundings of a place with their borders and towns; the same in all languages, names are German."""
    place = queries.shown_place(pk, at, on=today())
    if place is None:
        raise Http404
    latitude, longitude = float(place.latitude), float(place.longitude)
    frame = drawing.Frame(latitude, longitude)
    names = drawing.labels(frame, queries.towns_around(latitude, longitude))
    picture = drawing.as_svg(
        frame, title=f"{place.name}, {place.municipality}", own=place.centre.key, borders=borders(), names=names
    )
    return HttpResponse(picture, content_type="image/svg+xml")
