"""A grant as one thing to lock: first of all when something about its money changes."""

from collections.abc import Iterable

from verbund.funding.models import GrantApplication


def locked_grant(application_id: int) -> GrantApplication:
    """Return the application with its row locked: first of all when something about its money changes.

    The lock leaves others free to refer to the row (`no_key`), otherwise an act that only adds a record to it, and
    holds the trail's chain already, would wait for this one and this one for it.
    """
    return locked_grants([application_id])[application_id]


def locked_grants(ids: Iterable[int]) -> dict[int, GrantApplication]:
    """Return several applications, locked in the order of their ids, so that two acts never wait for each other."""
    found = GrantApplication.objects.select_for_update(of=("self",), no_key=True).select_related("call__budget_title")
    return {one.pk: one for one in found.filter(pk__in=set(ids)).order_by("pk")}
