"""Addresses of this app, below /stellen/."""

from django.urls import path

from verbund.staffing import views

app_name = "staffing"
urlpatterns = [
    path("", views.home, name="home"),
    path("anforderungen/neu/", views.new_request, name="request-new"),
    path("anforderungen/<int:pk>/", views.teacher_request, name="request"),
    path("anforderungen/<int:pk>/bearbeiten/", views.edit_request, name="edit"),
    path("anforderungen/<int:pk>/anfordern/", views.submit_request, name="submit"),
    path("anforderungen/<int:pk>/zurueckziehen/", views.withdraw_request, name="withdraw"),
    path("anforderungen/<int:pk>/bestaetigen/", views.confirm_request, name="confirm"),
    path("anforderungen/<int:pk>/ablehnen/", views.decline_request, name="decline"),
    path("anforderungen/<int:pk>/abordnung/", views.new_secondment, name="secondment-new"),
    path("abordnungen/<int:pk>/beenden/", views.end_secondment, name="secondment-end"),
    path("abordnungen/<int:pk>/streichen/", views.cancel_secondment, name="secondment-cancel"),
]
