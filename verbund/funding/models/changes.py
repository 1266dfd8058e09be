"""What a carrier wants changed in a grant, and how a grant over several years is split."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verbund.core.money import MoneyField
from verbund.funding.lifecycle import ChangeRequestStatus
from verbund.funding.models.applications import PERSON, GrantApplication
from verbund.funding.models.calls import Call
from verbund.funding.models.decisions import Decision
from verbund.funding.models.notices import GrantNotice
from verbund.funding.models.titles import BudgetTitle


class ChangeRequest(models.Model):
    """A carrier's request to change its grant: what, why, from when (Änderungsantrag). `decision` is what came of it.

    An organisational change must be announced before it happens (condition 9 of the directive of 2023).
    """

    class Kind(models.TextChoices):
        STAFF = "STAFF", _("Stellen oder Besetzung")
        AMOUNT = "AMOUNT", _("Betrag")
        PURPOSE = "PURPOSE", _("Zweck oder Inhalt")
        ORGANISATION = "ORGANISATION", _("Organisation des Zentrums")

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="change_requests")
    kind = models.CharField(_("Was sich ändert"), max_length=12, choices=Kind)
    status = models.CharField(
        max_length=9, choices=ChangeRequestStatus, default=ChangeRequestStatus.SUBMITTED, editable=False, db_index=True
    )
    reason = models.TextField(_("Was sich ändert und warum"), max_length=4000)
    effective_from = models.DateField(_("wirksam ab"))
    amount_requested = MoneyField(_("neuer Gesamtbetrag"), null=True, blank=True)
    requested_on = models.DateField(editable=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    requested_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    answer = models.TextField(_("Antwort der Bewilligungsbehörde"), max_length=4000, blank=True, editable=False)
    answered_on = models.DateField(null=True, editable=False)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    answered_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="change_requests")

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.application}"

    @property
    def audit_organisation_id(self) -> int:
        return self.application.carrier_id

    @property
    def is_announced_late(self) -> bool:
        """Whether an organisational change was announced after it happened."""
        return self.kind == self.Kind.ORGANISATION and self.effective_from < self.requested_on


class CallYear(models.Model):
    """A further budget year of a call, with the title that pays it; the first year stands on the call itself."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="further_years")
    budget_year = models.PositiveSmallIntegerField(_("Haushaltsjahr"))
    budget_title = models.ForeignKey(BudgetTitle, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["budget_year"]
        constraints = [models.UniqueConstraint(fields=["call", "budget_year"], name="funding_call_year_once")]

    def __str__(self):
        return str(self.budget_year)


class NoticeYear(models.Model):
    """What a notice grants in one budget year, in euros, and the title that is committed for it."""

    notice = models.ForeignKey(GrantNotice, on_delete=models.PROTECT, related_name="years")
    budget_title = models.ForeignKey(BudgetTitle, on_delete=models.PROTECT, related_name="+")
    budget_year = models.PositiveSmallIntegerField(_("Haushaltsjahr"))
    amount = MoneyField()

    class Meta:
        ordering = ["budget_year"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "budget_year"], name="funding_notice_year_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="funding_notice_year_not_negative"),
        ]

    def __str__(self):
        return str(self.budget_year)
