"""App configuration."""

from django.apps import AppConfig


class AdvisingConfig(AppConfig):
    name = "verbund.advising"
    verbose_name = "Beratung und Vernetzung"

    def ready(self):
        from verbund.advising import receivers  # noqa: F401 - listen
        from verbund.advising.ventures import reading
        from verbund.core import append_only
        from verbund.offers import origins

        append_only.register("advising_conceptversion", message="versions of a concept are append-only")
        origins.register(reading.venture_of_offer)
