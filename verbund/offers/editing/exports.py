"""The list as a table for German Excel."""

from django.utils.translation import gettext_lazy as _

from verbund.core.exports import Column
from verbund.offers.lifecycle import Stage

COLUMNS = [
    Column(_("Nummer im Verbund"), lambda row: row["pk"], 9),
    Column(_("Titel"), lambda row: row["title"], 40),
    Column(_("Anbieter"), lambda row: row["partner_name"], 30),
    Column(_("Status"), lambda row: row["status_label"], 16),
    Column(_("Stand"), lambda row: Stage(row["stage"]).label, 12),
    Column(_("Zu tun"), lambda row: row["to_do"], 24),
    Column(_("Nächster Termin"), lambda row: row["next_day"], 14),
    Column(_("Geprüft am"), lambda row: row["checked_on"], 12),
    Column(_("Läuft bis"), lambda row: row["valid_until"], 12),
    Column(_("Geschlossen bis"), lambda row: row["paused_until"], 14),
    Column(_("Ansprechstelle"), lambda row: row["contact_function"], 24),
    Column(_("Telefon"), lambda row: row["phone"], 18),
    Column(_("E-Mail"), lambda row: row["email"], 26),
    Column(_("Webseite"), lambda row: row["website"], 26),
]
