"""Personal data of the offers: free words of partners and readers, and where a question went; else none.

Contacts are functions, missed searches are counted words of a day.
"""

from django.utils.translation import gettext_lazy as _

from verbund.core.privacy import BY_CLOCK, declare, holds_no_personal_data
from verbund.offers.models import (
    BulkChange,
    BulkChangeRow,
    Closure,
    ConfirmationEntry,
    ConfirmationLink,
    ConfirmationRequest,
    DateChange,
    FreshnessRule,
    ImportColumns,
    ImportRow,
    ImportRun,
    InclusionRule,
    Language,
    MissedSearch,
    Occurrence,
    Offer,
    OfferAtPlace,
    OfferFunding,
    OfferLanguage,
    OfferStage,
    OfferText,
    PartnerLink,
    Place,
    PlaceFeature,
    Proposal,
    ProposalDraft,
    ProposalLink,
    ProposalMessage,
    ReaderReport,
    RemovedWord,
    SchoolHoliday,
    ShownVersion,
    Slot,
    Synonym,
    Term,
    TermName,
)

holds_no_personal_data(
    Offer,
    OfferText,
    OfferLanguage,
    OfferStage,
    OfferFunding,
    OfferAtPlace,
    Slot,
    DateChange,
    Closure,
    Occurrence,
    Place,
    PlaceFeature,
    because=_("Angebote, Orte und Zeiten mit Kontakt nach Funktion; keine Personen"),
)
holds_no_personal_data(Language, Term, TermName, Synonym, RemovedWord, SchoolHoliday, because=_("Wörter und Kalender"))
holds_no_personal_data(ShownVersion, because=_("Zahlen, an denen Seiten Änderungen bemerken"))
holds_no_personal_data(MissedSearch, because=_("gezählte Suchwörter eines Tages, ohne Bezug zu einer Person"))
holds_no_personal_data(
    BulkChange, BulkChangeRow, because=_("Werte von Einträgen vor und nach einer gemeinsamen Änderung; keine Personen")
)

BASIS = _("Art. 6 Abs. 1 Buchst. e DSGVO, § 3 DSG NRW")
declare(
    ConfirmationRequest,
    purpose=_("Anbieter fragen, ob ihre Einträge noch stimmen"),
    legal_basis=BASIS,
    recipients=_("der Anbieter; das Zentrum, das seine Einträge betreut"),
    retention=_("zwei Jahre nach der Frage"),
    goes_by=BY_CLOCK,
    personal={"recipient": _("Postfach der Organisation, an das die Frage ging; soll keine Person nennen")},
    subject=("email:recipient",),
    erase={"recipient": "blank"},
)
declare(
    ConfirmationEntry,
    purpose=_("was Anbieter zu ihren Einträgen antworten"),
    legal_basis=BASIS,
    recipients=_("das Zentrum, das die Einträge betreut"),
    retention=_("zwei Jahre nach der Frage"),
    goes_by=BY_CLOCK,
    personal={"note": _("was sich geändert hat, in freien Worten; kann Personen nennen")},
    subject=None,
    erase={"note": "blank"},
    personal_note=True,
)
declare(
    ReaderReport,
    purpose=_("Hinweise, dass ein Eintrag nicht stimmt"),
    legal_basis=BASIS,
    recipients=_("das Zentrum, das den Eintrag betreut"),
    retention=_("ein Jahr nach dem Hinweis"),
    goes_by=BY_CLOCK,
    personal={"note": _("freie Worte ohne Absender; die Seite bittet, keine Personen zu nennen")},
    subject=None,
    erase={"note": "blank"},
    personal_note=True,
)
holds_no_personal_data(
    ConfirmationLink, FreshnessRule, because=_("Prüfsummen von Links und Fristen; keine Angaben zu Personen")
)
LIST_RETENTION = _(
    "Datei und Zeilen 90 Tage nach dem Hochladen; wer hochgeladen hat, so lange wie die Liste genannt wird"
)
declare(
    ImportRun,
    purpose=_("Einträge aus einer Liste übernehmen und die Übernahme rückgängig machen können"),
    legal_basis=BASIS,
    recipients=_("das Zentrum, das die Liste hochgeladen hat"),
    retention=LIST_RETENTION,
    goes_by=BY_CLOCK,
    personal={
        "started_by": _("wer die Liste bearbeitet"),
        "started_for": _("für wen sie bearbeitet wird"),
        "samples": _("erste Zeilen der Liste; können Personen nennen"),
    },
    subject=None,
    erase={"started_by": "keep", "started_for": "keep", "samples": "blank"},
)
declare(
    ImportRow,
    purpose=_("Vorschau einer Liste, Zeile für Zeile"),
    legal_basis=BASIS,
    recipients=_("das Zentrum, das die Liste hochgeladen hat"),
    retention=LIST_RETENTION,
    goes_by=BY_CLOCK,
    personal={
        "cells": _("die Zellen einer abgelehnten Zeile; können Personen nennen"),
        "said": _("was die Zeile sagt; Kontakt nach Funktion"),
        "changes": _("alt und neu je Feld"),
        "before": _("der Eintrag vor der Übernahme"),
    },
    subject=None,
)
holds_no_personal_data(ImportColumns, because=_("welche Spalte einer Liste was bedeutet"))

CONSENT_BASIS = _("Art. 6 Abs. 1 Buchst. a DSGVO (Einwilligung beim Absenden)")
declare(
    Proposal,
    purpose=_("Vorschläge zu Einträgen ohne Anmeldung entgegennehmen und beantworten"),
    legal_basis=CONSENT_BASIS,
    recipients=_("das Zentrum, das für den Ort zuständig ist"),
    retention=_("E-Mail-Adresse, Hinweis, Fragen und Antworten zwölf Monate nach der Entscheidung"),
    goes_by=BY_CLOCK,
    personal={
        "submitter_email": _("wohin Fragen und Antworten gehen"),
        "language": _("in welcher Sprache sie gehen"),
        "note": _("freie Worte an das Zentrum; können Personen nennen"),
    },
    subject="email:submitter_email",
    erase={"submitter_email": "blank", "language": "blank", "note": "blank"},
)
declare(
    ProposalMessage,
    purpose=_("Rückfragen zu Vorschlägen und ihre Antworten"),
    legal_basis=CONSENT_BASIS,
    recipients=_("das Zentrum und die einreichende Stelle"),
    retention=_("zwölf Monate nach der Entscheidung"),
    goes_by=BY_CLOCK,
    personal={"text": _("freie Worte; können Personen nennen")},
    subject=None,
    erase={"text": "blank"},
)
declare(
    ProposalDraft,
    purpose=_("angefangene Vorschläge aufheben, damit nichts Geschriebenes verloren geht"),
    legal_basis=CONSENT_BASIS,
    recipients=_("niemand außer der Person, die den Link hat"),
    retention=_("dreißig Tage nach der letzten Änderung"),
    goes_by=BY_CLOCK,
    personal={"typed": _("was getippt wurde, auch die E-Mail-Adresse")},
    subject=None,
)
declare(
    PartnerLink,
    purpose=_("Anbieter schreiben ihre Einträge selbst, über einen Link an ihre hinterlegte Adresse"),
    legal_basis=BASIS,
    recipients=_("der Anbieter"),
    retention=_("dreißig Tage nach dem letzten Tag des Links"),
    goes_by=BY_CLOCK,
    personal={"recipient": _("Postfach der Organisation, an das der Link ging; soll keine Person nennen")},
    subject=("email:recipient",),
    erase={"recipient": "blank"},
)
holds_no_personal_data(
    InclusionRule, ProposalLink, because=_("veröffentlichte Regeln und Prüfsummen von Links; keine Angaben zu Personen")
)
