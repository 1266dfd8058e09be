"""Statuses and moves of a run, and what the acts are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.audit import describe
from verbund.core.lifecycle import Lifecycle


class ImportStatus(models.TextChoices):
    """How far a run is. Nothing is written to entries before APPLYING."""

    COLUMNS = "COLUMNS", _("Spalten zuordnen")
    CHECKING = "CHECKING", _("wird geprüft")
    READY = "READY", _("Vorschau")
    APPLYING = "APPLYING", _("wird übernommen")
    DONE = "DONE", _("übernommen")
    UNDOING = "UNDOING", _("wird zurückgesetzt")
    UNDONE = "UNDONE", _("rückgängig gemacht")
    DROPPED = "DROPPED", _("verworfen")


S = ImportStatus
IMPORT = Lifecycle(
    check_import=({S.COLUMNS}, S.CHECKING),
    show_import=({S.CHECKING}, S.READY),
    change_import_columns=({S.READY, S.CHECKING}, S.COLUMNS),
    apply_import=({S.READY}, S.APPLYING),
    finish_import=({S.APPLYING}, S.DONE),
    undo_import=({S.DONE}, S.UNDOING),
    finish_undo_import=({S.UNDOING}, S.UNDONE),
    drop_import=({S.COLUMNS, S.READY}, S.DROPPED),
)
WORKING = frozenset({S.CHECKING, S.APPLYING, S.UNDOING})
"""While a run works on by itself."""

for verb, sentence in {
    "start_import": _("Liste hochgeladen"),
    "check_import": _("Spalten der Liste zugeordnet"),
    "show_import": _("Liste geprüft"),
    "change_import_columns": _("Spalten der Liste neu zugeordnet"),
    "apply_import": _("Übernahme der Liste begonnen"),
    "finish_import": _("Liste übernommen"),
    "undo_import": _("Zurücksetzen der Liste begonnen"),
    "finish_undo_import": _("Übernahme rückgängig gemacht"),
    "drop_import": _("Liste verworfen"),
}.items():
    describe(verb, sentence)
