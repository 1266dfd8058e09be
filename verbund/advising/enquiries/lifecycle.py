"""Statuses and moves of an enquiry, and what the acts are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.audit import describe
from verbund.core.lifecycle import Lifecycle


class EnquiryStatus(models.TextChoices):
    """Where an enquiry stands; WITHDRAWN: deleted by whoever asked, before there was an answer."""

    OPEN = "OPEN", _("offen")
    ANSWERED = "ANSWERED", _("beantwortet")
    CLOSED = "CLOSED", _("ohne Antwort abgeschlossen")
    WITHDRAWN = "WITHDRAWN", _("von der fragenden Person gelöscht")


class CloseReason(models.TextChoices):
    """Why an enquiry ends without an answer."""

    NOT_OURS = "NOT_OURS", _("keine Frage an ein Integrationszentrum")
    TWICE = "TWICE", _("doppelt gestellt")
    SPAM = "SPAM", _("Werbung oder Missbrauch")


S = EnquiryStatus
ENQUIRY = Lifecycle(
    answer_enquiry=({S.OPEN, S.ANSWERED}, S.ANSWERED),
    add_to_enquiry=({S.OPEN, S.ANSWERED}, S.OPEN),
    forward_enquiry=({S.OPEN}, S.OPEN),
    close_enquiry=({S.OPEN}, S.CLOSED),
    reopen_enquiry=({S.CLOSED}, S.OPEN),
    withdraw_enquiry=({S.OPEN}, S.WITHDRAWN),
)

for verb, sentence in {
    "ask_as_citizen": _("Anfrage gestellt"),
    "add_to_enquiry": _("Anfrage ergänzt"),
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
