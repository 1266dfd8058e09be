"""The information of a person in words: as a page, as JSON, as PDF."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path

from django.apps import apps
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core import pdf
from verbund.core.dates import BERLIN
from verbund.core.privacy.registry import declaration_of

TEMPLATE = Path(__file__).resolve().parent / "information.typ"
LABELS = {
    "organisation": gettext_lazy("Organisation"),
    "principal": gettext_lazy("in welcher Funktion"),
    "created_at": gettext_lazy("angelegt am"),
    "sent_at": gettext_lazy("gesendet am"),
}
"""What fields are called here whose models have no German name for them."""


def readable(information: dict) -> dict:
    """Return what `information_about` found as texts: `sections`, `traces` and `history`.

    A section has what the law wants said (purpose, legal basis, recipients, retention), the `labels` of its columns and
    its `rows` of cells with `label` and `value`; rows that read the same stand once, with how many there are.
    """
    return {
        "sections": [_section(label, information["data"][label]) for label in sorted(information["data"], key=_place)],
        "traces": [trace for label, counts in information["traces"].items() for trace in _traces(label, counts)],
        "history": [_entry(entry) for entry in information["history"]],
    }


def as_json(information: dict, *, filename: str) -> HttpResponse:
    """Return the information as a file for machines (GDPR art. 20)."""
    options = {"ensure_ascii": False, "indent": 1}
    return _download(JsonResponse(information, json_dumps_params=options), f"{filename}.json")


def as_pdf(information: dict, *, filename: str, about: str) -> HttpResponse:
    """Return the information as a document for people; `about` says whose it is."""
    now = timezone.now()
    day = f"{now.astimezone(BERLIN):%d.%m.%Y, %H:%M}"
    data = {**readable(information), "about": about, "stand": _("Stand: %(day)s Uhr") % {"day": day}}
    content = pdf.render(TEMPLATE, data, title=_("Auskunft über gespeicherte Daten"), issued_at=now)
    return _download(HttpResponse(content, content_type="application/pdf"), f"{filename}.pdf")


def _download(response: HttpResponse, filename: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "no-store"
    return response


def _place(label: str) -> bool:
    """The account and the functions come first, what the mechanisms hold after them."""
    return label.startswith("core.")


def _section(label: str, rows: list[dict]) -> dict:
    model = apps.get_model(label)
    declaration = declaration_of(model)
    names = [name for name in rows[0] if name != "id"]
    counted = Counter(tuple(_said(model, name, row[name]) for name in names) for row in rows)
    several = any(count > 1 for count in counted.values())
    labels = [*(_label(model, declaration, name) for name in names), *([_("Anzahl")] if several else [])]
    texts = [[*found, str(count)] if several else found for found, count in counted.items()]
    return {
        "title": _capital(str(declaration.purpose)),
        "table": label,
        "legal_basis": str(declaration.legal_basis),
        "recipients": str(declaration.recipients),
        "retention": str(declaration.retention),
        "labels": labels,
        "rows": [
            [{"label": label, "value": value} for label, value in zip(labels, found, strict=True)] for found in texts
        ],
    }


def _label(model, declaration, name: str) -> str:
    """Return why a field is kept, or for what says nothing about a person by itself what it is called."""
    return _capital(str(declaration.personal.get(name) or LABELS.get(name) or model._meta.get_field(name).verbose_name))


def _said(model, name: str, value) -> str:
    """Return a value in words; a code by what it stands for."""
    return str(dict(model._meta.get_field(name).flatchoices).get(value) or _spoken(value))


def _traces(label: str, counts: dict) -> list[dict]:
    model = apps.get_model(label)
    declaration = declaration_of(model)
    return [
        {
            "what": _capital(str(declaration.purpose)),
            "function": str(declaration.personal.get(name) or model._meta.get_field(name).verbose_name),
            "count": str(count),
        }
        for name, count in counts.items()
    ]


def _entry(entry: dict) -> dict:
    changes = [f"{part['label']}: {part['before'] or '–'} → {part['after'] or '–'}" for part in entry["changes"]]
    return {
        "at": _spoken(entry["at"]),
        "who": entry["who"],
        "what": entry["what"],
        "details": "\n".join(part for part in (entry["note"], *changes) if part),
    }


def _spoken(value) -> str:
    """Return a JSON value as clerks write it: days as 31.12.2023, ja and nein, a dash for nothing."""
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, list):
        return ", ".join(map(_spoken, value))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_spoken(part)}" for name, part in value.items())
    return _moment(value) if isinstance(value, str) else str(value)


def _moment(text: str) -> str:
    try:
        if len(text) == len("2023-12-31"):
            return f"{date.fromisoformat(text):%d.%m.%Y}"
        if len(text) >= len("2023-12-31T00:00:00") and text[10] == "T":
            return f"{datetime.fromisoformat(text).astimezone(BERLIN):%d.%m.%Y, %H:%M}"
    except ValueError:
        return text
    return text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
