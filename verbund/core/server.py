"""`verbund serve`: the web server and the worker beside it, which start, live and stop together.

This process loads the program once and then forks the web workers, which share its memory. The worker of the clock is
a process of its own. Nothing is left behind: on SIGTERM and SIGINT both are stopped gracefully; when this process is
killed outright, the kernel (Linux) or a watching thread (elsewhere) ends its children.
"""

import ctypes
import errno
import gc
import logging
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time

from django.conf import settings
from django.db import connection, connections
from django.utils.translation import gettext as _

from verbund.core.errors import DomainError
from verbund.core.logs import say

log = logging.getLogger("verbund.server")

PARENT = "VERBUND_PARENT_PID"
STOP_SECONDS = 5
PORT_PATIENCE_SECONDS = 3.0
RESTART_PAUSES_SECONDS = (1, 2, 5, 15, 60)
QUICKLY_SECONDS = 60
MOST_FAILURES = 5
PR_SET_PDEATHSIG = 1


class WebServerFails(DomainError):
    """The web processes die as fast as they are started."""


class PortTaken(DomainError):
    """Another program listens on the port."""


def check_port(address: str, port: int, *, patience: float = PORT_PATIENCE_SECONDS) -> None:
    """Raise PortTaken unless the port is free; waits a moment for a predecessor that is just stopping."""
    deadline = time.monotonic() + patience
    while True:
        problem = _why_port_is_not_free(address, port)
        if problem is None:
            return
        if problem.errno != errno.EADDRINUSE:
            raise PortTaken(
                _("Auf %(address)s:%(port)s lässt sich kein Dienst einrichten (%(reason)s).")
                % {"address": address, "port": port, "reason": problem.strerror or type(problem).__name__}
            )
        if time.monotonic() >= deadline:
            raise PortTaken(
                _("Port %(port)s ist schon belegt. Bitte einen anderen wählen: verbund serve --port %(other)s")
                % {"port": port, "other": port + 1 if port < 65535 else 8000}
            )
        time.sleep(0.1)


def _why_port_is_not_free(address: str, port: int) -> OSError | None:
    try:
        found = socket.getaddrinfo(address.strip("[]"), port, type=socket.SOCK_STREAM)
        family, kind, protocol, _name, target = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(target)
    except OSError as problem:
        return problem
    return None


def run(port: int, *, with_worker: bool) -> None:
    """Serve until told to stop. The installation must be up to date (`core/preparation.py`).

    A web process or a worker that dies is replaced. Raises WebServerFails when the web processes die again and again.
    """
    application = _load_application()
    multiprocessing.set_start_method("fork" if sys.platform == "linux" else "spawn", force=True)
    clock = WorkerProcess() if with_worker else None
    if clock:
        clock.start()
    failures = 0
    try:
        while True:
            begun = time.monotonic()
            try:
                _serve_web(port, application)
                return
            except SystemExit:  # web processes that died in quick succession; a stop by signal returns
                failures = failures + 1 if time.monotonic() - begun < QUICKLY_SECONDS else 1
            if failures > MOST_FAILURES:
                raise WebServerFails(_("Der Webdienst fällt immer wieder aus und wurde beendet."))
            say("Der Webdienst ist ausgefallen; er startet neu.")
    finally:
        if clock:
            clock.stop()


def _serve_web(port: int, application) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    threads = settings.SERVER_THREADS or (1 if connection.vendor == "sqlite" else 4)
    web = Granian(
        "config.wsgi:application",
        address=settings.BIND_ADDRESS.strip("[]"),
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.SERVER_WORKERS,
        blocking_threads=threads,
        backpressure=max(64, threads * 32),
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=STOP_SECONDS,
    )
    # a closed terminal ends the program, too (the server itself would take that signal for a reload)
    web.on_startup(lambda: signal.signal(signal.SIGHUP, web.signal_handler_interrupt))
    parent = os.getpid()
    if sys.platform == "linux":
        web.serve(target_loader=lambda: _in_web_process(application, parent), wrap_loader=False)
    else:
        web.serve()


def _load_application():
    """Load everything a request needs before the fork, so that the web workers share its memory."""
    from django.urls import get_resolver

    from config.wsgi import application

    list(get_resolver().url_patterns)
    connections.close_all()
    gc.collect()
    gc.freeze()
    return application


def _in_web_process(application, parent: int):
    die_with(parent)
    return application


class WorkerProcess:
    """The worker of the clock as a child process; started again, with a growing pause, when it dies."""

    def __init__(self):
        self.process: subprocess.Popen | None = None
        self.is_stopping = threading.Event()
        self.watcher = threading.Thread(target=self._watch, name="clock", daemon=True)

    def start(self) -> None:
        self.process = self._spawn()
        self.watcher.start()

    def stop(self) -> None:
        """Ask it to finish its round, wait some seconds, then end it."""
        self.is_stopping.set()
        process = self.process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _spawn(self) -> subprocess.Popen:
        command = [sys.executable, "-m", "verbund.cli", "worker"]
        return subprocess.Popen(command, env={**os.environ, PARENT: str(os.getpid())}, start_new_session=True)

    def _watch(self) -> None:
        failures = 0
        while not self.is_stopping.is_set():
            begun = time.monotonic()
            code = self.process.wait() if self.process else 0
            if self.is_stopping.is_set():
                return
            failures = failures + 1 if time.monotonic() - begun < 60 else 0
            pause = RESTART_PAUSES_SECONDS[min(failures, len(RESTART_PAUSES_SECONDS) - 1)]
            say(f"Der Hintergrunddienst ist ausgefallen (Status {code}); er startet in {pause} s neu.")
            if self.is_stopping.wait(pause):
                return
            self.process = self._spawn()


def die_with_parent() -> None:
    """End this process when the `verbund serve` that started it is gone (does nothing when started by hand)."""
    if parent := os.environ.get(PARENT):
        die_with(int(parent))


def die_with(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
        return

    def watch():
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()
