"""Reclaims: money that comes back, with interest; every change of what is owed is an entry of its own."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.core.models import StoredFile
from verbund.core.money import MoneyField
from verbund.funding.calculations import references
from verbund.funding.lifecycle import BINDING, OffsetStatus, ReclaimStatus, ReliefStatus
from verbund.funding.models.applications import PERSON, GrantApplication, page_of_file
from verbund.funding.models.hearings import Hearing
from verbund.funding.models.notices import GrantNotice, Notice
from verbund.funding.models.payments import Disbursement, Drawdown


class Reclaim(models.Model):
    """A claim of the Land against a carrier (Erstattung, § 49a VwVfG NRW).

    `principal` is what was paid without right, in euros; zero where only interest is claimed (late use). What is owed
    at the moment is the sum of the `entries` and the interest not booked yet. `parameters` holds what interest was
    computed with (tranches, base rates, surcharges, day count, order of settlement), so that it recomputes for ever.
    `interest_waived_reason`: why no interest is owed if the principal comes back in time (§ 49a (3) sentence 2).
    `told_on`: the day the carrier learned of it (announced, heard, adopted by a decision or notice); until then it is
    the authority's own business.
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
    is_announced = models.BooleanField(_("unaufgefordert angekündigt"), default=False, editable=False)
    told_on = models.DateField(_("dem Träger bekannt seit"), null=True, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    opened_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    reference = models.CharField(  # noqa: DJ001 - unique, and claims of old have none
        _("Verwendungszweck"), max_length=25, unique=True, null=True, editable=False
    )
    disbursement = models.ForeignKey(Disbursement, null=True, on_delete=models.PROTECT, related_name="reclaims")
    interest_from = models.DateField(_("Zinsen ab"), null=True, editable=False)
    interest_until = models.DateField(_("Zinsen bis"), null=True, editable=False)
    interest_from_reason = models.TextField(_("Grund für den Zinsbeginn"), max_length=2000, blank=True, editable=False)
    interest_waived_reason = models.TextField(
        _("Grund für den Zinsverzicht"), max_length=2000, blank=True, editable=False
    )
    amount_interest = MoneyField(_("Zinsen im Bescheid"), default=0, editable=False)
    parameters = models.JSONField(default=dict, editable=False)
    payable_until = models.DateField(_("zahlbar bis"), null=True, editable=False)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    signed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    reminded_on = models.DateField(_("gemahnt am"), null=True, editable=False)
    page_instead = page_of_file

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(principal__gt=0) | Q(principal=0, occasion="LATE_USE"),
                name="funding_reclaim_has_a_principal",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("proposed_by")),
                name="funding_reclaim_four_eyes",
            ),
            models.CheckConstraint(condition=Q(amount_interest__gte=0), name="funding_reclaim_interest_not_negative"),
        ]

    def __str__(self):
        return f"{self.get_occasion_display()}, {self.application}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("funding:reclaim", args=[self.pk])

    @property
    def reference_in_groups(self) -> str:
        """The reference as it is printed and typed into a transfer."""
        return references.in_groups(self.reference or "")

    @property
    def audit_organisation_id(self) -> int:
        return self.application.carrier_id


class ReclaimEntry(models.Model):
    """One change of what a carrier owes, never changed itself: claims are positive, what settles them is negative.

    It counts from `day` on and is known since `entered_on`.
    """

    class Kind(models.TextChoices):
        PRINCIPAL = "PRINCIPAL", _("Hauptforderung")
        INTEREST = "INTEREST", _("Zinsen")
        PAYMENT = "PAYMENT", _("Zahlung")
        OFFSET = "OFFSET", _("Verrechnung")
        WAIVER = "WAIVER", _("Erlass")
        REFUND = "REFUND", _("Erstattung an den Träger")
        CORRECTION = "CORRECTION", _("Berichtigung")

    reclaim = models.ForeignKey(Reclaim, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    amount = MoneyField(_("Betrag"))
    day = models.DateField(_("am"))
    entered_on = models.DateField(_("erfasst am"))
    note = models.CharField(_("Vermerk"), max_length=1000, blank=True)
    receipt = models.ForeignKey("funding.Receipt", null=True, on_delete=models.PROTECT, related_name="entries")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversal")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    recorded_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    recorded_at = models.DateTimeField(auto_now_add=True)
    page_instead = page_of_file

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["PRINCIPAL", "REFUND"], amount__gt=0)
                | Q(kind__in=["PAYMENT", "OFFSET", "WAIVER"], amount__lt=0)
                | (Q(kind__in=["INTEREST", "CORRECTION"]) & ~Q(amount=0)),
                name="funding_reclaim_entry_has_its_sign",
            ),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True) | Q(kind="CORRECTION", amount__gt=0),
                name="funding_reclaim_entry_reverses_as_correction",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount}"

    @property
    def application(self):
        return self.reclaim.application

    @property
    def audit_organisation_id(self) -> int:
        return self.reclaim.audit_organisation_id


class ReclaimNotice(Notice):
    """The notice that claims money back (Erstattungsbescheid), stored unchanged as PDF."""

    reclaim = models.OneToOneField(Reclaim, on_delete=models.PROTECT, related_name="issued_notice")
    amount_principal = MoneyField(_("Hauptforderung"))
    amount_interest = MoneyField(_("Zinsen"))
    payable_until = models.DateField(_("zahlbar bis"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="ISSUED") | Q(notified_on__isnull=False, appeal_until__isnull=False),
                name="funding_reclaim_notice_was_notified",
            ),
        ]

    def __str__(self):
        return str(self.reclaim)

    def get_absolute_url(self):
        return self.reclaim.get_absolute_url()

    @property
    def application(self):
        return self.reclaim.application

    @property
    def is_binding(self) -> bool:
        """Whether the carrier must pay on it: it was notified, and no action suspends it (§ 80 (1) VwGO)."""
        return self.status in BINDING

    @property
    def audit_organisation_id(self) -> int:
        return self.reclaim.audit_organisation_id


class ReclaimReminder(models.Model):
    """A letter that asks for what is still open after its day of payment: the first reminds, the next ones dun."""

    reclaim = models.ForeignKey(Reclaim, on_delete=models.PROTECT, related_name="reminders")
    number = models.PositiveSmallIntegerField(_("Nummer"))
    sent_on = models.DateField(_("vom"))
    amount_principal = MoneyField(_("Hauptforderung"))
    amount_interest = MoneyField(_("Zinsen"))
    payable_until = models.DateField(_("zahlbar bis"))
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    recorded_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["reclaim", "number"], name="funding_reclaim_reminder_number_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, payable_until__gt=F("sent_on"), amount_principal__gte=0)
                & Q(amount_interest__gte=0),
                name="funding_reclaim_reminder_asks_for_later",
            ),
        ]

    def __str__(self):
        return f"{self.kind_in_words}, {self.reclaim}"

    @property
    def kind_in_words(self) -> str:
        return str(_("Zahlungserinnerung") if self.number == 1 else _("Mahnung"))

    @property
    def amount(self):
        return self.amount_principal + self.amount_interest

    @property
    def audit_organisation_id(self) -> int:
        return self.reclaim.audit_organisation_id


class ReclaimRelief(models.Model):
    """More time for a claim (Stundung) or less of it (Erlass): proposed by one person, granted by another."""

    class Kind(models.TextChoices):
        DEFERRAL = "DEFERRAL", _("Stundung")
        WAIVER = "WAIVER", _("Erlass")

    reclaim = models.ForeignKey(Reclaim, on_delete=models.PROTECT, related_name="reliefs")
    kind = models.CharField(_("Art"), max_length=8, choices=Kind)
    status = models.CharField(max_length=8, choices=ReliefStatus, default=ReliefStatus.PROPOSED, editable=False)
    amount = MoneyField(_("Betrag"), null=True, blank=True)
    until = models.DateField(_("gestundet bis"), null=True, blank=True)
    bears_interest = models.BooleanField(_("mit Zinsen"), default=True)
    reason = models.TextField(_("Grund"), max_length=4000)
    granted_on = models.DateField(null=True, editable=False)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    signed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="DEFERRAL", until__isnull=False, amount__isnull=True)
                | Q(kind="WAIVER", until__isnull=True, amount__gt=0),
                name="funding_relief_says_how_much",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("proposed_by")), name="funding_relief_four_eyes"
            ),
            models.UniqueConstraint(
                fields=["reclaim"], condition=Q(status="PROPOSED"), name="funding_relief_one_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.reclaim}"

    @property
    def audit_organisation_id(self) -> int:
        return self.reclaim.audit_organisation_id


class Offset(models.Model):
    """A claim settled from a call for money (Verrechnung): whoever orders the payment signs it as second person."""

    reclaim = models.ForeignKey(Reclaim, on_delete=models.PROTECT, related_name="offsets")
    drawdown = models.OneToOneField(Drawdown, on_delete=models.PROTECT, related_name="offset")
    status = models.CharField(max_length=7, choices=OffsetStatus, default=OffsetStatus.PLANNED, editable=False)
    amount = MoneyField(_("Betrag"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    page_instead = page_of_file

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="funding_offset_amount_positive")]

    def __str__(self):
        return f"{self.reclaim.reference_in_groups} {self.amount}"

    @property
    def application(self):
        return self.reclaim.application

    @property
    def audit_organisation_id(self) -> int:
        return self.reclaim.audit_organisation_id
