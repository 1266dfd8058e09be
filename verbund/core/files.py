"""Files: attachments and issued documents, stored unchanged under the hash of their content."""

import hashlib
import os
import time
from pathlib import Path

import puremagic
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import FileResponse
from django.utils.translation import gettext as _

from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.references import links_to

LARGEST_UPLOAD = 20 * 1024 * 1024
STILL_BEING_STORED_SECONDS = 60 * 60
"""The content of a file touched so lately may belong to a row that is not committed yet."""

FORGOTTEN = "FORGOTTEN"
"""The kind of a stored file that nothing refers to any more and whose bytes are to go."""


class UnacceptableFile(DomainError):
    """An upload that is empty, too big, or not the PDF it claims to be."""


def folder() -> Path:
    return Path(settings.DATA_DIR) / "files"


def path_of(sha256: str) -> Path:
    return folder() / sha256[:2] / sha256


def check_upload(upload) -> bytes:
    """Return the content of an uploaded PDF; raises UnacceptableFile with what is wrong and what to do."""
    if upload.size == 0:
        raise UnacceptableFile(_("Die Datei ist leer. Bitte wählen Sie die Datei noch einmal aus."))
    if upload.size > LARGEST_UPLOAD:
        raise UnacceptableFile(_("Die Datei ist größer als 20 MB. Bitte verkleinern oder teilen Sie sie."))
    content = upload.read()
    try:
        kind = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        kind = ""
    if kind != "application/pdf" or not content.startswith(b"%PDF-") or not upload.name.lower().endswith(".pdf"):
        raise UnacceptableFile(_("Das ist keine PDF-Datei. Bitte speichern Sie das Schriftstück als PDF."))
    return content


def store(content: bytes, *, name: str, content_type: str = "application/pdf", kind: str = ""):
    """Store a file and return its StoredFile; the same content is kept once on disk.

    The bytes are on disk (fsync) before the row exists, so that a killed server never leaves a row without its file.
    """
    from verbund.core.models import StoredFile

    digest = hashlib.sha256(content).hexdigest()
    target = path_of(digest)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = target.with_suffix(f".{os.getpid()}.{os.urandom(4).hex()}")
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    else:
        os.utime(target)  # so that nobody clears it away before the row is there
    return StoredFile.objects.create(
        sha256=digest, size=len(content), name=Path(name).name[:200], content_type=content_type, kind=kind
    )


def forget(ids) -> None:
    """Let stored files go that no record refers to any more; others stay. Call within the act's transaction.

    The rows lose their names at once. The bytes go after the commit, and with them the rows: what a crash leaves to do
    `clear_forgotten` finds.
    """
    from verbund.core.models import StoredFile

    held = list(locking(StoredFile.objects.filter(pk__in=list(ids)).order_by("pk"), to_delete=True))
    unused = StoredFile.objects.filter(pk__in=[stored.pk for stored in held]).exclude(_is_used())
    unused.update(name="", kind=FORGOTTEN)
    transaction.on_commit(clear_forgotten)


def _is_used() -> Q:
    """Return the condition for stored files that a record of any kind refers to."""
    from verbund.core.models import StoredFile

    used = Q(pk__in=[])
    for other, name in links_to(StoredFile):
        used |= Q(pk__in=other._base_manager.exclude(**{name: None}).values(name))
    return used


def clear_forgotten() -> None:
    """Remove the bytes and rows of forgotten files; the bytes stay while another row has the same content.

    One that a record has come to refer to in the same instant is kept, without its name.
    """
    from verbund.core.models import StoredFile

    for pk in list(StoredFile.objects.filter(kind=FORGOTTEN).values_list("pk", flat=True)):
        with transaction.atomic():
            stored = locking(StoredFile.objects, to_delete=True).filter(pk=pk).first()
            if stored is None:
                continue
            if StoredFile.objects.filter(_is_used(), pk=pk).exists():
                StoredFile.objects.filter(pk=pk).update(kind="", name=stored.sha256[:12])
                continue
            is_needed = StoredFile.objects.filter(sha256=stored.sha256).exclude(kind=FORGOTTEN).exists()
            if is_needed or _is_cleared(path_of(stored.sha256)):
                stored.delete()


def _is_cleared(path: Path) -> bool:
    """Remove a file unless it was touched lately; return whether it is gone."""
    if path.exists() and time.time() - path.stat().st_mtime < STILL_BEING_STORED_SECONDS:
        return False
    path.unlink(missing_ok=True)
    return True


def respond(stored, *, filename: str = "", inline: bool = False) -> FileResponse:
    """Answer with a stored file; never as something a browser would run."""
    response = FileResponse(
        stored.open(), as_attachment=not inline, filename=filename or stored.name, content_type=stored.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
