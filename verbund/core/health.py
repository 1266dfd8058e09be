"""Whether the program lives, and whether it can work; whom to tell about a weakness."""

from datetime import timedelta
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import FileResponse, Http404, HttpResponse
from django.utils import timezone

from verbund.core.permissions import public

SECURITY_TEXT_VALID = timedelta(days=180)


@public
def alive(request):
    """Answer 200 as soon as the process lives; asks nothing."""
    return HttpResponse("ok", content_type="text/plain")


@public
def ready(request):
    """Answer 200 when the database answers and all migrations are applied, else 503; says nothing about data."""
    try:
        status = 503 if missing_migrations() else 200
    except DatabaseError:
        status = 503
    return HttpResponse("ok" if status == 200 else "nicht bereit", status=status, content_type="text/plain")


@public
def security_text(request):
    """Say whom to tell about a weakness (RFC 9116)."""
    expires = (timezone.now() + SECURITY_TEXT_VALID).strftime("%Y-%m-%dT00:00:00Z")
    lines = [f"Contact: {settings.SECURITY_CONTACT}", f"Expires: {expires}", "Preferred-Languages: de, en"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public
def favicon(request):
    """Answer browsers that ask for /favicon.ico on pages without a head (texts, files)."""
    path = finders.find("core/favicon.svg")
    if not path:
        raise Http404
    response = FileResponse(open(path, "rb"), content_type="image/svg+xml")  # noqa: SIM115 - closed by the response
    response["Cache-Control"] = "public, max-age=86400"
    return response


def missing_migrations() -> list[str]:
    """Return the migrations of this version that the database does not have yet ("core.0001_initial")."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    return sorted(f"{app}.{name}" for app, name in known_migrations() - applied)


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations that come with this version."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
