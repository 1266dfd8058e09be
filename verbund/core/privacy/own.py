"""What the mechanisms themselves hold about persons, and the tables of the framework beneath them."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from verbund.core import models
from verbund.core.privacy.registry import BY_CLOCK, declare, holds_no_personal_data

OFFICIAL_TASK = _("Art. 6 Abs. 1 Buchst. e DSGVO, § 3 DSG NRW")

declare(
    models.AuditEntry,
    purpose=_("Nachweis, wer im Verfahren wann was getan hat"),
    legal_basis=_("Art. 6 Abs. 1 Buchst. c und e DSGVO; § 44 LHO NRW; Vier-Augen-Prinzip nach § 11 KorruptionsbG NRW"),
    recipients=_("Beteiligte des Verfahrens, Rechnungsprüfung"),
    retention=_("zehn Jahre nach Ende des Jahres, in dem das Verfahren abgeschlossen ist; dann Angebot an das Archiv"),
    personal={
        "actor": _("wer gehandelt hat"),
        "on_behalf_of": _("in wessen Vertretung"),
    },
    subject=("actor", "on_behalf_of"),
    erase={"actor": "keep", "on_behalf_of": "keep"},
)
declare(
    models.OutboxMail,
    purpose=_("Versand von Nachrichten über den Stand eines Verfahrens"),
    legal_basis=OFFICIAL_TASK,
    recipients=_("die angeschriebene Person"),
    retention=_("30 Tage nach dem Versand"),
    goes_by=BY_CLOCK,
    personal={
        "recipient": _("Anschrift der Nachricht"),
        "subject": _("Betreff der Nachricht"),
        "body": _("Inhalt der Nachricht"),
    },
    copied=("sent_at",),
    subject="email:recipient",
    erase="delete",
)
declare(
    models.InboxMessage,
    purpose=_("Hinweise auf der eigenen Aufgabenseite"),
    legal_basis=OFFICIAL_TASK,
    recipients=_("die Person selbst"),
    retention=_("ein Jahr nach dem Lesen"),
    goes_by=BY_CLOCK,
    personal={"user": _("Empfängerin oder Empfänger"), "text": _("Inhalt des Hinweises")},
    copied=("created_at",),
    subject="user",
    erase="delete",
)
declare(
    models.Deadline,
    purpose=_("Überwachung von Fristen und Nachweis, wer eine verlängert hat"),
    legal_basis=OFFICIAL_TASK,
    recipients=_("Beteiligte des Verfahrens, Rechnungsprüfung"),
    retention=_("wie das Verfahren, in dem die Frist läuft"),
    personal={"extended_by": _("wer verlängert hat"), "extended_for": _("für wen verlängert wurde")},
    subject=None,
    erase={"extended_by": "keep", "extended_for": "keep"},
)
declare(
    models.SentReminder,
    purpose=_("wenige Erinnerungen: wer woran schon erinnert wurde"),
    legal_basis=OFFICIAL_TASK,
    recipients=_("Beteiligte des Verfahrens"),
    retention=_("wie die Frist, an die erinnert wurde"),
    personal={"person": _("wessen Frist es ist"), "told": _("wer erinnert wurde")},
    copied=("sent_on", "ends_on"),
    subject=("person", "told"),
    erase={"person": "keep", "told": "keep"},
)
declare(
    models.StoredFile,
    purpose=_("Unveränderte Ablage von Anlagen und Bescheiden"),
    legal_basis=OFFICIAL_TASK,
    recipients=_("Beteiligte des Verfahrens, Rechnungsprüfung"),
    retention=_("wie das Verfahren, zu dem die Datei gehört"),
    personal={"name": _("Dateinamen können Personen nennen")},
    subject=None,
    erase={"name": "keep"},
)
declare(
    models.SearchEntry,
    purpose=_("Auffinden von Einträgen nach Wörtern ihrer Texte"),
    legal_basis=OFFICIAL_TASK,
    recipients=_("wer den gefundenen Eintrag lesen darf"),
    retention=_("wie der Eintrag: mit ihm geändert und gelöscht"),
    personal={
        "title": _("Wortstämme einer Überschrift, die eine Person nennen kann"),
        "body": _("Wortstämme eines Textes, der eine Person nennen kann"),
        "words": _("Wörter eines Textes, der eine Person nennen kann"),
    },
    subject=None,
    erase={"title": "keep", "body": "keep", "words": "keep"},
)
declare(
    models.SearchWord,
    purpose=_("Vorschläge beim Suchen und Erkennen von Tippfehlern"),
    legal_basis=OFFICIAL_TASK,
    recipients=_("wer sucht"),
    retention=_("solange das Wort in einem auffindbaren Eintrag steht"),
    personal={"word": _("kann der Name einer Person sein"), "folded": _("dasselbe Wort in Grundform der Schreibung")},
    subject=None,
    erase={"word": "keep", "folded": "keep"},
)
declare(
    Session,
    purpose=_("Angemeldet bleiben"),
    legal_basis=OFFICIAL_TASK,
    recipients=_("niemand"),
    retention=_("zehn Stunden, höchstens bis zur Abmeldung"),
    goes_by=BY_CLOCK,
    personal={"session_data": _("wer angemeldet ist und in welcher Funktion")},
    subject=None,
    withheld=("session_data",),
    erase="delete",
)
declare(
    models.SentForms,
    purpose=_("Schutz der Formulare ohne Anmeldung vor massenhaftem Absenden"),
    legal_basis=OFFICIAL_TASK,
    recipients=_("niemand"),
    retention=_("ein Tag"),
    goes_by=BY_CLOCK,
    personal={"sender": _("Prüfsumme der Netz- oder E-Mail-Adresse mit geheimem Schlüssel, jeden Tag eine andere")},
    subject=None,
)
holds_no_personal_data(models.AuditChain, because=_("Kopf einer Kette des Protokolls: eine Nummer und ein Hashwert"))
holds_no_personal_data(
    models.SubjectKey,
    because=_("Schlüssel, mit denen Werte im Protokoll gelesen und gelöscht werden; selbst ohne Aussage"),
)
holds_no_personal_data(models.Holiday, because=_("Feiertage des Landes"))
holds_no_personal_data(models.UsedToken, because=_("zufällige Zeichen je Formular"))
holds_no_personal_data(models.WorkerLease, models.JobRun, because=_("Betrieb der Uhr: Name und Zeit der Aufgaben"))
holds_no_personal_data(
    ContentType, Permission, Group, because=_("Verzeichnis der Tabellen des Programms, ohne Personen")
)
