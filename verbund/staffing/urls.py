"""Addresses of this app."""

app_name = "staffing"
urlpatterns = []
