# ruff: noqa: N999 - the word of the command line
"""`verbund import offers FILE [--mapping FILE] [--centre KEY] [--dry-run]`: prints a report as JSON."""

import json
from dataclasses import replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core.dates import today
from verbund.core.spreadsheets import LARGEST_FILE
from verbund.offers.importing import report


class Command(BaseCommand):
    help = "Übernimmt Angebote aus einer Liste (CSV, XLSX, ODS, GeoJSON) und gibt einen Bericht als JSON aus."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["offers"], help="was die Liste enthält: Angebote")
        parser.add_argument("file", type=Path, help="die Datei")
        parser.add_argument("--mapping", type=Path, help="JSON: columns, centre, partner, sheet, publish")
        parser.add_argument("--centre", default="", help="Schlüssel des Zentrums, zum Beispiel 05122")
        parser.add_argument("--dry-run", action="store_true", help="nur prüfen, nichts schreiben")

    def handle(self, *, file, mapping, centre, dry_run, **_options):
        wishes = read_mapping(mapping) if mapping else report.Wishes()
        if centre:
            wishes = replace(wishes, centre=centre)
        if not file.is_file():
            raise CommandError(_("Die Datei %s gibt es nicht.") % file)
        if file.stat().st_size > LARGEST_FILE:
            raise CommandError(_("Die Datei ist größer als 50 MB. Bitte teilen Sie sie."))
        found = report.take_over(
            file.read_bytes(), file.name, wishes, is_dry=dry_run, on=today(), at=timezone.now(), tell=self.stderr.write
        )
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))


def read_mapping(path: Path) -> report.Wishes:
    """Return what a mapping file says; raises CommandError where it is none."""
    try:
        return report.Wishes.of(json.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as problem:
        raise CommandError(_("Die Datei %s lässt sich nicht lesen.") % path) from problem
    except (ValueError, RecursionError) as problem:
        raise CommandError(_("%s ist keine JSON-Datei.") % path) from problem
