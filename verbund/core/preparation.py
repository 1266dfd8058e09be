"""Bringing an installation up to date: tables, reference data, static files; quick and silent when all is there."""

import hashlib
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.utils.module_loading import module_has_submodule

from verbund.core import health
from verbund.core.logs import say


def bring_up_to_date() -> None:
    """Apply what is missing: migrations, the table of the cache, reference data of the apps in layer order."""
    missing = health.missing_migrations()
    if missing:
        say(f"Datenbank wird eingerichtet ({len(missing)} Schritte) …")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    load_reference_data()


def load_reference_data() -> None:
    """Call `reference.load()` of every app that has one, lower layers first (the order of INSTALLED_APPS)."""
    for app in apps.get_app_configs():
        if app.name.startswith("verbund.") and module_has_submodule(app.module, "reference"):
            changed = import_module(f"{app.name}.reference").load()
            if changed:
                say(f"Stammdaten geladen: {app.verbose_name}")


def collect_static_files() -> None:
    """Collect the static files under hashed names, compressed, once per version of them."""
    if not settings.COLLECTED_STATIC:
        return
    root = Path(settings.STATIC_ROOT)
    stamp, fingerprint = root / ".version", _fingerprint_of_static_files()
    if stamp.exists() and stamp.read_text() == fingerprint and (root / "staticfiles.json").exists():
        return
    say("Gestaltung wird zusammengestellt …")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(fingerprint)


def database_in_words() -> str:
    kind = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    return f"{kind} ({connection.settings_dict['NAME']})"


def _fingerprint_of_static_files() -> str:
    """Return a hash over name, size and time of every static file."""
    found = []
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            found.append(f"{name}:{state.st_size}:{state.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()
