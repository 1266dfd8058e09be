"""Writing down in one go what happened at an institution: known or new, accompanied already or for the first time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from verbund.advising.accompaniments.operations.accompaniments import (
    StepFacts,
    record_step,
    set_follow_up,
    start_accompaniment,
)
from verbund.advising.models import Accompaniment
from verbund.directory.models import Centre, Partner
from verbund.directory.operations import create_partner


@dataclass(frozen=True)
class NewInstitution:
    """An institution that is not kept yet: name, kind, town."""

    name: str
    kind: str
    municipality: object | None = None


@dataclass(frozen=True)
class Entry:
    """A step and where it belongs: to an accompaniment that runs, else to a new one with `facts`."""

    step: StepFacts
    institution: Partner | NewInstitution
    accompaniment: Accompaniment | None = None
    facts: dict = field(default_factory=dict)
    follow_up_on: date | None = None
    follow_up_note: str = ""


@transaction.atomic
def enter(entry: Entry, *, centre: Centre, on: date, actor) -> Accompaniment:
    """Write down a step, with its accompaniment and institution where they are new; return the accompaniment.

    Raises AlreadyKnown, WrongDay, WrongKind, EndedInstitution, ClosedForIt.
    """
    follow_up = {"follow_up_on": entry.follow_up_on, "follow_up_note": entry.follow_up_note}
    if entry.accompaniment:
        record_step(entry.accompaniment, entry.step, on=on, actor=actor)
        if entry.follow_up_on:
            set_follow_up(entry.accompaniment, **follow_up, actor=actor)
        return entry.accompaniment
    partner = entry.institution
    if isinstance(partner, NewInstitution):
        values = {"kind": partner.kind, "municipality": partner.municipality}
        partner = create_partner(centre, partner.name, values, actor=actor)
    return start_accompaniment(partner, {**entry.facts, **follow_up}, step=entry.step, on=on, actor=actor)


@transaction.atomic
def enter_many(entries: Iterable[Entry], *, centre: Centre, on: date, actor) -> None:
    """Write down several steps, all or none."""
    for entry in entries:
        enter(entry, centre=centre, on=on, actor=actor)
