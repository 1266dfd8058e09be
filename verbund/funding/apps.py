"""App configuration."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "verbund.funding"
    verbose_name = "Förderung"

    def ready(self):
        from verbund.core import doctor
        from verbund.funding import audit_words, clocks, handing_over, ledger, privacy, receivers  # noqa: F401 - declare and listen

        clocks.register()
        handing_over.register()
        doctor.also_check(ledger.findings)
