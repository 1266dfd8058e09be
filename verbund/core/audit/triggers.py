"""The database itself refuses to change or remove what the trail holds, whoever asks.

The triggers are laid after every `migrate` (and every `flush`) rather than by one migration: SQLite rebuilds a table
to alter it and silently drops its triggers. `unlocked` lifts them for the two jobs that need it: emptying a database
(the command `flush`, on which tests rely) and `restore`.
"""

from contextlib import contextmanager

from django.db import connections, transaction

GROWS_ONLY = "NEW.organisation_id <> OLD.organisation_id OR NEW.sequence <= OLD.sequence"
SQLITE = {
    "core_auditentry_stays_as_it_is": "BEFORE UPDATE ON core_auditentry",
    "core_auditentry_stays": "BEFORE DELETE ON core_auditentry",
    "core_auditchain_grows": f"BEFORE UPDATE ON core_auditchain WHEN {GROWS_ONLY}",
    "core_auditchain_stays": "BEFORE DELETE ON core_auditchain",
}
POSTGRESQL = {
    "core_auditentry_stays": "BEFORE UPDATE OR DELETE ON core_auditentry FOR EACH ROW",
    "core_auditentry_is_never_emptied": "BEFORE TRUNCATE ON core_auditentry FOR EACH STATEMENT",
    "core_auditchain_grows": f"BEFORE UPDATE ON core_auditchain FOR EACH ROW WHEN ({GROWS_ONLY})",
    "core_auditchain_stays": "BEFORE DELETE ON core_auditchain FOR EACH ROW",
    "core_auditchain_is_never_emptied": "BEFORE TRUNCATE ON core_auditchain FOR EACH STATEMENT",
}
MESSAGE = "audit trail is append-only"
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION core_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$
"""


def _table_of(event: str) -> str:
    return "core_auditentry" if " core_auditentry" in event else "core_auditchain"


def lay(using: str = "default") -> None:
    """Lay the triggers, anew where they already are."""
    lift(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
            for name, event in POSTGRESQL.items():
                cursor.execute(f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION core_audit_refuse()")
        else:
            for name, event in SQLITE.items():
                cursor.execute(f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END")


def lift(using: str = "default") -> None:
    """Take the triggers away."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        connection.check_constraints()  # pending deferred checks would keep the tables in use
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name, event in POSTGRESQL.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {_table_of(event)}")
        else:
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


@contextmanager
def unlocked(using: str = "default"):
    """Lift the triggers for a block that empties or restores the whole database; they come back in any case."""
    with transaction.atomic(using=using):
        lift(using)
    try:
        yield
    finally:
        if not connections[using].needs_rollback:  # otherwise the rollback brings them back
            with transaction.atomic(using=using):
                lay(using)


def lay_after_migrate(*, using: str, **_others) -> None:
    """Receive `post_migrate` of core: lay the triggers once the tables are there (not yet at `migrate core zero`)."""
    connection = connections[using]
    with transaction.atomic(using=using):
        if {"core_auditentry", "core_auditchain"} <= set(connection.introspection.table_names()):
            lay(using)
