"""Addresses of the open data among the pages of the offers: the page that explains them, an entry as JSON-LD."""

from django.urls import path

from verbund.offers.opendata import jsonld, pages

urlpatterns = [
    path("offene-daten/", pages.open_data, name="open-data"),
    path("<int:pk>/daten.jsonld", jsonld.data, name="offer-data"),
]
