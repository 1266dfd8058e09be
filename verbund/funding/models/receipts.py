"""Incoming money: what the cash office booked, and to which claim it belongs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.core.models import StoredFile
from verbund.core.money import MoneyField
from verbund.funding.lifecycle import ReceiptFileStatus, ReceiptStatus
from verbund.funding.models.applications import PERSON


class ReceiptFile(models.Model):
    """A list of incoming money from the cash office, kept as it came; looked at first, then taken over as a whole."""

    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=7, choices=ReceiptFileStatus, default=ReceiptFileStatus.CHECKED, editable=False
    )
    read_on = models.DateField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    uploaded_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    audit_organisation_id = 0

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return self.document.name

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("funding:receipt-file", args=[self.pk])


class Receipt(models.Model):
    """Money that came in, as the account shows it. The same booking number is never taken twice.

    `amount_assigned` is the sum of what was assigned to claims, kept here because this row is locked when somebody
    assigns; it can never be more than came in.
    """

    booking_number = models.CharField(_("Buchungsnummer"), max_length=60, unique=True)
    day = models.DateField(_("Buchungstag"))
    amount = MoneyField(_("Betrag"))
    payer = models.CharField(_("Zahler"), max_length=140, blank=True)
    purpose = models.CharField(_("Verwendungszweck"), max_length=500, blank=True)
    status = models.CharField(
        max_length=9, choices=ReceiptStatus, default=ReceiptStatus.OPEN, editable=False, db_index=True
    )
    amount_assigned = MoneyField(_("zugeordnet"), default=0, editable=False)
    note = models.CharField(_("Vermerk"), max_length=1000, blank=True, editable=False)
    file = models.ForeignKey(ReceiptFile, null=True, on_delete=models.PROTECT, related_name="receipts")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    recorded_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    recorded_at = models.DateTimeField(auto_now_add=True)
    audit_organisation_id = 0

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="funding_receipt_amount_positive"),
            models.CheckConstraint(
                condition=Q(amount_assigned__gte=0) & Q(amount_assigned__lte=F("amount")),
                name="funding_receipt_assigned_within_amount",
            ),
            models.CheckConstraint(condition=~Q(booking_number=""), name="funding_receipt_has_a_booking_number"),
        ]

    def __str__(self):
        return self.booking_number

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("funding:incoming-payment", args=[self.pk])

    @property
    def amount_unassigned(self):
        return self.amount - self.amount_assigned
