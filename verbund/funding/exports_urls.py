"""Addresses of the lists of funding as files, below /foerderung/."""

from django.urls import path

from verbund.funding.views import exports

urlpatterns = [
    path("antraege.csv", exports.applications_csv, name="applications-csv"),
    path("antraege.xlsx", exports.applications_xlsx, name="applications-xlsx"),
]
