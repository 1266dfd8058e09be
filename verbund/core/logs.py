"""Logs: one line per event, with a request id, without personal data.

What is left out on purpose: addresses with their values (a reset link is a secret, a search word may be a name; the
route pattern stands instead), the text of exceptions (a database error quotes the row), users and network addresses.
Must not import Django models: the settings use it.
"""

import json
import logging
import re
import sys
import time
import traceback
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

access = logging.getLogger("verbund.access")


def configuration(*, as_json: bool, with_texts: bool) -> dict:
    """Return Django's LOGGING: warnings of all, the words of our own loggers; as JSON also one line per request.

    `with_texts` (never in production) prints whole tracebacks, whose texts may hold data of persons.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "verbund.core.logs.JsonFormatter"},
            "text": {"()": "verbund.core.logs.TextFormatter", "with_texts": with_texts},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json" if as_json else "text"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "verbund": {"level": "INFO"},
            "verbund.access": {"level": "INFO" if as_json else "WARNING"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "_granian": {"level": "WARNING"},
        },
    }


class JsonFormatter(logging.Formatter):
    """One JSON object per line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message_of(record),
        }
        if identifier := REQUEST_ID.get():
            line["request_id"] = identifier
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            line |= failure_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


class TextFormatter(logging.Formatter):
    """A line for people at a terminal; the same content as the JSON one, with whole tracebacks `with_texts`."""

    def __init__(self, *, with_texts: bool = False):
        super().__init__()
        self.with_texts = with_texts

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).astimezone()
        line = f"{at:%H:%M:%S} {record.levelname}: {message_of(record)}"
        if identifier := REQUEST_ID.get():
            line += f" [{identifier}]"
        if record.exc_info and record.exc_info[1] and self.with_texts:
            line += f"\n{self.formatException(record.exc_info)}"
        elif record.exc_info and record.exc_info[1]:
            failure = failure_of(record.exc_info[1])
            line += f"\n  {failure['error']}" + "".join(f"\n    {frame}" for frame in failure["frames"])
        return line


def message_of(record: logging.LogRecord) -> str:
    """Return the message; for a request the route instead of the address, which may hold secrets and names."""
    request = getattr(record, "request", None)
    if request is None:
        return record.getMessage()
    return f"{getattr(record, 'status_code', '')} {request.method} {route_of(request)}".strip()


def failure_of(problem: BaseException) -> dict:
    """Return the kind of an exception and where it happened, without its text."""
    frames = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(problem.__traceback__)]
    return {"error": type(problem).__name__, "frames": frames[-20:]}


def route_of(request) -> str:
    """Return the pattern of the address ("/foerderung/antraege/<int:pk>/"), never its values."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "(unbekannte Adresse)"


class RequestIdMiddleware:
    """Gives every request an id (an incoming X-Request-ID is kept when it is well-formed) and logs how it ended."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        identifier = given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        token = REQUEST_ID.set(identifier)
        begun = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = identifier
            if access.isEnabledFor(logging.INFO):
                duration = round((time.perf_counter() - begun) * 1000, 1)
                fields = {"method": request.method, "route": route_of(request), "status": response.status_code}
                access.info("request", extra={"fields": fields | {"duration_ms": duration}})
            return response
        finally:
            REQUEST_ID.reset(token)


def say(text: str) -> None:
    """Say on the terminal what the program is doing, at once."""
    print(text, file=sys.stdout, flush=True)
