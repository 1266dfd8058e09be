"""Addresses of this app."""

app_name = "funding"
urlpatterns = []
