"""Who belongs to which organisation, in which function, since when; and who stands in for whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.accounts.roles import Role
from verbund.directory.models.absences import Absence
from verbund.directory.models.organisations import Organisation


class Membership(models.Model):
    """A person's function in an organisation for a time, both days included. Rights begin and end with it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("Funktion"), max_length=24, choices=Role)
    valid_from = models.DateField(_("gültig von"))
    valid_until = models.DateField(_("gültig bis"), null=True, blank=True)

    class Meta:
        ordering = ["organisation__name", "role"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="directory_membership_period_in_order",
            )
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.organisation}"

    @property
    def audit_organisation_id(self) -> int:
        return self.organisation_id


class DeputyAppointment(models.Model):
    """Who stands in for a membership in a period. Being named bars nobody; each act under it counts for both."""

    principal = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="deputyships")
    valid_from = models.DateField(_("gültig von"))
    valid_until = models.DateField(_("gültig bis"))
    absence = models.ForeignKey(
        Absence, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="appointments"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="directory_deputy_period_in_order"
            )
        ]

    def __str__(self):
        return _("%(deputy)s für %(function)s") % {"deputy": self.deputy, "function": self.principal}

    @property
    def audit_organisation_id(self) -> int:
        return self.principal.organisation_id
