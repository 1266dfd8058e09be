"""Addresses of the public finder: the search, and an entry as page, as picture for the telephone and on paper."""

from django.urls import path

from verbund.offers.views import finder, offer

urlpatterns = [
    path("", finder.finder, name="finder"),
    path("<int:pk>/", offer.offer, name="offer"),
    path("<int:pk>/qr.svg", offer.qr_code, name="offer-qr"),
    path("<int:pk>/druck/", offer.print_page, name="offer-print"),
]
