"""The lists of ventures as tables for German Excel."""

from django.utils.translation import gettext_lazy as _

from verbund.core.exports import Column

COLUMNS = [
    Column(_("Nummer"), lambda venture: venture.pk, 9),
    Column(_("Titel"), lambda venture: venture.title, 40),
    Column(_("Status"), lambda venture: venture.get_status_display(), 24),
    Column(_("Seit"), lambda venture: venture.status_since, 12),
    Column(_("Begonnen am"), lambda venture: venture.started_on, 12),
    Column(_("Handlungsfeld"), lambda venture: venture.field.name if venture.field else "", 30),
    Column(_("Stufe der Bildungskette"), lambda venture: venture.stage.name if venture.stage else "", 24),
    Column(_("Ort"), lambda venture: venture.municipality.name if venture.municipality else "", 24),
    Column(_("Partner"), lambda venture: venture.active_parties, 9),
    Column(_("Angebot"), lambda venture: venture.offer.title if venture.offer else "", 40),
]
LISTED = [
    Column(_("Zentrum"), lambda venture: venture.centre.organisation.name, 40),
    *(column for column in COLUMNS[1:4]),
    *(column for column in COLUMNS[5:7]),
]
"""What the coordination units read of each venture."""
