"""Addresses of this app, below /stellen/."""

from django.urls import path

from verbund.staffing.views import teachers

app_name = "staffing"
urlpatterns = [
    path("", teachers.home, name="home"),
    path("anforderungen/neu/", teachers.new_request, name="request-new"),
    path("anforderungen/<int:pk>/", teachers.teacher_request, name="request"),
    path("anforderungen/<int:pk>/bearbeiten/", teachers.edit_request, name="edit"),
    path("anforderungen/<int:pk>/anfordern/", teachers.submit_request, name="submit"),
    path("anforderungen/<int:pk>/zurueckziehen/", teachers.withdraw_request, name="withdraw"),
    path("anforderungen/<int:pk>/bestaetigen/", teachers.confirm_request, name="confirm"),
    path("anforderungen/<int:pk>/ablehnen/", teachers.decline_request, name="decline"),
    path("anforderungen/<int:pk>/abordnung/", teachers.new_secondment, name="secondment-new"),
    path("abordnungen/<int:pk>/beenden/", teachers.end_secondment, name="secondment-end"),
    path("abordnungen/<int:pk>/streichen/", teachers.cancel_secondment, name="secondment-cancel"),
]
