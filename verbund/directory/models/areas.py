"""Areas with their official keys."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class District(models.Model):
    """A Kreis, kreisfreie Stadt or the Städteregion as an area (53 in North Rhine-Westphalia)."""

    class Kind(models.TextChoices):
        CITY = "CITY", _("kreisfreie Stadt")
        COUNTY = "COUNTY", _("Kreis")
        REGION = "REGION", _("Städteregion")

    ags = models.CharField(_("amtlicher Schlüssel"), max_length=5, primary_key=True)
    name = models.CharField(max_length=100)
    display_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=6, choices=Kind)
    region = models.CharField(_("Regierungsbezirk"), max_length=20, db_index=True)
    nuts3 = models.CharField(max_length=5)
    seat = models.CharField(max_length=100)
    population = models.PositiveIntegerField()
    population_on = models.DateField()
    area_km2 = models.DecimalField(max_digits=8, decimal_places=2)
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.display_name


class Municipality(models.Model):
    """A Gemeinde (396). `population_estimate` is official only where `population_is_official`."""

    ags = models.CharField(_("amtlicher Schlüssel"), max_length=8, primary_key=True)
    name = models.CharField(max_length=100, db_index=True)
    kind = models.CharField(max_length=30)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="municipalities")
    population_estimate = models.PositiveIntegerField()
    population_is_official = models.BooleanField()
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)

    class Meta:
        ordering = ["name", "ags"]

    def __str__(self):
        return self.name


class Postcode(models.Model):
    """A postcode in a municipality, with a point for "near me". `is_primary` marks the main one of several towns."""

    code = models.CharField(_("Postleitzahl"), max_length=5, db_index=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="postcodes")
    is_primary = models.BooleanField()
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)

    class Meta:
        ordering = ["code", "-is_primary"]
        constraints = [
            models.UniqueConstraint(fields=["code", "municipality"], name="directory_postcode_once_per_town")
        ]

    def __str__(self):
        return f"{self.code} {self.municipality}"


class ShippedFile(models.Model):
    """A data file of the program as it was last loaded, so that an unchanged one is not read again."""

    name = models.CharField(max_length=60, primary_key=True)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return self.name
