"""Decisions: proposed by one person, signed by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.core.money import MoneyField
from verbund.funding.lifecycle import DecisionStatus
from verbund.funding.models.applications import PERSON, GrantApplication


class Decision(models.Model):
    """A proposal to grant or refuse and its second signature.

    `parameters` holds everything the sum was computed with (rules, posts, extras), so that it recomputes for ever.
    """

    class Kind(models.TextChoices):
        GRANT = "GRANT", _("Bewilligung")
        REFUSAL = "REFUSAL", _("Ablehnung")

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(_("Entscheidung"), max_length=8, choices=Kind)
    status = models.CharField(max_length=8, choices=DecisionStatus, default=DecisionStatus.PROPOSED, editable=False)
    amount = MoneyField(_("Betrag"), default=0)
    amount_computed = MoneyField(_("errechneter Höchstbetrag"), default=0, editable=False)
    deviation_reason = models.TextField(_("Grund für die Abweichung"), max_length=4000, blank=True)
    reasons = models.TextField(_("Gründe"), max_length=8000, blank=True)
    parameters = models.JSONField(default=dict, editable=False)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_at = models.DateTimeField(auto_now_add=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    signed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    signed_at = models.DateTimeField(null=True, editable=False)
    rejection_reason = models.TextField(max_length=4000, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="funding_decision_amount_not_negative"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("proposed_by")), name="funding_decision_four_eyes"
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(status="PROPOSED"), name="funding_one_open_proposal"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.application}"

    @property
    def audit_organisation_id(self) -> int:
        return self.application.carrier_id
