"""Statuses and moves of meetings and of the tasks agreed there, and what the acts on local networks are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.audit import call_fields, describe
from verbund.core.lifecycle import Lifecycle


class MeetingStatus(models.TextChoices):
    """How far a meeting has come."""

    PLANNED = "PLANNED", _("geplant")
    INVITED = "INVITED", _("eingeladen")
    HELD = "HELD", _("abgehalten")
    RELEASED = "RELEASED", _("Niederschrift freigegeben")
    CANCELLED = "CANCELLED", _("abgesagt")


M = MeetingStatus
COMING = frozenset({M.PLANNED, M.INVITED})
"""Before the meeting: day, place and agenda may change."""

TOOK_PLACE = frozenset({M.HELD, M.RELEASED})

MEETING = Lifecycle(
    invite_to_meeting=({M.PLANNED}, M.INVITED),
    hold_meeting=(COMING, M.HELD),
    release_minutes=({M.HELD}, M.RELEASED),
    reopen_minutes=({M.RELEASED}, M.HELD),
    cancel_meeting=(COMING, M.CANCELLED),
)


class TaskStatus(models.TextChoices):
    """Whether something agreed is still to be done."""

    OPEN = "OPEN", _("offen")
    DONE = "DONE", _("erledigt")
    DROPPED = "DROPPED", _("entfallen")


T = TaskStatus
TASK = Lifecycle(
    complete_task=({T.OPEN}, T.DONE),
    drop_task=({T.OPEN}, T.DROPPED),
    reopen_task=({T.DONE, T.DROPPED}, T.OPEN),
)

for verb, sentence in {
    "found_network": _("Netzwerk angelegt"),
    "describe_network": _("Angaben zum Netzwerk geändert"),
    "add_member": _("Mitglied aufgenommen"),
    "change_member": _("Angaben zum Mitglied geändert"),
    "end_member": _("Mitglied ausgeschieden"),
    "plan_meeting": _("Sitzung geplant"),
    "move_meeting": _("Zeit oder Ort der Sitzung geändert"),
    "set_agenda": _("Tagesordnung festgelegt"),
    "add_paper": _("Unterlage hinzugefügt"),
    "remove_paper": _("Unterlage entfernt"),
    "invite_to_meeting": _("eingeladen"),
    "hold_meeting": _("Sitzung abgehalten"),
    "write_minutes": _("Niederschrift geschrieben"),
    "release_minutes": _("Niederschrift freigegeben"),
    "reopen_minutes": _("Niederschrift zum Berichtigen geöffnet"),
    "cancel_meeting": _("Sitzung abgesagt"),
    "record_decision": _("Beschluss festgehalten"),
    "correct_decision": _("Beschluss berichtigt"),
    "agree_task": _("Aufgabe vergeben"),
    "reassign_task": _("Aufgabe neu vergeben"),
    "complete_task": _("Aufgabe erledigt"),
    "drop_task": _("Aufgabe entfallen"),
    "reopen_task": _("Aufgabe wieder geöffnet"),
    "send_links": _("Links verschickt"),
    "recall_links": _("Links zurückgerufen"),
    "remind_members": _("an die Antwort erinnert"),
    "note_bounce": _("Mail kam nicht an"),
    "enter_answer": _("Antwort eingetragen"),
    "open_papers": _("Unterlagen geöffnet"),
    "answer_invitation": _("auf die Einladung geantwortet"),
}.items():
    describe(verb, sentence)

call_fields(
    {
        "agenda": _("Tagesordnung"),
        "recipients": _("Empfängerinnen und Empfänger"),
        "answer": _("Antwort"),
        "items": _("Niederschrift zu"),
    }
)
