"""Partner organisations: who works with a centre on the ground."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.versions import Versioned
from verbund.directory.models.areas import Municipality
from verbund.directory.models.centres import Centre
from verbund.directory.models.organisations import Organisation


class Partner(Versioned):
    """An organisation a centre works with: it has offers, is advised, takes part. `uid` names it in open data.

    `centre` looks after its entries. A trusted partner publishes directly; entries of others are checked by the centre.
    Contact is by function. `municipality` is where it is at home, None where nobody said so.
    """

    class Kind(models.TextChoices):
        WELFARE_ASSOCIATION = "WELFARE_ASSOCIATION", _("Wohlfahrtsverband")
        MIGRANT_ORGANISATION = "MIGRANT_ORGANISATION", _("Migrantenorganisation")
        REFUGEE_INITIATIVE = "REFUGEE_INITIATIVE", _("Flüchtlingsinitiative")
        CLUB = "CLUB", _("Verein")
        RELIGIOUS_COMMUNITY = "RELIGIOUS_COMMUNITY", _("Religionsgemeinschaft")
        SCHOOL = "SCHOOL", _("Schule")
        DAYCARE = "DAYCARE", _("Kita oder Familienzentrum")
        ADULT_EDUCATION = "ADULT_EDUCATION", _("Volkshochschule oder Bildungsträger")
        OFFICE = "OFFICE", _("Amt oder Behörde")
        CENTRE = "CENTRE", _("Integrationszentrum")
        OTHER = "OTHER", _("andere Einrichtung")

    organisation = models.OneToOneField(
        Organisation, primary_key=True, on_delete=models.PROTECT, related_name="partner"
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    centre = models.ForeignKey(Centre, verbose_name=_("Zentrum"), on_delete=models.PROTECT, related_name="partners")
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("Ort"), null=True, blank=True, on_delete=models.PROTECT, related_name="partners"
    )
    description = models.CharField(_("Was die Organisation macht"), max_length=600, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    email = models.EmailField(_("E-Mail"), max_length=254, blank=True)
    website = models.URLField(_("Webseite"), max_length=200, blank=True)
    is_trusted = models.BooleanField(_("veröffentlicht selbst"), default=False)

    class Meta:
        ordering = ["organisation__name"]

    def __str__(self):
        return self.organisation.name

    @property
    def audit_organisation_id(self) -> int:
        return self.organisation_id
