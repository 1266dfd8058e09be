"""A grant as one thing to lock: first of all when something about its money changes."""

from collections.abc import Iterable

from verbund.core.locks import locking
from verbund.funding.models import GrantApplication


def locked_grant(application_id: int) -> GrantApplication:
    """Return the application with its row locked: first of all when something about its money changes."""
    return locked_grants([application_id])[application_id]


def locked_grants(ids: Iterable[int]) -> dict[int, GrantApplication]:
    """Return several applications, locked in the order of their ids, so that two acts never wait for each other."""
    found = locking(GrantApplication.objects).select_related("call__budget_title")
    return {one.pk: one for one in found.filter(pk__in=set(ids)).order_by("pk")}
