"""Acts on many records, one after the other: what was asked for, and what came of each."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verbund.directory.models import Membership
from verbund.funding.models.applications import PERSON


class BulkRun(models.Model):
    """One act on several records, for one person in one function; each record is a step of its own (`BulkItem`)."""

    class Kind(models.TextChoices):
        TAKE_OVER = "TAKE_OVER", _("Anträge übernehmen")
        REMIND = "REMIND", _("an überfällige Nachforderungen erinnern")
        NOTIFY = "NOTIFY", _("Bekanntgabe festhalten")
        NOTIFY_RECLAIM = "NOTIFY_RECLAIM", _("Bekanntgabe von Erstattungsbescheiden festhalten")
        DISBURSE = "DISBURSE", _("Auszahlungen festhalten")

    kind = models.CharField(max_length=14, choices=Kind)
    on = models.DateField()
    options = models.JSONField(default=dict)
    membership = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    started_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return self.get_kind_display()

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("funding:bulk-run", args=[self.pk])


class BulkItem(models.Model):
    """One record of a run: still to do, done, or refused with the sentence that says why."""

    class Outcome(models.TextChoices):
        PENDING = "PENDING", _("steht noch aus")
        DONE = "DONE", _("erledigt")
        REFUSED = "REFUSED", _("nicht möglich")

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    subject_id = models.PositiveBigIntegerField()
    label = models.CharField(max_length=300)
    url = models.CharField(max_length=200)
    outcome = models.CharField(max_length=7, choices=Outcome, default=Outcome.PENDING)
    sentence = models.CharField(max_length=1000, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "subject_id"], name="funding_bulk_item_once"),
            models.CheckConstraint(
                condition=Q(outcome="PENDING", done_at__isnull=True) | Q(done_at__isnull=False),
                name="funding_bulk_item_says_when",
            ),
        ]

    def __str__(self):
        return self.label
