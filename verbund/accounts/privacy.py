"""Personal data of accounts: the person, their address, their second factor."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from verbund.accounts.models import User
from verbund.core.privacy import declare

BASIS = _("Art. 6 Abs. 1 Buchst. e DSGVO, § 3 DSG NRW; für Beschäftigte § 18 DSG NRW")
UNTIL_ACCOUNT_ENDS = _("bis das Konto gelöscht wird; geprüft zwei Jahre nach dem Ende der letzten Funktion")

declare(
    User,
    purpose=_("Anmeldung und Zuordnung von Handlungen zu Personen"),
    legal_basis=BASIS,
    recipients=_("Betrieb der Plattform; Name und Funktion bei Handlungen auch beteiligte Stellen"),
    retention=UNTIL_ACCOUNT_ENDS,
    personal={
        "email": _("Anmeldename und Adresse für Mails"),
        "display_name": _("wer gehandelt hat"),
        "password": _("Prüfwert des Passworts"),
        "last_login": _("erkennen, ob ein Konto noch benutzt wird"),
    },
    subject="self",
    erase={"display_name": "pseudonym", "is_active": lambda user: False},
    withheld=("password",),
)
declare(
    EmailAddress,
    purpose=_("Adresse, an die Mails zum Konto gehen"),
    legal_basis=BASIS,
    recipients=_("Betrieb der Plattform"),
    retention=UNTIL_ACCOUNT_ENDS,
    personal={"email": _("Adresse für Mails zum Konto"), "user": _("wessen Adresse")},
    subject="user",
    erase="delete",
)
declare(
    EmailConfirmation,
    purpose=_("Bestätigung einer neuen Adresse"),
    legal_basis=BASIS,
    recipients=_("Betrieb der Plattform"),
    retention=_("drei Tage"),
    personal={"email_address": _("welche Adresse bestätigt wird")},
    subject="email_address__user",
    erase="delete",
    withheld=("key",),
)
declare(
    Authenticator,
    purpose=_("zweiter Faktor bei der Anmeldung"),
    legal_basis=BASIS,
    recipients=_("niemand"),
    retention=UNTIL_ACCOUNT_ENDS,
    personal={
        "user": _("wessen zweiter Faktor"),
        "data": _("Schlüssel der App, verschlüsselt"),
        "last_used_at": _("erkennen von Missbrauch"),
    },
    subject="user",
    erase="delete",
    withheld=("data",),
)
