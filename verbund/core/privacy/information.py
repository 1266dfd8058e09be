"""What the platform holds about one person (GDPR art. 15 and 20)."""

from django.apps import apps
from django.conf import settings
from django.db import models

from verbund.core import audit
from verbund.core.privacy.registry import DECLARATIONS, is_about


def information_about(user) -> dict:
    """Return everything about a person as JSON-safe values.

    `data`: table → rows with their declared fields (secrets withheld); `traces`: table → in which function the
    person appears on how many records (who signed, who filed, who acted in the audit trail); `history`: what the trail
    says about the account itself.
    """
    data, traces = {}, {}
    for model in apps.get_models():
        declaration = DECLARATIONS.get(model)
        if declaration and declaration.subjects:
            rows = model._base_manager.filter(is_about(declaration, user)).order_by("pk")
            names = [name for name in (*declaration.personal, *declaration.copied) if name not in declaration.withheld]
            found = [{"id": _plain(row.pk), **{name: _value(row, name) for name in names}} for row in rows]
            if found:
                data[model._meta.label] = found
        counts = _appearances(model, user)
        if counts:
            traces[model._meta.label] = counts
    history = [_plain(entry) for entry in audit.history_of(user, limit=1000, reveal=True)]
    return {"person": _plain(user.pk), "data": data, "traces": traces, "history": history}


def _appearances(model, user) -> dict[str, int]:
    links = [
        link.name
        for link in model._meta.concrete_fields
        if link.is_relation and link.related_model._meta.label == settings.AUTH_USER_MODEL
    ]
    counts = {name: model._base_manager.filter(**{name: user.pk}).count() for name in links}
    return {name: count for name, count in counts.items() if count}


def _value(row, name: str):
    """Return a field's value; linked records by id and, unless they are people, by what they are called."""
    link = row._meta.get_field(name)
    if link.many_to_many:
        return [str(item) for item in getattr(row, name).all()]
    value = getattr(row, name)
    return str(value) if isinstance(value, models.Model) else _plain(value)


def _plain(value):
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)
