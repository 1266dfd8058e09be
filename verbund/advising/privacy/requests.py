"""Advice, answers for all, surveys: what centres and units say to each other; who asked, wrote, released, sent."""

from django.utils.translation import gettext_lazy as _

from verbund.advising.models import (
    AdviceMessage,
    AdviceRequest,
    AdviceVisit,
    CommonAnswer,
    CommonAnswerVersion,
    NeedsSurvey,
    PlannedTraining,
    SurveyReturn,
    SurveyTopic,
    TopicWish,
)
from verbund.advising.privacy import BASIS
from verbund.core.privacy import declare, holds_no_personal_data

BOTH_SIDES = _("das fragende Zentrum und die angefragte Koordinierungsstelle")
RETENTION = _("fünf Jahre nach dem Abschluss")

declare(
    AdviceRequest,
    purpose=_("Beratung der Zentren durch die Koordinierungsstellen"),
    legal_basis=BASIS,
    recipients=BOTH_SIDES,
    retention=RETENTION,
    personal={"asked_by": _("wer gefragt hat"), "asked_for": _("für wen gefragt wurde")},
    subject=None,
    seals_texts=True,
)
declare(
    AdviceMessage,
    purpose=_("Rückfragen und Antworten einer Beratung"),
    legal_basis=BASIS,
    recipients=BOTH_SIDES,
    retention=RETENTION,
    personal={"written_by": _("wer geschrieben hat"), "written_for": _("für wen geschrieben wurde")},
    subject=None,
    seals_texts=True,
)
declare(
    CommonAnswerVersion,
    purpose=_("freigegebene Fassung einer Antwort für alle, mit der Angabe, wer sie freigegeben hat"),
    seals_texts=True,
    legal_basis=BASIS,
    recipients=_("alle Zentren und Koordinierungsstellen; wer freigegeben hat, nur die eigene Stelle"),
    retention=_("bis fünf Jahre nach dem Zurückziehen"),
    personal={
        "released_by": _("wer die Fassung freigegeben hat"),
        "released_for": _("für wen sie freigegeben wurde"),
    },
    subject=None,
)
declare(
    SurveyReturn,
    purpose=_("Antwort eines Zentrums auf die jährliche Bedarfsabfrage"),
    legal_basis=BASIS,
    recipients=_("das eigene Zentrum und die abfragende Koordinierungsstelle"),
    retention=RETENTION,
    personal={"sent_by": _("wer abgesandt hat"), "sent_for": _("für wen abgesandt wurde")},
    subject=None,
    seals_texts=True,
)
WITHOUT_PERSONS = _("Themen, Tage und Funktionen; keine Angaben zu Personen")
holds_no_personal_data(
    AdviceVisit, CommonAnswer, NeedsSurvey, SurveyTopic, TopicWish,
    because=WITHOUT_PERSONS, seals_texts=True,
)  # fmt: skip
holds_no_personal_data(PlannedTraining, because=WITHOUT_PERSONS)
