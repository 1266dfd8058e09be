"""Bodies of the municipalities, and what they were called when."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BodyName(models.Model):
    """The name a body of the municipalities bore in a period, both days included; open ends are None.

    Without a `carrier` it is the name by law, which holds where a carrier has none of its own.
    """

    class Body(models.TextChoices):
        INTEGRATION_COUNCIL = "INTEGRATION_COUNCIL", _("Integrationsrat")

    body = models.CharField(max_length=20, choices=Body)
    carrier = models.ForeignKey(
        "directory.Carrier", null=True, blank=True, on_delete=models.CASCADE, related_name="body_names"
    )
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = [models.F("valid_from").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="directory_body_period_in_order",
            )
        ]

    def __str__(self):
        return self.name
