"""Statuses and moves as a table, applied in one place: lock, check, save, audit."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.errors import DomainError
from verbund.core.locks import locking


class NotAllowedNow(DomainError):
    """The move does not exist for the status the record has at this moment."""


class Lifecycle:
    """Which moves exist: `name=({statuses it starts from}, status it leads to)`.

    Nothing else assigns `status`. `field` names the status field of the record.
    """

    def __init__(self, *, field: str = "status", **moves):
        self.field = field
        self.moves = {name: (frozenset(sources), target) for name, (sources, target) in moves.items()}

    def open_for(self, status) -> set[str]:
        """Return the names of the moves that exist from a status."""
        return {name for name, (sources, _target) in self.moves.items() if status in sources}

    def check(self, move: str, record) -> None:
        """Raise NotAllowedNow unless the move exists for the record's status."""
        sources, _target = self.moves[move]
        if getattr(record, self.field) not in sources:
            label = getattr(record, f"get_{self.field}_display")()
            raise NotAllowedNow(
                _("Das geht im Stand „%(status)s“ nicht mehr. Laden Sie die Seite neu, um den Stand zu sehen.")
                % {"status": label}
            )

    def apply(
        self, move: str, record, *, actor, changes: dict | None = None, note: str = "", locked: Model | None = None
    ) -> None:
        """Lock the record, check the move, save the new status with `changes`, and audit both.

        `changes` are further field values of the same act (who signed, when). `locked` is the record as the caller has
        read it with its lock in the same transaction: it is not read again. Raises NotAllowedNow.
        """
        known = None if locked is None else [locked]
        self.apply_many(move, [record], actor=actor, changes=changes, note=note, locked=known)

    @transaction.atomic
    def apply_many(
        self,
        move: str,
        records: Sequence,
        *,
        actor,
        changes: dict | None = None,
        note: str = "",
        locked: Sequence | None = None,
    ) -> None:
        """Apply the same move to several records of one kind, or to none of them. Raises NotAllowedNow."""
        if not records:
            return
        model = type(records[0])
        ids = [record.pk for record in records]
        if locked is None:
            locked = locking(model._base_manager).filter(pk__in=ids).order_by("pk")
        before = {one.pk: one for one in locked}
        for pk in ids:
            self.check(move, before[pk])
        values = {**(changes or {}), self.field: self.moves[move][1]}
        for record in records:
            for name, value in values.items():
                setattr(record, name, value)
        model._base_manager.filter(pk__in=ids).update(**values)
        acts = (
            audit.Act(move, record, {name: getattr(before[record.pk], name) for name in values}, values, note)
            for record in records
        )
        audit.record_many(acts, actor=actor)
