"""Addresses of this app, below /programme/."""

from django.urls import include, path

from verbund.programmes import views

app_name = "programmes"
urlpatterns = [
    path("", views.home, name="home"),
    path("werte/", include("verbund.programmes.dated.urls")),
    path("<int:pk>/laufzeit/", views.correct_life, name="correct-life"),
    path("richtlinien/<int:pk>/", views.guideline, name="guideline"),
    path("richtlinien/<int:pk>/neue-fassung/", views.draft_new_version, name="draft-new-version"),
    path("richtlinien/<int:pk>/vorschlagen/", views.propose_version, name="propose-version"),
    path("richtlinien/<int:pk>/annehmen/", views.adopt_version, name="adopt-version"),
    path("richtlinien/<int:pk>/zurueckgeben/", views.hand_back_version, name="hand-back-version"),
    path("richtlinien/<int:pk>/bearbeiten/", views.edit_head, name="edit-head"),
    path("richtlinien/<int:pk>/bearbeiten/<slug:name>/", views.edit_rows, name="edit-rows"),
]
