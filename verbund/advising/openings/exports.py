"""The list of openings, and the numbers of all centres, as tables for German Excel."""

from django.utils.translation import gettext_lazy as _

from verbund.core.exports import Column

COLUMNS = (
    Column(_("Einrichtung"), lambda one: str(one.partner), 36),
    Column(_("Art"), lambda one: one.partner.get_kind_display(), 24),
    Column(_("Worum es geht"), lambda one: one.subject, 40),
    Column(_("Zuständig"), lambda one: one.responsible, 26),
    Column(_("Handlungsfeld"), lambda one: str(one.field or one.stage), 28),
    Column(_("Stand"), lambda one: one.get_status_display(), 18),
    Column(_("Stand seit"), lambda one: one.status_since, 14),
    Column(_("vereinbart am"), lambda one: one.agreed_on, 14),
    Column(_("gilt bis"), lambda one: one.agreed_until, 14),
    Column(_("nächste Jahresprüfung"), lambda one: one.review_due_on, 22),
    Column(_("Ziele"), lambda one: one.goals_all, 10),
    Column(_("Maßnahmen"), lambda one: one.measures_all, 12),
    Column(_("davon offen"), lambda one: one.measures_open, 12),
    Column(_("davon überfällig"), lambda one: one.measures_late, 16),
)
