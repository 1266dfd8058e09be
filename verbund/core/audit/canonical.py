"""One text for one value: how the trail writes values down and hashes an entry."""

import hashlib
import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from django.db import models

FORMAT = 1
ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
_quoted = json.encoder.encode_basestring
"""One text as ENCODER writes it."""


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


def changes_of(entry) -> str:
    """Return the changes of an entry as they are hashed, and stored where many are written at once."""
    return _json(entry.changes)


def hash_of(entry, *, sequence: int | None = None, changes: str | None = None) -> str:
    """Return the SHA-256 over everything an entry says, its place in the chain and the hash before it included.

    With `sequence` the hash it would have at another place; `changes` where `changes_of(entry)` is known. Encrypted
    values are hashed as ciphertext, so that destroying a key leaves the chain whole.
    """
    text = body_of(entry, sequence=sequence, changes=changes)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def body_of(entry, *, sequence: int | None = None, changes: str | None = None) -> str:
    """Return the JSON that is hashed, its keys sorted: put together by hand, in a third of an encoder's time."""
    return (
        f'{{"actor":{_number(entry.actor_id)},"actor_label":{_quoted(entry.actor_label)},"at":"{_moment(entry.at)}",'
        f'"chain":{_number(entry.chain_id)},"changes":{changes_of(entry) if changes is None else changes},'
        f'"format":{FORMAT},"membership":{_number(entry.membership_id)},"note":{_quoted(entry.note)},'
        f'"on_behalf_of":{_number(entry.on_behalf_of_id)},"previous":{_quoted(entry.previous)},'
        f'"sequence":{_number(entry.sequence if sequence is None else sequence)},'
        f'"target":[{_quoted(entry.target_type)},{_quoted(entry.target_id)}],"verb":{_quoted(entry.verb)}}}'
    )


def _number(value: int | None) -> str:
    return "null" if value is None else str(int(value))


@lru_cache(64)
def _moment(at: datetime) -> str:
    """Return a moment in UTC; the entries of a batch share theirs."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
