"""`verbund backup FILE`: data and stored files in one checked file."""

from pathlib import Path

from django.core.management import BaseCommand

from verbund.core import backup


class Command(BaseCommand):
    help = "Alle Daten und Dokumente in eine Datei sichern, während die Plattform weiterläuft."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="DATEI")

    def handle(self, *, file, **options):
        manifest = backup.write_backup(file.absolute())
        rows = sum(part["rows"] for part in manifest["models"].values())
        self.stdout.write(f"Gesichert: {rows} Datensätze und {len(manifest['files'])} Dokumente in {file}")
