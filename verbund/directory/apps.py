"""App configuration."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "verbund.directory"
    verbose_name = "Verzeichnis"
