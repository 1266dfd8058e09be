"""Statuses and moves of a guideline version: drafted, proposed, adopted by another person; adopted ones stay."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.lifecycle import Lifecycle


class GuidelineStatus(models.TextChoices):
    """Where a guideline version stands; only an adopted one computes."""

    DRAFT = "DRAFT", _("Entwurf")
    PROPOSED = "PROPOSED", _("vorgeschlagen")
    ADOPTED = "ADOPTED", _("gültig")


S = GuidelineStatus
GUIDELINE = Lifecycle(
    propose=({S.DRAFT}, S.PROPOSED),
    hand_back=({S.PROPOSED}, S.DRAFT),
    adopt=({S.PROPOSED}, S.ADOPTED),
)
