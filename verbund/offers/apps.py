"""App configuration."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "verbund.offers"
    verbose_name = "Angebote"
