"""Addresses of this app."""

from django.urls import include, path

from verbund.directory.views import centres, comparison, coverage, exports, figures, network, timeline

app_name = "directory"
urlpatterns = [
    path("zentren/", centres.centre_list, name="centre-list"),
    path("zentren/<int:pk>/bearbeiten/", centres.centre_edit, name="centre-edit"),
    path("zentren/<int:pk>/verlauf/neu/", centres.life_step_add, name="life-step-add"),
    path("zentren/verlauf/<int:pk>/", centres.life_step_correct, name="life-step-correct"),
    path("zentren/", include("verbund.directory.evidence.urls")),
    path("karte/", coverage.coverage, name="coverage"),
    path("zentren/export.csv", exports.centres_csv, name="centres-csv"),
    path("zentren/export.xlsx", exports.centres_xlsx, name="centres-xlsx"),
    path("zentren/export.geojson", exports.centres_geojson, name="centres-geojson"),
    path("netz/", network.network, name="network"),
    path("netz/zahlen/", figures.published_figures, name="figures"),
    path("netz/vergleich/", comparison.compared, name="comparison"),
    path("netz/namen/", timeline.names, name="names"),
    path("", include("verbund.directory.publishing.urls")),
    path("verwaltung/auskunft/", include("verbund.directory.data_protection.urls")),
    path("", include("verbund.directory.memberships_urls")),
]
