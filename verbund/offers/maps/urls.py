"""Addresses of the maps."""

from django.urls import path

from verbund.offers.maps import views

urlpatterns = [path("<int:pk>/karte/<int:at>.svg", views.place_map, name="offer-map")]
