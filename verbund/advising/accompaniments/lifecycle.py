"""Statuses and moves of an accompaniment, and what the acts are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.audit import call_fields, describe
from verbund.core.lifecycle import Lifecycle


class AccompanimentStatus(models.TextChoices):
    """Whether a centre still accompanies the institution."""

    RUNNING = "RUNNING", _("läuft")
    CLOSED = "CLOSED", _("abgeschlossen")


S = AccompanimentStatus
ACCOMPANIMENT = Lifecycle(
    close_accompaniment=({S.RUNNING}, S.CLOSED),
    reopen_accompaniment=({S.CLOSED}, S.RUNNING),
)

for verb, sentence in {
    "start_accompaniment": _("Begleitung begonnen"),
    "edit_accompaniment": _("Angaben zur Begleitung geändert"),
    "close_accompaniment": _("Begleitung abgeschlossen"),
    "reopen_accompaniment": _("Begleitung wieder aufgenommen"),
    "set_follow_up": _("Wiedervorlage gesetzt"),
    "finish_follow_up": _("Wiedervorlage erledigt"),
    "record_step": _("Schritt eingetragen"),
    "edit_step": _("Schritt geändert"),
    "remove_step": _("Schritt gestrichen"),
    "cut_out": _("Stelle ausgeblendet, auch im bisherigen Verlauf"),
    "merge_partners": _("Einrichtungen zusammengeführt"),
    "undo_merge": _("Zusammenführung aufgehoben"),
    "end_partner": _("Einrichtung hat ihre Arbeit beendet"),
    "resume_partner": _("Einrichtung arbeitet wieder"),
}.items():
    describe(verb, sentence)

call_fields({"audiences": _("Zielgruppen"), "moved": _("was umgehängt wurde"), "steps": _("Schritte")})
