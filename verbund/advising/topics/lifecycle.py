"""Whether the public reads a topic, and what its acts are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.audit import describe
from verbund.core.lifecycle import Lifecycle


class TopicStatus(models.TextChoices):
    """A draft is read by the centres that take part."""

    DRAFT = "DRAFT", _("Entwurf")
    PUBLIC = "PUBLIC", _("veröffentlicht")


TOPIC = Lifecycle(
    publish_topic=({TopicStatus.DRAFT}, TopicStatus.PUBLIC),
    withdraw_topic=({TopicStatus.PUBLIC}, TopicStatus.DRAFT),
)

for verb, sentence in {
    "start_topic": _("Themenseite angelegt"),
    "edit_topic": _("Themenseite geändert"),
    "publish_topic": _("Themenseite veröffentlicht"),
    "join_topic": _("Zentrum nimmt teil"),
    "leave_topic": _("Zentrum nimmt nicht mehr teil"),
    "withdraw_topic": _("Themenseite zurückgezogen"),
}.items():
    describe(verb, sentence)
