"""When a deadline is recalled, to whom: dated rows with source, changed by two persons."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from verbund.core import deadlines
from verbund.funding.models.legal_remedies import DatedRule, constraints


class ReminderRule(DatedRule):
    """How many days before (negative) or after the end of a kind of deadline an audience is reminded.

    A row that is not active ends the reminder from its first day on.
    """

    KEY = ("kind", "audience", "days")
    concerns_notices = False

    kind = models.CharField(_("Frist"), max_length=40)
    days = models.SmallIntegerField(_("Tage ab dem Ende der Frist"))
    audience = models.CharField(_("an"), max_length=10, choices=list(deadlines.AUDIENCES.items()))
    escalates = models.BooleanField(_("auch an die Vorgesetzten"), default=False)
    is_active = models.BooleanField(_("wird erinnert"), default=True)

    class Meta:
        verbose_name = _("Regel für Erinnerungen")
        verbose_name_plural = _("Regeln für Erinnerungen")
        ordering = ["kind", "days", "audience", "-valid_from"]
        constraints = [
            *constraints("reminder_rule", "kind", "audience", "days"),
            models.CheckConstraint(
                condition=models.Q(days__gte=-366) & models.Q(days__lte=366), name="reminder_rule_within_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{deadlines.label_of(self.kind)}: {self.in_words}"

    @property
    def when(self) -> str:
        """Return the moment in words: "7 Tage vorher"."""
        if self.days == 0:
            return str(_("am letzten Tag"))
        count = abs(self.days)
        if self.days < 0:
            return ngettext("%(count)s Tag vorher", "%(count)s Tage vorher", count) % {"count": count}
        return ngettext("%(count)s Tag danach", "%(count)s Tage danach", count) % {"count": count}

    @property
    def in_words(self) -> str:
        return f"{self.when}, {self.get_audience_display()}"
