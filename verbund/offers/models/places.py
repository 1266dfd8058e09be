"""Places: where offers take place, and what is known about getting in."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verbund.core.versions import Versioned
from verbund.directory.models import Centre, Municipality
from verbund.offers.models.vocabulary import Term


class Place(Versioned):
    """A place with its address. Of a protected one only the town is ever shown; it has no street and no point here."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("Name des Ortes"), max_length=120)
    street = models.CharField(_("Straße und Hausnummer"), max_length=120, blank=True)
    postcode = models.CharField(_("Postleitzahl"), max_length=5, blank=True)
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("Ort"), on_delete=models.PROTECT, related_name="places"
    )
    centre = models.ForeignKey(Centre, verbose_name=_("Zentrum"), on_delete=models.PROTECT, related_name="places")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    directions = models.CharField(_("Wie man hinkommt"), max_length=300, blank=True)
    is_protected = models.BooleanField(_("geschützte Adresse"), default=False)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="offers_place_has_both_coordinates",
            ),
            models.CheckConstraint(
                condition=Q(is_protected=False) | Q(street="", postcode="", latitude__isnull=True, directions=""),
                name="offers_protected_place_has_no_address",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def audit_organisation_id(self) -> int:
        return self.centre_id


class PlaceFeature(models.Model):
    """What is known about one feature of accessibility at a place: yes, no, or unknown."""

    class Value(models.TextChoices):
        YES = "YES", _("ja")
        NO = "NO", _("nein")
        UNKNOWN = "UNKNOWN", _("nicht bekannt")

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="features")
    feature = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+", limit_choices_to={"kind": Term.Kind.FEATURE}
    )
    value = models.CharField(max_length=7, choices=Value, default=Value.UNKNOWN)
    note = models.CharField(_("Hinweis"), max_length=200, blank=True)

    class Meta:
        ordering = ["feature__position"]
        constraints = [models.UniqueConstraint(fields=["place", "feature"], name="offers_feature_once_per_place")]

    def __str__(self):
        return f"{self.feature}: {self.get_value_display()}"
