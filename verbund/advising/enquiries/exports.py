"""Enquiries as tables for German Excel: never what was written, never an address."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verbund.advising.models import Enquiry
from verbund.core.exports import Column
from verbund.offers.speaking import PAGE_LANGUAGES


def _days(enquiry: Enquiry) -> int | None:
    return (enquiry.answered_on - enquiry.asked_on).days if enquiry.answered_on else None


def _median(row) -> int | str | None:
    """Return whole days as a number, half ones as German text: a decimal number would be read as euros."""
    days = row.median_days
    return days if days is None else int(days) if days == int(days) else str(days).replace(".", ",")


COLUMNS = (
    Column(_("Zeichen"), lambda one: one.reference, 14),
    Column(_("zuständig"), lambda one: str(one.responsible), 40),
    Column(_("Thema"), lambda one: str(one.field or gettext("etwas anderes")), 28),
    Column(_("Stufe der Bildungskette"), lambda one: str(one.stage or ""), 24),
    Column(_("Ort"), lambda one: one.municipality.name if one.municipality else "", 24),
    Column(_("Weg"), lambda one: one.get_channel_display(), 18),
    Column(_("Sprache der Seite"), lambda one: PAGE_LANGUAGES.get(one.language, one.language), 18),
    Column(_("Stand"), lambda one: one.get_status_display(), 30),
    Column(_("gestellt am"), lambda one: one.asked_on, 14),
    Column(_("zugesagt bis"), lambda one: one.promised_on, 14),
    Column(_("zuerst beantwortet am"), lambda one: one.answered_on, 22),
    Column(_("Tage bis zur Antwort"), _days, 20),
    Column(_("Grund"), lambda one: one.get_close_reason_display(), 30),
)

NUMBER_COLUMNS = (
    Column(_("Jahr"), lambda row: row.year, 8),
    Column(_("Stelle"), lambda row: row.body, 40),
    Column(_("Thema"), lambda row: row.topic, 30),
    Column(_("Anfragen"), lambda row: row.asked, 12),
    Column(_("beantwortet"), lambda row: row.answered, 14),
    Column(_("ohne Antwort abgeschlossen"), lambda row: row.closed, 26),
    Column(_("zurückgenommen"), lambda row: row.withdrawn, 16),
    Column(_("offen"), lambda row: row.open, 10),
    Column(_("rechtzeitig beantwortet"), lambda row: row.in_time, 24),
    Column(_("Tage bis zur Antwort (Median)"), _median, 30),
)
