"""App configuration."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "verbund.funding"
    verbose_name = "Förderung"

    def ready(self):
        from verbund.core import append_only
        from verbund.funding import (  # noqa: F401 - declare and listen
            audit_words,
            clocks,
            handing_over,
            privacy,
            receivers,
        )

        append_only.register("funding_reclaimentry", message="entries of a reclaim are append-only")
        clocks.register()
        handing_over.register()
