"""Optimistic locking: whoever saves says which version was on the screen; a newer one refuses and shows itself."""

from collections import defaultdict
from collections.abc import Iterable

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
    claim_versions([(record, seen)])


def claim_versions(claims: Iterable[tuple[Versioned, int]]) -> None:
    """Take the next version of several records of one kind; raises StaleVersion if one of them is newer than seen."""
    by_version: dict[int, list[Versioned]] = defaultdict(list)
    for record, seen in claims:
        by_version[seen].append(record)
    for seen, records in by_version.items():
        found = type(records[0])._base_manager.filter(pk__in=[record.pk for record in records], version=seen)
        if found.update(version=seen + 1) != len(records):
            raise StaleVersion(
                _("Jemand anderes hat inzwischen gespeichert. Ihr Text ist noch da, aber nicht übernommen.")
            )
        for record in records:
            record.version = seen + 1
