"""Addresses of this app, below /beratung/: one include per kind of work."""

from django.urls import include, path

from verbund.advising import views

app_name = "advising"
urlpatterns = [
    path("", views.home, name="home"),
    path("", include("verbund.advising.accompaniments.urls")),
    path("", include("verbund.advising.openings.urls")),
    path("", include("verbund.advising.requests.urls")),
    path("", include("verbund.advising.enquiries.urls")),
    path("", include("verbund.advising.ventures.urls")),
    path("", include("verbund.advising.practices.urls")),
    path("", include("verbund.advising.topics.urls")),
    path("", include("verbund.advising.networks.urls")),
    path("", include("verbund.advising.attributing.urls")),
    path("", include("verbund.advising.cutting.urls")),
    path("", include("verbund.advising.figures.urls")),
    path("", include("verbund.advising.report.urls")),
]
