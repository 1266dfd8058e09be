"""One text for one value: how the trail writes values down and hashes an entry."""

import hashlib
import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum

from django.db import models

FORMAT = 1
ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def text_of(value) -> str | None:
    """Return the canonical text of a field's value; None stays None.

    Records become their id, stored files `sha256:…`, moments UTC, amounts their decimal digits, lists and mappings
    JSON with sorted keys. What the databases cannot store (NUL, lone surrogates) is replaced.
    """
    if value is None or type(value) is str:
        return value if value is None else _storable(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return text_of(value.value)
    if isinstance(value, models.Model):
        digest = getattr(value, "sha256", "")
        return f"sha256:{digest}" if digest else text_of(value.pk)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return f"sha256:{hashlib.sha256(bytes(value)).hexdigest()}"
    if isinstance(value, dict):
        return _json({str(key): text_of(item) for key, item in value.items()})
    if isinstance(value, (set, frozenset)):
        return _json(sorted(text_of(item) or "" for item in value))
    if isinstance(value, (list, tuple, models.QuerySet)):
        return _json([text_of(item) for item in value])
    return _storable(str(value))


def _storable(text: str) -> str:
    if text.isascii() and "\x00" not in text:
        return text
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def _json(value) -> str:
    return ENCODER.encode(value)


def hash_of(entry, *, sequence: int | None = None) -> str:
    """Return the SHA-256 over everything an entry says, its place in the chain and the hash before it included.

    With `sequence` the hash it would have at another place. Encrypted values are hashed as ciphertext, so that
    destroying a key leaves the chain whole.
    """
    body = {
        "format": FORMAT,
        "chain": entry.chain_id,
        "sequence": entry.sequence if sequence is None else sequence,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "verb": entry.verb,
        "target": [entry.target_type, entry.target_id],
        "actor": entry.actor_id,
        "actor_label": entry.actor_label,
        "membership": entry.membership_id,
        "on_behalf_of": entry.on_behalf_of_id,
        "changes": entry.changes,
        "note": entry.note,
        "previous": entry.previous,
    }
    return hashlib.sha256(_json(body).encode("utf-8", "surrogatepass")).hexdigest()
