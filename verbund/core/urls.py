"""Addresses of the mechanisms: health, contact for weaknesses, icon."""

from django.urls import path

from verbund.core import demo_day, health
from verbund.core.privacy import pages

app_name = "core"
urlpatterns = [
    path("verwaltung/verarbeitungen/", pages.processing, name="processing"),
    path("vorfuehrtag/", demo_day.choose, name="demo-day"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path(".well-known/security.txt", health.security_text, name="security-text"),
    path("favicon.ico", health.favicon, name="favicon"),
]
