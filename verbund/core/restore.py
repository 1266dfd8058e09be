"""Restore: check a backup completely, then put it in place in one transaction, or change nothing.

Needs the version of the program that wrote the backup (same migrations); the database may be another one.
"""

import base64
import hashlib
import json
import os
import re
import zipfile
from collections.abc import Iterator
from itertools import batched
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from verbund.core import append_only, audit, backup, files, health, search
from verbund.core.errors import DomainError
from verbund.core.models import AuditEntry, StoredFile

SHA256 = re.compile(r"[0-9a-f]{64}")
ROWS_AT_ONCE = 500
LARGEST_MANIFEST = 64 * 1024 * 1024


class DamagedBackup(DomainError):
    """The file is no backup, or not as it was written."""


class OtherVersion(DomainError):
    """The backup was written by another version of the program."""


class NotEmpty(DomainError):
    """The installation holds data that a restore would replace."""


class OtherKey(DomainError):
    """The audit trail's keys in the backup cannot be opened with the keys set now."""


def restore_backup(path: Path, *, replace: bool = False) -> dict:
    """Put a backup in place and return its manifest.

    `replace` allows to replace the data that is there. Raises DamagedBackup, OtherVersion, NotEmpty, OtherKey (all
    before anything is changed), or DamagedBackup after a rollback when the rows do not fit the database.
    """
    with _opened(path) as archive:
        manifest = check_backup(archive)
        _check_key(archive, manifest)
        _check_database(replace=replace)
        _restore_files(archive, manifest)
        try:
            with transaction.atomic():
                _restore_rows(archive, manifest)
        except (DatabaseError, ValueError, TypeError) as problem:
            raise DamagedBackup(
                _("Die Sicherung passt nicht zur Datenbank (%s). Es wurde nichts geändert.") % type(problem).__name__
            ) from problem
        _restore_demo_key(archive)
    return manifest


def check_backup(archive: zipfile.ZipFile) -> dict:
    """Check every part against the manifest and the manifest against this program; returns it."""
    manifest = _read_manifest(archive)
    expected = {backup.MANIFEST}
    expected |= {f"data/{label}.jsonl" for label in manifest["models"]}
    expected |= {f"files/{digest}" for digest in manifest["files"]}
    names = [info.filename for info in archive.infolist()]
    if len(names) != len(set(names)) or set(names) - {backup.DEMO_KEY} != expected:
        raise _damaged(_("es fehlen Teile, oder es sind fremde dabei"))
    ours = sorted(f"{app}.{name}" for app, name in health.known_migrations())
    if manifest["format"] != backup.FORMAT or manifest["migrations"] != ours:
        raise OtherVersion(
            _(
                "Die Sicherung stammt von einer anderen Fassung des Programms (%s). Bitte mit jener zurückspielen und "
                "danach aktualisieren."
            )
            % manifest["program"]
        )
    for label, part in manifest["models"].items():
        digest, _size = _measure(archive, f"data/{label}.jsonl")
        if digest != part["sha256"]:
            raise _damaged(f"data/{label}.jsonl")
    for name, part in manifest["files"].items():
        if _measure(archive, f"files/{name}") != (name, part["size"]):
            raise _damaged(f"files/{name}")
    if backup.DEMO_KEY in names:
        _measure(archive, backup.DEMO_KEY)
    return manifest


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError as problem:
        raise DamagedBackup(_("Die Datei %s gibt es nicht.") % path) from problem
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise _damaged(_("kein lesbares Archiv")) from problem


def _damaged(what: str) -> DamagedBackup:
    return DamagedBackup(_("Das ist keine unversehrte Sicherung (%s). Es wurde nichts geändert.") % what)


def _read_manifest(archive: zipfile.ZipFile) -> dict:
    """Return the manifest if it has the shape of one."""
    try:
        if archive.getinfo(backup.MANIFEST).file_size > LARGEST_MANIFEST:
            raise _damaged(_("Verzeichnis zu groß"))
        manifest = json.loads(archive.read(backup.MANIFEST))
        shaped = (
            isinstance(manifest["format"], int)
            and isinstance(manifest["program"], str)
            and isinstance(manifest["migrations"], list)
            and all(SHA256.fullmatch(name) and part["size"] >= 0 for name, part in manifest["files"].items())
            and all({"fields", "rows", "sha256"} <= part.keys() for part in manifest["models"].values())
        )
    except DomainError:
        raise
    except Exception as problem:  # wrong shape, wrong checksum, broken stream: all the same to the reader
        raise _damaged(_("Verzeichnis nicht lesbar")) from problem
    if not shaped:
        raise _damaged(_("Verzeichnis nicht lesbar"))
    return manifest


def _measure(archive: zipfile.ZipFile, name: str) -> tuple[str, int]:
    """Return hash and size of a part; a part that cannot be unpacked is damaged."""
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as part:
            while chunk := part.read(backup.CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except Exception as problem:  # checksum errors, broken streams, wrong headers: all the same to the reader
        raise _damaged(name) from problem
    return digest.hexdigest(), size


def _check_key(archive: zipfile.ZipFile, manifest: dict) -> None:
    keys = (settings.AUDIT_KEY, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    known = {backup.fingerprint(key) for key in keys}
    brings_its_own = backup.DEMO_KEY in archive.namelist() and not settings.IS_PRODUCTION
    has_subjects = manifest["models"].get("core.SubjectKey", {}).get("rows")
    if has_subjects and manifest["audit_key"] not in known and not brings_its_own:
        raise OtherKey(
            _(
                "Das Protokoll dieser Sicherung lässt sich mit dem Schlüssel von heute nicht lesen. Bitte "
                "VERBUND_AUDIT_KEY (oder VERBUND_SECRET_KEY_OLD) auf den damaligen setzen. Es wurde nichts geändert."
            )
        )


def _check_database(*, replace: bool) -> None:
    """Make the tables where there are none; refuse a database with data unless it may be replaced."""
    missing = health.missing_migrations()
    if len(missing) == len(health.known_migrations()):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    elif missing:
        raise OtherVersion(_("Die Datenbank ist nicht auf dem Stand dieser Fassung. Bitte zuerst: verbund migrate"))
    holds_data = any(model._default_manager.exists() for model in (get_user_model(), AuditEntry, StoredFile))
    if holds_data and not replace:
        raise NotEmpty(_("Hier sind schon Daten. Mit --replace werden sie durch die Sicherung ersetzt."))


def _restore_files(archive: zipfile.ZipFile, manifest: dict) -> None:
    """Put the stored files in place; named by their content, they never overwrite anything else."""
    for digest in manifest["files"]:
        target = files.path_of(digest)
        if target.exists() and hashlib.sha256(target.read_bytes()).hexdigest() == digest:
            continue
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = target.with_suffix(f".{os.getpid()}.part")
        with (
            archive.open(f"files/{digest}") as part,
            os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file,
        ):
            while chunk := part.read(backup.CHUNK):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)


def _restore_rows(archive: zipfile.ZipFile, manifest: dict) -> None:
    """Replace all rows by those of the backup, count them, and prove the audit trail."""
    models = backup.saved_models()
    if {model._meta.label for model in models} != set(manifest["models"]):
        raise _damaged(_("andere Tabellen"))
    try:
        with append_only.unlocked():
            _empty([*models, *(apps.get_model(label) for label in sorted(backup.LEFT_OUT))])
            for model in models:
                _insert(model, archive, manifest["models"][model._meta.label])
            search.refresh()
            connection.check_constraints()
    except BaseException:
        transaction.set_rollback(True)
        raise
    for model in models:
        if model._base_manager.count() != manifest["models"][model._meta.label]["rows"]:
            raise _damaged(_("Anzahl in %s") % model._meta.label)
    if findings := audit.verify():
        raise _damaged(str(findings[0]))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _empty(models: list) -> None:
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - our own name


def _insert(model, archive: zipfile.ZipFile, part: dict) -> None:
    """Insert a model's rows as they were: no default, no automatic time, no `save()`."""
    fields = backup.stored_fields(model)
    if [field.attname for field in fields] != part["fields"]:
        raise _damaged(_("andere Felder in %s") % model._meta.label)
    insert = QuerySet(model)._insert  # type: ignore[attr-defined] # Django's own way to write rows as they are
    with archive.open(f"data/{model._meta.label}.jsonl") as lines:
        at_once = min(ROWS_AT_ONCE, connection.ops.bulk_batch_size(fields, [None] * ROWS_AT_ONCE))
        for rows in batched(_objects(model, fields, lines), at_once):
            insert(list(rows), fields=fields, raw=True, using="default")


def _objects(model, fields: list, lines) -> Iterator:
    for line in lines:
        values = [_as_python(field, value) for field, value in zip(fields, json.loads(line), strict=True)]
        yield model(**dict(zip((field.attname for field in fields), values, strict=True)))


def _as_python(field, value):
    if isinstance(value, dict) and set(value) == {backup.BYTES}:
        return base64.b64decode(value[backup.BYTES])
    if value is None or field.get_internal_type() == "JSONField":
        return value
    return field.to_python(value)


def _restore_demo_key(archive: zipfile.ZipFile) -> None:
    """Bring back the key of a demonstration: its audit trail cannot be read without it."""
    if settings.IS_PRODUCTION or backup.DEMO_KEY not in archive.namelist():
        return
    key = archive.read(backup.DEMO_KEY).decode()
    draft = Path(settings.DATA_DIR) / f"secret_key.{os.getpid()}.part"
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        file.write(key)
    draft.replace(Path(settings.DATA_DIR) / "secret_key")
