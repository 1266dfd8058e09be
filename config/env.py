"""Typed readers of the environment. A wrong value stops the start with a clear German sentence."""

import contextlib
import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent


class WrongSetting(SystemExit):
    """Stops the program; the sentence names the setting and what it should look like."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str) -> bool:
    value = text(name, "0").lower()
    if value in {"1", "true", "yes", "ja"}:
        return True
    if value in {"", "0", "false", "no", "nein"}:
        return False
    raise WrongSetting(f"{name} muss 1 oder 0 sein, nicht „{value}“.")


def number(name: str, default: int, *, least: int, most: int) -> int:
    value = text(name) or str(default)
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise WrongSetting(f"{name} muss eine Zahl von {least} bis {most} sein, nicht „{value}“.")
    return int(value)


def choice(name: str, default: str, allowed: set[str]) -> str:
    value = text(name, default).lower()
    if value not in allowed:
        raise WrongSetting(f"{name} muss eines von {', '.join(sorted(allowed))} sein, nicht „{value}“.")
    return value


def words(name: str) -> list[str]:
    return [word.strip() for word in text(name).split(",") if word.strip()]


def data_dir() -> Path:
    """Return the folder of all state (default `var/` beside the program), made for its owner alone."""
    folder = Path(text("VERBUND_DATA_DIR") or BASE_DIR / "var").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise WrongSetting(f"VERBUND_DATA_DIR: {folder} lässt sich nicht anlegen ({problem.strerror}).") from problem
    return folder


def secret_key(folder: Path) -> tuple[str, bool]:
    """Return the secret key and whether an operator set it.

    Without VERBUND_SECRET_KEY a key is made once per data directory: good for demonstration, refused in production. It
    appears under its name complete or not at all, because several processes may start at once.
    """
    path = folder / "secret_key"
    given = text("VERBUND_SECRET_KEY")
    if given:
        if len(given) < 40 or len(set(given)) < 10 or given.startswith("django-insecure"):
            raise WrongSetting("VERBUND_SECRET_KEY muss mindestens 40 zufällige Zeichen lang sein.")
        if path.exists() and path.read_text().strip() == given:
            raise WrongSetting("VERBUND_SECRET_KEY ist der Schlüssel der Vorführung, es muss ein eigener sein.")
        return given, True
    if not path.exists():
        draft = folder / f"secret_key.{os.getpid()}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip(), False


def refuse_open_to_all(folder: Path) -> None:
    """Stop a production start whose data directory, database or key file everybody on the machine may read."""
    for path in (folder, folder / "secret_key", folder / "verbund.sqlite3"):
        if path.exists() and path.stat().st_mode & 0o007:
            raise WrongSetting(f"VERBUND_DATA_DIR: {path} ist für alle lesbar. Bitte: chmod o-rwx {path}")


def hosts(*, is_production: bool) -> list[str]:
    """Return the host names the platform answers to; production must name them and may not allow all."""
    found = words("VERBUND_HOSTS")
    if is_production and not found:
        raise WrongSetting("VERBUND_HOSTS fehlt: die Rechnernamen, unter denen die Plattform erreichbar ist.")
    if is_production and "*" in found:
        raise WrongSetting("VERBUND_HOSTS darf im Echtbetrieb nicht „*“ enthalten.")
    return found or ["localhost", "127.0.0.1", "[::1]"]


def mailer() -> dict:
    """Return how mails leave: the mail server of VERBUND_MAIL_HOST (default: this machine), 20 seconds of patience."""
    ports = {"none": 25, "starttls": 587, "tls": 465}
    security = choice("VERBUND_MAIL_SECURITY", "none", set(ports))
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": text("VERBUND_MAIL_HOST", "localhost"),
            "port": number("VERBUND_MAIL_PORT", ports[security], least=1, most=65535),
            "username": text("VERBUND_MAIL_USER"),
            "password": text("VERBUND_MAIL_PASSWORD"),
            "use_tls": security == "starttls",
            "use_ssl": security == "tls",
            "timeout": 20,
        },
    }


SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; "
    "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY",
}

POSTGRES_OPTIONS = {
    "connect_timeout": 5,
    # Up to four tables are put in the best order; what is joined to them only to be read keeps the order written. Each
    # statement is planned anew, and to weigh all orders of eight tables takes ten times as long as to read a record.
    "options": "-c join_collapse_limit=4",
}


def database(folder: Path) -> dict:
    """Read DATABASE_URL (`postgres://user@host:port/name`); empty means SQLite in the data directory."""
    url = text("DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "verbund.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": 600,
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise WrongSetting("DATABASE_URL muss die Form postgres://benutzer@rechner:port/name haben.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": POSTGRES_OPTIONS,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
