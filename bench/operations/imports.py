"""Taking over a list of entries: read, validated, compared for duplicates, written, audited; beside raw inserts."""

import hashlib
import sqlite3
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from bench.harness import Figures, cpu_seconds
from bench.registry import operation
from verbund.core.acting import Actor
from verbund.core.dates import today
from verbund.core.spreadsheets import reading
from verbund.directory.models import Centre
from verbund.offers.importing import operations, queries
from verbund.offers.models import ImportRun, Offer

ROWS_READ = 100_000
ROWS_WRITTEN = 1_500
"""Each row is written by the operations of its entry; so many fit into the time there is."""

HEAD = "Angebot;Anbieter;Kurzbeschreibung;Kategorie;Sprachen;Ort;Straße;PLZ;Stadt;Zeiten;Telefon;Kosten"
SAID = (
    "Deutsch lernen, Leute treffen;Arabisch, Türkisch;Haus am Markt;Markt 3;42651;Solingen;Di 15-17 Uhr;0212 290-0;5 €"
)


@operation("import_rows", limit="raw bulk insert", goal="≥ 3 % of raw SQLite bulk insert")
def import_rows() -> Figures:
    """Take over a list of new entries, undone by a rollback; `rows` says how many, the figures are for one row."""
    content = listed(ROWS_WRITTEN)
    reading_ms = _reading_ms()
    with _nothing_stays():
        begun, clock = cpu_seconds(), time.monotonic()
        actor = Actor(user=None, label="Messung", role="SYSTEM")
        run = operations.start_import(_centre(), content, "liste.csv", at=timezone.now(), actor=actor)
        columns = {int(position): code for position, code in run.columns.items()}
        operations.check_import(run, columns, partner=None, aim="DRAFT", at=timezone.now(), actor=actor)
        operations.finish(run, on=today(), actor=actor)
        checked = cpu_seconds()
        operations.apply_import(run, on=today(), at=timezone.now(), actor=actor)
        operations.finish(run, on=today(), actor=actor)
        done = cpu_seconds()
        made = queries.outcomes(ImportRun.objects.get(pk=run.pk))["CREATED"]
        seconds = time.monotonic() - clock
    if made != ROWS_WRITTEN:
        raise AssertionError(f"{made} instead of {ROWS_WRITTEN} entries")
    more = {
        "read_ms_per_row": round(reading_ms, 4),
        "rows_read": ROWS_READ,
        "check_ms_per_row": round((checked - begun) * 1000 / ROWS_WRITTEN, 3),
        "seconds": round(seconds, 1),
    }
    return Figures(
        (done - begun) * 1000 / ROWS_WRITTEN,
        rows=ROWS_WRITTEN,
        limit_ms=_raw_insert_ms(),
        bytes=len(content),
        more=more,
    )


def listed(count: int) -> bytes:
    """Return a list whose entries have names far from each other."""
    lines = (f"{_name(number)};Verein {number % 40};Gemeinsam sprechen;{SAID}" for number in range(count))
    return "\r\n".join([HEAD, *lines]).encode()


def _name(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()[:24]


def _reading_ms() -> float:
    """Return the CPU of reading one line, over the most lines a list may have."""
    table = reading.open_table(listed(ROWS_READ), "liste.csv")
    begun = cpu_seconds()
    count = sum(1 for _row in table.rows())
    return (cpu_seconds() - begun) * 1000 / count


def _raw_insert_ms() -> float:
    """Return the CPU of one row of a bulk insert into a table like that of the entries, without Django."""
    names = [field.column for field in Offer._meta.concrete_fields if not field.primary_key]
    row = tuple("Gemeinsam sprechen" for _name in names)
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "raw.sqlite3")
        connection.execute(f"CREATE TABLE raw (id INTEGER PRIMARY KEY, {', '.join(names)})")
        begun = cpu_seconds()
        marks = ", ".join("?" * len(names))
        with connection:
            connection.executemany(f"INSERT INTO raw ({', '.join(names)}) VALUES ({marks})", [row] * ROWS_READ)  # noqa: S608
        used = cpu_seconds() - begun
        connection.close()
    return used * 1000 / ROWS_READ


def _centre() -> Centre:
    return Centre.objects.get(key="05122")


class _Undo(Exception):
    """Leaves a transaction without keeping anything of it."""


@contextmanager
def _nothing_stays():
    """Take back everything that was written inside, so that the next measurement finds the same data."""
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        cache.clear()
