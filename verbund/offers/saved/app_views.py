"""What makes the finder an application on a telephone: its manifest, and the service worker at the top of the site."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.core.permissions import public
from verbund.offers import reading
from verbund.offers.views import pages

WORKER = Path(__file__).with_name("service_worker.js")
BLUE = "#2044aa"
WHITE = "#ffffff"


@public
@require_safe
def manifest(request):
    """Name, direction and pictures of the finder as an application, in the language asked for."""
    language = pages.language_of(request)
    frame = reading.frame_of(language)
    with translation.override(frame):
        said = {
            "id": reverse("offers:finder"),
            "name": _("Angebote finden"),
            "short_name": _("Angebote"),
            "description": _("Hilfe und Angebote in Ihrer Nähe"),
            "lang": frame,
            "dir": "rtl" if translation.get_language_bidi() else "ltr",
            "start_url": reverse("offers:finder") + pages.query_of(language),
            "scope": "/",
            "display": "standalone",
            "theme_color": BLUE,
            "background_color": WHITE,
            "icons": _icons(),
            "shortcuts": [{"name": _("Merkliste"), "url": reverse("saved") + pages.query_of(language)}],
        }
    response = JsonResponse(said, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-cache"
    return response


def _icons() -> list[dict]:
    """Return the pictures: the drawing leaves a fifth of its edge free, so that every shape a telephone cuts fits."""
    drawn = [(f"app-icon-{size}.png", f"{size}x{size}", "image/png") for size in (192, 512)]
    drawn.append(("app-icon.svg", "any", "image/svg+xml"))
    return [
        {"src": static(f"offers/{name}"), "sizes": sizes, "type": kind, "purpose": purpose}
        for name, sizes, kind in drawn
        for purpose in ("any", "maskable")
    ]


@public
@require_safe
def service_worker(request):
    """The program that keeps pages for the time without network; asked for anew at every visit."""
    script, etag = _worker()
    response = get_conditional_response(request, etag=etag) or HttpResponse(script, content_type="text/javascript")
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _worker() -> tuple[bytes, str]:
    script = WORKER.read_bytes()
    return script, f'"{sha256(script).hexdigest()[:32]}"'
