"""Addresses of what pays."""

from django.urls import path

from verbund.advising.attributing import views

urlpatterns = [
    path("begleitung/<int:pk>/bezahlt/", views.attribute_accompaniment, name="accompaniment-paid"),
    path("oeffnung/<int:pk>/bezahlt/", views.attribute_opening, name="opening-paid"),
    path("netzwerke/sitzungen/<int:pk>/bezahlt/", views.attribute_meeting, name="meeting-paid"),
    path("vorhaben/<int:pk>/bezahlt/", views.attribute_venture, name="venture-paid"),
]
