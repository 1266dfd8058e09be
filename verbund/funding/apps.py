"""App configuration."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "verbund.funding"
    verbose_name = "Förderung"
