"""Erasing a person (GDPR art. 17): what is declared is emptied or given a pseudonym, the key in the trail destroyed."""

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models.functions import Cast

from verbund.core import audit
from verbund.core.models import SubjectKey
from verbund.core.privacy.registry import DECLARATIONS, Declaration, is_about, key_name


@transaction.atomic
def erase_subject(user, *, actor) -> None:
    """Erase a person: tables by their declarations, sessions, the key of their values in the audit trail.

    The account's row stays under a pseudonym, because signed acts refer to it; audit entries stay too, their personal
    values can no longer be read and the chain still verifies. Retention periods are the caller's to check.
    """
    rows = [
        (declaration, list(declaration.model._base_manager.filter(is_about(declaration, user)).order_by("pk")))
        for declaration in DECLARATIONS.values()
        if declaration.subjects
    ]
    _end_sessions_of(user)
    for declaration, found in rows:
        for row in found:
            _erase_row(row, declaration)
    for subject in _keys_of(user, rows):
        audit.destroy_key(subject)
    audit.record("erase", user, actor=actor, organisation_id=0)


def _keys_of(user, rows) -> list[str]:
    """Return the person's key, and those of their records from the time before they had an account."""
    own = [f"{declaration.model._meta.label}:{row.pk}" for declaration, found in rows for row in found]
    return [key_name(user.pk), *SubjectKey.objects.filter(subject__in=own).values_list("subject", flat=True)]


def _erase_row(row, declaration: Declaration) -> None:
    """Bring one row into the state its declaration leaves. The audit trail itself is never touched."""
    if isinstance(declaration.erase, str):  # DELETE_ROW
        row._meta.model._base_manager.filter(pk=row.pk).delete()
        return
    ways = {**dict.fromkeys(declaration.personal), **declaration.erase}
    values = {}
    for name, way in ways.items():
        column = row._meta.get_field(name)
        if way == "keep" or (way is None and (column.is_relation or not _holds_text(column))):
            continue
        values[name] = way(row) if callable(way) else _leftover(row, column, way)
    if values:
        type(row)._base_manager.filter(pk=row.pk).update(**values)


def _holds_text(column) -> bool:
    return isinstance(column, (models.CharField, models.TextField, models.JSONField, models.GenericIPAddressField))


def _leftover(row, column, way):
    """Return what stays of a value: nothing, or a pseudonym where something unique or readable must stand."""
    if way != "pseudonym" and not column.unique and not isinstance(column, models.EmailField):
        if column.null:
            return None
        return {} if isinstance(column, models.JSONField) else ""
    if isinstance(column, models.EmailField):
        return f"geloescht-{row.pk}@geloescht.invalid"
    return f"Gelöschte Person {row.pk}"[: column.max_length]


def _end_sessions_of(user) -> None:
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()


def places_naming(*texts: str) -> list[str]:
    """Return where in the database a text still stands, as "table.column:id", upper and lower case alike.

    Searches every text and JSON column of every table; for the check after an erasure.
    """
    found = []
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if not isinstance(column, (models.CharField, models.TextField, models.JSONField)):
                continue
            condition = models.Q()
            for text in texts:
                condition |= models.Q(as_text__icontains=text)
            rows = model._base_manager.annotate(as_text=Cast(column.name, models.TextField())).filter(condition)
            found += [f"{model._meta.label}.{column.name}:{pk}" for pk in rows.values_list("pk", flat=True)]
    return found
