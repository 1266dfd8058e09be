"""Mails waiting to leave, and messages in a person's inbox."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxMail(models.Model):
    """A mail written in the transaction of the act it tells about; the worker sends it after the commit.

    `key` names the occasion: the same occasion never makes two mails. `claimed_until` keeps a second worker away while
    one is sending. A mail is waiting until it has `sent_at` or, after too many tries, `given_up_at`.
    """

    key = models.CharField(max_length=200, unique=True)
    recipient = models.CharField(_("Empfänger"), max_length=254)
    subject = models.CharField(_("Betreff"), max_length=250)
    body = models.TextField(_("Text"), max_length=20_000)
    created_at = models.DateTimeField(auto_now_add=True)
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                name="core_outbox_waiting",
                condition=models.Q(sent_at__isnull=True, given_up_at__isnull=True),
            )
        ]

    def __str__(self):
        return self.subject


class InboxMessage(models.Model):
    """A short message to a person who signs in, with the page it is about."""

    key = models.CharField(max_length=200)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="inbox_messages")
    text = models.CharField(max_length=500)
    url = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="core_inbox_message_once")]
        indexes = [models.Index(fields=["user", "-created_at"], name="core_inbox_of_user")]

    def __str__(self):
        return self.text
