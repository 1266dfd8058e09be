"""The copy for the archive: of each file it takes the documents as they are, and all that is recorded as JSON."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

from django.db import models
from django.utils.translation import gettext as _

from verbund.core.exports import Column, csv_bytes
from verbund.core.models import StoredFile
from verbund.funding.file_contents import PARTS, STAYS
from verbund.funding.models import GrantApplication, RetentionRun

IN_MEMORY = 16 * 1024 * 1024
WAYS = {"BudgetEntry": "notice__decision__application", "ReclaimEntry": "reclaim__application"}
"""How the entries, which stay, are reached: the archive gets them too."""


def written(run: RetentionRun) -> IO[bytes]:
    """Return a ZIP file, at its beginning, with the files of a run the archive takes, and a list with checksums."""
    target = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by whoever sends it
    listed: list[dict] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in run.items.filter(is_for_archive=True).select_related(
            "application__call__programme", "application__centre__organisation"
        ):
            for path, content in _documents(item.application, folder_of(item)):
                archive.writestr(path, content)
                listed.append({"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()})
        archive.writestr("inhalt.csv", csv_bytes(_columns(), listed))
    target.seek(0)
    return target


def folder_of(item) -> str:
    """Return the folder of a file: its number in the run and its reference, in signs every system takes."""
    reference = re.sub(r"[^A-Za-z0-9.-]+", "-", item.application.file_reference or str(item.application_id))
    return f"{item.number:03d}_{reference}"


def _columns() -> list[Column]:
    return [
        Column(_("Datei"), lambda row: row["path"], 80),
        Column(_("Größe in Byte"), lambda row: row["size"]),
        Column("SHA-256", lambda row: row["sha256"], 70),
    ]


def _documents(application: GrantApplication, folder: str) -> Iterator[tuple[str, bytes]]:
    number = 0
    for part in PARTS:
        for name in part.files:
            for stored in StoredFile.objects.filter(pk__in=part.of([application.pk]).values(name)).order_by("pk"):
                number += 1
                with stored.open() as content:
                    yield f"{folder}/{number:03d}_{_safe(stored.name)}", content.read()
    yield f"{folder}/akte.json", json.dumps(_record(application), ensure_ascii=False, indent=1).encode()


def _safe(name: str) -> str:
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", name)[-120:]


def _record(application: GrantApplication) -> dict:
    """Return all that is recorded of a file, table by table, with the names fields have on the screen."""
    found = {"akte": str(application), "aktenzeichen": application.file_reference}
    for part in PARTS:
        found.setdefault(_title(part.model), []).extend(map(_values, part.of([application.pk]).order_by("pk")))
    for model in STAYS:
        if path := WAYS.get(model.__name__):
            found[_title(model)] = [_values(row) for row in model.objects.filter(**{path: application.pk})]
    return found


def _title(model: type[models.Model]) -> str:
    return model.__name__


def _values(row: models.Model) -> dict:
    """Return the values of a row as they read: people and linked records by name, codes as what they stand for."""
    return {column.name: _value(row, column) for column in row._meta.concrete_fields}


def _value(row: models.Model, column):
    value = getattr(row, column.name)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if value is None or isinstance(value, bool | int | str | dict | list):
        return value
    return str(value)
