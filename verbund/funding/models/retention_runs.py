"""Runs that delete files of grants: proposed, offered to the archive, approved by a second person, carried out."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.funding.lifecycle import RetentionRunStatus
from verbund.funding.models.applications import PERSON, GrantApplication


class RetentionRun(models.Model):
    """A proposal to delete files whose period is over, what the archive said about it, and who approved it.

    The archive is asked once for all files of a run; which ones it takes stands at each (`RetentionItem`).
    """

    status = models.CharField(
        max_length=8, choices=RetentionRunStatus, default=RetentionRunStatus.PROPOSED, editable=False, db_index=True
    )
    proposed_on = models.DateField(_("vorgeschlagen am"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    offered_on = models.DateField(_("dem Archiv angeboten am"), null=True)
    answered_on = models.DateField(_("Antwort des Archivs vom"), null=True)
    archive_note = models.CharField(_("Zeichen oder Vermerk"), max_length=300, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    answered_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    handed_over_on = models.DateField(_("dem Archiv übergeben am"), null=True)
    handed_over_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    handed_over_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    approved_on = models.DateField(_("freigegeben am"), null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    approved_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    drop_reason = models.CharField(_("Grund"), max_length=1000, blank=True)
    finished_at = models.DateTimeField(null=True)
    audit_organisation_id = 0

    class Meta:
        verbose_name = _("Löschlauf")
        verbose_name_plural = _("Löschläufe")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="funding_retention_run_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | Q(offered_on__isnull=False, answered_on__isnull=False),
                name="funding_retention_run_asked_the_archive",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(offered_on__isnull=False, answered_on__gte=F("offered_on")),
                name="funding_retention_run_offers_before_the_answer",
            ),
        ]

    def __str__(self):
        return _("Löschlauf %(number)d") % {"number": self.pk}

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("funding:retention-run", args=[self.pk])


class RetentionItem(models.Model):
    """One file of a run: since when it may go and by which periods, and what became of it.

    `contents` counts what it held, by kind, when the run was proposed; `deleted` what really went. A file is at most
    once in a run that is not over, and is deleted at most once.
    """

    class Outcome(models.TextChoices):
        PENDING = "PENDING", _("steht noch aus")
        DELETED = "DELETED", _("gelöscht")
        KEPT = "KEPT", _("nicht gelöscht")

    run = models.ForeignKey(RetentionRun, on_delete=models.PROTECT, related_name="items")
    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="retention_items")
    number = models.PositiveSmallIntegerField()
    goes_on = models.DateField(_("Frist abgelaufen am"))
    rules = models.JSONField(_("Fristen"), default=list)
    contents = models.JSONField(default=dict)
    is_for_archive = models.BooleanField(_("vom Archiv übernommen"), default=False)
    outcome = models.CharField(max_length=7, choices=Outcome, default=Outcome.PENDING)
    sentence = models.CharField(max_length=1000, blank=True)
    deleted = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Akte eines Löschlaufs")
        verbose_name_plural = _("Akten eines Löschlaufs")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(outcome__in=["PENDING", "DELETED"]),
                name="funding_file_in_one_retention_run",
            ),
            models.UniqueConstraint(fields=["run", "number"], name="funding_retention_item_number_once"),
            models.CheckConstraint(
                condition=Q(outcome="PENDING", done_at__isnull=True)
                | Q(outcome__in=["DELETED", "KEPT"], done_at__isnull=False),
                name="funding_retention_item_says_when",
            ),
        ]

    def __str__(self):
        return str(self.application)

    @property
    def audit_organisation_id(self) -> int:
        return self.application.carrier_id
