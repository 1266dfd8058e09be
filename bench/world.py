"""The data of the measurements: made once under var/bench, kept, and topped up when a new operation needs more."""

import sys

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from tests.support.databases import load_reference
from verbund.core.models import StoredFile

PLAIN_ROWS = 1_000


def prepare() -> None:
    """Bring the database up to date and make what every measurement needs."""
    say(f"Daten werden vorbereitet ({connection.vendor}) …")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    load_reference()
    make_plain_rows()


@transaction.atomic
def make_plain_rows() -> None:
    missing = PLAIN_ROWS - StoredFile.objects.filter(kind="bench").count()
    StoredFile.objects.bulk_create(
        StoredFile(
            sha256="0" * 64, size=number, name=f"Schriftstück {number}", content_type="text/plain", kind="bench",
            created_at=timezone.now(),
        )
        for number in range(missing)
    )  # fmt: skip


def say(sentence: str) -> None:
    """Say what is being done, on standard error: standard output carries the figures."""
    print(sentence, file=sys.stderr, flush=True)
