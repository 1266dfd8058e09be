"""Locking rows: the one place that says how."""

from django.db.models import Manager, QuerySet


def locking(rows: QuerySet | Manager, *, to_delete: bool = False) -> QuerySet:
    """Return the rows so that reading them locks each until the transaction ends; tables joined to them stay free.

    The lock keeps others from changing a row, not from referring to it (FOR NO KEY UPDATE): otherwise an act that only
    adds a record to the row, and holds the trail's chain already, would wait for this one and this one for it. A row
    that may be deleted is locked against references, too (`to_delete`). Several rows are read in the order of their
    keys, so that two acts never wait for each other. On SQLite the transaction is alone anyway.
    """
    return rows.select_for_update(of=("self",), no_key=not to_delete)
