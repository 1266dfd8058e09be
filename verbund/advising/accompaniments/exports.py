"""The columns of the files: accompaniments, institutions, numbers."""

from django.utils.translation import gettext as _

from verbund.core.exports import Column


def accompaniment_columns() -> list[Column]:
    return [
        Column(_("Einrichtung"), lambda one: str(one.partner), 40),
        Column(_("Art der Einrichtung"), lambda one: one.partner.get_kind_display(), 26),
        Column(_("Anlass"), lambda one: one.occasion, 50),
        Column(_("Handlungsfeld"), lambda one: one.field and one.field.name, 30),
        Column(_("Stufe der Bildungskette"), lambda one: one.stage and one.stage.name, 24),
        Column(_("Dauer"), lambda one: one.get_duration_display()),
        Column(_("begonnen am"), lambda one: one.started_on, 14),
        Column(_("Stand"), lambda one: one.get_status_display()),
        Column(_("Ergebnis"), lambda one: one.get_outcome_display()),
        Column(_("abgeschlossen am"), lambda one: one.closed_on, 14),
        Column(_("Schritte"), lambda one: one.step_count, 10),
        Column(_("Minuten"), lambda one: one.minutes or 0, 10),
        Column(_("Wiedervorlage am"), lambda one: one.follow_up_on, 14),
    ]


def institution_columns() -> list[Column]:
    return [
        Column(_("Einrichtung"), lambda one: str(one), 40),
        Column(_("Art"), lambda one: one.get_kind_display(), 26),
        Column(_("Ort"), lambda one: one.municipality and one.municipality.name, 24),
        Column(_("letzter Kontakt"), lambda one: one.last_contact, 14),
        Column(_("wird begleitet"), lambda one: one.is_accompanied, 12),
        Column(_("beendet am"), lambda one: one.organisation.valid_until, 14),
    ]


def number_columns() -> list[Column]:
    """Return the columns of rows (division, place, numbers)."""
    return [
        Column(_("Gliederung"), lambda row: row[0], 24),
        Column(_("Kreis oder Stadt"), lambda row: row[1], 30),
        Column(_("Bezeichnung"), lambda row: row[2].name, 40),
        Column(_("Einrichtungen"), lambda row: row[2].institutions, 14),
        Column(_("Schritte"), lambda row: row[2].steps, 12),
        Column(_("Minuten"), lambda row: row[2].minutes, 12),
    ]
