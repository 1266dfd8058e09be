"""Addresses of the brochures: those of the finder with the same filters, and with those of a centre alone."""

from django.urls import path

from verbund.offers.brochure import views

urlpatterns = [
    path("broschuere.pdf", views.brochure, name="brochure"),
    path("zentrum/<slug:key>/broschuere.pdf", views.brochure_of_centre, name="brochure-of-centre"),
]
