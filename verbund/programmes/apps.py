"""App configuration."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProgrammesConfig(AppConfig):
    name = "verbund.programmes"
    verbose_name = "Programme"

    def ready(self):
        import_module("verbund.programmes.privacy")
        post_migrate.connect(load_reference_rows, sender=self)


def load_reference_rows(*, apps, **_options):
    """After each migration: put in the shipped guidelines that are missing, so that every installation has them."""
    if _is_newest_state(apps):
        import_module("verbund.programmes.reference").load()


def _is_newest_state(apps) -> bool:
    """Whether the database has this app's tables as the code knows them (not while migrating back)."""
    try:
        apps.get_model("programmes", "PolicyValue")
    except LookupError:
        return False
    return True
