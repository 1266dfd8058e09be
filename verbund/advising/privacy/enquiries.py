"""Enquiries of citizens: what they wrote and their address, kept for the period of the rule; who answered."""

from django.utils.translation import gettext_lazy as _

from verbund.advising.models import Enquiry, EnquiryMessage, EnquiryRule, EnquiryTransfer
from verbund.advising.privacy import BASIS
from verbund.core.privacy import declare, holds_no_personal_data

WHO_HAS_IT = _(
    "das Zentrum oder die Koordinierungsstelle, die antwortet; nach einer Weitergabe nur noch die neue Stelle"
)
RETENTION = _(
    "nach Antwort oder Abschluss so lange, wie die datierte Regel sagt (anfangs 180 Tage), auf Wunsch sofort gelöscht; "
    "danach bleiben nur Stelle, Thema, Ort und Tage"
)

declare(
    Enquiry,
    purpose=_("Fragen von Bürgerinnen und Bürgern beantworten"),
    legal_basis=BASIS,
    recipients=WHO_HAS_IT,
    retention=RETENTION,
    personal={
        "question": _("was gefragt wurde"),
        "email": _("wohin die Antwort geht, wenn eine Adresse genannt wurde"),
        "phone": _("wo zurückgerufen wird, wenn die Frage am Telefon kam"),
    },
    subject="email:email",
    erase={"email": lambda _enquiry: "", "phone": lambda _enquiry: ""},
)
declare(
    EnquiryMessage,
    purpose=_("Ergänzungen und Antworten zu einer Bürgeranfrage"),
    legal_basis=BASIS,
    recipients=WHO_HAS_IT,
    retention=RETENTION,
    personal={
        "text": _("was dazu gesagt wurde"),
        "written_by": _("wer geantwortet hat"),
        "written_for": _("für wen geantwortet wurde"),
    },
    subject=None,
)
declare(
    EnquiryTransfer,
    purpose=_("Weitergabe einer Bürgeranfrage an die zuständige Stelle"),
    legal_basis=BASIS,
    recipients=WHO_HAS_IT,
    retention=RETENTION,
    personal={
        "reason": _("warum weitergegeben wurde"),
        "passed_by": _("wer weitergegeben hat"),
        "passed_for": _("für wen weitergegeben wurde"),
    },
    subject=None,
)
holds_no_personal_data(EnquiryRule, because=_("Fristen mit Quelle; keine Angaben zu Personen"))
