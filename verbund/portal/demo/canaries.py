"""Words for isolation tests: one per organisation and kind of data, in every text field of the demonstration's records.

Who sees a word of an organisation they have no business with has found a leak.
"""

import secrets

from django.apps import apps
from django.db import IntegrityError, models, transaction

from verbund.core import append_only
from verbund.directory.models import Membership, Organisation

LETTERS = "abcdefghijkmnopqrstuvwxyz"
SHORTEST_FIELD = 60
NOT_IN_APPS = {"core"}
NOT_TEXT = {
    "email",
    "code",
    "key",
    "password",
    "iban",
    "bic",
    "sha256",
    "token_sha256",
    "hash",
    "content_type",
    "path",
    "url",
}


def new_word() -> str:
    return "kanari" + "".join(secrets.choice(LETTERS) for _position in range(12))


def our_models():
    """Return the models of our apps whose records belong to somebody; mechanisms keep theirs."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("verbund.") and model._meta.app_label not in NOT_IN_APPS
    ]


def present_rows() -> dict:
    """Return the keys of all records there are, by model."""
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in our_models()}


def put_into_new_rows(before: dict) -> list[dict]:
    """Append the words to the text fields of the records that have come since `before`; return the list of words."""
    names = dict(Organisation.objects.values_list("pk", "name"))
    codes = dict(Organisation.objects.values_list("pk", "code"))
    words: dict[tuple[int, str], str] = {}
    with append_only.unlocked(tables=[model._meta.db_table for model in our_models() if _only_grows(model)]):
        for model in our_models():
            fields = text_fields_of(model)
            for row in model._base_manager.exclude(pk__in=before.get(model, ())) if fields else ():
                if (owner := owner_of(row)) is not None:
                    _append(row, fields, words.setdefault((owner, model._meta.label), new_word()))
    return [
        {"word": word, "organisation": names.get(owner, ""), "organisation_code": codes.get(owner, ""), "kind": kind}
        for (owner, kind), word in sorted(words.items())
    ]


def _only_grows(model) -> bool:
    return model._meta.db_table in append_only.TABLES


def text_fields_of(model) -> list:
    """Return the fields of a model that hold free text: no choices, nothing unique, room for a word."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField))
        and not isinstance(field, (models.EmailField, models.URLField))
        and not field.choices
        and not field.unique
        and field.name not in NOT_TEXT
        and (field.max_length is None or field.max_length >= SHORTEST_FIELD)
    ]


def owner_of(row) -> int | None:
    """Return the organisation a record belongs to; for an account the one of its first function."""
    if row._meta.label == "accounts.User":
        return Membership.objects.filter(user=row).values_list("organisation_id", flat=True).first()
    return getattr(row, "audit_organisation_id", None)


def _append(row, fields, word: str) -> None:
    values = {}
    for field in fields:
        if getattr(row, "is_protected", False) and not getattr(row, field.attname):
            continue  # a protected place has no address to put a word into
        longer = f"{getattr(row, field.attname) or ''} {word}".strip()
        if field.max_length is None or len(longer) <= field.max_length:
            values[field.attname] = longer
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**values)
    except IntegrityError:  # some field must stay empty on this record
        written = {name: value for name, value in values.items() if getattr(row, name)}
        type(row)._base_manager.filter(pk=row.pk).update(**written)
