"""Proposals in the order in which they are signed: one after the other, each with its own signature."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from verbund.core.acting import Actor
from verbund.funding import queries
from verbund.funding.lifecycle import DecisionStatus
from verbund.funding.models import Decision


@dataclass(frozen=True)
class Place:
    """Where one record stands in a row of records: its number, how many there are, and its neighbours' ids."""

    number: int
    count: int
    previous: int | None
    next: int | None


def place_in(ids: list[int], pk: int) -> Place | None:
    """Return the place of an id in a row, None where it is not in it."""
    if pk not in ids:
        return None
    index = ids.index(pk)
    return Place(
        number=index + 1,
        count=len(ids),
        previous=ids[index - 1] if index else None,
        next=ids[index + 1] if index + 1 < len(ids) else None,
    )


def proposals(actor: Actor) -> QuerySet[Decision]:
    """Return the proposals that wait for a second signature, without those the actor made; by centre."""
    own = Q(proposed_by_id__in=actor.persons) | Q(proposed_for_id__in=actor.persons)
    found = queries.decisions_visible_to(actor).filter(status=DecisionStatus.PROPOSED).exclude(own)
    return found.select_related("proposed_by").order_by("application__centre__organisation__name", "pk")


def place_of(actor: Actor, decision: Decision) -> Place | None:
    """Return where a proposal stands among those that wait, None for one that does not wait for this person."""
    return place_in(list(proposals(actor).values_list("pk", flat=True)), decision.pk)


def after(actor: Actor, decision: Decision) -> int | None:
    """Return the proposal to show when this one has been signed: the next one, else the one before."""
    place = place_of(actor, decision)
    return (place.next or place.previous) if place else None
