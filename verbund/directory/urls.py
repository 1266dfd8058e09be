"""Addresses of this app."""

from django.urls import include, path

from verbund.directory import views

app_name = "directory"
urlpatterns = [
    path("zentren/", views.centre_list, name="centre-list"),
    path("zentren/<int:pk>/bearbeiten/", views.centre_edit, name="centre-edit"),
    path("zentren/<int:pk>/verlauf/neu/", views.life_step_add, name="life-step-add"),
    path("zentren/verlauf/<int:pk>/", views.life_step_correct, name="life-step-correct"),
    path("zentren/<slug:key>/", views.centre_detail, name="centre-detail"),
    path("netz/", views.network, name="network"),
    path("verwaltung/auskunft/", include("verbund.directory.data_protection.urls")),
    path("", include("verbund.directory.memberships_urls")),
]
