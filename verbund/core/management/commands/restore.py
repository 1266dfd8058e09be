"""`verbund restore FILE [--replace]`: check a backup and put it in place."""

from pathlib import Path

from django.core.management import BaseCommand

from verbund.core import restore


class Command(BaseCommand):
    help = "Eine Sicherung prüfen und zurückspielen; ist sie beschädigt, wird nichts geändert."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="DATEI")
        parser.add_argument("--replace", action="store_true", help="vorhandene Daten ersetzen")

    def handle(self, *, file, replace, **options):
        manifest = restore.restore_backup(file.absolute(), replace=replace)
        rows = sum(part["rows"] for part in manifest["models"].values())
        documents, day = len(manifest["files"]), manifest["written_at"][:10]
        self.stdout.write(f"Zurückgespielt: {rows} Datensätze und {documents} Dokumente, Stand {day}.")
        self.stdout.write("Anzahl und Protokoll sind geprüft. Alle müssen sich neu anmelden.")
