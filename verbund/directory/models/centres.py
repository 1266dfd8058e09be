"""Carriers, their centres, and the life of a centre."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verbund.core.versions import Versioned
from verbund.directory.models.areas import District, Municipality
from verbund.directory.models.organisations import Organisation


class Carrier(models.Model):
    """The Kreis, Städteregion or Stadt that applies for its centre's grants and is liable for them."""

    class Kind(models.TextChoices):
        """The two kinds the guidelines know; the Städteregion counts as a Kreis."""

        CITY = "CITY", _("Stadt")
        COUNTY = "COUNTY", _("Kreis")

    organisation = models.OneToOneField(
        Organisation, primary_key=True, on_delete=models.PROTECT, related_name="carrier"
    )
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


class Centre(Versioned):
    """A Kommunales Integrationszentrum. `key` is the official key of its area (05334002 for the city of Aachen).

    `started_from_year` and `started_to_year` say in which years it began its work; `start_is_evidenced`, whether its
    first year (or the turn of two years) is evidenced for this centre, not only the range known for many.
    `changed_at` is the moment of the last change to anything its public page says (names, area, life, facts): the page
    kept in memory is made anew then.
    """

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
    start_is_evidenced = models.BooleanField()
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["organisation__name"]

    def __str__(self):
        return self.organisation.name

    def get_absolute_url(self):
        return reverse("portal:centre", args=[self.key])

    @property
    def audit_organisation_id(self) -> int:
        return self.organisation_id


class LifeStep(Versioned):
    """A step in a centre's life on a day or in a range of days, with body, result and source.

    The day lies between `day_from` and `day_until`, both included; equal for a day that is known. Of a predecessor
    the end is known, often not the beginning. `code` names a step that came with the program.
    """

    class Kind(models.TextChoices):
        PREDECESSOR_RAA = "PREDECESSOR_RAA", _("Vorläufer RAA")
        PREDECESSOR_KOMM_IN = "PREDECESSOR_KOMM_IN", _("Vorläufer KOMM-IN")
        MANDATE = "MANDATE", _("Auftrag")
        RESOLUTION = "RESOLUTION", _("Beschluss")
        APPLICATION = "APPLICATION", _("Antrag")
        NOTICE = "NOTICE", _("Bescheid")
        START_PHASE = "START_PHASE", _("Startphase")
        RUNNING = "RUNNING", _("in Betrieb")
        AWARD = "AWARD", _("Auszeichnung")

    PREDECESSORS = frozenset({Kind.PREDECESSOR_RAA, Kind.PREDECESSOR_KOMM_IN})

    class Evidence(models.TextChoices):
        EVIDENCED = "EVIDENCED", _("belegt")
        RANGE = "RANGE", _("nur als Zeitraum bekannt")

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="life_steps")
    code = models.CharField(max_length=40, null=True, unique=True, editable=False)  # noqa: DJ001 - unique where set
    kind = models.CharField(_("Schritt"), max_length=20, choices=Kind)
    body = models.CharField(_("Gremium oder Stelle"), max_length=200, blank=True)
    day_from = models.DateField(_("frühester Tag"), null=True, blank=True)
    day_until = models.DateField(_("spätester Tag"))
    evidence = models.CharField(_("Beleg"), max_length=9, choices=Evidence)
    result = models.CharField(_("Ergebnis"), max_length=400)
    source = models.CharField(_("Quelle"), max_length=300)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = [models.F("day_from").asc(nulls_first=True), "day_until", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(day_until__gte=models.F("day_from")), name="directory_life_step_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(day_from__isnull=False) | models.Q(kind__startswith="PREDECESSOR"),
                name="directory_life_step_has_a_beginning",
            ),
        ]

    def __str__(self):
        return self.result

    @property
    def audit_organisation_id(self) -> int:
        return self.centre_id
