"""Deleting the file of a grant: rows, texts, names and stored files go, the title's books and the fact stay."""

from collections.abc import Iterable
from datetime import date

from verbund.core import audit, deadlines, files, privacy
from verbund.core.acting import SYSTEM
from verbund.core.models import Deadline
from verbund.funding.file_contents import PARTS, Part, counted
from verbund.funding.models import GrantApplication


def delete_file(application: GrantApplication, *, on: date) -> dict[str, int]:
    """Delete what the file of a locked application holds; return how much of each group went.

    Rows go or stay emptied as `file_contents` says; the trail's keys of them are destroyed, so that what it keeps of
    their texts and persons can never be read again. The bytes of stored files go after the commit. Call within the
    transaction of the act that checked the period.
    """
    went = counted([application.pk])[application.pk]
    stored, keys = _stored_files(application), _keys(application)
    audit.record("delete_file", application, actor=SYSTEM, before={"deleted_on": None}, after={"deleted_on": on})
    for part in PARTS:
        deadlines.forget(part.of([application.pk]))
    for part in PARTS:
        _clear(part, application)
    GrantApplication.objects.filter(pk=application.pk).update(deleted_on=on, version=application.version + 1)
    audit.destroy_keys(keys)
    files.forget(stored)
    return went


def _clear(part: Part, application: GrantApplication) -> None:
    rows = part.of([application.pk])
    if part.goes:
        rows.delete()
    elif part.leaves:
        rows.update(**part.leaves)


def _stored_files(application: GrantApplication) -> set[int]:
    """Return the ids of the stored files the parts of a file refer to."""
    found: set[int] = set()
    for part in PARTS:
        for name in part.files:
            found.update(part.of([application.pk]).exclude(**{name: None}).values_list(name, flat=True))
    return found


def _keys(application: GrantApplication) -> set[str]:
    """Return the names of the keys under which the trail keeps texts and persons of a file, its deadlines included."""
    found: set[str] = set()
    for part in PARTS:
        rows = part.of([application.pk])
        found.update(map(privacy.own_key_of, rows))
        found.update(map(privacy.own_key_of, _deadlines_of(part, rows.values_list("pk", flat=True))))
    return found


def _deadlines_of(part: Part, ids: Iterable[int]):
    return Deadline.objects.filter(subject_type=part.model._meta.label, subject_id__in=list(ids))
