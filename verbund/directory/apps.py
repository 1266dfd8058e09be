"""App configuration."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "verbund.directory"
    verbose_name = "Verzeichnis"

    def ready(self):
        from verbund.directory import privacy  # noqa: F401 - declares
