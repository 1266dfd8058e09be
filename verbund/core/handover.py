"""Handing over what a person has in hand, to another one, in one act.

An app registers what it assigns to people:

    handover.register("applications", _("Anträge in Prüfung"), query=applications_of, reassign=assign_to)

`query(person)` returns the records in the person's hand; `reassign(record, to=…, on=…, actor=…)` assigns one, and
refuses with a DomainError, for example after a declared conflict of interest. `why_not(record, to)` says beforehand
why it would refuse ("" if it would not).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking


class NothingToHandOver(DomainError):
    """The person has nothing in hand, or nothing of it may go to the other one."""


class SameHands(DomainError):
    """The tasks cannot go to the person who has them."""


@dataclass(frozen=True)
class Source:
    """One kind of thing that is assigned to people."""

    code: str
    label: str
    query: Callable[[object], QuerySet]
    reassign: Callable
    why_not: Callable[[Model, object], str]


@dataclass
class Line:
    """One record in hand and, if it may not go to the other person, why."""

    label: str
    record: Model
    why_not: str = ""


@dataclass
class Result:
    """What was handed over, and what was not with the reason."""

    done: list[Line] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)


SOURCES: dict[str, Source] = {}


def register(code: str, label: str, *, query: Callable, reassign: Callable, why_not: Callable) -> None:
    """Register something that is assigned to people under a code of its own."""
    SOURCES[code] = Source(code, label, query, reassign, why_not)


def in_hand(person, *, to=None) -> list[Line]:
    """Return everything a person has in hand; with `to` also what may not go to that one, and why."""
    return [
        Line(str(source.label), record, source.why_not(record, to) if to is not None else "")
        for source in SOURCES.values()
        for record in source.query(person)
    ]


@transaction.atomic
def hand_over(person, *, to, on: date, actor: Actor) -> Result:
    """Assign all that a person has in hand to another one; each piece is recorded, what may not go is named.

    The records are locked before the first one is recorded. Raises SameHands or NothingToHandOver.
    """
    if person.pk == to.pk:
        raise SameHands(_("Die Aufgaben liegen schon bei dieser Person."), field="to")
    held = [(source, record) for source in SOURCES.values() for record in locking(source.query(person)).order_by("pk")]
    result = Result()
    for source, record in sorted(held, key=lambda pair: pair[1].audit_organisation_id):
        line = Line(str(source.label), record)
        try:
            with transaction.atomic():
                source.reassign(record, to=to, on=on, actor=actor)
            result.done.append(line)
        except DomainError as refusal:
            line.why_not = str(refusal)
            result.refused.append(line)
    if not result.done:
        raise NothingToHandOver(
            _("Davon kann nichts an diese Person gehen.") if result.refused else _("Es gibt nichts zu übergeben."),
            field="to",
        )
    return result
