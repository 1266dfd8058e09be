"""Personal data of accompaniments: who recorded what; and free texts, which are locked up in case a name slips in.

The free texts are to hold no names. They are declared as personal with the record as their subject, so that what does
slip in can be cut out of the history as well (`cutting.operations.cut_passage`).
"""

from django.utils.translation import gettext_lazy as _

from verbund.advising.models import Accompaniment, AccompanimentStep, KindOfAdvice, PartnerMerge
from verbund.advising.privacy import BASIS
from verbund.core.privacy import declare, holds_no_personal_data

FREE_TEXT = _("freier Text ohne Namen; verschlüsselt, damit sich ein Versehen auch aus dem Verlauf entfernen lässt")
RECORDED = {"recorded_by": _("wer es eingetragen hat"), "recorded_for": _("für wen es eingetragen wurde")}
RETENTION = _("zehn Jahre nach dem Ende des Jahres, in dem die Begleitung endete")
RECIPIENTS = _("das eigene Zentrum; Koordinierungsstellen und Ministerien lesen nur Zahlen")

declare(
    Accompaniment,
    purpose=_("Beratung und Begleitung von Einrichtungen: Anlass, Vereinbarung, Ergebnis; keine Ratsuchenden"),
    legal_basis=BASIS,
    recipients=RECIPIENTS,
    retention=RETENTION,
    personal={**dict.fromkeys(Accompaniment.FREE_TEXTS, FREE_TEXT), **RECORDED},
    subject=None,
    personal_note=True,
)
declare(
    AccompanimentStep,
    purpose=_("Schritte einer Begleitung: Tag, Art, Dauer, Beteiligte nach Funktion; keine Namen"),
    legal_basis=BASIS,
    recipients=RECIPIENTS,
    retention=RETENTION,
    personal={**dict.fromkeys(AccompanimentStep.FREE_TEXTS, FREE_TEXT), **RECORDED},
    subject=None,
    personal_note=True,
)
declare(
    PartnerMerge,
    purpose=_("Nachweis, wer doppelt geführte Einrichtungen zusammengeführt hat"),
    legal_basis=BASIS,
    recipients=_("das eigene Zentrum"),
    retention=RETENTION,
    personal={
        "merged_by": _("wer zusammengeführt hat"),
        "merged_for": _("für wen zusammengeführt wurde"),
        "undone_by": _("wer es aufgehoben hat"),
        "undone_for": _("für wen es aufgehoben wurde"),
    },
    subject=None,
)
holds_no_personal_data(KindOfAdvice, because=_("Arten der Beratung, die mit dem Programm kommen"))
