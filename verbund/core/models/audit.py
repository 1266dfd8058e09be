"""The audit trail: one hash chain per organisation, personal values encrypted per person."""

from django.conf import settings
from django.db import models


class AuditChain(models.Model):
    """The head of one organisation's chain; its row is locked while an entry is appended."""

    organisation_id = models.BigIntegerField(unique=True)
    sequence = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)


class AuditEntry(models.Model):
    """One act: who, in which function, for whom, when, on what, before and after."""

    chain = models.ForeignKey(AuditChain, on_delete=models.PROTECT, related_name="entries")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    target_type = models.CharField(max_length=80)
    target_id = models.CharField(max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_label = models.CharField(max_length=200)
    membership_id = models.BigIntegerField(null=True)
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changes = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "sequence"]
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="core_audit_sequence_once")]
        indexes = [models.Index(fields=["target_type", "target_id"])]


class SubjectKey(models.Model):
    """The key with which one person's values in the trail are encrypted; destroying it erases them."""

    subject = models.CharField(max_length=80, unique=True)
    key = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)
