"""App configuration."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "verbund.funding"
    verbose_name = "Förderung"

    def ready(self):
        from verbund.funding import audit_words, privacy, proof_clocks, receivers  # noqa: F401 - declare and listen

        proof_clocks.register()
