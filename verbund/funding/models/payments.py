"""Recipient accounts, calls for money, and what was paid."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.core.money import MoneyField
from verbund.directory.models import Carrier
from verbund.funding.lifecycle import AccountStatus, DrawdownStatus
from verbund.funding.models.applications import PERSON, page_of_file
from verbund.funding.models.notices import GrantNotice


class RecipientAccount(models.Model):
    """The bank account of a carrier; a new one is proposed by one person and confirmed by another."""

    carrier = models.ForeignKey(Carrier, on_delete=models.PROTECT, related_name="accounts")
    status = models.CharField(max_length=9, choices=AccountStatus, default=AccountStatus.PROPOSED, editable=False)
    holder = models.CharField(_("Kontoinhaber"), max_length=140)
    iban = models.CharField(_("IBAN"), max_length=34)
    bank_name = models.CharField(_("Bank"), max_length=140, blank=True, editable=False)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    confirmed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    confirmed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["carrier"], condition=Q(status="CONFIRMED"), name="funding_one_account_in_use"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="funding_account_four_eyes",
            ),
        ]

    def __str__(self):
        return f"{self.iban[:4]} … {self.iban[-4:]}"

    @property
    def audit_organisation_id(self) -> int:
        return self.carrier_id


class Drawdown(models.Model):
    """A carrier's call for money: verified by one person of the authority, ordered by another, then paid."""

    notice = models.ForeignKey(GrantNotice, on_delete=models.PROTECT, related_name="drawdowns")
    status = models.CharField(max_length=9, choices=DrawdownStatus, default=DrawdownStatus.SUBMITTED, editable=False)
    amount = MoneyField(_("Betrag"))
    account = models.ForeignKey(RecipientAccount, on_delete=models.PROTECT, related_name="drawdowns")
    requested_on = models.DateField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    requested_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    verified_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    verified_on = models.DateField(null=True)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    ordered_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    ordered_on = models.DateField(null=True)
    rejection_reason = models.TextField(max_length=2000, blank=True)
    page_instead = page_of_file

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["status"])]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="funding_drawdown_amount_positive"),
            models.CheckConstraint(
                condition=Q(ordered_by__isnull=True) | ~Q(ordered_by=F("verified_by")),
                name="funding_drawdown_four_eyes",
            ),
        ]

    def __str__(self):
        return f"{self.notice} {self.amount}"

    def get_absolute_url(self):
        return self.notice.get_absolute_url()

    @property
    def application(self):
        return self.notice.application

    @property
    def audit_organisation_id(self) -> int:
        return self.notice.audit_organisation_id


class Disbursement(models.Model):
    """The payment of an ordered drawdown, as the cash office reports it. Each drawdown is paid once.

    `amount` is what the grant was paid; `amount_offset` of it settled a claim and never reached the account.
    """

    drawdown = models.OneToOneField(Drawdown, on_delete=models.PROTECT, related_name="disbursement")
    amount = MoneyField()
    paid_on = models.DateField(_("ausgezahlt am"))
    amount_offset = MoneyField(_("davon verrechnet"), default=0)
    reference = models.CharField(_("Kassenzeichen"), max_length=60)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    recorded_at = models.DateTimeField(auto_now_add=True)
    page_instead = page_of_file

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_offset__gte=0) & Q(amount_offset__lte=F("amount")),
                name="funding_disbursement_offset_within_amount",
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def amount_transferred(self):
        """What really went to the account: the amount less what was offset against a claim."""
        return self.amount - self.amount_offset

    @property
    def application(self):
        return self.drawdown.notice.application

    @property
    def audit_organisation_id(self) -> int:
        return self.drawdown.audit_organisation_id


class UseOfFunds(models.Model):
    """What a carrier used of a payment and when (§ 49a (4) VwVfG NRW)."""

    disbursement = models.ForeignKey(Disbursement, on_delete=models.PROTECT, related_name="uses")
    used_on = models.DateField(_("verwendet am"))
    amount = MoneyField(_("Betrag"))
    note = models.CharField(_("Wofür"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    recorded_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["used_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="funding_use_amount_positive")]

    def __str__(self):
        return f"{self.used_on:%d.%m.%Y} {self.amount}"

    @property
    def audit_organisation_id(self) -> int:
        return self.disbursement.audit_organisation_id
