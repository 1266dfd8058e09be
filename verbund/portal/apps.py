"""App configuration."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "verbund.portal"
    verbose_name = "Portal"
