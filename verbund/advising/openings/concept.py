"""A concept as plain values: its parts by kind and key, and what differs between two of them. No database.

A concept is `{"sections": [part, …], "goals": […], "measures": […]}`; a part has a `key` that it keeps from version to
version, and the fields of its kind.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from verbund.advising.openings.lifecycle import MeasureKind

FIELDS = {
    "sections": ("title", "text"),
    "goals": ("text", "indicator", "target"),
    "measures": ("kind", "text", "responsible"),
}
"""The fields of a part by its kind; what an opening adds (due day, status) is its own."""

KINDS = {"sections": _("Abschnitt"), "goals": _("Ziel"), "measures": _("Maßnahme")}
PLURALS = {"sections": _("Abschnitte"), "goals": _("Ziele"), "measures": _("Maßnahmen")}
LABELS = {
    ("sections", "title"): _("Überschrift"),
    ("sections", "text"): _("Text"),
    ("goals", "text"): _("Ziel"),
    ("goals", "indicator"): _("Woran man es erkennt"),
    ("goals", "target"): _("Zielwert"),
    ("measures", "kind"): _("Art"),
    ("measures", "text"): _("Maßnahme"),
    ("measures", "responsible"): _("Zuständige Funktion"),
}


@dataclass(frozen=True)
class Difference:
    """One field that differs (`field`), or a whole part that was added or left out (`field` is empty)."""

    kind: str
    key: str
    name: str
    field: str = ""
    before: str = ""
    after: str = ""
    is_added: bool = False
    is_removed: bool = False

    @property
    def kind_label(self):
        return KINDS[self.kind]

    @property
    def field_label(self):
        return LABELS.get((self.kind, self.field), "")


def empty() -> dict:
    """Return a concept without parts."""
    return {kind: [] for kind in FIELDS}


def name_of(kind: str, part: dict) -> str:
    """Return how a part is called: its heading, or what it says."""
    return part["title"] if kind == "sections" else part["text"]


def part(kind: str, key: str, values: dict) -> dict:
    """Return a part with the fields of its kind and nothing else."""
    return {"key": key, **{field: values[field] for field in FIELDS[kind]}}


def next_key(concept: dict, kind: str, *, also: int = 0) -> str:
    """Return a key no part of the kind bears; `also` is the highest number used in versions before."""
    numbers = [int(one["key"][1:]) for one in concept.get(kind, [])]
    return f"{kind[0]}{max([also, *numbers], default=0) + 1}"


def highest(concepts: list[dict], kind: str) -> int:
    """Return the highest number of a key of the kind in several concepts."""
    return max((int(one["key"][1:]) for concept in concepts for one in concept.get(kind, [])), default=0)


def differences(before: dict, after: dict) -> list[Difference]:
    """Return what differs, field by field, in the order of the concept `after`; what was left out last."""
    return [one for kind in FIELDS for one in _of_kind(kind, before, after)]


def _of_kind(kind: str, before: dict, after: dict) -> Iterator[Difference]:
    known = {one["key"]: one for one in before.get(kind, [])}
    for one in after.get(kind, []):
        old = known.pop(one["key"], None)
        if old is None:
            yield Difference(kind, one["key"], name_of(kind, one), is_added=True)
            continue
        for field in FIELDS[kind]:
            if old[field] != one[field]:
                name = name_of(kind, old)
                yield Difference(kind, one["key"], name, field, _said(field, old), _said(field, one))
    for key, old in known.items():
        yield Difference(kind, key, name_of(kind, old), is_removed=True)


def _said(field: str, one: dict) -> str:
    return str(MeasureKind(one[field]).label) if field == "kind" else one[field]


def said(kind: str, one: dict) -> list[tuple]:
    """Return the fields of a part with their labels, but for its name."""
    named = "title" if kind == "sections" else "text"
    return [(LABELS[kind, field], _said(field, one)) for field in FIELDS[kind] if field != named]
