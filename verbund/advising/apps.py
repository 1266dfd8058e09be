"""App configuration."""

from django.apps import AppConfig


class AdvisingConfig(AppConfig):
    name = "verbund.advising"
    verbose_name = "Beratung und Vernetzung"

    def ready(self):
        from verbund.core import append_only

        append_only.register("advising_conceptversion", message="versions of a concept are append-only")
