"""Invitations to a function: a one-time link by mail."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.accounts.roles import Role
from verbund.directory.models.memberships import Membership
from verbund.directory.models.organisations import Organisation


class Invitation(models.Model):
    """An invitation to a function in an organisation. Only the hash of the mailed link is kept.

    It is open until it is accepted, revoked, or seven days have passed; after that the link shows nothing.
    """

    email = models.EmailField(max_length=254)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(_("Funktion"), max_length=24, choices=Role)
    valid_from = models.DateField(_("gültig von"))
    valid_until = models.DateField(_("gültig bis"), null=True, blank=True)
    suggested_name = models.CharField(max_length=120, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    membership = models.OneToOneField(Membership, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="directory_invitation_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="directory_invitation_accepted_or_revoked",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.organisation}"

    @property
    def audit_organisation_id(self) -> int:
        return self.organisation_id

    def is_open(self, now) -> bool:
        """Whether the mailed link still works at a moment."""
        return self.accepted_at is None and self.revoked_at is None and now < self.expires_at
