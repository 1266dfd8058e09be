"""What stands beside the table of entries and searches it: an FTS5 table on SQLite, a computed column on PostgreSQL.

Neither holds anything of its own: SQLite's reads its text from the entries, PostgreSQL's is computed by the database.
"""

from django.db import DatabaseError, connections

SQLITE = """
CREATE VIRTUAL TABLE core_search USING fts5(
    title, body, content='core_searchentry', content_rowid='id', tokenize='ascii'
)
"""
SQLITE_RANK = "INSERT INTO core_search (core_search, rank) VALUES ('rank', 'bm25(10.0, 1.0)')"
POSTGRESQL = """
ALTER TABLE core_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'D')
) STORED;
CREATE INDEX core_search_vector ON core_searchentry USING gin (vector);
ALTER TABLE core_searchword ALTER COLUMN folded TYPE varchar(130) COLLATE "C"
"""


def lay(schema_editor) -> None:
    """Make them (migration 0002)."""
    statements = [SQLITE, SQLITE_RANK] if schema_editor.connection.vendor == "sqlite" else [POSTGRESQL]
    for statement in statements:
        schema_editor.execute(statement)


def lift(schema_editor) -> None:
    """Take them away; the column goes with its table."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE core_search")


def refresh(using: str = "default") -> None:
    """Bring SQLite's table in line with the entries after these were written or emptied behind its back."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO core_search (core_search) VALUES ('rebuild')")


def is_in_step(using: str = "default") -> bool:
    """Say whether the search finds exactly what the entries hold (always so on PostgreSQL)."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return True
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO core_search (core_search, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        return False
    return True
