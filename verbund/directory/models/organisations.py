"""Organisations and their names over time."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """A body that takes part in the network. `name` is the one of today; earlier ones are `OrganisationName` rows.

    `parent` is the body it belongs to: the carrier of a centre, the regional government of a division.
    """

    class Kind(models.TextChoices):
        CARRIER = "CARRIER", _("Träger eines Zentrums")
        CENTRE = "CENTRE", _("Kommunales Integrationszentrum")
        GRANTING_AUTHORITY = "GRANTING_AUTHORITY", _("Bewilligungsbehörde")
        COORDINATION_UNIT = "COORDINATION_UNIT", _("Koordinierungsstelle")
        MINISTRY = "MINISTRY", _("Ministerium")
        REGIONAL_GOVERNMENT = "REGIONAL_GOVERNMENT", _("Bezirksregierung")
        PROVIDER = "PROVIDER", _("Träger von Angeboten")
        SCHOOL_AUTHORITY = "SCHOOL_AUTHORITY", _("Schulamt")
        SCHOOL = "SCHOOL", _("Schule")
        OPERATOR = "OPERATOR", _("Betrieb der Plattform")

    class Field(models.TextChoices):
        """The field of responsibility of coordination units and ministries."""

        ALL = "ALL", _("alle Bereiche")
        INTEGRATION = "INTEGRATION", _("Integration")
        EDUCATION = "EDUCATION", _("Schule und Bildung")

    kind = models.CharField(max_length=20, choices=Kind, db_index=True)
    code = models.CharField(max_length=30, unique=True, help_text=_("feste Kennung, zum Beispiel KI-05122"))
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    field = models.CharField(max_length=12, choices=Field, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    period_note = models.CharField(max_length=200, blank=True, help_text=_("wie genau der Zeitraum belegt ist"))
    address = models.TextField(blank=True, max_length=500)
    source = models.CharField(max_length=300, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="directory_organisation_period_in_order",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def audit_organisation_id(self) -> int:
        return self.pk


class OrganisationName(models.Model):
    """The name an organisation bore in a period, both days included; open ends are None.

    `mark` (A to E) says how sure the days are; the name itself stands in the source.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    mark = models.CharField(max_length=1, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["organisation", F("valid_from").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="directory_name_period_in_order",
            )
        ]

    def __str__(self):
        return self.name
