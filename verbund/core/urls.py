"""Addresses of the mechanisms: health."""

from django.urls import path

from verbund.core import health

app_name = "core"
urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]
