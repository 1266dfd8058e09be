"""Which records others refer to: asked of every kind of record there is, so that a new kind is never forgotten."""

from collections.abc import Collection, Iterator

from django.db.models import Model


def links_to(model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """Yield which records can refer to those of a model: their model, and the name of the field."""
    for link in model._meta.get_fields(include_hidden=True):
        if link.one_to_many or (link.one_to_one and link.auto_created):
            yield link.related_model, link.field.name


def referred_to(model: type[Model], ids: Collection[int], *, besides: Collection[type[Model]] = ()) -> set[int]:
    """Return which records (by primary key) others refer to; a statement for each kind but those of `besides`."""
    found: set[int] = set()
    for other, name in links_to(model):
        if other not in besides:
            found |= set(other._base_manager.filter(**{f"{name}__in": ids}).values_list(name, flat=True))
    return found
