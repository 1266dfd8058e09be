"""A grant as one thing to lock: first of all when something about its money changes."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.funding.models import GrantApplication


class FileDeleted(DomainError):
    """The file was deleted after its period: nothing happens on it any more."""


def locked_grant(application_id: int) -> GrantApplication:
    """Return the application with its row locked: first of all when something about its money changes.

    Raises FileDeleted.
    """
    return locked_grants([application_id])[application_id]


def locked_grants(ids: Iterable[int]) -> dict[int, GrantApplication]:
    """Return several applications, locked in the order of their ids, so that two acts never wait for each other.

    Raises FileDeleted.
    """
    rows = locking(GrantApplication.objects).select_related("call__budget_title")
    found = {one.pk: one for one in rows.filter(pk__in=set(ids)).order_by("pk")}
    for one in found.values():
        if one.deleted_on is not None:
            raise FileDeleted(_("Diese Akte wurde am %(day)s gelöscht.") % {"day": f"{one.deleted_on:%d.%m.%Y}"})
    return found
