"""Addresses of the requests about personal data, below /verwaltung/auskunft/."""

from django.urls import path

from verbund.directory.data_protection import views

urlpatterns = [
    path("", views.search, name="data-protection"),
    path("<int:pk>/", views.person, name="data-protection-person"),
    path("<int:pk>/json/", views.person_json, name="data-protection-json"),
    path("<int:pk>/pdf/", views.person_pdf, name="data-protection-pdf"),
    path("<int:pk>/loeschen/", views.erase, name="data-protection-erase"),
]
