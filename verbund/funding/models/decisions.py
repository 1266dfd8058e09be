"""Decisions: proposed by one person, signed by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.core.money import MoneyField
from verbund.funding.lifecycle import DecisionStatus
from verbund.funding.models.applications import PERSON, GrantApplication, page_of_file


class Decision(models.Model):
    """A proposal to grant, refuse, amend, rescind or revoke, and its second signature.

    `amount` is the whole grant after the decision, never a difference. A decision that changes a grant names the notice
    it changes (`amends`) and from when it counts (`effective_from`); a rescission or revocation also why now and to
    what extent (`discretion`, `reaches_back`). `parameters` holds everything the sum was computed with (rules, posts,
    extras), so that it recomputes for ever.
    """

    class Kind(models.TextChoices):
        GRANT = "GRANT", _("Bewilligung")
        REFUSAL = "REFUSAL", _("Ablehnung")
        AMENDMENT = "AMENDMENT", _("Änderung")
        RESCISSION = "RESCISSION", _("Rücknahme")
        REVOCATION = "REVOCATION", _("Widerruf")

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(_("Entscheidung"), max_length=10, choices=Kind)
    status = models.CharField(max_length=8, choices=DecisionStatus, default=DecisionStatus.PROPOSED, editable=False)
    amount = MoneyField(_("Betrag"), default=0)
    amount_computed = MoneyField(_("errechneter Höchstbetrag"), default=0, editable=False)
    deviation_reason = models.TextField(_("Grund für die Abweichung"), max_length=4000, blank=True)
    reasons = models.TextField(_("Gründe"), max_length=8000, blank=True)
    amends = models.ForeignKey(
        "funding.GrantNotice", null=True, blank=True, on_delete=models.PROTECT, related_name="amendments"
    )
    effective_from = models.DateField(_("wirksam ab"), null=True, blank=True)
    reaches_back = models.BooleanField(_("auch für die Vergangenheit"), default=False)
    discretion = models.TextField(_("Ermessen"), max_length=4000, blank=True)
    parameters = models.JSONField(default=dict, editable=False)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_at = models.DateTimeField(auto_now_add=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    signed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    signed_at = models.DateTimeField(null=True, editable=False)
    rejection_reason = models.TextField(max_length=4000, blank=True, editable=False)
    page_instead = page_of_file

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="funding_decision_amount_not_negative"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("proposed_by")), name="funding_decision_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["GRANT", "REFUSAL"], amends__isnull=True)
                | Q(
                    kind__in=["AMENDMENT", "RESCISSION", "REVOCATION"],
                    amends__isnull=False,
                    effective_from__isnull=False,
                ),
                name="funding_decision_names_what_it_changes",
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(status="PROPOSED"), name="funding_one_open_proposal"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.application}"

    @property
    def changes_a_grant(self) -> bool:
        return self.amends_id is not None

    @property
    def audit_organisation_id(self) -> int:
        return self.application.carrier_id
