"""The directory to take away: the centres as CSV, XLSX and GeoJSON, for a reference day and with the list's filters."""

from hashlib import sha256

from django.http import HttpResponse, HttpResponseBadRequest
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.core import exports as files
from verbund.core.permissions import public
from verbund.directory import exports, queries, reference_day
from verbund.directory.forms import CentreFilterForm

GEOJSON_TYPE = "application/geo+json"
SHAPE_OF_FILES = 1
"""Counted up when the files say something else about the same data, so that nobody keeps an old one."""


@public
@require_safe
def centres_csv(request):
    """The centres as CSV for German Excel."""
    return _answer(request, lambda found, day: files.respond_csv(exports.columns(), found, name=_name(day)), "csv")


@public
@require_safe
def centres_xlsx(request):
    """The centres as XLSX, with a second sheet that names the sources."""
    return _answer(request, _workbook, "xlsx")


def _workbook(found, day) -> HttpResponse:
    said = exports.sources(day)
    return files.respond_xlsx(exports.columns(), found, name=_name(day), title=_("Zentren"), sources=said)


@public
@require_safe
def centres_geojson(request):
    """The areas of the centres as GeoJSON."""
    return _answer(request, _feature_collection, "geojson")


def _feature_collection(found, day) -> HttpResponse:
    response = HttpResponse(exports.geojson(found, day), content_type=GEOJSON_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{_name(day)}.geojson"'
    return response


def _name(day) -> str:
    return f"integrationszentren-{day:%Y-%m-%d}"


def _answer(request, made, kind: str) -> HttpResponse:
    """Answer with a file of what the address asks for; 304 while nothing has changed; 400 for what cannot be asked for.

    A wrong day or filter is refused, not left out: a file does not show that it holds something else than was wanted.
    """
    chosen = reference_day.chosen(request)
    form = CentreFilterForm(request.GET, regions=queries.regions())
    filters = form.chosen()
    refusals = [f"{reference_day.PARAMETER}: {chosen.refusal}"] if chosen.refused else []
    refusals += [f"{name}: {error}" for name, errors in form.errors.items() for error in errors]
    if refusals:
        return _refused(refusals)
    etag = _etag(kind, chosen.day, filters)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = made(exports.rows(chosen.day, **filters), chosen.day)
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    response["Link"] = f'<{exports.LICENCE}>; rel="license"'
    return response


def _refused(refusals: list[str]) -> HttpResponse:
    text = [
        _("Es wurde keine Datei erstellt."),
        *refusals,
        _("Beispiel für einen Stichtag: ?stichtag=2014-04-25. Die Filter stehen auf der Seite /zentren/."),
    ]
    return HttpResponseBadRequest("\n".join(text) + "\n", content_type="text/plain; charset=utf-8")


def _etag(kind: str, day, filters: dict) -> str:
    """Return what changes whenever the file would: format, day, filters, language, and the last change of a centre."""
    parts = (SHAPE_OF_FILES, kind, day, sorted(filters.items()), get_language(), queries.newest_change_of_centres())
    return f'W/"{sha256(repr(parts).encode()).hexdigest()[:32]}"'
