"""Addresses of the open data on grants, below /foerderung/offene-daten/."""

from django.urls import path

from verbund.funding.views import open_data

urlpatterns = [
    path("", open_data.about, name="open-data"),
    path("360giving.json", open_data.grants, name="open-data-grants"),
]
