"""Calls: the opening of a programme year for applications."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.directory.models import Centre
from verbund.funding.lifecycle import CallStatus
from verbund.funding.models.titles import BudgetTitle
from verbund.programmes.models import FundingGuideline, Programme


class Call(models.Model):
    """A programme year that is open for applications: whose rules, which money, which window.

    `closes_on` is None where no application deadline is known (2012). After a strict deadline applications are refused,
    after any other they are accepted and marked late.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="calls", verbose_name=_("Programm"))
    guideline = models.ForeignKey(
        FundingGuideline, on_delete=models.PROTECT, related_name="calls", verbose_name=_("Richtlinie")
    )
    budget_title = models.ForeignKey(
        BudgetTitle, on_delete=models.PROTECT, related_name="calls", verbose_name=_("Haushaltstitel")
    )
    budget_year = models.PositiveSmallIntegerField(_("Haushaltsjahr"))
    period_from = models.DateField(_("Bewilligungszeitraum von"))
    period_until = models.DateField(_("Bewilligungszeitraum bis"))
    opens_on = models.DateField(_("Anträge ab"))
    closes_on = models.DateField(_("Anträge bis"), null=True, blank=True)
    is_strict = models.BooleanField(_("Ausschlussfrist"), default=False)
    drawdowns_until = models.DateField(_("Mittelabrufe bis"))
    status = models.CharField(max_length=8, choices=CallStatus, default=CallStatus.DRAFT, editable=False)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-budget_year", "programme"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_until__gte=F("period_from")), name="funding_call_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="funding_call_window_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.programme.name} {self.budget_year}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("funding:call", args=[self.pk])

    audit_organisation_id = 0

    @property
    def years(self) -> list[int]:
        """All budget years, in order: the first one and those added to it."""
        further = self.further_years.values_list("budget_year", flat=True) if self.pk else []
        return [self.budget_year, *further]


class CentreWindow(models.Model):
    """That one centre has longer to apply under a call. Until when and why says its deadline (kind CENTRE_WINDOW)."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="centre_windows")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["centre__organisation__name"]
        constraints = [models.UniqueConstraint(fields=["call", "centre"], name="funding_one_window_per_centre")]

    def __str__(self):
        return f"{self.call}, {self.centre}"

    def get_absolute_url(self):
        return self.call.get_absolute_url()

    @property
    def audit_organisation_id(self) -> int:
        return self.centre.carrier_id
