"""App configuration."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "verbund.programmes"
    verbose_name = "Programme"
