"""Statuses and moves of an offer, and what the acts are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.audit import describe
from verbund.core.lifecycle import Lifecycle


class OfferStatus(models.TextChoices):
    """Whether an entry is shown. A paused one is shown as paused, an ended one only to those who keep it."""

    DRAFT = "DRAFT", _("Entwurf")
    PUBLISHED = "PUBLISHED", _("veröffentlicht")
    PAUSED = "PAUSED", _("vorübergehend geschlossen")
    ENDED = "ENDED", _("beendet")


S = OfferStatus
OFFER = Lifecycle(
    publish_offer=({S.DRAFT}, S.PUBLISHED),
    pause_offer=({S.PUBLISHED}, S.PAUSED),
    resume_offer=({S.PAUSED}, S.PUBLISHED),
    end_offer=({S.DRAFT, S.PUBLISHED, S.PAUSED}, S.ENDED),
    reopen_offer=({S.ENDED}, S.DRAFT),
)
PUBLIC = frozenset({S.PUBLISHED, S.PAUSED})
"""What everybody sees."""


class Stage(models.TextChoices):
    """How far an offer has come on its way to staying: tried, evaluated, kept or ended."""

    PILOT = "PILOT", _("Pilot")
    TRIAL = "TRIAL", _("Erprobung")
    PERMANENT = "PERMANENT", _("dauerhaft")
    ENDED = "ENDED", _("beendet")


TRIED = (Stage.PILOT, Stage.TRIAL)
"""What is not decided yet, and may have a day by which it is to be."""


for verb, sentence in {
    "create_offer": _("Angebot angelegt"),
    "edit_offer": _("Angebot geändert"),
    "publish_offer": _("Angebot veröffentlicht"),
    "pause_offer": _("Angebot vorübergehend geschlossen"),
    "resume_offer": _("Angebot wieder geöffnet"),
    "end_offer": _("Angebot beendet"),
    "reopen_offer": _("Angebot wieder aufgenommen"),
    "discard_offer": _("Entwurf gelöscht"),
    "check_offer": _("Angaben geprüft"),
    "move_to_stage": _("Stand der Erprobung geändert"),
    "move_offer": _("Angebot einem anderen Anbieter zugeordnet"),
    "say_who_pays": _("festgehalten, wer das Angebot bezahlt"),
}.items():
    describe(verb, sentence)
