"""Addresses of the lists of funding as files, below /foerderung/."""

from django.urls import path

from verbund.funding.views import exports

urlpatterns = [
    path("antraege.csv", exports.applications_csv, name="applications-csv"),
    path("antraege.xlsx", exports.applications_xlsx, name="applications-xlsx"),
    path("bescheide.csv", exports.notices_csv, name="notices-csv"),
    path("bescheide.xlsx", exports.notices_xlsx, name="notices-xlsx"),
    path("mittelabrufe.csv", exports.drawdowns_csv, name="drawdowns-csv"),
    path("mittelabrufe.xlsx", exports.drawdowns_xlsx, name="drawdowns-xlsx"),
    path("aenderungsantraege.csv", exports.changes_csv, name="changes-csv"),
    path("aenderungsantraege.xlsx", exports.changes_xlsx, name="changes-xlsx"),
    path("titel.csv", exports.titles_csv, name="titles-csv"),
    path("titel.xlsx", exports.titles_xlsx, name="titles-xlsx"),
    path("titel/<int:pk>/buchungen.csv", exports.entries_csv, name="entries-csv"),
    path("titel/<int:pk>/buchungen.xlsx", exports.entries_xlsx, name="entries-xlsx"),
]
