"""App configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "verbund.core"
    verbose_name = "Mechanismen"

    def ready(self):
        from verbund.core.audit import triggers

        autodiscover_modules("privacy.own", "privacy")
        post_migrate.connect(triggers.lay_after_migrate, sender=self, dispatch_uid="core.audit.triggers")
