"""Backup: the whole installation in one checked file, readable by either database.

A zip archive: `data/<app.model>.jsonl` with one JSON list per row, `files/<sha256>` with the stored files,
`manifest.json` with version, migrations, fields and counts, and the SHA-256 of every part. The rows are read in one
snapshot while others go on writing; files are never changed or deleted, so those the snapshot names are there. Not in
it: sessions, the lease, the cache. The reverse is `core/restore.py`.
"""

import base64
import hashlib
import hmac
import json
import os
import zipfile
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import files
from verbund.core.errors import DomainError
from verbund.core.models import StoredFile

FORMAT = 1
MANIFEST = "manifest.json"
DEMO_KEY = "secret_key"
LEFT_OUT = {"sessions.Session", "core.WorkerLease"}
CHUNK = 1024 * 1024
BYTES, MOMENT_KINDS = "$bytes", (datetime, date, time)


class FilesDamaged(DomainError):
    """Stored files are missing or changed: a backup would not be whole."""


def write_backup(path: Path) -> dict:
    """Write a backup to `path` and return its manifest; the file appears under its name complete or not at all.

    Raises FilesDamaged, naming the first stored file that is missing or changed.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with (
            os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600), "w+b") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
        ):
            manifest = _write_parts(archive)
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False))
            archive.close()
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def _write_parts(archive: zipfile.ZipFile) -> dict:
    with snapshot():
        manifest: dict = {
            "format": FORMAT,
            "program": program_version(),
            "written_at": timezone.now().isoformat(),
            "database": connection.vendor,
            "migrations": sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()),
            "audit_key": fingerprint(audit_key()),
            "models": {},
            "files": {},
        }
        for model in saved_models():
            manifest["models"][model._meta.label] = _write_rows(archive, model)
        names = dict(StoredFile.objects.order_by("pk").values_list("sha256", "name"))
    for digest, name in names.items():
        manifest["files"][digest] = _write_file(archive, digest, name)
    if not settings.IS_PRODUCTION:
        archive.writestr(DEMO_KEY, settings.SECRET_KEY)
    return manifest


@contextmanager
def snapshot():
    """Read within one consistent state while others go on writing."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            if not connection.savepoint_ids:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    connection.ensure_connection()
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = usual


def saved_models() -> list:
    """Return the models a backup holds, in a stable order."""
    models = apps.get_models(include_auto_created=True)
    kept = [m for m in models if m._meta.managed and not m._meta.proxy and m._meta.label not in LEFT_OUT]
    return sorted(kept, key=lambda model: model._meta.label)


def stored_fields(model) -> list:
    """Return the fields with a column of the model's own table that can be written."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def _write_rows(archive: zipfile.ZipFile, model) -> dict:
    columns = [field.attname for field in stored_fields(model)]
    rows = model._base_manager.order_by("pk").values_list(*columns).iterator(chunk_size=2000)
    count, digest = 0, hashlib.sha256()
    with archive.open(f"data/{model._meta.label}.jsonl", "w", force_zip64=True) as part:
        for row in rows:
            line = json.dumps([as_json(value) for value in row], ensure_ascii=False, separators=(",", ":")) + "\n"
            digest.update(data := line.encode())
            part.write(data)
            count += 1
    return {"fields": columns, "rows": count, "sha256": digest.hexdigest()}


def _write_file(archive: zipfile.ZipFile, digest: str, name: str) -> dict:
    size, found = 0, hashlib.sha256()
    try:
        with (
            files.path_of(digest).open("rb") as source,
            archive.open(zipfile.ZipInfo(f"files/{digest}"), "w", force_zip64=True) as part,
        ):
            while chunk := source.read(CHUNK):
                found.update(chunk)
                part.write(chunk)
                size += len(chunk)
    except FileNotFoundError:
        is_whole = False
    else:
        is_whole = found.hexdigest() == digest
    if not is_whole:
        raise FilesDamaged(
            _("Keine Sicherung geschrieben: Die Datei „%(name)s“ (%(digest)s) fehlt oder ist verändert.")
            % {"name": name, "digest": digest[:12]}
        )
    return {"size": size}


def as_json(value):
    """Return a column's value as JSON keeps it exactly; the reverse is each field's `to_python`."""
    if isinstance(value, bytes | memoryview):
        return {BYTES: base64.b64encode(bytes(value)).decode()}
    if isinstance(value, MOMENT_KINDS):
        return value.isoformat()
    if isinstance(value, Decimal | UUID | timedelta):
        return str(value)
    return value


def audit_key() -> str:
    """Return the key that wraps the keys of the audit trail."""
    return settings.AUDIT_KEY or settings.SECRET_KEY


def fingerprint(key: str) -> str:
    """Return what tells two keys apart without telling anything about them."""
    return hmac.new(key.encode(), b"verbund backup", hashlib.sha256).hexdigest()[:16]


def program_version() -> str:
    from importlib.metadata import version

    return version("verbund")
