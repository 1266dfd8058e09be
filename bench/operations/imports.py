"""Taking over a list of entries: read, validated, compared for duplicates, written, audited; beside raw inserts."""

import random
import resource
import sqlite3
import tempfile
import time
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from bench.harness import Figures, cpu_seconds
from bench.registry import operation
from verbund.core.acting import Actor
from verbund.core.dates import today
from verbund.directory.models import Centre
from verbund.offers.importing import operations, queries, reading
from verbund.offers.models import ImportRun, Offer

ROWS = 100_000
PARTNERS, PLACES = 400, 3_000
ACTOR = Actor(user=None, label="Messung", role="SYSTEM")
HEAD = "Angebot;Anbieter;Kurzbeschreibung;Beschreibung;Kategorie;Sprachen;Ort;Straße;PLZ;Stadt;Zeiten;Telefon;Kosten"
NEEDS = ("Deutsch lernen", "Leute treffen", "Arbeit und Beruf", "Schule und Kita")
LANGUAGES = ("Arabisch", "Türkisch", "Ukrainisch", "Russisch", "Dari", "Englisch")


@operation("import_rows", limit="raw bulk insert", goal="≥ 3 % of raw SQLite bulk insert")
def import_rows() -> Figures:
    """Take over a list of new entries in a copy of the database; the figures are for one row.

    `limit_cpu_ms` is one row of a table without an index; a line becomes ten rows in tables with indexes. What the
    database alone needs for its statements (SQLite) is `statements_ms_per_row`.
    """
    content = listed(ROWS)
    reading_ms = _reading_ms(content)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    statements = _Statements()
    with _copied_database(), connection.execute_wrapper(statements):
        begun, clock = cpu_seconds(), time.monotonic()
        run = operations.start_import(_centre(), content, "liste.csv", at=timezone.now(), actor=ACTOR)
        columns = {int(position): code for position, code in run.columns.items()}
        operations.check_import(run, columns, partner=None, aim="DRAFT", at=timezone.now(), actor=ACTOR)
        operations.finish(run, on=today(), actor=ACTOR)
        checked = cpu_seconds()
        operations.apply_import(run, on=today(), at=timezone.now(), actor=ACTOR)
        operations.finish(run, on=today(), actor=ACTOR)
        done = cpu_seconds()
        made = queries.outcomes(ImportRun.objects.get(pk=run.pk))["CREATED"]
        seconds = time.monotonic() - clock
    if made != ROWS:
        raise AssertionError(f"{made} instead of {ROWS} entries")
    more = {
        "read_ms_per_row": round(reading_ms, 4),
        "check_ms_per_row": round((checked - begun) * 1000 / ROWS, 3),
        "apply_ms_per_row": round((done - checked) * 1000 / ROWS, 3),
        "statements_ms_per_row": round(statements.seconds * 1000 / ROWS, 3),
        "memory_mb": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) // 1024,
        "seconds": round(seconds, 1),
    }
    per_row = (done - begun) * 1000 / ROWS
    return Figures(per_row, rows=ROWS, limit_ms=_raw_insert_ms(), bytes=len(content), more=more)


def listed(count: int) -> bytes:
    """Return a list as varied as real ones, whose entries have names far from each other."""
    return "\r\n".join([HEAD, *(_line(number) for number in range(count))]).encode()


def _line(number: int) -> str:
    luck = random.Random(number)  # noqa: S311 - the same list every time
    place, hour = luck.randrange(PLACES), 9 + luck.randrange(8)
    return ";".join(
        [
            sha256(str(number).encode()).hexdigest()[:24], f"Verein {luck.randrange(PARTNERS)}", "Gemeinsam sprechen",
            f"Wir treffen uns jede Woche in der Gruppe {number}.", ", ".join(luck.sample(NEEDS, 2)),
            ", ".join(luck.sample(LANGUAGES, 2)), f"Haus {place}", f"Straße {place}", "42651", "Solingen",
            f"{luck.choice(('Mo', 'Di', 'Mi', 'Do', 'Fr'))} {hour}-{hour + 2} Uhr", f"0212 {number}",
            f"{luck.randrange(1, 20)} €",
        ]
    )  # fmt: skip


def _reading_ms(content: bytes) -> float:
    """Return the CPU of reading one line, over the most lines a list may have."""
    table = reading.open_table(content, "liste.csv")
    begun = cpu_seconds()
    count = sum(1 for _row in table.rows())
    return (cpu_seconds() - begun) * 1000 / count


def _raw_insert_ms() -> float:
    """Return the CPU of one row of a bulk insert into a table like that of the entries, without Django."""
    names = [field.column for field in Offer._meta.concrete_fields if not field.primary_key]
    row = tuple("Gemeinsam sprechen" for _name in names)
    with tempfile.TemporaryDirectory() as folder:
        raw = sqlite3.connect(Path(folder) / "raw.sqlite3")
        raw.execute(f"CREATE TABLE raw (id INTEGER PRIMARY KEY, {', '.join(names)})")
        begun = cpu_seconds()
        marks = ", ".join("?" * len(names))
        with raw:
            raw.executemany(f"INSERT INTO raw ({', '.join(names)}) VALUES ({marks})", [row] * ROWS)  # noqa: S608
        used = cpu_seconds() - begun
        raw.close()
    return used * 1000 / ROWS


class _Statements:
    """Adds up the CPU of the statements themselves: what no program could do with less than these rows."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self, execute, sql, parameters, many, context):
        begun = time.process_time()
        try:
            return execute(sql, parameters, many, context)
        finally:
            self.seconds += time.process_time() - begun


def _centre() -> Centre:
    return Centre.objects.get(key="05122")


@contextmanager
def _copied_database():
    """Work in a copy of the database that goes afterwards, so that the next measurement finds the same data.

    Batches are committed as in operation. Taking all back at the end would put savepoints around them, and SQLite's
    journal of what changed since a savepoint made each further statement slower.
    """
    name = connection.settings_dict["NAME"]
    connection.close()
    copy = _copy_of(name)
    connection.settings_dict["NAME"] = copy
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        _remove(copy)
        cache.clear()


def _copy_of(name):
    if connection.vendor == "sqlite":
        copy = Path(name).with_suffix(".import")
        _remove(copy)
        with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        return copy
    copy = f"{name}_import"
    _remove(copy)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {_quoted(copy)} TEMPLATE {_quoted(name)}")
    return copy


def _remove(copy) -> None:
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(f"{copy}{ending}").unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {_quoted(copy)}")


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
