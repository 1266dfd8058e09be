"""The program in operation: memory of everything `verbund serve` starts, and how long until it answers."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings

from bench.harness import Figures
from bench.registry import operation

PATIENCE_SECONDS = 60
PAGES = ("/", "/zentren/", "/zentren/05122/", "/anmelden/", "/netz/")


@operation("process", goal="PSS ≤ 260 MiB, cold start ≤ 2.0 s")
def process() -> Figures:
    """Two web workers and the clock, warmed by some pages; the data directory exists already (as after an update)."""
    folder = Path(settings.DATA_DIR) / "process"
    with Server(folder):
        pass  # the first start of all makes database and static files
    with Server(folder) as server:
        for _round in range(10):
            for page in PAGES:
                server.get(page)
        processes = server.processes()
        memory = sum(pss_mib(pid) for pid in processes)
        return Figures(
            None,
            more={
                "pss_mib": round(memory, 1),
                "processes": len(processes),
                "cold_start_s": round(server.seconds_to_ready, 2),
                "cold_start_cpu_s": round(server.cpu_to_ready, 2),
                "web_workers": 2,
            },
        )


class Server:
    """A `verbund serve` of our own, with its own data directory; stopped when the block ends."""

    def __init__(self, folder: Path):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {**os.environ, "VERBUND_DATA_DIR": str(folder), "VERBUND_WORKERS": "2"}
        self.log = folder.with_suffix(".log")
        self.seconds_to_ready = self.cpu_to_ready = 0.0

    def __enter__(self) -> "Server":
        command = [sys.executable, "-m", "verbund.cli", "serve", "--port", str(self.port)]
        begun = time.monotonic()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, cwd=settings.BASE_DIR, start_new_session=True
            )
        while not self._is_ready():
            if self.process.poll() is not None or time.monotonic() - begun > PATIENCE_SECONDS:
                self.__exit__()
                raise RuntimeError(f"verbund serve did not become ready: {self.log.read_text()[-2000:]}")
            time.sleep(0.02)
        self.seconds_to_ready = time.monotonic() - begun
        self.cpu_to_ready = sum(cpu_seconds(pid) for pid in self.processes())
        return self

    def __exit__(self, *_problem) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def _is_ready(self) -> bool:
        try:
            return self.get("/readyz") == 200
        except (URLError, OSError):
            return False

    def get(self, path: str) -> int:
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            answer.read()
            return answer.status

    def processes(self) -> list[int]:
        """Return the ids of the server and everything it started."""
        found, waiting = [], [self.process.pid]
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                waiting += [int(child) for child in children.read_text().split()]
        return found


def cpu_seconds(pid: int) -> float:
    """Return the CPU a process has used: what a start costs, also on a machine that is busy with something else."""
    numbers = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def pss_mib(pid: int) -> float:
    """Return the proportional share of memory of a process in MiB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
