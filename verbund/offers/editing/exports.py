"""The list as a table for German Excel."""

from django.utils.translation import gettext_lazy as _

from verbund.core.exports import Column

COLUMNS = [
    Column(_("Nummer"), lambda row: row["offer"].pk, 9),
    Column(_("Titel"), lambda row: row["offer"].title, 40),
    Column(_("Anbieter"), lambda row: row["offer"].partner.organisation.name, 30),
    Column(_("Status"), lambda row: row["offer"].get_status_display(), 16),
    Column(_("Stand"), lambda row: row["offer"].get_stage_display(), 12),
    Column(_("Zu tun"), lambda row: row["to_do"], 24),
    Column(_("Nächster Termin"), lambda row: row["next_day"], 14),
    Column(_("Geprüft am"), lambda row: row["offer"].checked_on, 12),
    Column(_("Läuft bis"), lambda row: row["offer"].valid_until, 12),
    Column(_("Geschlossen bis"), lambda row: row["offer"].paused_until, 14),
    Column(_("Ansprechstelle"), lambda row: row["offer"].contact_function, 24),
    Column(_("Telefon"), lambda row: row["offer"].phone, 18),
    Column(_("E-Mail"), lambda row: row["offer"].email, 26),
    Column(_("Webseite"), lambda row: row["offer"].website, 26),
]
