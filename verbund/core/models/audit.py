"""The audit trail: one hash chain per organisation, personal values encrypted per person."""

from django.conf import settings
from django.db import models


class AppendOnly(RuntimeError):
    """An entry of the audit trail was to be changed or removed."""

    def __init__(self):
        super().__init__("The audit trail is append-only.")


class AppendOnlyQuerySet(models.QuerySet):
    """A queryset that can read and add, nothing else."""

    def update(self, **_values):
        raise AppendOnly

    def delete(self):
        raise AppendOnly

    def bulk_update(self, *_args, **_kwargs):
        raise AppendOnly


class AuditChain(models.Model):
    """The head of one organisation's chain (0: the platform); its row is locked while an entry is appended."""

    organisation_id = models.BigIntegerField(primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    def __str__(self):
        return f"{self.organisation_id}/{self.sequence}"


class AuditEntry(models.Model):
    """One act: who, in which function, for whom, when, on what, before and after.

    `changes` maps field names to [before, after], each a canonical text, None, or an encrypted value
    (`{"subject", "cipher"}`). Triggers of the database refuse what the methods here refuse.
    """

    chain = models.ForeignKey(AuditChain, on_delete=models.PROTECT, related_name="entries")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    target_type = models.CharField(max_length=80)
    target_id = models.CharField(max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_label = models.CharField(max_length=300)
    membership_id = models.BigIntegerField(null=True)
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changes = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["chain", "sequence"]
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="core_audit_sequence_once")]
        indexes = [models.Index(fields=["target_type", "target_id"], name="core_audit_by_target")]

    def __str__(self):
        return f"{self.chain_id}/{self.sequence} {self.verb}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly


class SubjectKey(models.Model):
    """The key with which one person's values in the trail are encrypted; destroying it erases them."""

    subject = models.CharField(max_length=120, unique=True)
    key = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    def __str__(self):
        return self.subject
