"""Addresses of keeping entries true: those anybody opens, and those of the centre."""

from django.urls import path

from verbund.offers.freshness import public_views, views

ANSWER = "pflege/rueckmeldungen/antwort/<int:pk>/"
REPORT = "pflege/rueckmeldungen/hinweis/<int:pk>/"

urlpatterns = [
    path("<int:pk>/melden/", public_views.report, name="report"),
    path("<int:pk>/melden/danke/", public_views.report_thanks, name="report-thanks"),
    path("bestaetigen/<str:token>/", public_views.confirm_entries, name="confirm-entries"),
    path("bestaetigen/<str:token>/alles/", public_views.confirm_all, name="confirm-all"),
    path("pflege/rueckmeldungen/", views.feedback, name="feedback"),
    path("pflege/rueckmeldungen/fragen/", views.ask, name="ask-partners"),
    path("pflege/rueckmeldungen/telefon/<int:pk>/", views.phoned, name="feedback-phoned"),
    path(f"{ANSWER}eingearbeitet/", views.taken_over, name="answer-taken-over"),
    path(f"{ANSWER}nicht-uebernommen/", views.not_taken, name="answer-not-taken"),
    path(f"{ANSWER}beendet/", views.ended, name="answer-ended"),
    path(f"{ANSWER}besteht-weiter/", views.goes_on, name="answer-goes-on"),
    path(f"{REPORT}berichtigt/", views.report_corrected, name="report-corrected"),
    path(f"{REPORT}stimmt/", views.report_was_right, name="report-was-right"),
    path(f"{REPORT}nicht-verwertbar/", views.report_not_usable, name="report-not-usable"),
]
