"""Refunds: money that came beyond a claim and goes back to the carrier."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.core.money import MoneyField
from verbund.funding.lifecycle import RefundStatus
from verbund.funding.models.applications import PERSON
from verbund.funding.models.reclaims import Reclaim, ReclaimEntry


class Refund(models.Model):
    """Money that goes back because it came too much: proposed by the cash office, ordered by a second person."""

    reclaim = models.ForeignKey(Reclaim, on_delete=models.PROTECT, related_name="refunds")
    status = models.CharField(max_length=8, choices=RefundStatus, default=RefundStatus.PROPOSED, editable=False)
    amount = MoneyField(_("Betrag"))
    note = models.CharField(_("Vermerk"), max_length=200, blank=True)
    proposed_on = models.DateField(_("vorgeschlagen am"))
    ordered_on = models.DateField(_("angeordnet am"), null=True, editable=False)
    entry = models.OneToOneField(ReclaimEntry, null=True, on_delete=models.PROTECT, related_name="refund")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    signed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="funding_refund_amount_positive"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("proposed_by")), name="funding_refund_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(status="ORDERED", ordered_on__isnull=False, entry__isnull=False)
                | (~Q(status="ORDERED") & Q(ordered_on__isnull=True, entry__isnull=True)),
                name="funding_refund_is_booked_when_ordered",
            ),
            models.UniqueConstraint(
                fields=["reclaim"], condition=Q(status="PROPOSED"), name="funding_refund_one_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.reclaim.reference_in_groups} {self.amount}"

    @property
    def audit_organisation_id(self) -> int:
        return self.reclaim.audit_organisation_id
