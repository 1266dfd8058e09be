"""What the cash office is told to pay: lists of ordered calls for money, each on exactly one."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verbund.core.money import MoneyField
from verbund.funding.models.applications import PERSON
from verbund.funding.models.payments import Drawdown


class PaymentList(models.Model):
    """A numbered list of payments for the cash office, made by a cashier; its lines never change, only lapse."""

    number = models.PositiveIntegerField(_("Nummer"), unique=True)
    made_on = models.DateField(_("erstellt am"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    made_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    class Meta:
        ordering = ["-number"]

    def __str__(self):
        return _("Zahlliste %(number)s") % {"number": self.number}

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("funding:payment-list", args=[self.pk])


class PaymentLine(models.Model):
    """One payment of a list as it was when the list was made: to whom, how much, what for.

    A struck line (`struck_on`) frees its call for the next list; until then no other list can hold the call.
    """

    payment_list = models.ForeignKey(PaymentList, on_delete=models.PROTECT, related_name="lines")
    drawdown = models.ForeignKey(Drawdown, on_delete=models.PROTECT, related_name="payment_lines")
    number = models.PositiveSmallIntegerField()
    holder = models.CharField(max_length=140)
    iban = models.CharField(max_length=34)
    amount = MoneyField()
    reference = models.CharField(max_length=80)
    purpose = models.CharField(max_length=140)
    struck_on = models.DateField(null=True)
    struck_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    struck_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    strike_reason = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["drawdown"], condition=Q(struck_on__isnull=True), name="funding_drawdown_on_one_list"
            ),
            models.UniqueConstraint(fields=["payment_list", "number"], name="funding_payment_line_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="funding_payment_line_amount_positive"),
            models.CheckConstraint(
                condition=Q(struck_on__isnull=True) | ~Q(strike_reason=""), name="funding_struck_line_has_a_reason"
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return self.payment_list.get_absolute_url()

    @property
    def audit_organisation_id(self) -> int:
        return self.drawdown.audit_organisation_id


class PaymentListDownload(models.Model):
    """When somebody took the file of a list; the file itself is the same every time."""

    payment_list = models.ForeignKey(PaymentList, on_delete=models.PROTECT, related_name="downloads")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return str(self.payment_list)
