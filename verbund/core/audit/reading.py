"""Reading the trail for the screen: who, for whom, when, what, before and after."""

import json
from collections.abc import Iterable
from datetime import date, datetime

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.audit import keys
from verbund.core.audit.recording import NOTE, may_hold_free_text
from verbund.core.models import AuditEntry
from verbund.core.money import MoneyField, format_euro

SENTENCES: dict = {
    (None, "create"): gettext_lazy("angelegt"),
    (None, "change"): gettext_lazy("geändert"),
    (None, "delete"): gettext_lazy("gelöscht"),
    (None, "erase"): gettext_lazy("Person gelöscht"),
}


FIELD_NAMES: dict = {
    (None, "status"): gettext_lazy("Stand"),
    (None, "status_since"): gettext_lazy("Stand seit"),
    (None, "amount"): gettext_lazy("Betrag"),
}


def call_fields(names: dict, model=None) -> None:
    """Say what fields are called on the screen where the model's own name would not do (signatures, moments).

    With `model` only its fields: those of the same name elsewhere mean something else.
    """
    FIELD_NAMES.update({(model and model._meta.label, name): shown for name, shown in names.items()})


def describe(verb: str, sentence, model=None) -> None:
    """Say what a verb is called on the screen ("eingereicht"); with `model` only for acts on that model.

    Apps call this beside the table of moves in their `lifecycle.py`.
    """
    SENTENCES[model and model._meta.label, verb] = sentence


def sentence_for(verb: str, target_type: str) -> str:
    """Return what a verb is called on the screen; the verb itself where no app has described it."""
    return str(SENTENCES.get((target_type, verb)) or SENTENCES.get((None, verb)) or verb.replace("_", " "))


def history_of(
    *targets,
    limit: int = 50,
    reveal: bool = False,
    verb: str = "",
    verbs: Iterable[str] = (),
    cut_at: datetime | None = None,
) -> list[dict]:
    """Return the newest acts on one record (or several that belong together), newest first, for `{% history %}`.

    With `verb` only the acts of that name, with `verbs` only those among them.

    Each has `at`, `who` (the function, never the person; "in Vertretung für: …" for a deputy), `what`, `note` and
    `changes` with `label`, `before` and `after` as texts. Personal values are shown with `reveal` only, otherwise as
    "geschützt"; destroyed ones, sealed texts among them, as "gelöscht am …". Free texts that were recorded in clear
    before `cut_at`, when something was cut out of them, are not shown. Two statements, however many entries.
    """
    entries = _entries_of(targets, limit, [verb] if verb else list(verbs))
    values = [
        value for entry in entries for pair in entry.changes.values() for value in pair if keys.is_locked_up(value)
    ]
    ring = keys.KeyRing(value[keys.SUBJECT] for value in values) if values else None
    return [_shown(entry, ring, reveal, cut_at if cut_at and entry.at < cut_at else None) for entry in entries]


def entries_naming(text: str, *, organisation_id: int, models: Iterable) -> int:
    """Return how many entries of a chain about records of some models still hold a text in clear, in any case.

    What was recorded before a model sealed its texts cannot be changed any more without breaking the chain.
    """
    written = json.dumps(text, ensure_ascii=False)[1:-1]
    found = AuditEntry.objects.filter(chain_id=organisation_id, target_type__in=[one._meta.label for one in models])
    found = found.annotate(as_text=Cast("changes", TextField()))
    found = found.filter(Q(as_text__icontains=written) | Q(note__icontains=text)).values_list("changes", "note")
    return sum(any(text.casefold() in clear.casefold() for clear in _in_clear(*row)) for row in found)


def _in_clear(changes: dict, note: str) -> list[str]:
    return [note, *(value for pair in changes.values() for value in pair if isinstance(value, str))]


def _entries_of(targets, limit: int, verbs: list[str]) -> list[AuditEntry]:
    found = AuditEntry.objects.none()
    by_type: dict[str, list[str]] = {}
    for target in targets:
        by_type.setdefault(target._meta.label, []).append(str(target.pk))
    for target_type, ids in by_type.items():
        found = found | AuditEntry.objects.filter(target_type=target_type, target_id__in=ids)
    if verbs:
        found = found.filter(verb__in=verbs)
    return list(found.order_by("-at", "-pk")[:limit])


def _shown(entry: AuditEntry, ring, reveal: bool, cut_at: datetime | None) -> dict:
    model = _model_of(entry.target_type)
    note = _hidden(entry.note, cut_at)
    if NOTE in entry.changes:
        note = _clear(entry.changes[NOTE][1], ring, reveal)
    is_deputy = entry.serializable_value("on_behalf_of") is not None
    return {
        "at": entry.at,
        "who": _("in Vertretung für: %s") % entry.actor_label if is_deputy else entry.actor_label,
        "what": sentence_for(entry.verb, entry.target_type),
        "note": note,
        "changes": [
            _shown_change(model, name, [_clear(value, ring, reveal) for value in pair], pair)
            for name, pair in _without_cut(entry, model, cut_at).items()
            if name != NOTE
        ],
    }


def _without_cut(entry: AuditEntry, model, cut_at: datetime | None) -> dict:
    """Return the changes of an entry; with `cut_at` without the texts that stand there in clear."""
    if cut_at is None or model is None:
        return entry.changes
    return {
        name: [_hidden(value, cut_at) for value in pair] if may_hold_free_text(model, name) else pair
        for name, pair in entry.changes.items()
    }


def _hidden(value, cut_at: datetime | None):
    if not value or cut_at is None or keys.is_locked_up(value):
        return value
    return _("ausgeblendet am %s") % date_format(timezone.localtime(cut_at), "d.m.Y")


def _model_of(label: str):
    try:
        return apps.get_model(label)
    except LookupError:
        return None


def _clear(value, ring, reveal: bool):
    """Return the text of a stored value, or what the reader sees in its place."""
    if not keys.is_locked_up(value):
        return value
    destroyed_at = ring.destroyed_at(value)
    if destroyed_at:
        return _("gelöscht am %s") % date_format(timezone.localtime(destroyed_at), "d.m.Y")
    if not reveal and not keys.is_sealed(value):
        return _("geschützt")
    text = ring.read(value)
    return _("nicht lesbar") if text is None else text


def _shown_change(model, name: str, texts: list, pair: list) -> dict:
    column = _column_of(model, name)
    called = FIELD_NAMES.get((model and model._meta.label, name)) or FIELD_NAMES.get((None, name))
    label = str(called or (column.verbose_name if column is not None else name))
    shown = [
        text if keys.is_locked_up(value) and not keys.is_sealed(value) else _german(column, text)
        for text, value in zip(texts, pair, strict=True)
    ]
    return {"label": label[:1].upper() + label[1:], "before": shown[0], "after": shown[1]}


def _column_of(model, name: str):
    try:
        column = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return column if hasattr(column, "verbose_name") else None


def _german(column, text: str | None) -> str:
    """Return a canonical text as clerks write it: choices by name, amounts in euros, days as 31.12.2023."""
    if text is None or text == "":
        return "–"
    if text in {"true", "false"}:
        return _("ja") if text == "true" else _("nein")
    if text.startswith("sha256:"):
        return _("Datei %s…") % text[7:15]
    choices = dict(getattr(column, "flatchoices", ()) or ())
    if choices:
        return str({str(key): label for key, label in choices.items()}.get(text, text))
    if column is not None and column.is_relation:
        return _("Nr. %s") % text
    if isinstance(column, MoneyField):
        return format_euro(column.to_python(text))
    kind = column.get_internal_type() if column is not None else ""
    if kind == "DateField":
        return date_format(date.fromisoformat(text), "d.m.Y")
    if kind == "DateTimeField":
        return date_format(timezone.localtime(datetime.fromisoformat(text)), "d.m.Y, H:i")
    return text
