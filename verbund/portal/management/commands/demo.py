"""`verbund demo load | remove | accounts --json`: the demonstration world."""

import json
from pathlib import Path

from django.core.management import BaseCommand

from verbund.portal import demo


class Command(BaseCommand):
    help = "Vorführwelt laden, entfernen, ihre Konten nennen."

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True)
        load = acts.add_parser("load", help="Vorführwelt laden")
        load.add_argument("--canaries", type=Path, metavar="DATEI", help="Prüfwörter einsetzen und hier auflisten")
        acts.add_parser("remove", help="alles Erfundene entfernen")
        accounts = acts.add_parser("accounts", help="Konten der Vorführung nennen")
        accounts.add_argument("--json", action="store_true", dest="as_json", help="als JSON")

    def handle(self, *, act, **options):
        if act == "load":
            demo.load(canaries=options["canaries"])
            self.stdout.write("Die Vorführwelt ist geladen. Konten: verbund demo accounts --json")
        elif act == "remove":
            demo.remove()
            self.stdout.write("Alles Erfundene ist entfernt. Das Protokoll bleibt, ohne Namen.")
        elif options["as_json"]:
            self.stdout.write(json.dumps(demo.accounts(), ensure_ascii=False, indent=2))
        else:
            for one in demo.accounts():
                self.stdout.write(f"{one['function']}, {one['organisation']}: {one['username']}  {one['password']}")
