"""Table of contents of the site: one include per app."""

from django.urls import include, path

urlpatterns = [
    path("", include("verbund.core.urls")),
    path("", include("verbund.accounts.urls")),
    path("", include("verbund.directory.urls")),
    path("programme/rechner/", include("verbund.funding.calculator.urls")),
    path("programme/", include("verbund.programmes.urls")),
    path("stellen/", include("verbund.staffing.urls")),
    path("foerderung/", include("verbund.funding.urls")),
    path("api/hsds/", include("verbund.offers.opendata.urls")),
    path("", include("verbund.offers.opendata.site_urls")),
    path("", include("verbund.offers.saved.urls")),
    path("angebote/", include("verbund.offers.urls")),
    path("beratung/", include("verbund.advising.urls")),
    path("", include("verbund.portal.urls")),
]

handler400 = "verbund.offers.views.errors.bad_request"
handler403 = "verbund.core.error_pages.forbidden"
handler404 = "verbund.offers.views.errors.not_found"
handler500 = "verbund.offers.views.errors.server_error"
