"""Typed readers of the environment. A wrong value stops the start with a clear German sentence."""

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


def words(name: str) -> list[str]:
    return [word.strip() for word in text(name).split(",") if word.strip()]


def data_dir() -> Path:
    folder = Path(text("VERBUND_DATA_DIR") or BASE_DIR / "var").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise WrongSetting(f"VERBUND_DATA_DIR: {folder} lässt sich nicht anlegen ({problem.strerror}).") from problem
    return folder


def secret_key(folder: Path) -> tuple[str, bool]:
    """Return the secret key and whether an operator set it.

    Without VERBUND_SECRET_KEY a key is made once per data directory: good for demonstration, refused in production.
    """
    given = text("VERBUND_SECRET_KEY")
    if given:
        if len(given) < 40:
            raise WrongSetting("VERBUND_SECRET_KEY muss mindestens 40 Zeichen lang sein.")
        return given, True
    path = folder / "secret_key"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip(), False
    with os.fdopen(handle, "w") as file:
        file.write(key := secrets.token_urlsafe(48))
    return key, False


SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; "
    "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY",
}


def database(folder: Path) -> dict:
    """Read DATABASE_URL (`postgres://user@host:port/name`); empty means SQLite in the data directory."""
    url = text("DATABASE_URL")
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "verbund.sqlite3", "OPTIONS": SQLITE_OPTIONS}
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
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
