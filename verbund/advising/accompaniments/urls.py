"""Addresses of accompaniments, below /beratung/."""

from django.urls import path

from verbund.advising.accompaniments.views import entry, institutions, overview, records

urlpatterns = [
    path("begleitung/", records.accompaniments, name="accompaniments"),
    path("begleitung/liste.csv", records.accompaniments_csv, name="accompaniments-csv"),
    path("begleitung/liste.xlsx", records.accompaniments_xlsx, name="accompaniments-xlsx"),
    path("begleitung/neu/", entry.quick, name="quick-entry"),
    path("begleitung/<int:pk>/", records.accompaniment, name="accompaniment"),
    path("begleitung/<int:pk>/bearbeiten/", records.edit, name="accompaniment-edit"),
    path("begleitung/<int:pk>/schritt/", records.new_step, name="step-new"),
    path("begleitung/<int:pk>/wiedervorlage/", records.follow_up, name="follow-up"),
    path("begleitung/<int:pk>/erledigt/", records.finish_follow_up, name="follow-up-finish"),
    path("begleitung/<int:pk>/abschliessen/", records.close, name="accompaniment-close"),
    path("begleitung/<int:pk>/wieder-aufnehmen/", records.reopen, name="accompaniment-reopen"),
    path("schritte/<int:pk>/bearbeiten/", records.edit_step, name="step-edit"),
    path("schritte/<int:pk>/streichen/", records.remove_step, name="step-remove"),
    path("woche/", entry.week, name="week"),
    path("einrichtungen/", institutions.institutions, name="institutions"),
    path("einrichtungen/liste.csv", institutions.institutions_csv, name="institutions-csv"),
    path("einrichtungen/liste.xlsx", institutions.institutions_xlsx, name="institutions-xlsx"),
    path("einrichtungen/<int:pk>/", institutions.institution, name="institution"),
    path("einrichtungen/<int:pk>/beenden/", institutions.end, name="institution-end"),
    path("einrichtungen/<int:pk>/wieder-aufnehmen/", institutions.resume, name="institution-resume"),
    path("einrichtungen/<int:pk>/zusammenfuehren/", institutions.merge, name="institution-merge"),
    path("zusammenfuehrungen/<int:pk>/aufheben/", institutions.undo, name="merge-undo"),
    path("ueberblick/", overview.overview, name="overview"),
    path("ueberblick/liste.csv", overview.overview_csv, name="overview-csv"),
]
