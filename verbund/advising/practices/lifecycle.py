"""The course of a practice: centre, coordination unit, all centres; and what its acts are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.audit import describe
from verbund.core.lifecycle import Lifecycle


class PracticeStatus(models.TextChoices):
    """Where a practice stands. Released ones are read by all centres and coordination units."""

    DRAFT = "DRAFT", _("Entwurf")
    SUBMITTED = "SUBMITTED", _("eingereicht")
    QUESTIONED = "QUESTIONED", _("Rückfrage offen")
    RETURNED = "RETURNED", _("zurückgegeben")
    RELEASED = "RELEASED", _("freigegeben")


class Uptake(models.TextChoices):
    """How far another centre has come with a practice."""

    INTERESTED = "INTERESTED", _("interessiert")
    ADAPTING = "ADAPTING", _("wird angepasst")
    ADOPTED = "ADOPTED", _("übernommen")


P = PracticeStatus
PRACTICE = Lifecycle(
    submit_practice=({P.DRAFT, P.RETURNED}, P.SUBMITTED),
    ask_back=({P.SUBMITTED}, P.QUESTIONED),
    answer_question=({P.QUESTIONED}, P.SUBMITTED),
    return_practice=({P.SUBMITTED, P.QUESTIONED}, P.RETURNED),
    release_practice=({P.SUBMITTED}, P.RELEASED),
)
WRITTEN = frozenset({P.DRAFT, P.RETURNED})
"""While it stands here the centre may change it."""
WITH_THE_UNIT = frozenset({P.SUBMITTED, P.QUESTIONED, P.RETURNED, P.RELEASED})
"""From its first submission on the coordination unit reads it."""

for verb, sentence in {
    "write_practice": _("gute Praxis beschrieben"),
    "edit_practice": _("Beschreibung geändert"),
    "add_material": _("Material genannt"),
    "remove_material": _("Material entfernt"),
    "submit_practice": _("bei der Koordinierungsstelle eingereicht"),
    "ask_back": _("zurückgefragt"),
    "answer_question": _("Rückfrage beantwortet"),
    "return_practice": _("zur Überarbeitung zurückgegeben"),
    "release_practice": _("für alle Zentren freigegeben"),
    "take_up": _("Übernahme vermerkt"),
}.items():
    describe(verb, sentence)
