"""Carriers, their centres, and the life of a centre."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.directory.models.areas import District, Municipality
from verbund.directory.models.organisations import Organisation


class Carrier(models.Model):
    """The Kreis, Städteregion or Stadt that applies for its centre's grants and is liable for them."""

    class Kind(models.TextChoices):
        """The two kinds the guidelines know; the Städteregion counts as a Kreis."""

        CITY = "CITY", _("Stadt")
        COUNTY = "COUNTY", _("Kreis")

    organisation = models.OneToOneField(Organisation, primary_key=True, on_delete=models.PROTECT, related_name="carrier")
    kind = models.CharField(max_length=6, choices=Kind)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="carriers")
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["organisation__name"]

    def __str__(self):
        return self.organisation.name

    @property
    def audit_organisation_id(self) -> int:
        return self.organisation_id


class Centre(models.Model):
    """A Kommunales Integrationszentrum. `key` is the official key of its area (05334002 for the city of Aachen)."""

    organisation = models.OneToOneField(Organisation, primary_key=True, on_delete=models.PROTECT, related_name="centre")
    key = models.CharField(max_length=8, unique=True)
    carrier = models.ForeignKey(Carrier, on_delete=models.PROTECT, related_name="centres")
    seat = models.CharField(max_length=100)
    population = models.PositiveIntegerField()
    population_is_official = models.BooleanField()
    municipality_count = models.PositiveSmallIntegerField()
    started_from_year = models.PositiveSmallIntegerField()
    started_to_year = models.PositiveSmallIntegerField()
    started_note = models.CharField(max_length=200)
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)

    class Meta:
        ordering = ["organisation__name"]

    def __str__(self):
        return self.organisation.name

    @property
    def audit_organisation_id(self) -> int:
        return self.organisation_id

    @property
    def start_is_evidenced(self) -> bool:
        """Whether the first year is known, not only a range of years."""
        return self.started_from_year == self.started_to_year


class LifeStep(models.Model):
    """A step in a centre's life on a day or in a range of days, with body, result and source."""

    class Kind(models.TextChoices):
        PREDECESSOR = "PREDECESSOR", _("Vorläufer")
        MANDATE = "MANDATE", _("Auftrag")
        RESOLUTION = "RESOLUTION", _("Beschluss")
        APPLICATION = "APPLICATION", _("Antrag")
        NOTICE = "NOTICE", _("Bescheid")
        START_PHASE = "START_PHASE", _("Startphase")
        RUNNING = "RUNNING", _("in Betrieb")
        AWARD = "AWARD", _("Auszeichnung")

    class Evidence(models.TextChoices):
        EVIDENCED = "EVIDENCED", _("belegt")
        RANGE = "RANGE", _("nur als Zeitraum bekannt")

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="life_steps")
    kind = models.CharField(max_length=12, choices=Kind)
    body = models.CharField(_("Gremium oder Stelle"), max_length=200, blank=True)
    day_from = models.DateField()
    day_until = models.DateField()
    evidence = models.CharField(max_length=9, choices=Evidence)
    result = models.CharField(max_length=400)
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day_from", "day_until", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(day_until__gte=models.F("day_from")), name="directory_life_step_in_order"
            )
        ]

    def __str__(self):
        return self.result

    @property
    def audit_organisation_id(self) -> int:
        return self.centre_id
