"""The information of a person in words: as a page, as JSON, as PDF."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path

from django.apps import apps
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import pdf
from verbund.core.dates import BERLIN
from verbund.core.privacy.registry import declaration_of

TEMPLATE = Path(__file__).resolve().parent / "information.typ"


def readable(information: dict) -> dict:
    """Return what `information_about` found as texts: `sections`, `traces` and `history`.

    A section has what the law wants said (purpose, legal basis, recipients, retention), the `labels` of its columns and
    its `rows`; rows that read the same stand once, with how many there are.
    """
    return {
        "sections": [_section(label, rows) for label, rows in information["data"].items()],
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


def _section(label: str, rows: list[dict]) -> dict:
    model = apps.get_model(label)
    declaration = declaration_of(model)
    names = [name for name in rows[0] if name != "id"]
    counted = Counter(tuple(_spoken(row[name]) for name in names) for row in rows)
    labels = [_capital(str(declaration.personal[name])) for name in names]
    several = any(count > 1 for count in counted.values())
    return {
        "title": _capital(str(declaration.purpose)),
        "table": label,
        "legal_basis": str(declaration.legal_basis),
        "recipients": str(declaration.recipients),
        "retention": str(declaration.retention),
        "labels": [*labels, _("Anzahl")] if several else labels,
        "rows": [[*texts, str(count)] if several else list(texts) for texts, count in counted.items()],
    }


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
