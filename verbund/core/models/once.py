"""Tokens of forms that have acted."""

from django.db import models


class UsedToken(models.Model):
    """The token of a form that has acted, and where its sender was sent."""

    token = models.CharField(max_length=64)
    path = models.CharField(max_length=500)
    location = models.CharField(max_length=2000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "path"], name="core_token_acts_once")]

    def __str__(self):
        return self.path
