"""Cutting a name out of a free text, and out of everything the audit trail has kept of it."""

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.calculations import without
from verbund.advising.models import Accompaniment, AccompanimentStep
from verbund.core import audit, privacy
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.funding import operations as funding


class NotThere(DomainError):
    """The passage does not stand in this text."""


class SaysItAgain(DomainError):
    """The reason for cutting out names what is to be cut out."""


@transaction.atomic
def cut_out(record: Accompaniment | AccompanimentStep, field: str, passage: str, *, reason: str, actor) -> None:
    """Replace a passage by "[entfernt]" in all free texts of a record, and make what the trail kept of them unreadable.

    The key of the record's texts is destroyed, the cleaned texts are recorded anew with a new one; the chain still
    verifies. `field` names where the passage was seen. Raises NotThere, SaysItAgain.
    """
    passage = passage.strip()
    stored = locking(type(record).objects).get(pk=record.pk)
    if field not in record.FREE_TEXTS or not passage or passage.casefold() not in getattr(stored, field).casefold():
        raise NotThere(_("Diese Stelle steht nicht in dem Text. Kopieren Sie sie genau."), field="passage")
    if passage.casefold() in reason.casefold():
        raise SaysItAgain(_("Der Grund nennt die Stelle selbst. Schreiben Sie ihn ohne sie."), field="reason")
    texts = {name: _cleaned(stored, name, passage) for name in record.FREE_TEXTS}
    audit.destroy_key(privacy.subject_of(stored, privacy.declaration_of(type(record))))
    for name, text in texts.items():
        setattr(record, name, text)
    record.key_number, record.version = stored.key_number + 1, stored.version + 1
    record.save(update_fields=[*texts, "key_number", "version"])
    if isinstance(record, Accompaniment):
        funding.keep_in_step(record)
    kept = {name: text for name, text in texts.items() if text}
    audit.record("cut_out", record, actor=actor, after=kept, note=reason)


def _cleaned(stored, name: str, passage: str) -> str:
    return without(getattr(stored, name), passage)[: stored._meta.get_field(name).max_length]
