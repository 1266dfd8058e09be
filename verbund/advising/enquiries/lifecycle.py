"""Statuses and moves of an enquiry, and what the acts are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.audit import describe
from verbund.core.lifecycle import Lifecycle


class EnquiryStatus(models.TextChoices):
    """Where an enquiry stands.

    ASKED_BACK: whoever asked is asked something; until they say it, nobody has to answer. WITHDRAWN: deleted by whoever
    asked, before there was an answer.
    """

    OPEN = "OPEN", _("offen")
    ASKED_BACK = "ASKED", _("Rückfrage, wartet auf Antwort")
    ANSWERED = "ANSWERED", _("beantwortet")
    CLOSED = "CLOSED", _("ohne Antwort abgeschlossen")
    WITHDRAWN = "WITHDRAWN", _("von der fragenden Person gelöscht")


class CloseReason(models.TextChoices):
    """Why an enquiry ends without an answer."""

    NOT_OURS = "NOT_OURS", _("keine Frage an ein Integrationszentrum")
    NO_REPLY = "NO_REPLY", _("keine Antwort auf die Rückfrage")
    TWICE = "TWICE", _("doppelt gestellt")
    SPAM = "SPAM", _("Werbung oder Missbrauch")


S = EnquiryStatus
ENQUIRY = Lifecycle(
    answer_enquiry=({S.OPEN, S.ASKED_BACK, S.ANSWERED}, S.ANSWERED),
    ask_back=({S.OPEN}, S.ASKED_BACK),
    add_to_enquiry=({S.OPEN, S.ASKED_BACK, S.ANSWERED}, S.OPEN),
    forward_enquiry=({S.OPEN, S.ASKED_BACK}, S.OPEN),
    close_enquiry=({S.OPEN, S.ASKED_BACK}, S.CLOSED),
    reopen_enquiry=({S.CLOSED}, S.OPEN),
    withdraw_enquiry=({S.OPEN, S.ASKED_BACK}, S.WITHDRAWN),
)

for verb, sentence in {
    "ask_as_citizen": _("Anfrage gestellt"),
    "take_enquiry": _("Anfrage eingetragen"),
    "add_to_enquiry": _("Anfrage ergänzt"),
    "ask_back": _("Rückfrage gestellt"),
    "sort_enquiry": _("Thema und Zielgruppe zugeordnet"),
    "forward_enquiry": _("Anfrage weitergegeben"),
    "answer_enquiry": _("Anfrage beantwortet"),
    "close_enquiry": _("Anfrage ohne Antwort abgeschlossen"),
    "reopen_enquiry": _("Anfrage wieder geöffnet"),
    "withdraw_enquiry": _("Anfrage von der fragenden Person zurückgenommen"),
    "delete_enquiry": _("Text und Adresse auf Wunsch gelöscht"),
    "forget_enquiry": _("Text und Adresse nach Ablauf der Frist gelöscht"),
}.items():
    describe(verb, sentence)
