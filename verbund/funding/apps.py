"""App configuration."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "verbund.funding"
    verbose_name = "Förderung"

    def ready(self):
        from verbund.core import append_only, doctor
        from verbund.funding import (  # noqa: F401 - declare and listen
            audit_words,
            clocks,
            handing_over,
            ledger,
            privacy,
            receivers,
        )

        append_only.register("funding_reclaimentry", message="entries of a reclaim are append-only")
        append_only.register("funding_budgetentry", message="entries of a title are append-only")
        clocks.register()
        handing_over.register()
        doctor.also_check(ledger.findings)
