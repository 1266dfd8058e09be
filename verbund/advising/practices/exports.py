"""Practices as a table for German Excel."""

from django.utils.translation import gettext_lazy as _

from verbund.core.exports import Column

COLUMNS = [
    Column(_("Nummer"), lambda practice: practice.pk, 9),
    Column(_("Titel"), lambda practice: practice.title, 40),
    Column(_("Zentrum"), lambda practice: practice.centre.organisation.name, 40),
    Column(_("Handlungsfeld"), lambda practice: practice.field.name if practice.field else "", 30),
    Column(_("Stufe der Bildungskette"), lambda practice: practice.stage.name if practice.stage else "", 24),
    Column(_("Status"), lambda practice: practice.get_status_display(), 18),
    Column(_("Seit"), lambda practice: practice.status_since, 12),
    Column(_("Sachkosten"), lambda practice: practice.amount_effort, 14),
    Column(_("Zentren, die sie nutzen"), lambda practice: practice.takers, 12),
]
