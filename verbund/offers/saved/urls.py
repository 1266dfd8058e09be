"""Addresses of the list of kept entries, and of what must lie at the top of the site: manifest and service worker."""

from django.urls import path

from verbund.offers.saved import app_views, views

urlpatterns = [
    path("merkliste/", views.saved, name="saved"),
    path("merkliste/qr.svg", views.qr_code, name="saved-qr"),
    path("merkliste/ohne-netz/", views.without_network, name="saved-offline"),
    path("app.webmanifest", app_views.manifest, name="app-manifest"),
    path("ohne-netz.js", app_views.service_worker, name="service-worker"),
]
