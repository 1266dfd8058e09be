"""Openings and concepts: functions and institutions; who recorded and released."""

from django.utils.translation import gettext_lazy as _

from verbund.advising.models import (
    ConceptTemplate,
    GoalReview,
    InterculturalOpening,
    OpeningGoal,
    OpeningMeasure,
    OpeningReview,
    OpeningSection,
    TemplateVersion,
)
from verbund.advising.privacy import BASIS, PAID
from verbund.core.privacy import declare, holds_no_personal_data

OWN_CENTRE = _("das eigene Zentrum; alle anderen sehen nur Zahlen")
RETENTION = _("zehn Jahre nach dem Ende der Vereinbarung")
RECORDED = {"recorded_by": _("wer es eingetragen hat"), "recorded_for": _("für wen es eingetragen wurde")}

declare(
    InterculturalOpening,
    purpose=_("Vereinbarung einer Einrichtung mit dem Zentrum; Funktionen, keine Namen"),
    legal_basis=BASIS,
    recipients=OWN_CENTRE,
    retention=RETENTION,
    personal=RECORDED,
    subject=None,
    seals_texts=True,
    unsealed=(PAID,),
)
declare(
    OpeningReview,
    purpose=_("Jahresprüfung einer Vereinbarung: was erreicht ist und wie es weitergeht"),
    legal_basis=BASIS,
    recipients=OWN_CENTRE,
    retention=RETENTION,
    personal=RECORDED,
    subject=None,
    seals_texts=True,
    unsealed=(PAID,),
)
declare(
    TemplateVersion,
    purpose=_("freigegebene Fassung eines Musterkonzepts, mit der Angabe, wer sie freigegeben hat"),
    legal_basis=BASIS,
    recipients=_("alle Zentren und Koordinierungsstellen; wer freigegeben hat, nur die eigene Stelle"),
    retention=_("solange eine Öffnung sich darauf beruft"),
    personal={
        "released_by": _("wer die Fassung freigegeben hat"),
        "released_for": _("für wen sie freigegeben wurde"),
    },
    subject=None,
    seals_texts=True,
)
holds_no_personal_data(
    OpeningSection, OpeningGoal, OpeningMeasure, GoalReview,
    because=_("Ziele, Maßnahmen und Ergebnisse einer Einrichtung; zuständig sind Funktionen"),
    seals_texts=True,
)  # fmt: skip
holds_no_personal_data(
    ConceptTemplate, because=_("Konzept einer Koordinierungsstelle ohne Bezug zu Personen"), seals_texts=True
)
