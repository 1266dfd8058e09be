"""Keeping entries true: questions to partners with their answers, reports of readers, and the rules of both."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verbund.core.models.dated_numbers import DatedNumber
from verbund.directory.models import Partner
from verbund.offers.freshness.lifecycle import UNDER_WAY, RequestStatus
from verbund.offers.models.offers import Offer


class FreshnessRule(DatedNumber):
    """A number that applies from a day on: how long an entry holds, how soon somebody is reminded or answered."""

    class What(models.TextChoices):
        MONTHS_WITH_HOURS = "MONTHS_WITH_HOURS", _("Einträge mit Zeiten gelten als geprüft (Monate)")
        MONTHS_OTHER = "MONTHS_OTHER", _("andere Einträge gelten als geprüft (Monate)")
        LINK_DAYS = "LINK_DAYS", _("ein Link gilt (Tage)")
        REMINDER_DAYS = "REMINDER_DAYS", _("bis zur Erinnerung und dann bis zur Übergabe (Tage)")
        ANSWER_WORKING_DAYS = "ANSWER_WORKING_DAYS", _("das Zentrum sieht Rückmeldungen an (Arbeitstage)")

    what = models.CharField(max_length=20, choices=What)

    class Meta(DatedNumber.Meta):
        constraints = [
            models.UniqueConstraint(fields=["what", "valid_from"], name="offers_freshness_rule_once_a_day"),
            models.CheckConstraint(condition=Q(value__gte=1), name="offers_freshness_rule_positive"),
        ]


class ConfirmationRequest(models.Model):
    """A question to a partner whether its entries still hold; without an address it is the centre's from the start."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="confirmation_requests")
    status = models.CharField(max_length=11, choices=RequestStatus, default=RequestStatus.OPEN, editable=False)
    recipient = models.EmailField(max_length=254, blank=True)
    asked_on = models.DateField(_("gefragt am"))
    reminded_on = models.DateField(_("erinnert am"), null=True)
    handed_over_on = models.DateField(_("übergeben am"), null=True)

    class Meta:
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner"], condition=Q(status__in=sorted(UNDER_WAY)), name="offers_one_question_at_a_time"
            )
        ]

    def __str__(self):
        return f"{self.partner}, {self.asked_on:%d.%m.%Y}"

    @property
    def audit_organisation_id(self) -> int:
        return self.partner_id


class ConfirmationLink(models.Model):
    """The link of one mail. Only the hash of its token is stored; `valid_until` is its last day."""

    request = models.ForeignKey(ConfirmationRequest, on_delete=models.CASCADE, related_name="links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    valid_until = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.request_id}, {self.valid_until:%d.%m.%Y}"


class ConfirmationEntry(models.Model):
    """One entry a partner was asked about, its newest answer, and what the centre made of it.

    `checked_on_before` and `checked_how_before` are the check the entry had when it was asked about.
    """

    class Answer(models.TextChoices):
        CORRECT = "CORRECT", _("stimmt")
        CHANGED = "CHANGED", _("hat sich geändert")
        GONE = "GONE", _("gibt es nicht mehr")

    class Outcome(models.TextChoices):
        TAKEN_OVER = "TAKEN_OVER", _("eingearbeitet")
        NOT_TAKEN = "NOT_TAKEN", _("nicht übernommen")
        ENDED = "ENDED", _("Angebot beendet")
        GOES_ON = "GOES_ON", _("besteht weiter")
        CONFIRMED = "CONFIRMED", _("telefonisch bestätigt")

    request = models.ForeignKey(ConfirmationRequest, on_delete=models.CASCADE, related_name="entries")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="confirmations")
    checked_on_before = models.DateField(null=True)
    checked_how_before = models.CharField(max_length=7, blank=True)
    answer = models.CharField(max_length=7, choices=Answer, blank=True)
    note = models.CharField(_("was sich geändert hat"), max_length=1000, blank=True)
    answered_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        ordering = ["offer__title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "offer"], name="offers_asked_once_about_an_entry"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="offers_answer_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_on__isnull=True) | (~Q(outcome="") & Q(settled_on__isnull=False)),
                name="offers_outcome_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["answer", "settled_on"])]

    def __str__(self):
        return f"{self.offer}: {self.get_answer_display()}"

    @property
    def audit_organisation_id(self) -> int:
        return self.request.partner_id


class ReaderReport(models.Model):
    """What readers say is wrong with an entry, without a name; the same reason on the same day only counts up."""

    class Reason(models.TextChoices):
        CLOSED = "CLOSED", _("Das gibt es nicht mehr oder es war geschlossen")
        TIME = "TIME", _("Die Zeit stimmt nicht")
        PLACE = "PLACE", _("Der Ort stimmt nicht")
        PHONE = "PHONE", _("Telefon oder E-Mail stimmt nicht")
        OTHER = "OTHER", _("Etwas anderes")

    class Outcome(models.TextChoices):
        CORRECTED = "CORRECTED", _("Eintrag berichtigt")
        WAS_RIGHT = "WAS_RIGHT", _("Eintrag stimmt")
        NOT_USABLE = "NOT_USABLE", _("nicht verwertbar")

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=6, choices=Reason)
    note = models.TextField(_("Hinweis"), max_length=2000, blank=True)
    reported_on = models.DateField()
    count = models.PositiveIntegerField(default=1)
    settled_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        ordering = ["reported_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "reason", "reported_on"],
                condition=Q(settled_on__isnull=True),
                name="offers_open_report_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_on__isnull=True) | (~Q(outcome="") & Q(settled_on__isnull=False)),
                name="offers_report_outcome_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["settled_on", "offer"])]

    def __str__(self):
        return f"{self.offer}: {self.get_reason_display()}"

    @property
    def audit_organisation_id(self) -> int:
        return self.offer.partner_id
