"""The two databases of the suite behind the one alias `default`: SQLite for all, PostgreSQL for tests marked so."""

import importlib.util
import os
from contextlib import contextmanager
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.db.models import AutoField

from config import env
from tests import environment
from tests.support import cluster, schema
from verbund.programmes import memory

LAYERS = ("core", "accounts", "directory", "programmes", "staffing", "funding", "offers", "advising", "portal")


def load_reference() -> None:
    """Load what every installation has from the start, app by app from the bottom: areas, bodies, rates, courts."""
    with transaction.atomic():
        for app in LAYERS:
            if importlib.util.find_spec(f"verbund.{app}.reference"):
                import_module(f"verbund.{app}.reference").load()


def count_from_thousands(connection) -> None:
    """Let the numbers of each table's rows begin at a thousand of its own.

    They look as they do after years of use ("1.234" where a page forgets that a number is a key), and a page that takes
    the number of one kind of row for that of another finds nothing.
    """
    keys = [(model._meta.db_table, model._meta.pk) for model in apps.get_models() if model._meta.managed]
    tables = sorted(table for table, pk in keys if isinstance(pk, AutoField))
    with connection.cursor() as cursor:
        for first, table in enumerate(tables, start=1):
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, first * 1000])
            else:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                    [connection.ops.quote_name(table), first * 1000],
                )


class Databases:
    """Puts one of the two databases behind `default`, for every thread; makes it, with reference data, at first use."""

    def __init__(self):
        self.settings = {"sqlite": connections.settings["default"]}
        self.settings["sqlite"]["TEST"]["NAME"] = str(settings.DATA_DIR / "test.sqlite3")
        self.connections = {}
        self.emptied: set[str] = set()
        self.current = "sqlite"

    def use(self, vendor: str) -> None:
        is_new = vendor not in self.connections
        if is_new and vendor == "postgres":
            self.settings[vendor] = postgres_settings()
        connections.settings["default"] = self.settings[vendor]
        if is_new:
            self.connections[vendor] = connections.create_connection("default")
        connections["default"] = self.connections[vendor]
        self.current = vendor
        if is_new:
            schema.lay(vendor, self.connections[vendor])
            count_from_thousands(self.connections[vendor])
            load_reference()

    def prepare(self, vendor: str, *, needs_reference: bool) -> None:
        """Use a database, and load its reference data again if a test that commits has emptied it."""
        memory.forget()
        self.use(vendor)
        if needs_reference and vendor in self.emptied:
            load_reference()
            self.emptied.discard(vendor)

    def close(self) -> None:
        for connection in self.connections.values():
            connection.close()


def postgres_settings() -> dict:
    with _environment(DATABASE_URL=cluster.url(environment.RUN_DIR)):
        database = env.database(settings.DATA_DIR)
    database |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
    database["TEST"] = {"NAME": f"verbund_{environment.WORKER or 'main'}"}
    return connections.configure_settings({"default": database})["default"]


@contextmanager
def _environment(**values):
    os.environ.update(values)
    try:
        yield
    finally:
        for name in values:
            del os.environ[name]
