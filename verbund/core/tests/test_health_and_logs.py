"""Health without data; logs with a request id and without personal data."""

import json
import logging
import re

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from verbund.core import logs
from verbund.core.logs import JsonFormatter, TextFormatter

SECRET = "leitung@verbund.example"


def test_the_process_answers_without_asking_the_database(client):
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_ready_means_that_the_database_has_all_migrations(client):
    assert client.get("/readyz").status_code == 200
    MigrationRecorder.Migration.objects.filter(app="core").delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content.decode()) == (503, "nicht bereit")


def test_whom_to_tell_about_a_weakness_is_said_where_it_is_looked_for(client, settings):
    settings.SECURITY_CONTACT = "mailto:sicherheit@verbund.example"
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert lines[0] == "Contact: mailto:sicherheit@verbund.example"
    assert re.fullmatch(r"Expires: \d{4}-\d\d-\d\dT00:00:00Z", lines[1])


def test_the_icon_browsers_ask_for_is_there(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/svg+xml")


def test_every_answer_names_its_request(client):
    given = client.get("/healthz", headers={"X-Request-ID": "abcdef-123456"})
    assert given.headers["X-Request-ID"] == "abcdef-123456"
    for odd in ("kurz", "x" * 65, "a b c d e f g", "abcdefgh\n"):
        made = client.get("/healthz", headers={"X-Request-ID": odd}).headers["X-Request-ID"]
        assert re.fullmatch(r"[0-9a-f]{32}", made)


@pytest.fixture
def lines():
    """What our loggers write, as the JSON formatter writes it."""
    written, handler = [], logging.Handler()
    handler.emit = lambda record: written.append(JsonFormatter().format(record))
    loggers = [logging.getLogger(name) for name in ("verbund.access", "django.request")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    yield written
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


@pytest.mark.django_db
def test_a_request_is_logged_by_its_route_and_not_by_its_address(client, lines):
    client.get("/healthz", {"q": SECRET})
    client.get(f"/gibt-es-nicht/{SECRET}/")
    entries = [json.loads(line) for line in lines if '"request"' in line]
    assert [(entry["route"], entry["status"]) for entry in entries] == [
        ("/healthz", 200),
        ("(unbekannte Adresse)", 404),
    ]
    assert all(entry["request_id"] for entry in entries)
    assert SECRET not in "".join(lines)


def test_a_failure_is_logged_with_its_place_and_without_its_text(lines, settings):
    settings.ROOT_URLCONF = "verbund.core.tests.broken_urls"
    Client(raise_request_exception=False).get(f"/broken/{SECRET}/")
    failure = next(json.loads(line) for line in lines if "frames" in line)
    assert failure["error"] == "ValueError"
    assert failure["message"] == "500 GET /broken/<str:word>/"
    assert SECRET not in "".join(lines)


def record_of(problem: Exception) -> logging.LogRecord:
    try:
        raise problem
    except ValueError as raised:
        information = (type(raised), raised, raised.__traceback__)
    return logging.LogRecord("verbund", logging.ERROR, __file__, 1, "gescheitert", (), information)


def test_a_terminal_shows_the_text_of_a_failure_outside_of_production_only():
    assert SECRET in TextFormatter(with_texts=True).format(record_of(ValueError(SECRET)))
    assert SECRET not in TextFormatter(with_texts=False).format(record_of(ValueError(SECRET)))


def test_json_is_chosen_by_the_operator():
    handlers = [logs.configuration(as_json=chosen, with_texts=False)["handlers"]["console"] for chosen in (True, False)]
    assert [handler["formatter"] for handler in handlers] == ["json", "text"]
