"""Personal data of ventures, practices and topics: who recorded what, and functions; never names."""

from django.utils.translation import gettext_lazy as _

from verbund.advising.models import (
    Agreement,
    ConceptSection,
    ConceptVersion,
    Criterion,
    CriterionValue,
    Evaluation,
    NeedFigure,
    Pilot,
    Practice,
    PracticeMaterial,
    PracticeQuestion,
    PracticeUse,
    SectionComment,
    Topic,
    TopicCentre,
    Venture,
    VentureDecision,
    VentureParty,
)
from verbund.advising.privacy import BASIS, PAID
from verbund.core.privacy import declare, holds_no_personal_data

RETENTION = _("fünf Jahre nach dem Ende des Vorhabens")

declare(
    SectionComment,
    purpose=_("gemeinsam an einem Konzept schreiben: Kommentar mit Funktion und Haus"),
    legal_basis=BASIS,
    recipients=_("das eigene Zentrum und die Partner des Vorhabens"),
    retention=RETENTION,
    personal={
        "made_by": _("wer kommentiert hat"),
        "made_for": _("für wen kommentiert wurde"),
    },
    subject=None,
    seals_texts=True,
)
declare(
    Agreement,
    purpose=_("Nachweis, welcher Partner welcher Fassung zugestimmt hat, mit Tag und Funktion"),
    legal_basis=BASIS,
    recipients=_("das eigene Zentrum und die Partner des Vorhabens"),
    retention=RETENTION,
    personal={
        "recorded_by": _("wer die Zustimmung eingetragen hat"),
        "recorded_for": _("für wen sie eingetragen wurde"),
    },
    subject=None,
    seals_texts=True,
)
declare(
    Evaluation,
    purpose=_("Auswertung einer Erprobung gegen vorher festgelegte Kriterien"),
    legal_basis=BASIS,
    recipients=_("das eigene Zentrum"),
    retention=RETENTION,
    personal={
        "evaluated_by": _("wer ausgewertet hat"),
        "evaluated_for": _("für wen ausgewertet wurde"),
    },
    subject=None,
    seals_texts=True,
)
declare(
    VentureDecision,
    purpose=_("Nachweis, wer über das Vorhaben entschieden hat und warum"),
    legal_basis=BASIS,
    recipients=_("das eigene Zentrum"),
    retention=RETENTION,
    personal={
        "decided_by": _("wer entschieden hat"),
        "decided_for": _("für wen entschieden wurde"),
    },
    subject=None,
    seals_texts=True,
)
WITHOUT_PERSONS = _("Einrichtungen, Schritte und Ergebnisse; Menschen nur als Funktion oder als Zahl")
for model in (
    Venture,
    NeedFigure,
    VentureParty,
    ConceptSection,
    ConceptVersion,
    Pilot,
    Criterion,
    CriterionValue,
):
    holds_no_personal_data(model, because=WITHOUT_PERSONS, seals_texts=True, unsealed=(PAID,))
holds_no_personal_data(
    Practice, PracticeMaterial, PracticeQuestion, PracticeUse, Topic,
    because=WITHOUT_PERSONS, seals_texts=True, unsealed=(PAID,),
)  # fmt: skip
holds_no_personal_data(TopicCentre, because=WITHOUT_PERSONS)
