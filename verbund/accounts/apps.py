"""App configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "verbund.accounts"
    verbose_name = "Konten"

    def ready(self):
        from verbund.accounts import privacy  # noqa: F401 - declares
