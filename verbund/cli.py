"""The command `verbund`: one word per task, each a management command of the app it belongs to.

Exit status: 0 done · 1 refused or failed, one German sentence on standard error · 2 wrong usage.
"""

import os
import sys
from itertools import pairwise

WORDS = {
    "serve": ("serve", "Plattform starten (--port N, --no-worker, --demo)"),
    "worker": ("worker", "nur den Hintergrunddienst laufen lassen"),
    "migrate": ("prepare", "Datenbank einrichten oder auf neuen Stand bringen"),
    "setup": ("setup", "erstes Konto für den Betrieb anlegen"),
    "doctor": ("doctor", "prüfen, ob alles in Ordnung ist"),
    "demo": ("demo", "Vorführwelt: load [--canaries DATEI] | remove | accounts --json"),
    "compute": ("compute", "rechnen: base-grant, interest, deadline … (JSON hinein, JSON heraus)"),
    "audit": ("audit", "Protokoll: verify [--anchor DATEI] | head"),
    "import": ("import", "Listen übernehmen: offers DATEI [--mapping DATEI] [--dry-run]"),
    "backup": ("backup", "Daten und Dokumente in eine Datei sichern"),
    "restore": ("restore", "eine Sicherung zurückspielen"),
}
FOR_DEVELOPERS = {
    "shell",
    "dbshell",
    "check",
    "makemigrations",
    "showmigrations",
    "sqlmigrate",
    "makemessages",
    "compilemessages",
}


def main() -> None:
    sys.exit(run(sys.argv[1:]))


def _port_in(arguments: list[str]) -> str:
    """Return the port named on the command line, so that letters and mails name the address that is served."""
    named = [after for before, after in pairwise(arguments) if before == "--port"]
    named += [one.removeprefix("--port=") for one in arguments if one.startswith("--port=")]
    return named[-1] if named else "8000"


def run(arguments: list[str]) -> int:
    """Run one word and return the exit status."""
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        print(usage())
        return 0
    if arguments[:1] == ["--version"]:
        print(version())
        return 0
    if not arguments or not (arguments[0] in WORDS or arguments[0] in FOR_DEVELOPERS):
        print(usage(), file=sys.stderr)
        return 2
    word, rest = arguments[0], arguments[1:]
    os.umask(0o077)  # what we write is for the owner alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if word == "serve":
        os.environ.setdefault("VERBUND_COLLECTED_STATIC", "1")
        os.environ.setdefault("VERBUND_URL", f"http://127.0.0.1:{_port_in(rest)}")
    try:
        return _run_command(WORDS[word][0] if word in WORDS else word, word, rest)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - nobody reads any more
        return 1


def _run_command(command_name: str, word: str, arguments: list[str]) -> int:
    import django
    from django.core.management import CommandError, get_commands, load_command_class
    from django.db import DatabaseError

    from verbund.core.errors import DomainError

    django.setup()
    app = get_commands().get(command_name)
    if app is None:
        return _refuse(f"„verbund {word}“ gibt es in dieser Fassung nicht.")
    command = load_command_class(app, command_name) if isinstance(app, str) else app
    command._called_from_command_line = True
    options = vars(command.create_parser("verbund", word).parse_args(arguments))
    positional = options.pop("args", ())
    try:
        command.execute(*positional, **{"skip_checks": not command.requires_system_checks, **options})
    except (CommandError, DomainError) as refusal:
        return _refuse(str(refusal), status=getattr(refusal, "returncode", 1))
    except DatabaseError as problem:
        return _refuse(f"Die Datenbank antwortet nicht oder nicht wie erwartet ({type(problem).__name__}). {HINT}")
    except OSError as problem:
        name = f": {problem.filename}" if problem.filename else ""
        return _refuse(f"Das hat nicht geklappt{name} ({problem.strerror or type(problem).__name__}).")
    return 0


HINT = "Ist DATABASE_URL richtig und „verbund migrate“ gelaufen?"


def _refuse(sentence: str, *, status: int = 1) -> int:
    print(sentence, file=sys.stderr)
    return status


def usage() -> str:
    lines = [f"  verbund {word:<8}  {what}" for word, (_command, what) in WORDS.items()]
    return "Aufruf: verbund WORT …\n\n" + "\n".join(lines) + "\n\nMehr zu einem Wort: verbund WORT --help"


def version() -> str:
    from importlib.metadata import version as installed_version

    return installed_version("verbund")


if __name__ == "__main__":
    main()
