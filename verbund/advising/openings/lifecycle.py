"""Statuses and moves of an opening, its measures and the concepts it may come from; what the acts are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.audit import describe
from verbund.core.lifecycle import Lifecycle


class OpeningStatus(models.TextChoices):
    """How far an office and the centre have come."""

    PROPOSED = "PROPOSED", _("vorgeschlagen")
    AGREED = "AGREED", _("vereinbart")
    RUNNING = "RUNNING", _("in Umsetzung")
    COMPLETED = "COMPLETED", _("abgeschlossen")
    ENDED = "ENDED", _("vorzeitig beendet")


S = OpeningStatus
OPENING = Lifecycle(
    agree_opening=({S.PROPOSED}, S.AGREED),
    start_opening=({S.AGREED}, S.RUNNING),
    complete_opening=({S.RUNNING}, S.COMPLETED),
    end_opening=({S.PROPOSED, S.AGREED, S.RUNNING}, S.ENDED),
)
STANDING = frozenset({S.AGREED, S.RUNNING})
"""What is reviewed every year, and whose measures fall due."""

OPEN = frozenset({S.PROPOSED, *STANDING})
"""What can still be written."""


class MeasureStatus(models.TextChoices):
    """How far a measure has come."""

    PLANNED = "PLANNED", _("geplant")
    RUNNING = "RUNNING", _("läuft")
    DONE = "DONE", _("erledigt")
    DROPPED = "DROPPED", _("entfallen")


M = MeasureStatus
MEASURE = Lifecycle(
    start_measure=({M.PLANNED}, M.RUNNING),
    finish_measure=({M.PLANNED, M.RUNNING}, M.DONE),
    drop_measure=({M.PLANNED, M.RUNNING}, M.DROPPED),
    resume_measure=({M.DONE, M.DROPPED}, M.RUNNING),
)
UNDONE = frozenset({M.PLANNED, M.RUNNING})


class MeasureKind(models.TextChoices):
    """What an office changes: the kinds in which the council reads the state of the administration."""

    STAFF = "STAFF", _("Personal")
    LANGUAGE = "LANGUAGE", _("Sprache")
    FORMS = "FORMS", _("Formulare und Wege")
    TRAINING = "TRAINING", _("Fortbildung")
    PARTICIPATION = "PARTICIPATION", _("Beteiligung")


class GoalResult(models.TextChoices):
    """What a yearly review says of a goal."""

    REACHED = "REACHED", _("erreicht")
    PARTLY = "PARTLY", _("teilweise erreicht")
    NOT = "NOT", _("nicht erreicht")


class TemplateStatus(models.TextChoices):
    """Whether the centres see a concept of the coordination unit."""

    DRAFT = "DRAFT", _("Entwurf")
    RELEASED = "RELEASED", _("freigegeben")
    WITHDRAWN = "WITHDRAWN", _("zurückgezogen")


T = TemplateStatus
TEMPLATE = Lifecycle(
    release_template=({T.DRAFT, T.RELEASED, T.WITHDRAWN}, T.RELEASED),
    withdraw_template=({T.RELEASED}, T.WITHDRAWN),
)

for verb, sentence in {
    "propose_opening": _("Öffnung vorgeschlagen"),
    "edit_opening": _("Angaben zur Öffnung geändert"),
    "agree_opening": _("Vereinbarung geschlossen"),
    "change_agreement": _("Vereinbarung geändert"),
    "start_opening": _("Umsetzung begonnen"),
    "complete_opening": _("Öffnung abgeschlossen"),
    "end_opening": _("Öffnung vorzeitig beendet"),
    "add_goal": _("Ziel ergänzt"),
    "edit_goal": _("Ziel geändert"),
    "remove_goal": _("Ziel gestrichen"),
    "add_measure": _("Maßnahme ergänzt"),
    "edit_measure": _("Maßnahme geändert"),
    "remove_measure": _("Maßnahme gestrichen"),
    "add_section": _("Abschnitt ergänzt"),
    "edit_section": _("Abschnitt geändert"),
    "remove_section": _("Abschnitt gestrichen"),
    "start_measure": _("Maßnahme begonnen"),
    "finish_measure": _("Maßnahme erledigt"),
    "drop_measure": _("Maßnahme entfallen"),
    "resume_measure": _("Maßnahme wieder aufgenommen"),
    "review_opening": _("Jahresprüfung festgehalten"),
    "adopt_version": _("neue Fassung des Musterkonzepts übernommen"),
    "set_version_aside": _("bei der bisherigen Fassung geblieben"),
    "begin_template": _("Musterkonzept begonnen"),
    "edit_template": _("Musterkonzept geändert"),
    "release_template": _("Musterkonzept freigegeben"),
    "withdraw_template": _("Musterkonzept zurückgezogen"),
}.items():
    describe(verb, sentence)
