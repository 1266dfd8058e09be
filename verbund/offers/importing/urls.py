"""Addresses of taking over lists."""

from django.urls import path

from verbund.offers.importing import views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("<int:pk>/", views.run, name="import"),
    path("<int:pk>/spalten/", views.columns, name="import-columns"),
    path("<int:pk>/blatt/", views.sheet, name="import-sheet"),
    path("<int:pk>/neu-zuordnen/", views.change_columns, name="import-change-columns"),
    path("<int:pk>/entscheiden/", views.choose, name="import-choose"),
    path("<int:pk>/uebernehmen/", views.apply, name="import-apply"),
    path("<int:pk>/rueckgaengig/", views.undo, name="import-undo"),
    path("<int:pk>/verwerfen/", views.drop, name="import-drop"),
    path("<int:pk>/abgelehnte-zeilen.xlsx", views.bad_rows, name="import-bad-rows"),
]
