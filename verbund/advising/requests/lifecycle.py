"""Statuses and moves of advice, of answers for all, of surveys and planned trainings; what the acts are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.audit import describe
from verbund.core.lifecycle import Lifecycle


class RequestStatus(models.TextChoices):
    """Where a question of a centre stands."""

    DRAFT = "DRAFT", _("Entwurf")
    ASKED = "ASKED", _("gestellt")
    ASKED_BACK = "ASKED_BACK", _("Rückfrage an das Zentrum")
    ANSWERED = "ANSWERED", _("beantwortet")
    CLOSED = "CLOSED", _("abgeschlossen")


S = RequestStatus
REQUEST = Lifecycle(
    ask_unit=({S.DRAFT}, S.ASKED),
    ask_back=({S.ASKED}, S.ASKED_BACK),
    reply_to_unit=({S.ASKED_BACK}, S.ASKED),
    answer_centre=({S.ASKED, S.ASKED_BACK}, S.ANSWERED),
    ask_further=({S.ANSWERED}, S.ASKED),
    close_request=({S.ASKED, S.ASKED_BACK, S.ANSWERED}, S.CLOSED),
)
SENT = frozenset({S.ASKED, S.ASKED_BACK, S.ANSWERED, S.CLOSED})
"""What the unit sees."""


class Wish(models.TextChoices):
    """What a centre hopes for."""

    ANSWER = "ANSWER", _("eine Antwort")
    VISIT = "VISIT", _("einen Besuch")
    CONCEPT = "CONCEPT", _("ein Konzept")
    EXCHANGE = "EXCHANGE", _("Austausch mit anderen")


class Helped(models.TextChoices):
    """What the centre says of the answer."""

    YES = "YES", _("hat geholfen")
    PARTLY = "PARTLY", _("hat zum Teil geholfen")
    NO = "NO", _("hat nicht geholfen")


class VisitStatus(models.TextChoices):
    """Whether a visit is still to come."""

    PLANNED = "PLANNED", _("geplant")
    HELD = "HELD", _("hat stattgefunden")
    CANCELLED = "CANCELLED", _("abgesagt")


VISIT = Lifecycle(
    record_visit=({VisitStatus.PLANNED}, VisitStatus.HELD),
    cancel_visit=({VisitStatus.PLANNED}, VisitStatus.CANCELLED),
)


class AnswerStatus(models.TextChoices):
    """Whether all centres read an answer."""

    DRAFT = "DRAFT", _("Entwurf")
    RELEASED = "RELEASED", _("freigegeben")
    WITHDRAWN = "WITHDRAWN", _("zurückgezogen")


A = AnswerStatus
ANSWER = Lifecycle(
    release_answer=({A.DRAFT, A.RELEASED, A.WITHDRAWN}, A.RELEASED),
    withdraw_answer=({A.RELEASED}, A.WITHDRAWN),
)


class SurveyStatus(models.TextChoices):
    """Whether centres answer a survey."""

    DRAFT = "DRAFT", _("in Vorbereitung")
    OPEN = "OPEN", _("läuft")
    CLOSED = "CLOSED", _("abgeschlossen")


SURVEY = Lifecycle(
    open_survey=({SurveyStatus.DRAFT}, SurveyStatus.OPEN),
    close_survey=({SurveyStatus.OPEN}, SurveyStatus.CLOSED),
)


class ReturnStatus(models.TextChoices):
    """Whether a centre's answer has been sent."""

    DRAFT = "DRAFT", _("Entwurf")
    SENT = "SENT", _("abgesandt")


RETURN = Lifecycle(
    send_return=({ReturnStatus.DRAFT}, ReturnStatus.SENT),
)


class TrainingStatus(models.TextChoices):
    """Whether the centres see a training in the programme."""

    PLANNED = "PLANNED", _("geplant")
    PUBLISHED = "PUBLISHED", _("veröffentlicht")
    WITHDRAWN = "WITHDRAWN", _("entfallen")


T = TrainingStatus
TRAINING = Lifecycle(
    publish_training=({T.PLANNED, T.WITHDRAWN}, T.PUBLISHED),
    withdraw_training=({T.PLANNED, T.PUBLISHED}, T.WITHDRAWN),
)

for verb, sentence in {
    "begin_request": _("Frage begonnen"),
    "edit_request_to_unit": _("Frage geändert"),
    "ask_unit": _("Frage gestellt"),
    "ask_back": _("Rückfrage gestellt"),
    "reply_to_unit": _("Rückfrage beantwortet"),
    "answer_centre": _("beantwortet"),
    "ask_further": _("weiter gefragt"),
    "close_request": _("abgeschlossen"),
    "say_whether_it_helped": _("gesagt, ob die Antwort geholfen hat"),
    "plan_visit": _("Besuch geplant"),
    "record_visit": _("Besuch festgehalten"),
    "cancel_visit": _("Besuch abgesagt"),
    "write_answer": _("gemeinsame Antwort begonnen"),
    "edit_answer": _("gemeinsame Antwort geändert"),
    "release_answer": _("gemeinsame Antwort freigegeben"),
    "withdraw_answer": _("gemeinsame Antwort zurückgezogen"),
    "prepare_survey": _("Abfrage vorbereitet"),
    "edit_survey": _("Abfrage geändert"),
    "add_topic": _("Thema ergänzt"),
    "remove_topic": _("Thema gestrichen"),
    "open_survey": _("Abfrage eröffnet"),
    "close_survey": _("Abfrage abgeschlossen"),
    "save_return": _("Antwort auf die Abfrage gespeichert"),
    "send_return": _("Antwort auf die Abfrage abgesandt"),
    "plan_training": _("Fortbildung geplant"),
    "edit_training": _("geplante Fortbildung geändert"),
    "publish_training": _("Fortbildung veröffentlicht"),
    "withdraw_training": _("Fortbildung entfallen"),
}.items():
    describe(verb, sentence)
