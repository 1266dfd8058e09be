"""Many rows at once, past the objects: ids are reserved first, so that what belongs together is written table by table.

For rows that were checked before. Constraints and triggers of the database hold as always.
"""

import gc
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial

from django.db import connection

WRITTEN_AS_IS = frozenset(
    {
        "BigAutoField", "BigIntegerField", "BooleanField", "CharField", "ForeignKey", "IntegerField",
        "PositiveBigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "TextField",
    }
)  # fmt: skip
"""Kinds of fields whose values both drivers take as they are."""

OFTEN_ALIKE = frozenset({"DateField", "DateTimeField", "DecimalField", "TimeField"})
"""Kinds of fields of which many rows have the same value."""


class AsJson(str):
    """A value of a JSON field as the text that goes into the database."""

    __slots__ = ()


NOTHING = AsJson("{}")
EMPTY = {list: "[]", dict: "{}"}
GIVE_WAY_SECONDS = 0.12


def reserve(model, count: int) -> Sequence[int]:
    """Return ids nobody else gets, for rows to be inserted in the same transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # the transaction began IMMEDIATE and is alone
            cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
            last = cursor.fetchone()[0]
            return range(last + 1, last + count + 1)
        sequence = [connection.ops.quote_name(table), model._meta.pk.column, count]
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", sequence)
        return [number for (number,) in cursor.fetchall()]


def insert(model, names: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Insert rows; `names` are the attributes their values stand for ("partner_id"), all others must have a default
    in the database."""
    columns, prepared = _prepared(model, names, rows)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in prepared:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", prepared)  # noqa: S608


def insert_one(model, names: Sequence[str], row: Sequence) -> int:
    """Insert a row as `insert` does and return its id."""
    columns, [values] = _prepared(model, names, [row])
    table, pk = map(connection.ops.quote_name, (model._meta.db_table, model._meta.pk.column))
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) RETURNING {pk}", values)  # noqa: S608
        return cursor.fetchone()[0]


def insert_unless_there(model, names: Sequence[str], row: Sequence) -> bool:
    """Insert a row unless one that must be unique says the same; return whether it is new.

    One statement where asking, or a refusal in a savepoint, takes three. Who comes second in the same instant waits
    until the first one's transaction has ended.
    """
    columns, [values] = _prepared(model, names, [row])
    table, marks = connection.ops.quote_name(model._meta.db_table), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT DO NOTHING",  # noqa: S608
            values,
        )
        return cursor.rowcount == 1


def update(model, names: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Change rows, each with values of its own; the last value of a row is its id."""
    columns, prepared = _prepared(model, [*names, model._meta.pk.attname], rows)
    table = connection.ops.quote_name(model._meta.db_table)
    changes = ", ".join(f"{column} = %s" for column in columns[:-1])
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {changes} WHERE {columns[-1]} = %s", prepared)  # noqa: S608


@contextmanager
def without_cycles() -> Iterator[None]:
    """Put off the search for objects that only hold each other while a batch is worked on.

    A batch makes many objects and no such cycles; searching them all again and again takes up to a tenth of its time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def give_way() -> None:
    """Leave SQLite to whoever waits to write: they try again every tenth of a second (PostgreSQL lets all write)."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(GIVE_WAY_SECONDS)


def _prepared(model, names: Sequence[str], rows: Iterable[Sequence]) -> tuple[list[str], list]:
    """Return the quoted columns, and the rows with values as the driver takes them."""
    fields = [model._meta.get_field(name) for name in names]
    columns = [connection.ops.quote_name(field.column) for field in fields]
    writers = [(position, write) for position, field in enumerate(fields) if (write := _writer(field))]
    if not writers:
        return columns, list(rows)
    found = []
    for row in rows:
        values = list(row)
        for position, write in writers:
            if values[position] is not None:
                values[position] = write(values[position])
        found.append(values)
    return columns, found


def _writer(field) -> Callable | None:
    """Return what makes a value of a field ready for the driver; None where it takes values as they are."""
    kind = "ForeignKey" if field.is_relation else field.get_internal_type()
    if kind in WRITTEN_AS_IS or (connection.vendor == "postgresql" and kind != "JSONField"):
        return None
    write = partial(field.get_db_prep_save, connection=connection)
    if kind != "JSONField":
        return cache(write) if kind in OFTEN_ALIKE else write
    if field.encoder is None and connection.vendor == "sqlite":
        write = _json
    return lambda value: str(value) if type(value) is AsJson else write(value)


def _json(value) -> str:
    return json.dumps(value) if value else EMPTY.get(type(value)) or json.dumps(value)
