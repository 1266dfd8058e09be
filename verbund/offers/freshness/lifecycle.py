"""Statuses and moves of a question to a partner, and what the acts are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.audit import describe
from verbund.core.lifecycle import Lifecycle


class RequestStatus(models.TextChoices):
    """How far a question has come. Answers are taken in every status as long as the link holds."""

    OPEN = "OPEN", _("gefragt")
    REMINDED = "REMINDED", _("erinnert")
    HANDED_OVER = "HANDED_OVER", _("beim Zentrum")
    ANSWERED = "ANSWERED", _("beantwortet")
    REPLACED = "REPLACED", _("durch eine neue Frage ersetzt")


R = RequestStatus
UNDER_WAY = frozenset({R.OPEN, R.REMINDED})
"""Waiting for the partner; at most one of these for each."""

REQUEST = Lifecycle(
    remind_partner=({R.OPEN}, R.REMINDED),
    hand_over_question=({R.OPEN, R.REMINDED}, R.HANDED_OVER),
    complete_question=({R.OPEN, R.REMINDED, R.HANDED_OVER}, R.ANSWERED),
    replace_question=({R.HANDED_OVER}, R.REPLACED),
)

for verb, sentence in {
    "ask_partner": _("Anbieter gefragt, ob die Einträge stimmen"),
    "remind_partner": _("Anbieter erinnert"),
    "hand_over_question": _("ohne Antwort, das Zentrum fragt nach"),
    "complete_question": _("alle Einträge beantwortet"),
    "replace_question": _("durch eine neue Frage ersetzt"),
    "answer_for_offer": _("Anbieter hat geantwortet"),
    "settle_answer": _("Antwort des Anbieters erledigt"),
    "report_offer": _("Hinweis einer Leserin oder eines Lesers"),
    "settle_report": _("Hinweis erledigt"),
}.items():
    describe(verb, sentence)
