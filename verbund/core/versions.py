"""Optimistic locking: whoever saves says which version was on the screen; a newer one refuses and shows itself."""

from django.db import models
from django.utils.translation import gettext as _

from verbund.core.errors import DomainError


class StaleVersion(DomainError):
    """Somebody else saved the record since this page was opened."""

    status = 409


class Versioned(models.Model):
    """A record whose `version` counts each saved edit."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


def claim_version(record: Versioned, seen: int) -> None:
    """Take the next version of the record for this edit; raises StaleVersion if `seen` is no longer the newest.

    One UPDATE with the version in its condition, so that of two simultaneous edits exactly one passes.
    """
    updated = type(record)._base_manager.filter(pk=record.pk, version=seen).update(version=seen + 1)
    if not updated:
        raise StaleVersion(_("Jemand anderes hat inzwischen gespeichert. Ihr Text ist noch da, aber nicht übernommen."))
    record.version = seen + 1
