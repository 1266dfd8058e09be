"""Tables that only grow: the database itself refuses to change or remove their rows, whoever asks.

An app registers its tables in `AppConfig.ready()`:

    append_only.register("funding_reclaimentry", message="entries of a reclaim are append-only")

The triggers are laid after every `migrate` (and every `flush`) rather than by one migration: SQLite rebuilds a table
to alter it and silently drops its triggers. `unlocked` lifts them for the few jobs that need it: emptying a database
(the command `flush`, on which tests rely), `restore`, and removing the demonstration.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections, transaction


@dataclass(frozen=True)
class AppendOnly:
    """A table of which rows are only added. `refused_if` narrows which updates are refused (SQL on OLD and NEW)."""

    table: str
    message: str
    refused_if: str = ""


TABLES: dict[str, AppendOnly] = {}
UPDATE, DELETE, TRUNCATE = "never_changes", "stays", "is_never_emptied"
EARLIER = ("stays_as_it_is", "grows")
"""What triggers of the audit trail were called before; a database that still has them loses them here."""


def register(table: str, *, message: str, refused_if: str = "") -> None:
    """Let rows of a table only be added; the database answers anything else with `message`."""
    TABLES[table] = AppendOnly(table, message, refused_if)


def _events(rule: AppendOnly, vendor: str) -> dict[str, str]:
    """Return the triggers of a table by name: when each of them refuses."""
    condition = f" WHEN ({rule.refused_if})" if rule.refused_if else ""
    each_row = " FOR EACH ROW" if vendor == "postgresql" else ""
    events = {
        UPDATE: f"BEFORE UPDATE ON {rule.table}{each_row}{condition}",
        DELETE: f"BEFORE DELETE ON {rule.table}{each_row}",
    }
    if vendor == "postgresql":
        events[TRUNCATE] = f"BEFORE TRUNCATE ON {rule.table} FOR EACH STATEMENT"
    return {f"{rule.table}_{name}": event for name, event in events.items()}


def _refusal(rule: AppendOnly, vendor: str) -> str:
    if vendor == "postgresql":
        return f"EXECUTE FUNCTION core_append_only_refuse('{rule.message}')"
    return f"BEGIN SELECT RAISE(ABORT, '{rule.message}'); END"


POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION core_append_only_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$
"""


def lay(using: str = "default", tables: Iterable[str] | None = None) -> None:
    """Lay the triggers of some tables or of all, anew where they already are; a table not there yet is left out."""
    lift(using, tables)
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for rule in _there(using, tables):
            for name, event in _events(rule, connection.vendor).items():
                cursor.execute(f"CREATE TRIGGER {name} {event} {_refusal(rule, connection.vendor)}")


def lift(using: str = "default", tables: Iterable[str] | None = None) -> None:
    """Take the triggers of some tables or of all away."""
    connection = connections[using]
    is_postgresql = connection.vendor == "postgresql"
    if is_postgresql:
        connection.check_constraints()  # pending deferred checks would keep the tables in use
    with connection.cursor() as cursor:
        for rule in _there(using, tables):
            for ending in (UPDATE, DELETE, TRUNCATE, *EARLIER):
                where = f" ON {rule.table}" if is_postgresql else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {rule.table}_{ending}{where}")


def _there(using: str, tables: Iterable[str] | None) -> list[AppendOnly]:
    present = set(connections[using].introspection.table_names())
    wanted = TABLES.keys() if tables is None else tables
    return [TABLES[table] for table in wanted if table in present]


@contextmanager
def unlocked(using: str = "default", *, tables: Iterable[str] | None = None):
    """Lift the triggers for a block that empties, restores or clears tables; they come back in any case."""
    with transaction.atomic(using=using):
        lift(using, tables)
    try:
        yield
    finally:
        if not connections[using].needs_rollback:  # otherwise the rollback brings them back
            with transaction.atomic(using=using):
                lay(using, tables)


def lay_after_migrate(*, using: str, **_others) -> None:
    """Receive `post_migrate` of core, sent when all tables are there: lay the triggers."""
    with transaction.atomic(using=using):
        lay(using)
