"""The list of requests as a table for German Excel."""

from django.utils.translation import gettext_lazy as _

from verbund.core.exports import Column

COLUMNS = (
    Column(_("Worum es geht"), lambda one: one.title, 40),
    Column(_("Zentrum"), lambda one: str(one.centre), 36),
    Column(_("Koordinierungsstelle"), lambda one: str(one.unit), 36),
    Column(_("Handlungsfeld"), lambda one: str(one.field or ""), 26),
    Column(_("Stufe der Bildungskette"), lambda one: str(one.stage or ""), 24),
    Column(_("Wunsch"), lambda one: one.get_wish_display(), 22),
    Column(_("Stand"), lambda one: one.get_status_display(), 24),
    Column(_("gestellt am"), lambda one: one.asked_on, 14),
    Column(_("zuerst beantwortet am"), lambda one: one.answered_on, 22),
    Column(_("Tage bis zur Antwort"), lambda one: one.answered_on and (one.answered_on - one.asked_on).days, 20),
    Column(_("Hat es geholfen?"), lambda one: one.get_helped_display(), 20),
)
