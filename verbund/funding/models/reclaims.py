"""Reclaims: money that comes back, with interest; every change of what is owed is an entry of its own."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verbund.core.money import MoneyField
from verbund.funding.lifecycle import ReclaimStatus
from verbund.funding.models.applications import PERSON, GrantApplication
from verbund.funding.models.hearings import Hearing
from verbund.funding.models.notices import GrantNotice


class Reclaim(models.Model):
    """A claim of the Land against a carrier (Erstattung, § 49a VwVfG NRW).

    `principal` is what was paid without right, in euros; zero where only interest is claimed (late use). What is owed
    at the moment is the sum of the `entries`.
    """

    class Occasion(models.TextChoices):
        AMENDMENT = "AMENDMENT", _("Änderung des Bescheids")
        RESCISSION = "RESCISSION", _("Rücknahme")
        REVOCATION = "REVOCATION", _("Widerruf")
        PROOF = "PROOF", _("Kürzung beim Verwendungsnachweis")
        UNUSED = "UNUSED", _("nicht verbrauchte Mittel")
        LATE_USE = "LATE_USE", _("verspätete Verwendung")

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="reclaims")
    notice = models.ForeignKey(GrantNotice, null=True, on_delete=models.PROTECT, related_name="reclaims")
    hearing = models.ForeignKey(Hearing, null=True, on_delete=models.PROTECT, related_name="reclaims")
    occasion = models.CharField(_("Anlass"), max_length=10, choices=Occasion)
    status = models.CharField(
        max_length=9, choices=ReclaimStatus, default=ReclaimStatus.SUSPECTED, editable=False, db_index=True
    )
    status_since = models.DateField(editable=False)
    principal = MoneyField(_("Hauptforderung"))
    reason = models.TextField(_("Grund"), max_length=4000)
    arose_on = models.DateField(_("entstanden am"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    opened_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(principal__gt=0) | Q(principal=0, occasion="LATE_USE"),
                name="funding_reclaim_has_a_principal",
            ),
        ]

    def __str__(self):
        return f"{self.get_occasion_display()}, {self.application}"

    @property
    def audit_organisation_id(self) -> int:
        return self.application.carrier_id


class ReclaimEntry(models.Model):
    """One change of what a carrier owes, never changed itself: claims are positive, what settles them is negative."""

    class Kind(models.TextChoices):
        PRINCIPAL = "PRINCIPAL", _("Hauptforderung")
        INTEREST = "INTEREST", _("Zinsen")
        PAYMENT = "PAYMENT", _("Zahlung")
        OFFSET = "OFFSET", _("Verrechnung")
        WAIVER = "WAIVER", _("Erlass")
        CORRECTION = "CORRECTION", _("Berichtigung")

    reclaim = models.ForeignKey(Reclaim, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    amount = MoneyField(_("Betrag"))
    day = models.DateField(_("am"))
    note = models.CharField(_("Vermerk"), max_length=1000, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    recorded_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["PRINCIPAL", "INTEREST"], amount__gt=0)
                | Q(kind__in=["PAYMENT", "OFFSET", "WAIVER"], amount__lt=0)
                | (Q(kind="CORRECTION") & ~Q(amount=0)),
                name="funding_reclaim_entry_has_its_sign",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount}"

    @property
    def audit_organisation_id(self) -> int:
        return self.reclaim.audit_organisation_id
