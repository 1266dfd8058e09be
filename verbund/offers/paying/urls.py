"""Addresses of who pays."""

from django.urls import path

from verbund.offers.paying import views

urlpatterns = [
    path("pflege/<int:pk>/bezahlt/", views.payers, name="payers"),
    path("bescheid/<int:pk>/", views.paid_by_notice, name="paid-by-notice"),
]
