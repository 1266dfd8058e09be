"""How often forms without sign-in are sent."""

from django.db import models


class SentForms(models.Model):
    """How many forms without sign-in one sender sent in an hour. `sender` is a keyed hash, deleted after a day."""

    purpose = models.CharField(max_length=20)
    sender = models.CharField(max_length=64)
    hour = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-hour"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "sender", "hour"], name="core_sent_forms_once_an_hour")
        ]

    def __str__(self):
        return f"{self.purpose}, {self.hour:%d.%m.%Y %H}: {self.count}"
