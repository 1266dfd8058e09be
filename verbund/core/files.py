"""Files: attachments and issued documents, stored unchanged under the hash of their content."""

import hashlib
import os
from pathlib import Path

import puremagic
from django.conf import settings
from django.http import FileResponse
from django.utils.translation import gettext as _

from verbund.core.errors import DomainError

LARGEST_UPLOAD = 20 * 1024 * 1024


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
    return StoredFile.objects.create(
        sha256=digest, size=len(content), name=Path(name).name[:200], content_type=content_type, kind=kind
    )


def respond(stored, *, filename: str = "", inline: bool = False) -> FileResponse:
    """Answer with a stored file; never as something a browser would run."""
    response = FileResponse(
        stored.open(), as_attachment=not inline, filename=filename or stored.name, content_type=stored.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
