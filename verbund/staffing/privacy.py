"""Personal data of posts: who signed, who holds a post, and functions that stand for seconded teachers."""

from django.utils.translation import gettext_lazy as _

from verbund.core.privacy import declare, holds_no_personal_data
from verbund.staffing.models import Occupancy, Post, Secondment, TeacherRequest

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
holds_no_personal_data(Post, because=_("Stellen eines Zentrums: Funktion, Anteil und Zeitraum, ohne Personen"))
declare(
    Occupancy,
    purpose=_("Besetzung der geförderten Stellen: wer, mit welchem Anteil, wie lange, mit bestätigter Qualifikation"),
    legal_basis=BASIS,
    recipients=_("der eigene Träger; die Bewilligungsbehörde, wo ein Nachweis Namen braucht; alle anderen nur Summen"),
    retention=_("zehn Jahre nach dem Ende des Förderjahrs"),
    personal={
        "holder": _("wer die Stelle besetzt"),
        "qualification_confirmed_on": _("ohne bestätigte Qualifikation wird die Stelle nicht gefördert"),
        "qualification_confirmed_by": _("wer die Qualifikation bestätigt hat"),
        "qualification_confirmed_for": _("für wen sie bestätigt wurde"),
        "recorded_by": _("wer die Besetzung eingetragen hat"),
        "recorded_for": _("für wen sie eingetragen wurde"),
    },
    subject=None,
    erase={"holder": "pseudonym"},
)
