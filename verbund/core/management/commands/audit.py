"""`verbund audit verify [--anchor FILE]` and `verbund audit head`."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbund.core import audit


class Command(BaseCommand):
    help = "Prüft das Protokoll auf Veränderungen (verify) oder nennt die Köpfe seiner Ketten (head)."
    requires_system_checks = []

    def add_arguments(self, parser):
        tasks = parser.add_subparsers(dest="task", required=True)
        verify = tasks.add_parser("verify", help="Jeden Eintrag und jede Kette prüfen.")
        verify.add_argument("--anchor", type=Path, help="Datei mit einer früheren Ausgabe von „audit head“.")
        tasks.add_parser("head", help="Die Köpfe der Ketten als JSON, zum Aufbewahren außerhalb der Datenbank.")

    def handle(self, *, task, **options):
        if task == "head":
            self.stdout.write(json.dumps(audit.head(), indent=1))
        else:
            self.verify(anchor_file=options["anchor"])

    def verify(self, *, anchor_file: Path | None) -> None:
        """Print one line and end with 0, or print each finding on standard error and end with 1."""
        inspection = audit.inspect(read_anchor(anchor_file) if anchor_file else None)
        if inspection.findings:
            for finding in inspection.findings:
                self.stderr.write(str(finding))
            count = len(inspection.findings)
            raise CommandError(
                ngettext(
                    "Das Protokoll ist nicht unversehrt: %d Befund.",
                    "Das Protokoll ist nicht unversehrt: %d Befunde.",
                    count,
                )
                % count
            )
        self.stdout.write(
            _("%(entries)d Einträge in %(chains)d Ketten geprüft, unverändert")
            % {"entries": inspection.entries, "chains": inspection.chains}
        )


def read_anchor(path: Path) -> dict:
    """Return the heads in a file written by `audit head`; raises CommandError when it is none."""
    try:
        anchor = json.loads(path.read_text(encoding="utf-8"))
        for chain, known in anchor["chains"].items():
            int(chain), int(known["sequence"]), str(known["hash"])
    except OSError as problem:
        raise CommandError(_("Die Datei %s lässt sich nicht lesen.") % path) from problem
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise CommandError(_("%s ist keine Ausgabe von „audit head“.") % path) from problem
    return anchor
