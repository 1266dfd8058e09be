"""Addresses of figures."""

from django.urls import path

from verbund.advising.figures import views

urlpatterns = [
    path("zahlen/", views.figures, name="figures"),
    path("zahlen.csv", views.figures_csv, name="figures-csv"),
    path("zahlen.xlsx", views.figures_xlsx, name="figures-xlsx"),
]
