"""Addresses of a grant that changes, below /foerderung/."""

from django.urls import path

from verbund.funding.views import changes, hearings

urlpatterns = [
    path("bescheide/<int:pk>/aenderung-beantragen/", changes.request_change, name="change-request"),
    path("aenderungen/<int:pk>/zurueckziehen/", changes.withdraw_change_request, name="change-withdraw"),
    path("aenderungen/<int:pk>/ablehnen/", changes.decline_change_request, name="change-decline"),
    path("bescheide/<int:pk>/aendern/", changes.amend, name="notice-amend"),
    path("bescheide/<int:pk>/aufheben/", changes.revoke, name="notice-revoke"),
    path("bescheide/<int:pk>/stand/", changes.balance, name="notice-balance"),
    path("bescheide/<int:pk>/anhoeren/", hearings.open_hearing, name="hearing-open"),
    path("anhoerungen/<int:pk>/schreiben/", hearings.document, name="hearing-document"),
    path("anhoerungen/<int:pk>/beantworten/", hearings.answer_hearing, name="hearing-answer"),
    path("anhoerungen/<int:pk>/abschliessen/", hearings.close_hearing, name="hearing-close"),
]
