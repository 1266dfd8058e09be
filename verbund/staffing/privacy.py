"""Personal data of teacher posts: who signed, and functions that stand for seconded teachers without an account."""

from django.utils.translation import gettext_lazy as _

from verbund.core.privacy import declare
from verbund.staffing.models import Secondment, TeacherRequest

BASIS = _(
    "Art. 6 Abs. 1 Buchst. e DSGVO, § 3 DSG NRW; für Beschäftigte § 18 DSG NRW; Teilhabe- und Integrationsgesetz § 8"
)

declare(
    TeacherRequest,
    purpose=_("Nachweis, wer Lehrkräftestellen angefordert und wer darüber entschieden hat"),
    legal_basis=BASIS,
    recipients=_("der eigene Träger; Schulministerium; Koordinierungsstellen"),
    retention=_("zehn Jahre nach dem Ende des Förderjahrs"),
    personal={
        "requested_by": _("wer angefordert hat"),
        "requested_for": _("für wen angefordert wurde"),
        "decided_by": _("wer entschieden hat"),
        "decided_for": _("für wen entschieden wurde"),
    },
    subject=None,
)
declare(
    Secondment,
    purpose=_("Besetzung der Lehrkräftestellen durch Abordnung: Funktion, Anteil, Zeitraum; keine Namen"),
    legal_basis=BASIS,
    recipients=_("der eigene Träger; alle anderen sehen nur Summen"),
    retention=_("zehn Jahre nach dem Ende des Förderjahrs"),
    personal={
        "label": _("unterscheidet die Lehrkräfte eines Zentrums, ohne sie zu nennen"),
        "school_type": _("aus welcher Schulform abgeordnet ist"),
        "end_reason": _("warum eine Abordnung vor der Zeit endete"),
        "recorded_by": _("wer die Abordnung eingetragen hat"),
        "recorded_for": _("für wen sie eingetragen wurde"),
    },
    subject=None,
    erase={"label": "pseudonym"},
)
