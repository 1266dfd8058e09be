"""Measuring: CPU of sequential requests through the whole WSGI application, statements and bytes of one of them."""

import gc
import io
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support import cast

REQUESTS = 40
WARM_UP = 8
ROUNDS = 5
SECONDS_PER_OPERATION = 60


@dataclass
class Figures:
    """What was measured; `rows` says how much data there was, `limit_ms` a limit measured beside it."""

    cpu_ms: float | None
    sql: int | None = None
    bytes: int | None = None
    rows: int | None = None
    limit_ms: float | None = None
    more: dict = field(default_factory=dict)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def expect(self, status: int) -> "Answer":
        if self.status != status:
            raise AssertionError(f"{self.status} instead of {status}: {self.body[:300]!r}")
        return self


class Visitor:
    """Sends requests to the application as a web server does, with all middleware; signed in when given a member."""

    def __init__(self, member=None):
        self.application = WSGIHandler()
        self.cookies: dict[str, str] = {}
        if member is not None:
            session = cast.client_of(member).cookies[settings.SESSION_COOKIE_NAME].value
            self.cookies[settings.SESSION_COOKIE_NAME] = session

    def get(self, address: str, more: dict | None = None) -> Answer:
        """Open an address; `more` are further entries of the WSGI environment ("HTTP_IF_NONE_MATCH")."""
        return self._send("GET", address, b"", "", more)

    def post(self, address: str, fields: dict) -> Answer:
        """Post a form; the proof of origin comes from the cookie, as on a page that was opened before."""
        token = self.cookies.setdefault(settings.CSRF_COOKIE_NAME, "b" * 32)
        body = urlencode({**fields, "csrfmiddlewaretoken": token}, doseq=True).encode()
        return self._send("POST", address, body, "application/x-www-form-urlencoded")

    def _send(self, method: str, address: str, body: bytes, content_type: str, more: dict | None = None) -> Answer:
        parts = urlsplit(address)
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_TYPE": content_type,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **(more or {}),
        }
        begun: dict = {}
        response = self.application(environ, lambda status, headers: begun.update(status=status, headers=headers))
        content = b"".join(response)
        response.close()
        return Answer(int(begun["status"].split()[0]), dict(begun["headers"]), content)


def measure(
    act: Callable[[], Answer], *, rows: int | None = None, times: int = REQUESTS, rounds: int = ROUNDS
) -> Figures:
    """Return the CPU per call of `act` (the best of some rounds), and statements and bytes of one call."""
    for _time in range(WARM_UP):
        act()
    with CaptureQueriesContext(connection) as statements:
        answer = act()
    count = len(statements)  # now: the next request empties the log
    return Figures(cpu_of(act, times=times, rounds=rounds), sql=count, bytes=len(answer.body), rows=rows)


def cpu_of(act: Callable, *, times: int = REQUESTS, rounds: int = ROUNDS) -> float:
    """Return the CPU milliseconds per call, the best of some rounds; no further one begins after a minute."""
    found: list[float] = []
    deadline = time.monotonic() + SECONDS_PER_OPERATION
    while len(found) < rounds and time.monotonic() < deadline:
        gc.collect()
        server, begun = _server(), cpu_seconds()
        for _time in range(times):
            act()
        took = (cpu_seconds() - begun) * 1000 / times
        if _server() == server:  # else a new connection began, with another process of the database's server
            found.append(took)
    return min(found)


def token() -> str:
    """Return the token of a form that was not sent yet."""
    return os.urandom(16).hex()


def cpu_seconds() -> float:
    """Return the CPU used so far by this process and, with PostgreSQL, by the server's process for this connection."""
    return time.process_time() + _server_seconds()


def _server() -> int | None:
    """Return the process of PostgreSQL that serves this connection; None without one."""
    is_connected = connection.vendor == "postgresql" and connection.connection is not None
    return connection.connection.info.backend_pid if is_connected else None


def _server_seconds() -> float:
    if (server := _server()) is None:
        return 0.0
    try:
        numbers = Path(f"/proc/{server}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
