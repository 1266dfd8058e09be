"""`verbund serve`: bring the installation up to date and serve it, with the worker beside it."""

import io
import json
import time
from textwrap import shorten

from django.conf import settings
from django.core.management import BaseCommand, call_command, get_commands

from verbund.core import demo_guard, preparation, server
from verbund.core.errors import DomainError
from verbund.core.logs import say


class Command(BaseCommand):
    help = "Plattform starten: Datenbank einrichten, Seiten ausliefern, Hintergrunddienst mitlaufen lassen."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, metavar="N", help="Port (Vorgabe: 8000)")
        parser.add_argument("--no-worker", action="store_true", help="ohne Hintergrunddienst (Mails, Fristen)")
        parser.add_argument("--demo", action="store_true", help="beim ersten Start die Vorführwelt laden")

    def handle(self, *, port, no_worker, demo, **options):
        begun = time.monotonic()
        if demo and settings.IS_PRODUCTION:
            raise DomainError("VERBUND_SECRET_KEY ist gesetzt (Echtbetrieb): --demo ist dann nicht erlaubt.")
        server.check_port(settings.BIND_ADDRESS, port)
        demo_guard.refuse_demo_in_production()
        say(f"Verbund wird vorbereitet: {preparation.database_in_words()}, Daten in {settings.DATA_DIR}")
        preparation.bring_up_to_date()
        preparation.collect_static_files()
        if demo and not demo_guard.demo_world_is_loaded():
            load_demo_world()
        say_how_to_sign_in()
        host = settings.BIND_ADDRESS.strip("[]")
        address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        say(f"\nVerbund läuft auf {address} (vorbereitet in {time.monotonic() - begun:.1f} s, beenden mit Strg+C)")
        server.run(port, with_worker=not no_worker)
        say("Verbund ist beendet.")


def load_demo_world() -> None:
    if "demo" in get_commands():
        say("Vorführwelt wird geladen …")
        call_command("demo", "load")


def say_how_to_sign_in() -> None:
    """Print one login per role of the demonstration; otherwise the mode and how the first account is made."""
    if not settings.IS_PRODUCTION:
        say("Nur zur Vorführung: Es ist kein VERBUND_SECRET_KEY gesetzt.")
    if not demo_guard.demo_world_is_loaded():
        say("Noch kein Konto? Das erste legt an: verbund setup")
        return
    written = io.StringIO()
    call_command("demo", "accounts", "--json", stdout=written)
    first_of_role: dict[str, dict] = {}
    for account in json.loads(written.getvalue()):
        first_of_role.setdefault(account["role"], account)
    say("\nAnmelden unter /anmelden/ mit einem dieser Konten (alle: verbund demo accounts --json):\n")
    for one in first_of_role.values():
        function = shorten(one.get("function") or one["role"], 34, placeholder=" …")
        organisation = shorten(one["organisation"], 44, placeholder=" …")
        say(f"  {function:<34}  {organisation:<44}  {one['username']:<38}  {one['password']}")
