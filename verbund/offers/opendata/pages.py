"""The page that says what the open data are and how to get them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from verbund.core.dates import today
from verbund.core.permissions import public
from verbund.core.views import show
from verbund.offers import queries

ADDRESSES = (
    ("hsds:services", _("Angebote"), "?per_page=10"),
    ("hsds:service-at-locations", _("Angebote an ihren Orten"), "?postcode=42651&proximity=5000"),
    ("offers:points", _("Angebote an ihren Orten für Karten (GeoJSON, Filter wie in der Suche)"), "?kostenlos=1"),
    ("hsds:organizations", _("Organisationen"), "?search=verein"),
    ("hsds:taxonomies", _("Wortlisten: Anliegen, Zielgruppen, Handlungsfelder"), "?search=anliegen"),
    ("hsds:taxonomy-terms", _("Begriffe der Wortlisten"), "?search=deutsch"),
)


@public
@require_safe
def open_data(request):
    """The page about the open data."""
    base = request.build_absolute_uri("/")[:-1]
    context = {
        "count": queries.public_offers(on=today()).count(),
        "start": base + reverse("hsds:about"),
        "description": base + reverse("hsds:openapi"),
        "addresses": [
            {"label": label, "href": reverse(name), "example": reverse(name) + question}
            for name, label, question in ADDRESSES
        ],
        "sitemap": reverse("sitemap"),
    }
    return show(request, "offers/open_data.html", context)
