"""Addresses of the offers."""

from django.urls import include, path

app_name = "offers"
urlpatterns = [
    path("pflege/import/", include("verbund.offers.importing.urls")),
    path("pflege/", include("verbund.offers.editing.urls")),
    path("", include("verbund.offers.freshness.urls")),
    path("", include("verbund.offers.proposals.urls")),
    path("", include("verbund.offers.words.urls")),
    path("", include("verbund.offers.paying.urls")),
    path("", include("verbund.offers.finder_urls")),
    path("", include("verbund.offers.maps.urls")),
    path("", include("verbund.offers.opendata.page_urls")),
    path("", include("verbund.offers.feeds.urls")),
    path("", include("verbund.offers.brochure.urls")),
]
