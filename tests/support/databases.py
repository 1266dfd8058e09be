"""The two databases of the suite behind the one alias `default`: SQLite for all, PostgreSQL for tests marked so."""

import importlib.util
import os
from contextlib import contextmanager
from importlib import import_module

from django.conf import settings
from django.db import connections, transaction

from config import env
from tests import environment
from tests.support import cluster
from verbund.programmes import memory

LAYERS = ("core", "accounts", "directory", "programmes", "staffing", "funding", "offers", "advising", "portal")


def load_reference() -> None:
    """Load what every installation has from the start, app by app from the bottom: areas, bodies, rates, courts."""
    with transaction.atomic():
        for app in LAYERS:
            if importlib.util.find_spec(f"verbund.{app}.reference"):
                import_module(f"verbund.{app}.reference").load()


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
            self.connections[vendor].creation.create_test_db(verbosity=0, autoclobber=True)
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
