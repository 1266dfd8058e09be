"""The functions in which people work with the platform. Rights go with a membership in one of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A function; the code is stored, the German name is shown."""

    CENTRE_STAFF = "CENTRE_STAFF", _("Fachkraft")
    CENTRE_LEAD = "CENTRE_LEAD", _("Leitung")
    SIGNATORY = "SIGNATORY", _("Zeichnungsberechtigte Person")
    TREASURY = "TREASURY", _("Kämmerei")
    GRANT_OFFICER = "GRANT_OFFICER", _("Sachbearbeitung Förderung")
    GRANT_APPROVER = "GRANT_APPROVER", _("Zweitzeichnung Förderung")
    CASHIER = "CASHIER", _("Kasse")
    COORDINATOR = "COORDINATOR", _("Koordination")
    TRAINING_MANAGER = "TRAINING_MANAGER", _("Fortbildung")
    CONTROLLER = "CONTROLLER", _("Controlling")
    PRESS_OFFICER = "PRESS_OFFICER", _("Presse")
    MINISTRY_READER = "MINISTRY_READER", _("Ministerium, lesend")
    MINISTRY_APPROVER = "MINISTRY_APPROVER", _("Ministerium, entscheidend")
    SCHOOL_AUTHORITY = "SCHOOL_AUTHORITY", _("Schulamt")
    SCHOOL = "SCHOOL", _("Schule")
    CASE_TEAM = "CASE_TEAM", _("Team Seiteneinsteiger")
    AUDITOR = "AUDITOR", _("Rechnungsprüfung")
    DATA_PROTECTION_OFFICER = "DATA_PROTECTION_OFFICER", _("Datenschutz")
    PROVIDER_MEMBER = "PROVIDER_MEMBER", _("Träger")
    VOLUNTEER = "VOLUNTEER", _("Ehrenamt")
    TRAINER = "TRAINER", _("Fortbildungspool")
    LANGUAGE_MEDIATOR = "LANGUAGE_MEDIATOR", _("Sprachmittlung")
    TRANSLATION_REVIEWER = "TRANSLATION_REVIEWER", _("Übersetzungsprüfung")
    OPERATOR = "OPERATOR", _("Betrieb")
