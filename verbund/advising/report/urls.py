"""Address of the report for the council."""

from django.urls import path

from verbund.advising.report import views

urlpatterns = [path("bericht.pdf", views.report, name="report")]
