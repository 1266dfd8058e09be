"""The minutes of a meeting typeset: PDF/UA and PDF/A. The same entries give the same bytes."""

import re
from datetime import datetime, time
from pathlib import Path

from django.utils.translation import gettext as _

from verbund.advising.models import AgendaItem, Meeting
from verbund.core import pdf
from verbund.core.dates import BERLIN

TEMPLATE = Path(__file__).resolve().parent / "minutes.typ"


def minutes_pdf(meeting: Meeting, parts: dict) -> bytes:
    """Return the minutes as a file. Raises what `pdf.render` raises.

    `parts` is what the page of the meeting shows: agenda, who came, decisions, tasks, each by function.
    """
    title = _("Niederschrift: %(name)s, %(day)s") % {"name": parts["name"], "day": f"{meeting.day:%d.%m.%Y}"}
    issued_at = datetime.combine(meeting.released_on or meeting.day, time(), BERLIN)
    return pdf.render(TEMPLATE, _content_of(meeting, parts), title=title, issued_at=issued_at)


def _content_of(meeting: Meeting, parts: dict) -> dict:
    """Return the minutes as the template takes them: texts only. The address of an online meeting stays out."""
    return {
        "centre": str(meeting.network.centre),
        "when": parts["when"],
        "where": ", ".join(filter(None, [meeting.place, _("online") if meeting.online_url else ""])),
        "is_draft": not meeting.is_released,
        "standing": _standing(meeting),
        "present": _present(meeting, parts),
        "sum": _("Zusammen: %s") % parts["people"] if parts["people"] else "",
        "carried": [_task(row) for row in parts["carried"]],
        "agenda": [_point(item) for item in parts["agenda"]],
        "decisions": [[one.reference, one.text] for one in parts["decisions"]],
        "tasks": [_task(row) for row in parts["tasks"]],
        "words": _words(),
    }


def _standing(meeting: Meeting) -> str:
    if meeting.released_on is None:
        return _("Entwurf, nicht freigegeben")
    return _("Freigegeben am %s") % f"{meeting.released_on:%d.%m.%Y}"


def _present(meeting: Meeting, parts: dict) -> list[list[str]]:
    """Return who came: organisation, function, how many. No names of persons."""
    rows = [[one["name"], one["row"].member.function, str(one["row"].came)] for one in parts["present"]]
    return [*rows, [_("Gäste"), "", str(meeting.guests)]] if meeting.guests else rows


def _point(item: AgendaItem) -> dict:
    parts = re.split(r"\n\s*\n", item.minutes.replace("\r\n", "\n"))
    return {
        "title": str(item),
        "brought_by": _("bringt ein: %s") % item.brought_by if item.brought_by else "",
        "paragraphs": [part.strip() for part in parts if part.strip()],
    }


def _task(row: dict) -> list[str]:
    due_on = row["task"].due_on
    return [row["task"].text, row["who"], f"{due_on:%d.%m.%Y}" if due_on else _("ohne Tag")]


def _words() -> dict[str, str | list[str]]:
    return {
        "present": _("Anwesend"),
        "present_head": [_("Stelle"), _("Funktion"), _("Anzahl")],
        "nobody": _("Keine Angabe."),
        "agenda": _("Tagesordnung"),
        "carried": _("Offen aus früheren Sitzungen"),
        "no_agenda": _("Keine Tagesordnung."),
        "decisions": _("Beschlüsse"),
        "decisions_head": [_("Nummer"), _("Beschluss")],
        "no_decisions": _("Keine Beschlüsse."),
        "tasks": _("Aufgaben"),
        "tasks_head": [_("Aufgabe"), _("Wer"), _("Bis wann")],
        "no_tasks": _("Keine Aufgaben."),
    }
