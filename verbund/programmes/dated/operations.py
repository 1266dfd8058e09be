"""Rows outside guidelines: one operator proposes, another adopts; what counted before stays on record."""

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor, persons_of, refuse_same_person
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.directory.operations import mark_all_as_changed
from verbund.programmes import reference
from verbund.programmes.lifecycle import DATED_ROW, DatedRowStatus
from verbund.programmes.models import DATED_ROWS, BaseRate, DatedRow

BOOKKEEPING = frozenset({"id", "status", "proposed_by", "proposed_for", "proposed_at", "adopted_by", "adopted_for",
                         "adopted_at"})  # fmt: skip


class AlreadyProposed(DomainError):
    """A row for the same matter and day waits for its second person."""


@transaction.atomic
def propose_dated_row(row: DatedRow, *, actor: Actor) -> DatedRow:
    """Propose a base rate, value or lump sum; it counts once a second person has adopted it.

    A base rate ends with its half-year. Raises AlreadyProposed.
    """
    waiting = _of_the_same_matter(row).filter(valid_from=row.valid_from, status=DatedRowStatus.PROPOSED)
    if waiting.exists():
        raise AlreadyProposed(_("Für diesen Tag wartet schon eine Zeile auf die zweite Person."), field="valid_from")
    if isinstance(row, BaseRate):
        row.valid_until = BaseRate.end_of(row.valid_from)
    row.proposed_by, row.proposed_for, row.proposed_at = actor.user, actor.on_behalf_of, timezone.now()
    row.save(force_insert=True)
    audit.record("propose_dated_row", row, actor=actor, after=_values(row))
    return row


@transaction.atomic
def adopt_dated_row(row: DatedRow, *, actor: Actor) -> None:
    """Adopt a proposed row as the second person.

    A row of the same matter and day is replaced by it; if it has no end, the one before ends the day before.
    What was computed with the earlier rows keeps its working. Raises SamePerson for whoever proposed it, or
    NotAllowedNow.
    """
    DATED_ROW.check("adopt_dated_row", row)
    refuse_same_person(actor, persons_of(row, "proposed"))
    for other in locking(_of_the_same_matter(row)).filter(status=DatedRowStatus.ADOPTED).order_by("pk"):
        if other.valid_from == row.valid_from:
            DATED_ROW.apply("replace_dated_row", other, actor=actor)
        elif row.valid_until is None and other.valid_from < row.valid_from and other.covers_day(row.valid_from):
            _end(other, before=row, actor=actor)
    adoption = {**actor.signs("adopted"), "adopted_at": timezone.now()}
    DATED_ROW.apply("adopt_dated_row", row, actor=actor, changes=adoption)
    mark_all_as_changed()


@transaction.atomic
def reject_dated_row(row: DatedRow, *, actor: Actor) -> None:
    """Reject a proposed row; whoever proposed it may, too. Raises NotAllowedNow."""
    DATED_ROW.apply("reject_dated_row", row, actor=actor)


@transaction.atomic
def remove_demo_rows() -> None:
    """Remove the rows that people of the demonstration entered, and let the shipped ones count again."""
    for model in DATED_ROWS:
        manager = model._default_manager
        made_up = manager.filter(models.Q(proposed_by__is_demo=True) | models.Q(adopted_by__is_demo=True))
        matters = [row.about for row in made_up]
        made_up.delete()
        for about in matters:
            manager.filter(**about, proposed_by=None).delete()
    reference.load()


def _of_the_same_matter(row: DatedRow) -> models.QuerySet:
    return type(row)._default_manager.filter(**row.about)


def _end(row: DatedRow, *, before: DatedRow, actor: Actor) -> None:
    old, row.valid_until = row.valid_until, before.valid_from - timedelta(days=1)
    row.save(update_fields=["valid_until"])
    audit.record("end_dated_row", row, actor=actor, before={"valid_until": old}, after={"valid_until": row.valid_until})


def _values(row: DatedRow) -> dict:
    return {
        field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name not in BOOKKEEPING
    }
