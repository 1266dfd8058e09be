"""When somebody is away, and who stands in for them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Absence(models.Model):
    """A person is away from one day to another, both included; why is nobody's business and is not stored."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    valid_from = models.DateField(_("von"))
    valid_until = models.DateField(_("bis"))

    class Meta:
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="directory_absence_period_in_order"
            )
        ]

    def __str__(self):
        return f"{self.valid_from:%d.%m.%Y}–{self.valid_until:%d.%m.%Y}"

    audit_organisation_id = 0
