"""App configuration."""

from django.apps import AppConfig


class AdvisingConfig(AppConfig):
    name = "verbund.advising"
    verbose_name = "Beratung und Vernetzung"
