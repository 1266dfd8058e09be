"""Columns of the tables one can take along: networks, meetings, tasks."""

from datetime import date

from django.utils.translation import gettext as _

from verbund.advising.networks import reading
from verbund.core.exports import Column


def networks(names: reading.Names, on: date) -> list[Column]:
    return [
        Column(_("Netzwerk"), lambda row: names.of_network(row, on), 40),
        Column(_("Art"), lambda row: row.get_kind_display(), 20),
        Column(_("Das Zentrum"), lambda row: row.get_part_display(), 14),
        Column(_("Handlungsfeld"), lambda row: str(row.field or ""), 28),
        Column(_("Stufe der Bildungskette"), lambda row: str(row.stage or ""), 22),
        Column(_("seit"), lambda row: row.valid_from, 12),
        Column(_("bis"), lambda row: row.valid_until, 12),
        Column(_("Mitglieder"), lambda row: row.member_count, 12),
        Column(_("offene Aufgaben"), lambda row: row.open_count, 16),
        Column(_("nächste Sitzung"), lambda row: row.next_day, 16),
    ]


def meetings(names: reading.Names) -> list[Column]:
    return [
        Column(_("Netzwerk"), lambda row: names.of_network(row.network, row.day), 40),
        Column(_("Tag"), lambda row: row.day, 12),
        Column(_("Beginn"), lambda row: f"{row.begins:%H:%M}", 10),
        Column(_("Ende"), lambda row: f"{row.ends:%H:%M}", 10),
        Column(_("Ort"), reading.where, 30),
        Column(_("Stand"), lambda row: row.get_status_display(), 24),
        Column(_("Stellen anwesend"), lambda row: row.present_count, 16),
        Column(_("Personen anwesend"), lambda row: (row.people_count or 0) + row.guests, 18),
        Column(_("Beschlüsse"), lambda row: row.decision_count, 12),
    ]


def tasks(names: reading.Names, on: date) -> list[Column]:
    return [
        Column(_("Aufgabe"), lambda row: row.text, 50),
        Column(_("Netzwerk"), lambda row: names.of_network(row.meeting.network, on), 40),
        Column(_("vergeben am"), lambda row: row.meeting.day, 14),
        Column(_("Wer"), lambda row: names.of_responsible(row, on), 40),
        Column(_("fällig am"), lambda row: row.due_on, 12),
        Column(_("Stand"), lambda row: row.get_status_display(), 12),
        Column(_("erledigt am"), lambda row: row.closed_on, 14),
        Column(_("Bemerkung"), lambda row: row.note, 40),
    ]
