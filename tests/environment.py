"""Where a test run keeps what it makes. Loaded by pytest before the settings (`-p`), because they read the environment.

Each run has one folder, each worker of it a data directory of its own; the folder goes when the run ends. Runs that
were killed leave theirs behind: the next run removes them, with the PostgreSQL server that lived there.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.support import cluster

RUN_VARIABLE = "VERBUND_TEST_RUN_DIR"
PREFIX = "verbund-tests-"
KEPT = {RUN_VARIABLE, "VERBUND_TEST_DATABASE", "VERBUND_REQUIRE_ALL", "VERBUND_SCREENSHOTS", "VERBUND_SLOW_LINE"}
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def remove_left_behind() -> None:
    """Remove the folders of runs whose process is gone."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        pid = folder.name.removeprefix(PREFIX).split("-")[0]
        if pid.isdigit() and not is_alive(int(pid)):
            remove(folder)


def remove(folder: Path) -> None:
    cluster.stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


def remove_own(folder: Path, owner: int) -> None:
    if os.getpid() == owner:
        remove(folder)


def prepare() -> Path:
    """Set the environment for the settings and return the folder of this run."""
    if WORKER:
        folder = Path(os.environ[RUN_VARIABLE])
    else:
        remove_left_behind()
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        atexit.register(remove_own, folder, os.getpid())
    for name in [name for name in os.environ if name.startswith("VERBUND_") and name not in KEPT]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    os.environ[RUN_VARIABLE] = str(folder)
    os.environ["VERBUND_DATA_DIR"] = str(folder / (WORKER or "main"))
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's synchronous interface runs an event loop
    return folder


RUN_DIR = prepare()
