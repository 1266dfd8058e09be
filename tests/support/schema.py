"""The empty database with all migrations applied, kept from run to run: applying them takes longer than most tests do.

Kept under `var/schema/`, one file for each of the two databases, named for what the migrations say; whoever comes
first makes it, the others copy it. Django's `migrate` then runs on the copy, finds nothing to apply and lays what
follows each migration (triggers), so that the copy is what a new database would be.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings

from tests.support import cluster

FOLDER = settings.BASE_DIR / "var" / "schema"
SAID_BY = ("verbund/*/migrations/*.py", "verbund/core/search/*.py", "requirements.txt")


def lay(vendor: str, connection) -> None:
    """Put an empty database with all tables behind a connection that has none yet."""
    kept = FOLDER / f"{vendor}-{version()}"
    with _alone(vendor):
        is_there = kept.exists()
        if not is_there:
            connection.creation.create_test_db(verbosity=0, autoclobber=True)
            _keep(vendor, connection, kept)
    if is_there:
        _copy(vendor, connection, kept)
        connection.creation.create_test_db(verbosity=0, keepdb=True)


def copy_to(target: Path | str) -> None:
    """Put the empty database where a program of its own will look for it: a file, or an empty database of PostgreSQL.

    Where no test has made it yet the program applies the migrations itself.
    """
    is_file = isinstance(target, Path)
    kept = FOLDER / f"{'sqlite' if is_file else 'postgres'}-{version()}"
    if kept.exists() and is_file:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(kept, target)
        target.chmod(0o600)
    elif kept.exists():
        command = [cluster.binaries() / "psql", "--quiet", "--dbname", target, "--file", kept]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


@cache
def version() -> str:
    """Return the name of what the migrations of this checkout make."""
    paths = [path for pattern in SAID_BY for path in sorted(settings.BASE_DIR.glob(pattern))]
    return hashlib.sha256(b"\n".join(path.read_bytes() for path in paths)).hexdigest()[:16]


def _keep(vendor: str, connection, kept: Path) -> None:
    draft = kept.with_suffix(f".{os.getpid()}")
    if vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(draft)])
    else:
        _run("pg_dump", connection, connection.settings_dict["NAME"], "--file", str(draft))
    for older in FOLDER.glob(f"{vendor}-*"):
        if older != draft:
            older.unlink()
    draft.replace(kept)


def _copy(vendor: str, connection, kept: Path) -> None:
    name = connection.settings_dict["TEST"]["NAME"]
    if vendor == "sqlite":
        shutil.copyfile(kept, name)
    else:
        _run("createdb", connection, name)
        _run("psql", connection, name, "--quiet", "--file", str(kept))


def _run(program: str, connection, database: str, *options: str) -> None:
    there = connection.settings_dict
    address = ["--host", there["HOST"], "--port", str(there["PORT"]), "--username", there["USER"]]
    subprocess.run([cluster.binaries() / program, *address, *options, database], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _alone(vendor: str):
    FOLDER.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (FOLDER / f".{vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
