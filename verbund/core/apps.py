"""App configuration."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

TRAIL_ONLY_GROWS = "audit trail is append-only"
GOES_BACK = "NEW.organisation_id <> OLD.organisation_id OR NEW.sequence <= OLD.sequence"


class CoreConfig(AppConfig):
    name = "verbund.core"
    verbose_name = "Mechanismen"

    def ready(self):
        from verbund.core import append_only, long_numbers

        autodiscover_modules("privacy.own", "privacy")
        append_only.register("core_auditentry", message=TRAIL_ONLY_GROWS)
        append_only.register("core_auditchain", message=TRAIL_ONLY_GROWS, refused_if=GOES_BACK)
        connection_created.connect(long_numbers.watch, dispatch_uid="core.long_numbers")
        post_migrate.connect(append_only.lay_after_migrate, sender=self, dispatch_uid="core.append_only")
