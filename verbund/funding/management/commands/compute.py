"""`compute NAME`: one JSON object on standard input, one on standard output; the engine without the web."""

import json
import sys

from django.core.management.base import BaseCommand
from django.utils import translation

from verbund.funding.compute import COMPUTATIONS, DONE, NO_JSON, compute


class Command(BaseCommand):
    help = "Rechnet ohne Oberfläche: liest ein JSON-Objekt und schreibt eines."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="BERECHNUNG", help=", ".join(sorted(COMPUTATIONS)))

    def handle(self, *args, name, **options):
        with translation.override("de"):
            status, answer = _answer(name)
        sys.stdout.buffer.write(f"{answer}\n".encode())
        sys.stdout.flush()
        if status != DONE:
            self.stderr.write(json.loads(answer)["error"])
            sys.exit(status)


def _answer(name: str) -> tuple[int, str]:
    """Read standard input as UTF-8; other bytes are no JSON."""
    try:
        text = sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError:
        return NO_JSON, compute(name, "")[1]
    return compute(name, text)
