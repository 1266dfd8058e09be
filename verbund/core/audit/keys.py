"""The keys of data subjects: each person's values in the trail can be read only with theirs.

A subject is "user:17", or "directory.Contact:4" for a person without an account. The key is stored wrapped with a key
derived from VERBUND_AUDIT_KEY (or the secret key), so that a copy of the database alone opens nothing.
"""

import base64
from collections.abc import Iterable
from datetime import datetime
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils import timezone

from verbund.core import bulk
from verbund.core.models import SubjectKey

CIPHER = "cipher"
SUBJECT = "subject"
SEALED = "sealed"
"""Marks values encrypted only so that they can go: whoever reads the history reads them while their key is there."""


class WrongAuditKey(Exception):
    """The keys of the trail were wrapped with another VERBUND_AUDIT_KEY than the one set now."""

    def __init__(self):
        super().__init__(
            "Die Schlüssel des Protokolls lassen sich nicht öffnen: VERBUND_AUDIT_KEY (oder VERBUND_SECRET_KEY) "
            "ist ein anderer als der, mit dem sie angelegt wurden."
        )


def _wrapper() -> MultiFernet:
    secrets = [getattr(settings, "AUDIT_KEY", ""), settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(secret)) for secret in secrets if secret])


@cache
def _derived(secret: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"verbund audit subject keys")
    return base64.urlsafe_b64encode(derivation.derive(secret.encode()))


def _opened(row: SubjectKey) -> Fernet | None:
    if row.key is None:
        return None
    try:
        return Fernet(_wrapper().decrypt(bytes(row.key)))
    except InvalidToken as problem:
        raise WrongAuditKey from problem


def _key_of(subject: str) -> Fernet | None:
    """Return the key of a subject, made where there is none yet; None where it was destroyed."""
    stored = SubjectKey.objects.filter(subject=subject)
    row = stored.first()
    if row is None:
        key = Fernet.generate_key()
        if bulk.insert_unless_there(SubjectKey, ("subject", "key"), (subject, _wrapper().encrypt(key))):
            return Fernet(key)
        row = stored.get()  # somebody made it in the same instant
    return _opened(row)


class Lock:
    """Encrypts texts with the keys of their subjects; each key is fetched once, or made on first use."""

    def __init__(self):
        self.opened: dict[str, Fernet | None] = {}

    def up(self, subject: str, texts: list[str | None]) -> list:
        """Encrypt texts with the key of a subject; None stays None.

        After the key was destroyed nothing is kept of a value: its cipher is empty. Raises WrongAuditKey.
        """
        if subject not in self.opened:
            self.opened[subject] = _key_of(subject)
        key = self.opened[subject]
        return [
            None if text is None else {SUBJECT: subject, CIPHER: key.encrypt(text.encode()).decode() if key else ""}
            for text in texts
        ]

    def seal(self, subject: str, texts: list[str | None]) -> list:
        """Encrypt texts with the key of a record so that they can go with it; nothing stays as it is."""
        return [{**self.up(subject, [text])[0], SEALED: True} if text else text for text in texts]


def is_locked_up(value) -> bool:
    """Whether a stored value is encrypted."""
    return isinstance(value, dict)


class KeyRing:
    """The keys of several subjects, fetched at once for reading."""

    def __init__(self, subjects):
        self.rows = {row.subject: row for row in SubjectKey.objects.filter(subject__in=set(subjects))}

    def destroyed_at(self, value: dict):
        """Return when the key of an encrypted value was destroyed; None if it was not."""
        row = self.rows.get(value[SUBJECT])
        return row.destroyed_at if row else None

    def read(self, value: dict) -> str | None:
        """Return the clear text; None if the key is gone or does not fit."""
        row = self.rows.get(value[SUBJECT])
        try:
            key = _opened(row) if row else None
            return key.decrypt(value[CIPHER].encode()).decode() if key else None
        except (InvalidToken, WrongAuditKey):
            return None


def is_sealed(value) -> bool:
    """Whether a stored value is encrypted only so that it can go one day."""
    return is_locked_up(value) and value.get(SEALED, False)


def are_readable() -> bool:
    """Whether VERBUND_AUDIT_KEY opens the stored keys (those of the last person stand for all)."""
    row = SubjectKey.objects.filter(destroyed_at=None).order_by("pk").last()
    try:
        return row is None or _opened(row) is not None
    except WrongAuditKey:
        return False


def destroyed_at(subject: str) -> datetime | None:
    """Return when a key was destroyed; None if it was not."""
    return SubjectKey.objects.filter(subject=subject).values_list("destroyed_at", flat=True).first()


def destroy_key(subject: str) -> None:
    """Destroy the key of a subject for good: whatever the trail holds about it can never be read again.

    The row stays, without key, so that no new one is made and the screen can say since when.
    """
    SubjectKey.objects.get_or_create(subject=subject)
    destroy_keys([subject])


def destroy_keys(subjects: Iterable[str]) -> int:
    """Destroy those keys of several subjects that were ever made; return how many that were."""
    found = SubjectKey.objects.filter(subject__in=set(subjects), destroyed_at=None)
    return found.update(key=None, destroyed_at=timezone.now())
