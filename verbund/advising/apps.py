"""App configuration."""

from django.apps import AppConfig

IS_NO_CUT = (
    "NEW.venture_id <> OLD.venture_id OR NEW.number <> OLD.number OR NEW.made_on <> OLD.made_on "
    "OR NEW.cuts <> OLD.cuts + 1"
)
"""What the database refuses to change in a version: all but a text from which a passage is cut out, counted."""


class AdvisingConfig(AppConfig):
    name = "verbund.advising"
    verbose_name = "Beratung und Vernetzung"

    def ready(self):
        from verbund.advising import receivers  # noqa: F401 - listen
        from verbund.advising.ventures import reading
        from verbund.core import append_only
        from verbund.offers import origins

        append_only.register(
            "advising_conceptversion", message="versions of a concept are append-only", refused_if=IS_NO_CUT
        )
        origins.register(reading.venture_of_offer)
