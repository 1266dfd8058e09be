"""Statuses and moves of a guideline version: drafted, proposed, adopted by another person; adopted ones stay."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.audit import describe
from verbund.core.lifecycle import Lifecycle


class GuidelineStatus(models.TextChoices):
    """Where a guideline version stands; only an adopted one computes."""

    DRAFT = "DRAFT", _("Entwurf")
    PROPOSED = "PROPOSED", _("vorgeschlagen")
    ADOPTED = "ADOPTED", _("gültig")


class DatedRowStatus(models.TextChoices):
    """Where a row outside a guideline stands (base rate, value, lump sum); only an adopted one counts."""

    PROPOSED = "PROPOSED", _("wartet auf zweite Person")
    ADOPTED = "ADOPTED", _("angenommen")
    REJECTED = "REJECTED", _("verworfen")
    REPLACED = "REPLACED", _("ersetzt")


R = DatedRowStatus
DATED_ROW = Lifecycle(
    adopt_dated_row=({R.PROPOSED}, R.ADOPTED),
    reject_dated_row=({R.PROPOSED}, R.REJECTED),
    replace_dated_row=({R.ADOPTED}, R.REPLACED),
)

S = GuidelineStatus
GUIDELINE = Lifecycle(
    propose_version=({S.DRAFT}, S.PROPOSED),
    hand_back_version=({S.PROPOSED}, S.DRAFT),
    adopt_version=({S.PROPOSED}, S.ADOPTED),
)

for verb, sentence in {
    "draft_new_version": _("neue Fassung angelegt"),
    "edit_version": _("Entwurf geändert"),
    "save_guideline_row": _("Zeile gespeichert"),
    "remove_guideline_row": _("Zeile entfernt"),
    "propose_version": _("Fassung vorgeschlagen"),
    "hand_back_version": _("Fassung zurückgegeben"),
    "adopt_version": _("Fassung angenommen"),
    "propose_dated_row": _("Zeile vorgeschlagen"),
    "adopt_dated_row": _("Zeile angenommen"),
    "reject_dated_row": _("Zeile verworfen"),
    "replace_dated_row": _("Zeile durch eine neue ersetzt"),
    "end_dated_row": _("Ende der Gültigkeit eingetragen"),
}.items():
    describe(verb, sentence)
