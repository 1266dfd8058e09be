"""The program as an operator starts it: `verbund …` in a process of its own, with its own data directory."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings

PATIENCE_SECONDS = 240


def run(*words: str, data_dir: Path, given: str | None = None, **environment: str) -> subprocess.CompletedProcess:
    """Run `verbund …` to its end and return status, output and errors."""
    command = [sys.executable, "-m", "verbund.cli", *words]
    return subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=environment_of(data_dir, environment),
        input=given,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def environment_of(data_dir: Path, more: dict) -> dict:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("VERBUND_", "DJANGO_", "DATABASE_"))
    }
    return {**kept, "VERBUND_DATA_DIR": str(data_dir), "PYTHONWARNINGS": "ignore", **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A running `verbund serve`; leaving the block stops it and whatever it started."""

    def __init__(self, data_dir: Path, *options: str, port: int = 0, **environment: str):
        self.port = port or free_port()
        command = [sys.executable, "-m", "verbund.cli", "serve", "--port", str(self.port), *options]
        self.output = data_dir.with_suffix(".log")
        with self.output.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=environment_of(data_dir, environment), stdout=log, stderr=log
            )

    def __enter__(self):
        self.wait_until(lambda: self.status("/readyz") == 200)
        return self

    def __exit__(self, *_problem):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def status(self, path: str) -> int:
        """Return the answer's status, 0 while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as answer:
            return answer.code
        except OSError:
            return 0

    def stop(self) -> int:
        """Ask it to stop (SIGTERM) and return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_SECONDS)

    def family(self) -> list[int]:
        """Return the process ids of the server and everything it started (Linux)."""
        found, parents = [self.process.pid], parents_of_processes()
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def wait_until(self, is_true) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_true():
            if time.monotonic() > deadline or (self.process.poll() is not None and not is_true()):
                raise AssertionError(f"The server did not come that far:\n{self.output.read_text()}")
            time.sleep(0.05)


def parents_of_processes() -> dict[int, int]:
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if fields[0] != "Z":
            parents[int(status.parent.name)] = int(fields[1])
    return parents


def is_running(pid: int) -> bool:
    return pid in parents_of_processes()
