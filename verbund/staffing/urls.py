"""Addresses of this app, below /stellen/."""

from django.urls import path

from verbund.staffing.views import home, posts, teachers

app_name = "staffing"
urlpatterns = [
    path("", home.home, name="home"),
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
    path("posten/<int:pk>/besetzung/", posts.new_occupancy, name="occupancy-new"),
    path("besetzungen/<int:pk>/anteil/", posts.change_share, name="occupancy-share"),
    path("besetzungen/<int:pk>/beenden/", posts.end_occupancy, name="occupancy-end"),
    path("besetzungen/<int:pk>/streichen/", posts.cancel_occupancy, name="occupancy-cancel"),
    path("besetzungen/<int:pk>/qualifikation/", posts.confirm_qualification, name="occupancy-qualification"),
]
