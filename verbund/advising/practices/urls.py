"""Addresses of practices."""

from django.urls import path

from verbund.advising.practices import views

urlpatterns = [
    path("gute-praxis/", views.practices, name="practices"),
    path("gute-praxis/liste.csv", views.practices_csv, name="practices-csv"),
    path("gute-praxis/liste.xlsx", views.practices_xlsx, name="practices-xlsx"),
    path("gute-praxis/neu/", views.new_practice, name="practice-new"),
    path("vorhaben/<int:pk>/gute-praxis/", views.of_venture, name="practice-of-venture"),
    path("gute-praxis/<int:pk>/", views.practice, name="practice"),
    path("gute-praxis/<int:pk>/bearbeiten/", views.edit_practice, name="practice-edit"),
    path("gute-praxis/<int:pk>/material/", views.add_material, name="material-new"),
    path("material/<int:pk>/entfernen/", views.remove_material, name="material-remove"),
    path("gute-praxis/<int:pk>/einreichen/", views.submit, name="practice-submit"),
    path("gute-praxis/<int:pk>/rueckfrage/", views.ask_back, name="practice-ask"),
    path("gute-praxis/<int:pk>/antwort/", views.answer, name="practice-answer"),
    path("gute-praxis/<int:pk>/zurueckgeben/", views.return_practice, name="practice-return"),
    path("gute-praxis/<int:pk>/freigeben/", views.release, name="practice-release"),
    path("gute-praxis/<int:pk>/uebernahme/", views.take_up, name="practice-take-up"),
]
