"""Addresses of the rows outside guidelines, below /programme/werte/."""

from django.urls import path

from verbund.programmes.dated import views

urlpatterns = [
    path("", views.values, name="values"),
    path("<slug:name>/neu/", views.propose, name="value-propose"),
    path("<slug:name>/<int:pk>/annehmen/", views.adopt, name="value-adopt"),
    path("<slug:name>/<int:pk>/verwerfen/", views.reject, name="value-reject"),
]
